"""Writing a safety plan: one draft at a time, worked on until it is made active or put aside.

What makes a plan active, and what declining one needs, is in :mod:`collabcare.domain.safety_plan`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.domain.recorded_days import refuse_day
from collabcare.domain.safety_facts import PlanStatus, PlanWords
from collabcare.domain.safety_plan import PlanStep

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collabcare.domain.safety_facts import SafetyPlanFact


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft(PlanWords):
    """A safety plan before it is a version of its own."""


def refuse_draft(draft: PlanDraft, *, received_on: date, today: date) -> None:
    """Refuse a draft with nothing of the plan in it, or whose days cannot be.

    Raises:
        RuleViolation: With what is missing or wrong.
    """
    if not any(getattr(draft, step).strip() for step in (*PlanStep, "reasons_for_living")):
        raise RuleViolation("Write at least one step of the safety plan before saving it.")
    refuse_day("The safety plan", draft.made_on, received_on=received_on, today=today)
    if draft.review_on is not None and draft.review_on < draft.made_on:
        raise RuleViolation("The review is before the plan was made. Choose a later day.")


def refuse_second_draft(plans: Sequence[SafetyPlanFact]) -> None:
    """Refuse to begin a draft beside another: two people would each write their own.

    Raises:
        RuleViolation: When there is one.
    """
    if any(plan.status is PlanStatus.DRAFT for plan in plans):
        raise RuleViolation("A draft of the safety plan has been begun already. Go on with that one.")


def refuse_writing(status: PlanStatus) -> None:
    """Refuse to change the words of a plan that is no draft: a new version takes its place.

    Raises:
        RuleViolation: When it is not a draft.
    """
    if status is not PlanStatus.DRAFT:
        raise RuleViolation("Only a draft can be changed. Begin a new version of the safety plan.")


def refuse_keeping(status: PlanStatus) -> None:
    """Refuse to say that a plan was reviewed and stays as it is while it is not the one in use.

    Raises:
        RuleViolation: When it is a draft, or has ended or been replaced.
    """
    if status is not PlanStatus.ACTIVE:
        raise RuleViolation("Only the safety plan in use can be kept as it is. Look at the page again.")


def refuse_ending(status: PlanStatus) -> None:
    """Refuse to end what is neither active nor a draft.

    Raises:
        RuleViolation: When it has ended or been replaced already, or was never agreed to.
    """
    if status not in {PlanStatus.ACTIVE, PlanStatus.DRAFT}:
        raise RuleViolation("This version of the safety plan is not in use, so it cannot be ended.")
