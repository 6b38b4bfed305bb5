"""Which of the two tracks a missed appointment is on: how fast we act, from recorded facts alone.

It is no statement about the patient, and has no grades: one recorded fact is enough for the Prompt track,
and the reasons are always shown. A fact puts a search on it at once; nothing takes it off again but a
supervisor's agreement, and a fact recorded after that puts it back. While a search is open the windows are
counted from the missed day, so that time passing never slows us down.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.acting import Role
from collabcare.domain.calendar import london_date
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import EntryMode
from collabcare.domain.reach_facts import Track
from collabcare.domain.track_facts import Candidate, Situation, TrackFact, candidates, stated_in_details

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import UserId
    from collabcare.domain.reach_facts import TrackMoveFact
    from collabcare.domain.reengagement_policy import TrackPolicy
    from collabcare.domain.suggestion import Used


ONLY_A_SUPERVISOR = (
    "Only a supervisor who does not hold this case can put it back on the Standard track. Ask them to"
    " record it."
)


class TrackWords(StrEnum):
    """A track as screens say it."""

    STANDARD = "Standard track"
    PROMPT = "Prompt track"


class TrackAnswer(NamedTuple):
    """The track and why; ``set_aside`` are facts that a supervisor knew of and agreed to go slower for.

    ``asked_by`` is every fact that asks for it, the reasons being the latest of each kind. ``talk_owed`` says
    which conversation about safety is still to be had; it makes no track, and is never left unsaid beside it.
    """

    track: Track
    reasons: tuple[Candidate, ...]
    set_aside: tuple[Candidate, ...]
    agreed_on: date | None
    rule: str
    source: str
    asked_by: tuple[Candidate, ...] = ()
    talk_owed: str = ""

    @property
    def since(self) -> date | None:
        """Return the day on which the first of the facts was recorded, None where none asks for it."""
        first = min(self.asked_by, key=_recorded, default=None)
        return None if first is None else _day(first.on, first.recorded_at)

    @property
    def since_at(self) -> datetime | None:
        """Return the instant at which that fact was recorded, where it is known."""
        first = min(self.asked_by, key=_recorded, default=None)
        return None if first is None else first.recorded_at

    @property
    def sentence(self) -> str:
        """Return what the practitioner reads."""
        if self.track is Track.PROMPT:
            said = f"{TrackWords.PROMPT}. " + " ".join(reason.sentence for reason in self.reasons)
        elif self.agreed_on is not None and self.set_aside:
            said = f"{TrackWords.STANDARD}, as agreed with the supervisor."
        elif self.talk_owed:
            return f"{TrackWords.STANDARD}. {self.talk_owed} Nothing else recorded asks us to act sooner."
        else:
            said = f"{TrackWords.STANDARD}: no recorded fact asks us to act sooner."
        return f"{said} {self.talk_owed}".rstrip()

    @property
    def in_short(self) -> str:
        """Return every reason by its name alone, for where there is little room; else the whole sentence."""
        if self.track is not Track.PROMPT:
            return self.sentence
        names = [each.in_short for each in self.reasons]
        owed = ["safety talk still to be had"] if self.talk_owed else []
        return f"{TrackWords.PROMPT}: {'; '.join([*names, *owed])}."

    @property
    def used(self) -> tuple[Used, ...]:
        """Return the facts it went by."""
        return tuple(reason.used for reason in (*self.reasons, *self.set_aside))


def track_of(
    facts: EpisodeFacts, policy: TrackPolicy, *, today: date, worsening_on: date | None = None
) -> TrackAnswer:
    """Return the track that holds, with every recorded fact that asks for it.

    ``worsening_on`` is the day of the score for which treat-to-target says that things got worse, None when
    it does not. With no search open it is the track that a miss today would be on.
    """
    ladder = facts.open_ladder
    situation = Situation(
        policy=policy,
        on=ladder.missed_on if ladder else today,
        missed=ladder.contact_id if ladder else None,
        worsening_on=worsening_on,
    )
    agreement = _agreement(facts.track_moves) if facts.track_moves else None
    found = list(candidates(facts, situation))
    asks = found if agreement is None else [each for each in found if _since(each, agreement)]
    set_aside = [each for each in found if each not in asks] if agreement else []
    reasons = _latest(asks)
    return TrackAnswer(
        Track.PROMPT if reasons else Track.STANDARD,
        reasons,
        _latest(set_aside),
        agreement.moved_on if agreement else None,
        policy.rule,
        policy.source,
        tuple(asks),
        talk_owed(facts, policy),
    )


def talk_owed(facts: EpisodeFacts, policy: TrackPolicy) -> str:
    """Say which question about safety waits for its conversation, the latest; nothing where none does."""
    waiting = facts.open_safety_prompts
    if not waiting:
        return ""
    last = max(waiting, key=lambda each: each.opened_on)
    item = policy.item_of(last.instrument)
    name, on = item.words if item else "A question about safety", fmt_date(last.opened_on)
    form = next((each for each in facts.measures if each.id == last.measure_id), None)
    came = f"was answered on {on}"
    if last.answer is None:
        bare = form is not None and form.entry_mode is EntryMode.TOTAL_ONLY
        came = f"is not known from the total of {on}" if bare else f"was left blank on {on}"
    return f"{name} {came}, and the conversation about it is still to be had."


def refuse_track_move(
    move: TrackMoveFact, *, holder_id: UserId | None, agreed_by_role: Role | None = None
) -> None:
    """Refuse a move of track that may not be made.

    Anybody who works with the patient may make us faster, saying why; slower only with a supervisor who does
    not hold the case.

    Raises:
        RuleViolation: With what is missing.
    """
    if not move.reason.strip():
        raise RuleViolation("Say why the track is to change.")
    if move.to is Track.PROMPT:
        return
    if move.agreed_by_id is None or agreed_by_role is not Role.SUPERVISOR:
        raise RuleViolation(ONLY_A_SUPERVISOR)
    if move.agreed_by_id == holder_id:
        raise RuleViolation("You hold this case, so another supervisor must agree to the Standard track.")


def refuse_held_since(facts: EpisodeFacts, acting: Acting) -> None:
    """Refuse to make us slower to a supervisor who held the case since it was missed, also by their account.

    Raises:
        RuleViolation: With whom to ask.
    """
    if not is_another_supervisor(facts, acting):
        raise RuleViolation(
            "You held this case when they missed their appointment or since, or your account was made since"
            " by whoever did. So another supervisor must agree to the Standard track."
        )


def is_another_supervisor(facts: EpisodeFacts, acting: Acting) -> bool:
    """Return whether somebody is a supervisor who does not hold the case, and whose own it is not."""
    own = acting.user_id == facts.holder_id or facts.episode_id in acting.own_cases
    return acting.role is Role.SUPERVISOR and not own


def refuse_taking_back_while_sought(facts: EpisodeFacts, acting: Acting) -> None:
    """Refuse to take back what puts an open search on the Prompt track, unless another supervisor does.

    Raises:
        RuleViolation: With whom to ask.
    """
    if facts.open_ladder is None or is_another_supervisor(facts, acting):
        return
    raise RuleViolation(
        "This asks us to act sooner, and they are being sought. Until they are in touch only a supervisor who"
        " does not hold this case can take it back."
    )


def why_prompt_after_details(
    facts: EpisodeFacts, home: str | None, disability: tuple[str, ...] | None
) -> str:
    """Return why a change of the details puts a patient on the Prompt track by itself, or nothing.

    What the details newly say was not known to a supervisor who agreed to the Standard track; what they no
    longer say still holds for a search that is going on, until a supervisor agrees.
    """
    before = stated_in_details(facts.reach.accommodation, facts.patient.demographics.disability)
    after = stated_in_details(home, disability)
    new = [words for fact, words in after if (fact, words) not in before]
    gone = [words for fact, words in before if (fact, words) not in after]
    if gone and facts.open_ladder is not None:
        return f"Stood in the details when they did not attend: {', '.join(gone)}."
    if new and _agreement(facts.track_moves) is not None:
        return f"New in the details: {', '.join(new)}."
    return ""


def _agreement(moves: Iterable[TrackMoveFact]) -> TrackMoveFact | None:
    """Return the last move back to Standard that a supervisor agreed to."""
    agreed = [move for move in moves if move.to is Track.STANDARD and move.agreed_by_id is not None]
    return agreed[-1] if agreed else None


def _since(each: Candidate, agreement: TrackMoveFact) -> bool:
    """Return whether a fact happened or was recorded after the agreement; if a day is all we know, it was."""
    if each.on > agreement.moved_on:
        return True
    if each.recorded_at is not None and agreement.moved_at is not None:
        return each.recorded_at > agreement.moved_at
    return _day(each.on, each.recorded_at) >= agreement.moved_on


def _recorded(each: Candidate) -> tuple[date, float]:
    """Return when a fact was recorded, to compare; of one day the one whose instant nobody knows is last."""
    at = each.recorded_at
    return _day(each.on, at), float("inf") if at is None else at.timestamp()


def _day(on: date, recorded_at: datetime | None) -> date:
    return on if recorded_at is None else max(on, london_date(recorded_at))


def _latest(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return one reason for each kind of fact, the latest, in the order of the facts."""
    if len(found) < 2:  # noqa: PLR2004 - nothing to choose or to put in order
        return tuple(found)
    kinds: dict[tuple[TrackFact, str], Candidate] = {}
    for each in sorted(found, key=lambda each: each.on):
        kinds[each.fact, each.kind] = each
    ordered = sorted(kinds.items(), key=lambda item: item[0])
    return tuple(each for _key, each in ordered)
