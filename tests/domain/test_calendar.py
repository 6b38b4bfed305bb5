"""Days as the service counts them."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.calendar import WorkingCalendar, age_on, days_after, london_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.months import add_months
from tests.builders import calendar

YEARS = st.dates(date(2024, 6, 1), date(2029, 6, 1))


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 1, 5, 23, 59, tzinfo=UTC), date(2026, 1, 5)),
        (datetime(2026, 7, 5, 22, 59, tzinfo=UTC), date(2026, 7, 5)),
        (datetime(2026, 7, 5, 23, 0, tzinfo=UTC), date(2026, 7, 6)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC), date(2038, 1, 19)),
        (datetime(2028, 2, 29, 12, 0, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_a_day_begins_at_midnight_in_london(instant: datetime, day: date) -> None:
    assert london_date(instant) == day


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 3, 9), 1, date(2026, 3, 10)),
        (date(2026, 3, 9), 5, date(2026, 3, 16)),
        (date(2026, 3, 13), 1, date(2026, 3, 16)),
        (date(2026, 3, 14), 1, date(2026, 3, 16)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 5, 1), 1, date(2026, 5, 5)),  # over the early May bank holiday
        (date(2026, 8, 28), 3, date(2026, 9, 3)),  # DNA-W5
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day is a Saturday: the 28th stands for it
    ],
)
def test_the_nth_working_day_skips_weekends_and_bank_holidays(day: date, count: int, expected: date) -> None:
    assert calendar().nth_after(day, count) == expected


@pytest.mark.parametrize("count", [0, -1])
def test_working_days_are_counted_from_1(count: int) -> None:
    with pytest.raises(RuleViolation, match="counted from 1"):
        calendar().nth_after(date(2026, 3, 9), count)


@given(YEARS, st.integers(1, 40))
def test_the_nth_working_day_agrees_with_counting_one_by_one(day: date, count: int) -> None:
    passed, found = 0, day
    while passed < count:
        found += timedelta(days=1)
        passed += calendar().is_working_day(found)
    assert calendar().nth_after(day, count) == found


@given(YEARS)
def test_this_or_the_next_working_day_is_the_first_that_is_one(day: date) -> None:
    found = calendar().this_or_next(day)
    assert calendar().is_working_day(found)
    assert found >= day
    assert not any(calendar().is_working_day(day + timedelta(days=n)) for n in range((found - day).days))


def test_a_closed_day_of_the_site_is_a_day_off() -> None:
    training = WorkingCalendar(days_off=frozenset({date(2026, 3, 10)}))
    assert training.nth_after(date(2026, 3, 9), 1) == date(2026, 3, 11)


SATURDAY, GOOD_FRIDAY = date(2026, 3, 14), date(2026, 4, 3)
OPENED = WorkingCalendar(
    days_off=calendar().days_off | {date(2026, 3, 10)}, days_on=frozenset({SATURDAY, GOOD_FRIDAY})
)


def test_a_saturday_clinic_and_an_open_bank_holiday_are_worked() -> None:
    assert OPENED.is_working_day(SATURDAY)
    assert OPENED.nth_after(date(2026, 3, 13), 1) == SATURDAY
    assert OPENED.this_or_next(GOOD_FRIDAY) == GOOD_FRIDAY
    assert OPENED.nth_after(date(2026, 4, 2), 2) == date(2026, 4, 7)


def test_days_away_are_days_off_even_where_the_site_is_open() -> None:
    away = OPENED.without([SATURDAY, date(2026, 3, 16)])
    assert away.nth_after(date(2026, 3, 13), 1) == date(2026, 3, 17)
    assert OPENED.is_working_day(SATURDAY)


@given(YEARS)
def test_this_or_the_previous_working_day_is_the_last_that_is_one(day: date) -> None:
    found = OPENED.this_or_previous(day)
    assert OPENED.is_working_day(found)
    assert found <= day
    assert not any(OPENED.is_working_day(found + timedelta(days=n)) for n in range(1, (day - found).days + 1))


@given(st.dates(), st.integers(-3, 5_000) | st.sampled_from([4_000_000, 10**12]))
def test_any_count_gives_a_later_day_or_a_plain_refusal(day: date, count: int) -> None:
    try:
        found = OPENED.nth_after(day, count)
    except RuleViolation as refusal:
        said, reason = str(refusal), "counted from 1" if count < 1 else "outside the calendar"
        later = reason in said
    else:
        later = found.toordinal() >= day.toordinal() + count
    assert later


def test_there_is_a_first_and_a_last_day() -> None:
    first, last = WorkingCalendar(frozenset({date.min})), WorkingCalendar(frozenset({date.max}))
    with pytest.raises(RuleViolation, match="outside the calendar"):
        first.this_or_previous(date.min)
    with pytest.raises(RuleViolation, match="outside the calendar"):
        last.this_or_next(date.max)
    with pytest.raises(RuleViolation, match="outside the calendar"):
        days_after(date.max, 1)
    assert days_after(date(2026, 3, 31), 1) == date(2026, 4, 1)


def test_a_thousand_ladders_are_counted_quickly() -> None:
    """Some 20,000 days are walked: far less than the half second allowed here, on any machine."""
    began = perf_counter()
    for number in range(1_000):
        missed = date(2024, 6, 1) + timedelta(days=number)
        assert [calendar().nth_after(missed, count) for count in (2, 5, 10, 15)]
    assert perf_counter() - began < 0.5


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 11, 15), 3, date(2027, 2, 15)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_months_are_added_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(YEARS, st.integers(-120, 120))
def test_adding_months_lands_in_that_month_on_that_day_or_its_last(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == min(day.day, monthrange(found.year, found.month)[1])


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1985, 7, 14), date(2026, 7, 13), 40),
        (date(1985, 7, 14), date(2026, 7, 14), 41),
        (date(2010, 3, 1), date(2026, 2, 28), 15),
        (date(2010, 3, 1), date(2026, 3, 1), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2026, 1, 5), date(2026, 1, 5), 0),
        (date(1900, 1, 1), date(2026, 1, 1), 126),
    ],
)
def test_age_is_in_whole_years(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 100))
def test_a_birthday_adds_exactly_one_year(born: date, years: int) -> None:
    birthday = (
        date(born.year + years, 3, 1)
        if (born.month, born.day) == (2, 29)
        else born.replace(year=born.year + years)
    )
    assert age_on(born, birthday) == years
    if years:
        assert age_on(born, birthday - timedelta(days=1)) == years - (
            (born.month, born.day) != (2, 29) or birthday.month == 3
        )
