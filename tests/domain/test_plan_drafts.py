"""Writing a safety plan: one draft at a time, and nothing but a draft is worked on."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.plan_drafts import (
    PlanDraft,
    refuse_draft,
    refuse_ending,
    refuse_second_draft,
    refuse_writing,
)
from collabcare.domain.safety_facts import PlanStatus, SafetyPlanFact
from collabcare.domain.safety_plan import PlanStep
from tests.builders import MONDAY, day
from tests.builders_safety import plan

if TYPE_CHECKING:
    from collections.abc import Callable

DRAFT = PlanDraft(made_on=MONDAY, by_myself="Music")


def refuse(draft: PlanDraft) -> None:
    """Try to keep a draft a week after the first Monday."""
    refuse_draft(draft, received_on=MONDAY, today=day(7))


def test_a_draft_has_the_fields_of_a_plan() -> None:
    kept = {field.name for field in fields(SafetyPlanFact)}
    assert {field.name for field in fields(PlanDraft)} < kept


@pytest.mark.parametrize("step", [*PlanStep, "reasons_for_living"])
def test_one_step_is_enough_to_begin_with(step: str) -> None:
    refuse(PlanDraft(made_on=MONDAY, **{step: "Something"}))  # type: ignore[arg-type]  # only texts are named
    with pytest.raises(RuleViolation, match="at least one step"):
        refuse(PlanDraft(made_on=MONDAY, **{step: " "}))  # type: ignore[arg-type]  # only texts are named


DAYS = st.dates(MONDAY - timedelta(days=3), day(10))


@given(made_on=DAYS, review_on=st.none() | DAYS)
def test_it_is_made_from_the_referral_to_today_and_reviewed_after(
    made_on: date, review_on: date | None
) -> None:
    draft = replace(DRAFT, made_on=made_on, review_on=review_on)
    if MONDAY <= made_on <= day(7) and (review_on is None or review_on >= made_on):
        refuse(draft)
        return
    with pytest.raises(RuleViolation, match=r"Check the date\.$|Choose a later day\.$"):
        refuse(draft)


@pytest.mark.parametrize("status", PlanStatus)
def test_what_each_status_allows(status: PlanStatus) -> None:
    draft, in_use = status is PlanStatus.DRAFT, status in {PlanStatus.DRAFT, PlanStatus.ACTIVE}
    rules: list[tuple[Callable[[], None], bool]] = [
        (lambda: refuse_second_draft([plan(status)]), not draft),
        (lambda: refuse_writing(status), draft),
        (lambda: refuse_ending(status), in_use),
    ]
    for refuses, allowed in rules:
        if allowed:
            refuses()
        else:
            with pytest.raises(RuleViolation):
                refuses()
