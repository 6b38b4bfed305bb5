"""Taking somebody back: who can be referred again, and which ending handed a patient on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.closure import Ending
from collabcare.domain.errors import RuleViolation
from collabcare.domain.plan_facts import ProposalFact, ProposalKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_KINDS = {
    Ending.STEPPED_UP: frozenset({ProposalKind.STEP_UP}),
    Ending.STEPPED_DOWN: frozenset({ProposalKind.STEP_DOWN}),
    Ending.MOVED_ACROSS: frozenset(ProposalKind) - {ProposalKind.NON_ENGAGEMENT},
}


def refuse_return(
    *, died_on: date | None, has_open_episode: bool, closed_on: date | None, received_on: date, today: date
) -> None:
    """Refuse to refer somebody again who is in our care, has died, or was never here.

    Raises:
        RuleViolation: With what to do instead.
    """
    if died_on is not None:
        raise RuleViolation("A death is recorded for this patient. Check that it is the right person.")
    if has_open_episode:
        raise RuleViolation("This patient is in our care already. Open their record instead.")
    if closed_on is None:
        raise RuleViolation("This patient was never in our care. Add them with their referral.")
    if received_on > today:
        raise RuleViolation("The referral cannot have been received in the future.")
    if received_on < closed_on:
        raise RuleViolation("The referral is dated before care last ended. Check the date.")


def handed_over(proposals: Iterable[ProposalFact], ending: Ending) -> ProposalFact | None:
    """Return the handover that another service accepted and this ending rests on, the latest; else None."""
    kinds = _KINDS.get(ending, frozenset())
    accepted = [
        each for each in proposals if each.kind in kinds and each.to_service and each.accepted_on is not None
    ]
    return accepted[-1] if accepted else None
