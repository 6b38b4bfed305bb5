"""Dates as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.display import fmt_date, fmt_date_long
from collabcare.domain.typed_dates import NOT_A_DATE, Direction, TypedDate, read_date, says_unknown

TODAY = date(2026, 11, 20)  # a Friday
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("t", TODAY),
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 21)),
        ("yesterday", date(2026, 11, 19)),
        ("+2w", date(2026, 12, 4)),
        ("+2 weeks", date(2026, 12, 4)),
        ("-2d", date(2026, 11, 18)),
        ("+3m", date(2027, 2, 20)),
        ("-1y", date(2025, 11, 20)),
        ("+0d", TODAY),
        ("20/11", TODAY),
        ("12/12", date(2026, 12, 12)),
        ("12 dec", date(2026, 12, 12)),
        ("12dec", date(2026, 12, 12)),
        ("dec 12", date(2026, 12, 12)),
        ("1st december", date(2026, 12, 1)),
        ("3rd of december", date(2026, 12, 3)),
        ("2 jan", date(2027, 1, 2)),
        ("12/3/26", date(2026, 3, 12)),
        ("12/03/2026", date(2026, 3, 12)),
        ("12-03-2026", date(2026, 3, 12)),
        ("12.3.2026", date(2026, 3, 12)),
        ("12 3 2026", date(2026, 3, 12)),
        ("12-Mar-2026", date(2026, 3, 12)),
        ("Thu 12-Mar-2026", date(2026, 3, 12)),
        ("Thursday 12 March 2026", date(2026, 3, 12)),
        ("3 sept 2026", date(2026, 9, 3)),
        ("120326", date(2026, 3, 12)),
        ("12032026", date(2026, 3, 12)),
        ("2026-03-12", date(2026, 3, 12)),
        ("29/2/2028", date(2028, 2, 29)),
        ("  12/12  ", date(2026, 12, 12)),
        ("fri", TODAY),
        ("mon", date(2026, 11, 23)),
        ("thursday", date(2026, 11, 26)),
    ],
)
def test_reads_what_a_british_practice_types(text: str, day: date) -> None:
    assert read_date(text, TODAY).day == day


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("unknown", True), (" NOT   known ", True), ("nk", True), ("", False), ("t", False), ("known", False)],
)
def test_unknown_is_told_from_a_date(text: str, unknown: bool) -> None:
    assert says_unknown(text) is unknown


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("12/3", "12-Mar-2026 or 12-Mar-2027? Add the year."),
        ("29 feb", "29-Feb-2024 or 29-Feb-2028? Add the year."),
        ("3/25/2026", "There is no month 25. Write the day first: 25/3."),
        ("40/40", "There is no month 40."),
        ("12/0/2026", "There is no month 0."),
        ("31/2", "February has at most 29 days."),
        ("29/2/2026", "February 2026 has 28 days."),
        ("31/6/2026", "June 2026 has 30 days."),
        ("0/6/2026", "June 2026 has 30 days."),
        ("Wed 12-Mar-2026", "12-Mar-2026 is a Thursday. Check the day or the date."),
        ("12 brumaire 2026", "There is no month 'brumaire'."),
        ("+2", "Days, weeks or months? Write +2d, +2w or +2m."),
        ("+9999y", "That is too far from today."),
        ("1/1/1066", "Check the year: 1066."),
        ("1/1/20266", "Check the year: 20266."),
    ],
)
def test_says_in_words_why_there_is_no_date(text: str, problem: str) -> None:
    assert read_date(text, TODAY) == TypedDate(None, problem)


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "12",
        "1/2/3/4",
        "99999",
        "12/mar/mar",
        "2026-03",
        "12:3",
        "<b>",
        "½/3",
        "d",
        "++2w",
        "1" * 500,
        "/",
        "-",
    ],
)
def test_nonsense_is_not_a_date(text: str) -> None:
    assert read_date(text, TODAY) == TypedDate(None, NOT_A_DATE)


@pytest.mark.parametrize("text", ["", "   ", "\t\n"])
def test_nothing_is_neither_a_date_nor_a_problem(text: str) -> None:
    assert read_date(text, TODAY) == TypedDate(None)


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("12/3", date(2026, 3, 12), date(2027, 3, 12)),
        ("12/12", date(2025, 12, 12), date(2026, 12, 12)),
        ("29/2", date(2024, 2, 29), date(2028, 2, 29)),
        ("mon", date(2026, 11, 16), date(2026, 11, 23)),
        ("t", TODAY, TODAY),
    ],
)
def test_the_direction_decides_a_year_nobody_wrote(text: str, past: date, future: date) -> None:
    assert read_date(text, TODAY, Direction.PAST).day == past
    assert read_date(text, TODAY, Direction.FUTURE).day == future


def test_a_date_the_wrong_way_is_refused_not_moved() -> None:
    assert read_date("12/12/2026", TODAY, Direction.PAST).problem == "12-Dec-2026 is in the future."
    assert read_date("+1d", TODAY, Direction.PAST).problem == "21-Nov-2026 is in the future."
    assert read_date("1/11/2026", TODAY, Direction.FUTURE).problem == "01-Nov-2026 is in the past."


def test_a_birthday_with_a_year_of_two_digits_is_in_the_last_century_when_it_must_be() -> None:
    assert read_date("14/7/45", TODAY, Direction.PAST).day == date(1945, 7, 14)
    assert read_date("14/7/26", TODAY, Direction.PAST).day == date(2026, 7, 14)
    assert read_date("14/7/45", TODAY).day == date(2045, 7, 14)


@given(DAYS, DAYS)
def test_a_date_as_we_write_it_is_read_back(day: date, today: date) -> None:
    for written in (
        fmt_date(day),
        fmt_date(day, weekday=True),
        fmt_date_long(day),
        fmt_date_long(day, weekday=True),
        f"{day.day}/{day.month}/{day.year}",
        day.isoformat(),
    ):
        assert read_date(written, today) == TypedDate(day)


@given(DAYS, st.integers(-999, 999))
def test_days_and_weeks_are_counted_from_today(today: date, count: int) -> None:
    assert read_date(f"{count:+}d", today).day == today + timedelta(days=count)
    assert read_date(f"{count:+}w", today).day == today + timedelta(weeks=count)


@given(st.text(max_size=30), DAYS, st.sampled_from(Direction))
def test_any_text_gets_a_day_or_a_sentence(text: str, today: date, direction: Direction) -> None:
    read = read_date(text, today, direction)
    assert (read.day is None) or not read.problem
    if text.strip() and read.day is None:
        assert read.problem.endswith((".", "?"))


@given(DAYS, st.integers(1, 31), st.integers(1, 12))
def test_a_date_without_a_year_is_never_far_away(today: date, day: int, month: int) -> None:
    read = read_date(f"{day}/{month}", today)
    assert read.day is None or (abs(read.day - today) <= timedelta(days=92) and read.day.day == day)
