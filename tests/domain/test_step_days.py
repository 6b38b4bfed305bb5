"""How long is long in a step: the service model's figures, or those the practice set."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.caseload import caseload_row
from collabcare.domain.caseload_columns import caseload_columns
from collabcare.domain.caseload_filters import CaseloadFilter, is_among
from collabcare.domain.errors import RuleViolation
from collabcare.domain.long_care import long_in_step
from collabcare.domain.step_days import MOST_DAYS, OWN_SOURCE, StepDays, days_of_step, refuse_step_days
from tests.builders import facts, pathway, rulebook

OWN = StepDays(step=2, long_days=30, very_long_days=60)
SINCE = facts("A").step_since


def test_a_step_without_figures_of_its_own_goes_by_the_service_models() -> None:
    here = replace(pathway(), own_days=(OWN,))
    assert days_of_step(here, 2) == OWN
    model = days_of_step(here, 3)
    assert (model.long_days, model.very_long_days, model.own) == (98, 182, False)
    assert model.words == "long after 98 days, very long after 182"


@pytest.mark.parametrize(
    ("days", "words"),
    [(30, None), (31, "long in this step"), (60, "long in this step"), (61, "very long in this step")],
)
def test_every_place_goes_by_the_practices_own(days: int, words: str | None) -> None:
    mine = replace(rulebook(), pathway=replace(pathway(), own_days=(OWN,)))
    today = SINCE + timedelta(days=days)
    found = long_in_step(facts("A"), mine.pathway, today=today)
    assert (found.words if found else None) == words
    row = caseload_row(facts("A"), mine, today)
    cell = next(column for column in caseload_columns(mine) if column.id == "step").text(row)
    assert ("long in this step" in cell) is (words is not None)
    assert is_among(row, CaseloadFilter.LONG) is (words is not None)
    if found:
        assert found.suggestion.source == OWN_SOURCE
        assert f"more than {60 if found.very else 30} days" in found.suggestion.sentence


@given(step=st.integers(0, 6), long=st.integers(-1, MOST_DAYS + 1), very=st.integers(-1, MOST_DAYS + 1))
def test_figures_are_kept_only_where_both_can_be_reached(step: int, long: int, very: int) -> None:
    known = step in {each.number for each in pathway().steps}
    days = StepDays(step=step, long_days=long, very_long_days=very)
    if known and 1 <= long < very <= MOST_DAYS:
        refuse_step_days(days, pathway())
    else:
        with pytest.raises(RuleViolation):
            refuse_step_days(days, pathway())


@pytest.mark.parametrize(
    ("long", "very", "words"),
    [(0, 60, "from 1 to"), (30, MOST_DAYS + 1, "from 1 to"), (30, 30, "a larger number")],
)
def test_it_says_what_to_type_instead(long: int, very: int, words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        refuse_step_days(StepDays(step=2, long_days=long, very_long_days=very), pathway())
