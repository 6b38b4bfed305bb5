"""The stretch of time a report is about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.periods import LAST_WORDS, LastWhile, Period, last_while, refuse_period


@pytest.mark.parametrize(
    ("chosen", "today", "first"),
    [
        (LastWhile.WEEKS, date(2026, 3, 28), date(2026, 3, 1)),
        (LastWhile.QUARTER, date(2026, 11, 25), date(2026, 8, 26)),
        (LastWhile.QUARTER, date(2026, 5, 31), date(2026, 3, 1)),
        (LastWhile.YEAR, date(2026, 11, 25), date(2025, 11, 26)),
        (LastWhile.YEAR, date(2028, 2, 29), date(2027, 3, 1)),
    ],
)
def test_the_last_while_ends_today(chosen: LastWhile, today: date, first: date) -> None:
    assert last_while(chosen, today) == Period(first, today)
    assert LAST_WORDS[chosen].startswith("Last ")


@given(st.dates(date(1, 3, 1), date(9999, 12, 31)), st.sampled_from(LastWhile))
def test_it_is_a_period_on_every_day_of_the_calendar(today: date, chosen: LastWhile) -> None:
    try:
        found = last_while(chosen, today)
    except RuleViolation:
        assert today < date(2, 1, 2)
    else:
        assert found.has(today)
        assert not found.has(found.first - timedelta(days=1))


def test_a_period_is_said_by_its_ends_which_are_both_in_it() -> None:
    period = Period(date(2026, 3, 1), date(2026, 3, 28))
    assert period.words == "01-Mar-2026 to 28-Mar-2026"
    assert [period.has(date(2026, 3, n)) for n in (1, 28, 29)] == [True, True, False]


def test_no_period_ends_before_it_begins_or_after_today() -> None:
    with pytest.raises(RuleViolation, match="ends before it begins"):
        Period(date(2026, 3, 2), date(2026, 3, 1))
    refuse_period(Period(date(2026, 3, 1), date(2026, 3, 1)), date(2026, 3, 1))
    with pytest.raises(RuleViolation, match="End it on 28-Feb-2026 or before"):
        refuse_period(Period(date(2026, 3, 1), date(2026, 3, 1)), date(2026, 2, 28))
