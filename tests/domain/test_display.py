"""How names, dates and numbers are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.display import (
    NOT_RECORDED,
    fmt_change,
    fmt_count,
    fmt_date,
    fmt_date_long,
    fmt_days,
    fmt_lasting,
    fmt_name,
    fmt_name_letter,
    fmt_time,
    fmt_time_letter,
    lower_first,
    spoken_dates,
    unbroken_dates,
)

SHORT = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LONG = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@pytest.mark.parametrize(("month", "short", "long"), list(zip(range(1, 13), SHORT, LONG, strict=True)))
def test_every_month_has_three_letters_on_screen_and_its_name_in_letters(
    month: int, short: str, long: str
) -> None:
    """Never "Sept", whatever the computer's language."""
    day = date(2026, month, 6)
    assert fmt_date(day) == f"06-{short}-2026"
    assert fmt_date_long(day) == f"6 {long} 2026"
    assert spoken_dates(f"due {fmt_date(day)}, 3 days overdue") == f"due 6 {long} 2026, 3 days overdue"


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2026, 8, 3 + n), word[:3], word)
        for n, word in enumerate(
            ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        )
    ],
)
def test_every_weekday(day: date, short: str, long: str) -> None:
    assert fmt_date(day, weekday=True) == f"{short} {day.day:02d}-Aug-2026"
    assert fmt_date_long(day, weekday=True) == f"{long} {day.day} August 2026"


def test_a_date_not_recorded_is_said_in_words() -> None:
    assert fmt_date(None) == fmt_date(None, weekday=True) == NOT_RECORDED == "Not recorded"


def test_dates_in_a_text_do_not_break_across_lines() -> None:
    assert unbroken_dates("on 06-Aug-2026, late-ish") == "on 06\u2011Aug\u20112026, late-ish"
    assert (
        unbroken_dates("on 06-Augustus-2026") == spoken_dates("on 06-Augustus-2026") == "on 06-Augustus-2026"
    )


@given(st.dates(date(1000, 1, 1)))
def test_a_date_on_screen_is_eleven_characters_and_reads_back(day: date) -> None:
    text = fmt_date(day)
    assert len(text) == 11
    assert spoken_dates(text) == fmt_date_long(day)


@pytest.mark.parametrize(
    ("at", "screen", "letter"),
    [
        (time(9, 5), "09:05", "9:05am"),
        (time(10, 0), "10:00", "10am"),
        (time(12, 0), "12:00", "midday"),
        (time(12, 30), "12:30", "12:30pm"),
        (time(17, 30), "17:30", "5:30pm"),
        (time(0, 0), "00:00", "midnight"),
        (time(0, 15), "00:15", "12:15am"),
        (time(23, 59), "23:59", "11:59pm"),
    ],
)
def test_times_on_screen_and_in_letters(at: time, screen: str, letter: str) -> None:
    assert fmt_time(at) == screen
    assert fmt_time_letter(at) == letter


def test_an_instant_is_shown_by_its_own_clock() -> None:
    assert fmt_time(datetime(2026, 7, 6, 14, 2, tzinfo=UTC)) == "14:02"


@pytest.mark.parametrize(
    ("surname", "given", "title", "banner", "letter"),
    [
        ("Okafor", "Ngozi", "Ms", "OKAFOR, Ngozi (Ms)", "Ms Ngozi Okafor"),
        ("O'Brien", "Siân", None, "O'BRIEN, Siân", "Siân O'Brien"),
        ("van der Berg", "Jan", "Dr", "VAN DER BERG, Jan (Dr)", "Dr Jan van der Berg"),
        ("Suharto", "", "Mr", "SUHARTO (Mr)", "Mr Suharto"),
        ("Suharto", "", None, "SUHARTO", "Suharto"),
        ("Łukasiewicz", "Łukasz", "", "ŁUKASIEWICZ, Łukasz", "Łukasz Łukasiewicz"),
    ],
)
def test_a_name_in_the_banner_and_on_the_envelope(
    surname: str, given: str, title: str | None, banner: str, letter: str
) -> None:
    assert fmt_name(surname, given, title) == banner
    assert fmt_name_letter(given, surname, title) == letter


def test_counts_take_their_nouns() -> None:
    assert [fmt_days(n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert [
        fmt_lasting(date(2026, 3, 9) - timedelta(days=n), date(2026, 3, 9)) for n in (0, 1, 6, 7, 48)
    ] == [
        "since today",
        "1 day",
        "6 days",
        "1 week",
        "6 weeks",
    ]
    assert [fmt_count(n, "entry", "entries") for n in (1, 2, 1200)] == [
        "1 entry",
        "2 entries",
        "1,200 entries",
    ]
    assert fmt_count(3, "letter") == "3 letters"


@pytest.mark.parametrize(("change", "text"), [(3, "+3"), (-6, "\N{MINUS SIGN}6"), (0, "0")])
def test_a_change_has_its_sign(change: int, text: str) -> None:
    assert fmt_change(change) == text


@pytest.mark.parametrize(
    ("words", "inside"), [("GP to be told", "GP to be told"), ("Measure due", "measure due"), ("", "")]
)
def test_words_go_on_in_a_sentence_and_abbreviations_stay(words: str, inside: str) -> None:
    assert lower_first(words) == inside
