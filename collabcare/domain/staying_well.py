"""Writing a staying-well plan: what a version must have before it is kept.

A plan may be kept while parts of it are still to be written; it is closing without a whole one that asks why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.domain.recorded_days import refuse_day
from collabcare.domain.relapse_prevention import PLAN_PARTS

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.plan_facts import RelapsePlanFact


def refuse_relapse_plan(
    plan: RelapsePlanFact, before: RelapsePlanFact | None, *, received_on: date, today: date
) -> None:
    """Refuse a version in which nothing is written, nothing is new, or whose days cannot be.

    Raises:
        RuleViolation: With what is missing or wrong.
    """
    if not any(getattr(plan, part).strip() for part in PLAN_PARTS):
        raise RuleViolation("Write at least one part of the staying-well plan before saving it.")
    if plan == before:
        raise RuleViolation("Nothing in the staying-well plan has changed, so there is nothing to save.")
    refuse_day("The staying-well plan", plan.made_on, received_on=received_on, today=today)
    if plan.copy_given_on is None:
        return
    if plan.copy_given_on > today:
        raise RuleViolation("The copy cannot have been given in the future. Check the date.")
    if plan.copy_given_on < plan.made_on:
        raise RuleViolation("The copy was given before the plan was made. Check the dates.")
