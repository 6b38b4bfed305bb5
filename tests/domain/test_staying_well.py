"""A version of a staying-well plan: something written, something new, days that can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.plan_facts import RelapsePlanFact
from collabcare.domain.relapse_prevention import PLAN_PARTS
from collabcare.domain.staying_well import refuse_relapse_plan
from tests.builders import MONDAY, day

PLAN = RelapsePlanFact(made_on=MONDAY, triggers="Winter")


def refuse(plan: RelapsePlanFact, before: RelapsePlanFact | None = None) -> None:
    """Try to keep a plan a week after the first Monday."""
    refuse_relapse_plan(plan, before, received_on=MONDAY, today=day(7))


@pytest.mark.parametrize("part", PLAN_PARTS)
def test_one_part_is_enough_to_begin_with(part: str) -> None:
    refuse(RelapsePlanFact(made_on=MONDAY, **{part: "Something"}))  # type: ignore[arg-type]  # only texts are named
    with pytest.raises(RuleViolation, match="at least one part"):
        refuse(RelapsePlanFact(made_on=MONDAY, **{part: " \n"}))  # type: ignore[arg-type]  # only texts are named


def test_a_version_is_something_new() -> None:
    refuse(PLAN, replace(PLAN, triggers="Spring"))
    with pytest.raises(RuleViolation, match="there is nothing to save"):
        refuse(PLAN, PLAN)


DAYS = st.dates(MONDAY - timedelta(days=3), day(10))


@given(made_on=DAYS, copy=st.none() | DAYS)
def test_it_is_made_from_the_referral_on_and_a_copy_given_from_then_to_today(
    made_on: date, copy: date | None
) -> None:
    plan = replace(PLAN, made_on=made_on, copy_given_on=copy)
    if MONDAY <= made_on <= day(7) and (copy is None or made_on <= copy <= day(7)):
        refuse(plan)
        return
    with pytest.raises(RuleViolation, match=r"Check the dates?\.$"):
        refuse(plan)
