"""The gate before closing because a patient could not be reached: eight conditions, every one of them met.

Not attending is no reason to close by itself (NHS Data Dictionary, discharge after patient did not attend:
clearly communicated, not against best clinical interests, under a published policy that protects vulnerable
patients). The gate opens nothing by itself either: it says what is met, what is missing and how to meet it,
and any word from the patient calls it off at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.gate_evidence import evidence_of
from collabcare.domain.gate_parts import CHECKS, Condition, Finding, Situation
from collabcare.domain.ids import UserId
from collabcare.domain.missed_run import missed_run
from collabcare.domain.reach_facts import ClosingReviewFact
from collabcare.domain.unmissed import counts_as_missed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.reach_facts import PauseFact
    from collabcare.domain.reengagement_policy import GatePolicy
    from collabcare.domain.suggestion import Used
    from collabcare.domain.tracks import TrackAnswer


CONDITION_WORDS = {
    Condition.ATTEMPTS: "Enough was tried, in more than one way and in writing they can use",
    Condition.COMMUNICATED: "The appointments were communicated so that they could know of them",
    Condition.SAFETY: "Safety was reviewed after the last missed appointment",
    Condition.PROMPT_FACTS: "No fact asks us to act soon, or a supervisor has said why and what instead",
    Condition.GP: "The GP has been told, with the letter on ending care issued",
    Condition.OPT_IN: "The keep-in-touch letter had time to be answered and was not",
    Condition.SIGNED_OFF: "Discussed in supervision and signed off by another person",
    Condition.WAY_BACK: "How they can come back is stated",
}
_AGREE = "So closing is called off: agree what comes next with them."
DECLINED_NEEDS = (Condition.SAFETY, Condition.GP)


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePart:
    """One condition: met or missing, and in words what is missing and how to meet it.

    ``notes`` are the evidence: what is recorded of it, met or missing.
    """

    condition: Condition
    met: bool
    sentence: str
    used: tuple[Used, ...]
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the condition as it is shown."""
        return CONDITION_WORDS[self.condition]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAnswer:
    """What stands between a patient and being closed; ``called_off`` says why there is no gate any more."""

    parts: tuple[GatePart, ...]
    called_off: str
    rule: str
    source: str

    @property
    def passed(self) -> bool:
        """Return whether a person may close: every condition is met and nothing calls it off."""
        return not self.called_off and all(part.met for part in self.parts)

    @property
    def missing(self) -> tuple[GatePart, ...]:
        """Return the conditions that are not met."""
        return tuple(part for part in self.parts if not part.met)

    @property
    def sentence(self) -> str:
        """Return what the practitioner reads."""
        if self.called_off:
            return self.called_off
        if self.missing:
            return " ".join(part.sentence for part in self.missing)
        return "Every condition is met. Consider once more whether closing is right; the way back stays open."

    @property
    def used(self) -> tuple[Used, ...]:
        """Return the facts it went by."""
        return tuple(used for part in self.parts for used in part.used)


def gate(
    facts: EpisodeFacts,
    review: ClosingReviewFact | None,
    policy: GatePolicy,
    *,
    track: TrackAnswer,
    today: date,
) -> GateAnswer:
    """Return the gate before closing for not attending (closure reason 05).

    ``review`` is the review of not attending, None before anybody has opened one; ``track`` is the answer of
    :func:`collabcare.domain.tracks.track_of` for the same day.
    """
    situation = _situation(facts, review, policy, today)
    return GateAnswer(
        parts=tuple(_part(each, situation, track) for each in Condition),
        called_off=next(_called_off(facts, review, situation), ""),
        rule=policy.rule,
        source=policy.source,
    )


def declined_gate(
    facts: EpisodeFacts, review: ClosingReviewFact | None, policy: GatePolicy, *, today: date
) -> GateAnswer:
    """Return what is still needed when the patient has told us that they do not want care (07 or 09)."""
    situation = replace(_situation(facts, review, policy, today), unreached=False)
    return GateAnswer(
        parts=tuple(_part(each, situation, None) for each in DECLINED_NEEDS),
        called_off="",
        rule=f"{policy.rule}_declined",
        source=policy.source,
    )


def _situation(
    facts: EpisodeFacts, review: ClosingReviewFact | None, policy: GatePolicy, today: date
) -> Situation:
    empty = ClosingReviewFact(opened_on=today, practitioner_id=facts.holder_id or UserId(0))
    return Situation(
        facts=facts,
        review=review or empty,
        policy=policy,
        run=missed_run(facts, today=today),
        today=today,
    )


def _part(condition: Condition, situation: Situation, track: TrackAnswer | None) -> GatePart:
    found: Finding = CHECKS[condition](situation, track)
    notes = (*evidence_of(condition, situation.facts, situation.review, situation.run), *found.notes)
    words = found.missing or (f"{CONDITION_WORDS[condition]}.", *notes)
    return GatePart(
        condition=condition, met=not found.missing, sentence=" ".join(words), used=found.used, notes=notes
    )


def _called_off(facts: EpisodeFacts, review: ClosingReviewFact | None, situation: Situation) -> Iterator[str]:
    """Return why there is nothing to close for; nothing when the review stands."""
    run = situation.run
    if facts.patient.died_on is not None:
        yield "The patient has died, so there is nobody to reach. End care with their death."
    if run.last is None:
        yield _no_miss_words(facts)
    if review is not None and review.opted_in_on is not None:
        yield f"They answered on {fmt_date(review.opted_in_on)}. {_AGREE}"
    if run.heard_since is not None:
        yield f"{run.heard_since.how} {_AGREE}"
    if run.ladder is not None and run.ladder.closed_on is not None:
        yield f"The search ended on {fmt_date(run.ladder.closed_on)}. {_AGREE}"
    if review is not None and review.ended_on is not None:
        yield f"This review ended on {fmt_date(review.ended_on)}. Open another if it is needed."
    if (booked := facts.next_booked(situation.today)) is not None:
        yield f"An appointment is booked for {fmt_date(booked.on)}. Wait for it."
    if any(_lasts(pause, situation.today) for pause in facts.pauses):
        yield "Care is paused, so no contact is expected. Look at the pause with them first."


def _no_miss_words(facts: EpisodeFacts) -> str:
    """Say that no miss stands, and of one that was taken back that it was recorded once."""
    once = counts_as_missed(facts)
    if once is None:
        return "No missed appointment is recorded, so there is nothing to close for."
    return (
        f"The appointment recorded as missed on {fmt_date(once.on)} stands as attended now, so there is"
        " nothing to close for as not attending."
    )


def _lasts(pause: PauseFact, today: date) -> bool:
    """Return whether a known absence has begun and nobody has ended it; its day of review ends nothing."""
    return pause.started_on <= today and (pause.ended_on is None or pause.ended_on > today)
