"""The time in a step and in treatment: a clock, with its figures, and silent where others run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.caseload import caseload_row
from collabcare.domain.caseload_columns import caseload_columns
from collabcare.domain.caseload_filters import CaseloadFilter, is_among
from collabcare.domain.episode import IN_TREATMENT, Phase
from collabcare.domain.long_care import long_care, long_in_step, long_in_treatment
from tests.builders import MONDAY, day, facts, pathway, prompt, rulebook

SINCE = facts("A").step_since
LONG, VERY = pathway().step_long_days, pathway().step_very_long_days


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (LONG, None),
        (LONG + 1, "long in this step"),
        (VERY, "long in this step"),
        (VERY + 1, "very long in this step"),
    ],
)
def test_the_time_in_a_step_is_long_the_day_after_its_figure(days: int, words: str | None) -> None:
    found = long_in_step(facts("A"), pathway(), today=SINCE + timedelta(days=days))
    assert (found.words if found else None) == words
    if found:
        assert found.very is (days > VERY)


def test_it_says_why_and_since_when_and_where_the_figure_is_from() -> None:
    found = long_in_step(facts("A"), pathway(), today=SINCE + timedelta(days=LONG + 1))
    assert found is not None
    assert found.suggestion.sentence == (
        "On step 2, Guided support, since 29-Dec-2025, more than 98 days. "
        "Consider whether it is still the right one."
    )
    assert [each.words for each in found.suggestion.used] == [
        "In the step since: 29-Dec-2025",
        "Days: 99",
        "Longer than: 98",
    ]
    assert (found.suggestion.rule, found.suggestion.source) == ("time_in_step", pathway().source)


@pytest.mark.parametrize(("today", "is_long"), [(date(2026, 10, 4), False), (date(2026, 10, 5), True)])
def test_nine_months_are_counted_from_the_first_contact(today: date, is_long: bool) -> None:
    found = long_in_treatment(facts("DA"), rulebook().caseload, today=today + timedelta(days=7))
    assert (found is not None) is is_long
    if found:
        assert found.words == "9 months or more in treatment"
        assert found.suggestion.sentence.startswith("In treatment since 12-Jan-2026, 9 months or more.")


@pytest.mark.parametrize("phase", sorted(set(Phase) - IN_TREATMENT))
def test_who_waits_rests_stays_well_or_left_is_on_no_such_clock(phase: Phase) -> None:
    assert long_care(facts("A", phase=phase), rulebook(), today=day(700)) == ()


def test_both_may_be_long_and_the_list_has_a_view_and_words_for_them() -> None:
    long = caseload_row(facts("A"), rulebook(), day(400))
    short = caseload_row(replace(facts("A"), step_since=day(1)), rulebook(), day(20))
    assert [each.words for each in long_care(long.facts, rulebook(), today=day(400))] == [
        "very long in this step",
        "9 months or more in treatment",
    ]
    assert is_among(long, CaseloadFilter.LONG)
    assert not is_among(short, CaseloadFilter.LONG)
    columns = {each.id: each for each in caseload_columns(rulebook())}
    assert columns["step"].text(long).endswith("weeks, very long in this step")
    assert columns["step"].text(short) == "2 of 5, 2 weeks"
    treated = columns["weeks_treated"]
    assert treated.spoken is not None
    assert (treated.text(long), treated.spoken(long)) == ("1", "1, 9 months or more in treatment")
    assert treated.spoken(short) == "1"


@given(st.integers(0, 900), st.booleans())
def test_it_only_ever_grows_and_nothing_of_safety_moves_it(days: int, asked: bool) -> None:
    of = facts("A", safety_prompts=(prompt(),) if asked else ())
    now = long_in_step(of, pathway(), today=MONDAY + timedelta(days=days))
    later = long_in_step(of, pathway(), today=MONDAY + timedelta(days=days + 1))
    assert later is not None or now is None
    assert now == long_in_step(facts("A"), pathway(), today=MONDAY + timedelta(days=days))
