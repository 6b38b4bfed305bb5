"""A supervision discussion as part of the clinical record: what may still be changed, and when it is locked.

A discussion is corrected freely until its supervisor has signed it off; from then on it stands as it was
agreed, and what is learnt later is added to it with its own date. The practitioner's own notes about their
supervision are not part of any patient's record and have no place here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.acting import Role
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import ReviewFact


class ReviewChange(StrEnum):
    """What somebody may want to change of a discussion."""

    DAY = "day"
    SUPERVISOR = "supervisor"
    QUESTION = "question"
    SCORES_SEEN = "scores_seen"
    DECISION = "decision"
    ACTIONS = "actions"
    ACTION_DONE = "action_done"
    ADDENDUM = "addendum"


ALWAYS_OPEN = frozenset({ReviewChange.ACTION_DONE, ReviewChange.ADDENDUM})
"""What goes on after the signature: doing what was agreed, and adding to what was written."""


def may_change(review: ReviewFact, change: ReviewChange) -> bool:
    """Return whether a discussion still takes this change."""
    return review.signed_off_on is None or change in ALWAYS_OPEN


def refuse_review_change(review: ReviewFact, change: ReviewChange) -> None:
    """Refuse to change a discussion that is signed off.

    Raises:
        RuleViolation: With the day it was signed off, and what can be done instead.
    """
    if not may_change(review, change):
        raise RuleViolation(
            f"This discussion was signed off on {fmt_date(review.signed_off_on)} and stays as it is. "
            "Write what you have to add as an addendum."
        )


def refuse_sign_off(review: ReviewFact, role: Role, *, today: date) -> None:
    """Refuse a signature that would lock an unfinished discussion, or that is not a supervisor's.

    Raises:
        RuleViolation: With what is missing.
    """
    if role is not Role.SUPERVISOR:
        raise RuleViolation("Only a supervisor signs a discussion off. Ask the supervisor it was held with.")
    if review.signed_off_on is not None:
        raise RuleViolation("This discussion is signed off already.")
    if review.reviewed_on > today:
        raise RuleViolation("The discussion cannot be in the future. Check the date.")
    if not review.decision.strip():
        raise RuleViolation("Write what was decided before signing off, even if that is to carry on.")


def refuse_addendum(review: ReviewFact, text: str, *, today: date) -> None:
    """Refuse an addendum that says nothing, or belongs to a discussion that can still be corrected.

    Raises:
        RuleViolation: With what to do instead.
    """
    if review.signed_off_on is None:
        raise RuleViolation("This discussion is not signed off yet. Correct it where it is written.")
    if today < review.signed_off_on:
        raise RuleViolation("The addendum is dated before the discussion was signed off. Check the date.")
    if not text.strip():
        raise RuleViolation("Write what there is to add.")
