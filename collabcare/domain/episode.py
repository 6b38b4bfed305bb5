"""An episode of care from referral to closure, and the moves that are legal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.codes import ClosureReason
from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.errors import RuleViolation
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts, StepMoveFact


class Phase(StrEnum):
    """Where an episode stands."""

    REFERRED = "referred"
    ALLOCATED = "allocated"
    ASSESSING = "assessing"
    ACTIVE = "active"
    MAINTENANCE = "maintenance"
    PAUSED = "paused"
    CLOSED = "closed"


PHASE_WORDS = {
    Phase.REFERRED: "Waiting, not yet allocated",
    Phase.ALLOCATED: "Waiting for first contact",
    Phase.ASSESSING: "Assessing",
    Phase.ACTIVE: "Active",
    Phase.MAINTENANCE: "Staying well",
    Phase.PAUSED: "Paused",
    Phase.CLOSED: "Closed",
}
WAITING = frozenset({Phase.REFERRED, Phase.ALLOCATED})
IN_TREATMENT = frozenset({Phase.ASSESSING, Phase.ACTIVE})

_ALWAYS = frozenset({Phase.PAUSED, Phase.CLOSED})
NEXT_PHASES = {
    Phase.REFERRED: frozenset({Phase.ALLOCATED, Phase.ASSESSING, Phase.ACTIVE}) | _ALWAYS,
    Phase.ALLOCATED: frozenset({Phase.REFERRED, Phase.ASSESSING, Phase.ACTIVE}) | _ALWAYS,
    Phase.ASSESSING: frozenset({Phase.ACTIVE}) | _ALWAYS,
    Phase.ACTIVE: frozenset({Phase.MAINTENANCE}) | _ALWAYS,
    Phase.MAINTENANCE: frozenset({Phase.ACTIVE}) | _ALWAYS,
    Phase.PAUSED: frozenset(Phase) - {Phase.PAUSED},
    Phase.CLOSED: frozenset[Phase](),
}
"""What may follow each phase.

