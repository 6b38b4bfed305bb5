"""An episode of care from referral to closure, and the moves that are legal."""

from __future__ import annotations

from enum import StrEnum

from collabcare.domain.codes import ClosureReason
from collabcare.domain.errors import RuleViolation


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


class StepDirection(StrEnum):
    """Which way a step move went."""

    UP = "up"
    DOWN = "down"
    START = "start"

    @property
    def words(self) -> str:
        """Return the move as a phrase."""
        return {"up": "Stepped up", "down": "Stepped down", "start": "Started"}[self.value]


def step_direction(from_step: int, to_step: int) -> StepDirection:
    """Return the direction of a move between two step numbers.

    Raises:
        RuleViolation: When the patient is on that step already.
    """
    if from_step == to_step:
        raise RuleViolation("The patient is on that step already. Choose another step.")
    return StepDirection.UP if to_step > from_step else StepDirection.DOWN


def refuse_closing(reason: ClosureReason, *, safety_open: bool, ladder_open: bool) -> None:
    """Refuse to close an episode where closing would drop somebody.

    Not attending is never by itself a reason to close (NHS Data Dictionary, discharge after patient did not
    attend; the collaborative-care model): there is no way from a missed appointment to closed here.

    Raises:
        RuleViolation: With what stands in the way.
    """
    if reason is ClosureReason.DIED:
        return
    if reason is ClosureReason.DID_NOT_ATTEND:
        raise RuleViolation(
            "Not attending is not a reason to close. Keep trying, and take it to supervision."
        )
    if safety_open:
        raise RuleViolation("A safety conversation is open. Record it before closing.")
    if ladder_open and reason not in {ClosureReason.PATIENT_REQUESTED, ClosureReason.REFUSED_TO_BE_SEEN}:
        raise RuleViolation(
            "We are still trying to reach the patient after a missed appointment. Reach them before closing."
        )