A first contact may assess and treat at once, so waiting may end in either. Care can step back up from staying
well. Nothing follows closed: somebody who comes back has a new episode, linked to the old one.
"""


class StepDirection(StrEnum):
    """Which way a step move went."""

    UP = "up"
    DOWN = "down"
    START = "start"

    @property
    def words(self) -> str:
        """Return the move as a phrase."""
        return {"up": "Stepped up", "down": "Stepped down", "start": "Started"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodePolicy:
    """The numbers of an episode: days of a pause, contacts of a course, hours to the discharge summary.

    ``pauses_of_a_search`` is how many may hold back a search, ``prompt_pause_days`` for how long one on the
    Prompt track. ``booked_late_days`` is how many days after a
    contact is due, or from today where that day has passed, a booking may be and still stand for it.
    """

    rule: str
    source: str
    pause_review_days: int
    booked_late_days: int
    pauses_of_a_search: int
    prompt_pause_days: int
    contacts_before_warning: int
    discharge_summary_hours: int


def refuse_phase(now: Phase, to: Phase) -> None:
    """Refuse a move between phases that care cannot take.

    Raises:
        RuleViolation: Naming what it could move to.
    """
    if to in NEXT_PHASES[now]:
        return
    if now is Phase.CLOSED:
        raise RuleViolation("This episode is closed. Somebody who comes back has a new episode.")
    choice = ", ".join(PHASE_WORDS[phase].lower() for phase in Phase if phase in NEXT_PHASES[now])
    raise RuleViolation(f"“{PHASE_WORDS[now]}” cannot become “{PHASE_WORDS[to]}”. It can become: {choice}.")


def refuse_resuming(before: Phase, to: Phase) -> None:
    """Refuse to end a pause in another phase than the one before it, or one that could have followed.

    Raises:
        RuleViolation: When nothing leads from the phase before the pause to that one.
    """
    if to is not before:
        refuse_phase(before, to)


def refuse_pause(reason: str, started_on: date, review_on: date | None, policy: EpisodePolicy) -> None:
    """Refuse a pause that nobody would come back to.

    Raises:
        RuleViolation: When it has no reason, no day of review, or one that is too far off or has passed.
    """
    if not reason.strip():
        raise RuleViolation("Say why care is paused.")
    if review_on is None:
        raise RuleViolation("Choose the day on which the pause is looked at again.")
    days = (review_on - started_on).days
    if days < 0:
        raise RuleViolation("The pause cannot be looked at before it starts. Check the date.")
    if days > policy.pause_review_days:
        limit = fmt_days(policy.pause_review_days)
        raise RuleViolation(f"Look at the pause again within {limit}, not after {fmt_days(days)}.")


def step_direction(from_step: int, to_step: int) -> StepDirection:
    """Return the direction of a move between two step numbers.

    Raises:
        RuleViolation: When the patient is on that step already.
    """
    if from_step == to_step:
        raise RuleViolation("The patient is on that step already. Choose another step.")
    return StepDirection.UP if to_step > from_step else StepDirection.DOWN


def refuse_step_move(history: Sequence[StepMoveFact], move: StepMoveFact) -> None:
    """Refuse a move that does not go on from the history, which is only ever added to.

    Raises:
        RuleViolation: When it starts elsewhere, goes back in time, says the wrong way, or gives no reason.
    """
    if not move.reason.strip():
        raise RuleViolation("Say why the patient is moving: the GP and the next practitioner will read it.")
    last = history[-1] if history else None
    if move.from_step != (last.to_step if last else None):
        raise RuleViolation("The patient is not on the step this move starts from. Look again.")
    if last is not None and move.moved_on < last.moved_on:
        raise RuleViolation("A move cannot be earlier than the one before it. Check the date.")
    way = StepDirection.START if move.from_step is None else step_direction(move.from_step, move.to_step)
    if move.direction is not way:
        raise RuleViolation(f"This move is recorded as “{move.direction.words}” but goes the other way.")


def gp_to_be_told(moves: Sequence[StepMoveFact], policy: EpisodePolicy) -> tuple[Suggestion, ...]:
    """Return one open task for each move that the GP has not been told of; the start of care is no move."""
    return tuple(
        Suggestion(
            sentence=f"{move.direction.words} on {fmt_date(move.moved_on)}: tell the GP.",
            rule=f"{policy.rule}.gp_informed",
            used=(Used("Moved on", move.moved_on), Used("GP told on", None)),
            source=policy.source,
        )
        for move in moves
        if move.gp_informed_on is None and move.from_step is not None
    )


def no_next_date(facts: EpisodeFacts, policy: EpisodePolicy, *, today: date) -> Suggestion | None:
    """Flag a patient with no next date: nothing booked, and no pause to be looked at, from today on.

    A closed episode and a patient who has died need none.
    """
    if facts.phase is Phase.CLOSED or facts.patient.died_on is not None:
        return None
    if facts.next_booked(today) is not None:
        return None
    paused = facts.phase is Phase.PAUSED
    pause = facts.pauses[-1] if paused and facts.pauses else None
    if pause is not None and pause.ended_on is None and pause.review_on and pause.review_on >= today:
        return None
    last = facts.attended[-1].on if facts.attended else None
    return Suggestion(
        sentence="There is no next date. Consider booking the next contact"
        + (", or give the pause a day of review." if paused else "."),
        rule=f"{policy.rule}.no_next_date",
        used=(Used("Last seen on", last), Used("Next contact on", None)),
        source=policy.source,
    )


SOUGHT = "We are still trying to reach the patient after a missed appointment. Reach them before closing."


def refuse_closing(
    reason: ClosureReason, *, safety_open: bool, ladder_open: bool, gate_passed: bool = False
) -> None:
    """Refuse to close an episode where closing would drop somebody.

    Not attending is never by itself a reason to close (NHS Data Dictionary, discharge after patient did not
    attend; the collaborative-care model): the one way from a missed appointment to closed is the gate of a
    review of not attending, passed (:mod:`collabcare.domain.closing_gate`).

    Raises:
        RuleViolation: With what stands in the way.
    """
    if reason is ClosureReason.DIED:
        return
    if reason is ClosureReason.DID_NOT_ATTEND and not gate_passed:
        raise RuleViolation(
            "Not attending is not a reason to close. Keep trying, and take it to supervision."
        )
    if safety_open:
        raise RuleViolation("A safety conversation is open. Record it before closing.")
    if ladder_open and reason is not ClosureReason.DID_NOT_ATTEND:
        raise RuleViolation(SOUGHT)
