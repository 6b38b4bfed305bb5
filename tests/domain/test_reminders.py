"""Reminders to make, seven days and one day before: whom, when, and which is on the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.display import fmt_date
from collabcare.domain.episode import Phase
from collabcare.domain.ids import ContactId
from collabcare.domain.reminders import reminder_days, reminders, reminders_ahead
from tests.builders import MONDAY, calendar, contact, day, facts, patient
from tests.builders_reach import pause, policy

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

POLICY = policy().reminders


def booked(*on: date, letter: str = "b") -> EpisodeFacts:
    """Return an episode with these appointments."""
    return facts(contacts=tuple(contact(letter, each, id=ContactId(n)) for n, each in enumerate(on, start=1)))


def listed(of: EpisodeFacts, today: date, *made: tuple[ContactId, int]) -> list[tuple[int, int]]:
    """Return which reminders of which contacts are on the list."""
    return [
        (each.contact.id, each.days_before)
        for each in reminders(of, POLICY, calendar(), today=today, made=made)
    ]


@pytest.mark.parametrize(
    ("on", "week", "eve"),
    [
        pytest.param(date(2026, 3, 18), date(2026, 3, 11), date(2026, 3, 17), id="a Wednesday"),
        pytest.param(date(2026, 3, 16), date(2026, 3, 9), date(2026, 3, 13), id="a Monday: Friday before"),
        pytest.param(date(2026, 4, 7), date(2026, 3, 31), date(2026, 4, 2), id="after Easter"),
        pytest.param(date(2026, 4, 13), date(2026, 4, 2), date(2026, 4, 10), id="a week after Easter Monday"),
    ],
)
def test_reminders_are_a_week_and_a_day_before_on_working_days(on: date, week: date, eve: date) -> None:
    assert reminder_days(on, POLICY, calendar()) == ((7, week), (1, eve))


LIST = [
    pytest.param(8, [], id="more than a week before"),
    pytest.param(7, [(1, 7)], id="a week before"),
    pytest.param(4, [(1, 7)], id="not made yet, so still there"),
    pytest.param(1, [(1, 1)], id="the day before takes its place"),
    pytest.param(0, [], id="on the day"),
    pytest.param(-3, [], id="after it"),
]


@pytest.mark.parametrize(("days", "expected"), LIST)
def test_the_latest_reminder_due_is_on_the_list(days: int, expected: list[tuple[int, int]]) -> None:
    on = day(16)
    assert listed(booked(on), on - timedelta(days=days)) == expected


def test_one_that_was_made_is_off_the_list_until_the_next() -> None:
    on = day(16)
    made = (ContactId(1), 7)
    assert listed(booked(on), day(10), made) == []
    assert listed(booked(on), day(15), made) == [(1, 1)]


@pytest.mark.parametrize(
    "of",
    [
        replace(booked(day(3)), patient=patient(died_on=MONDAY)),
        replace(booked(day(3)), phase=Phase.CLOSED),
        replace(booked(day(3)), phase=Phase.PAUSED),
        replace(booked(day(3)), phase=Phase.PAUSED, pauses=(pause(day(-4), day(4)),)),
        replace(booked(day(3)), phase=Phase.PAUSED, pauses=(pause(day(-4), None),)),
        booked(day(3), letter="C"),
        facts(),
    ],
)
def test_nobody_else_is_reminded(of: EpisodeFacts) -> None:
    assert listed(of, day(2)) == []


@pytest.mark.parametrize("back_on", [day(14), day(15)])
def test_somebody_away_is_reminded_of_what_was_booked_for_when_they_are_back(back_on: date) -> None:
    """The pause stands until somebody ends it; by then the day before the appointment may be past."""
    of = replace(booked(day(15)), phase=Phase.PAUSED, pauses=(pause(day(0), back_on),))
    assert [listed(of, day(n)) for n in (8, 14)] == [[(1, 7)], [(1, 1)]]


def test_a_reminder_says_how_to_cancel() -> None:
    at_ten, some_time = reminders(
        replace(
            booked(day(3), day(4)),
            contacts=(contact("b", day(3)), contact("b", day(4), id=ContactId(2), at=None)),
        ),
        POLICY,
        calendar(),
        today=day(2),
    )
    assert at_ten.sentence == (
        "Remind them of Thu 08-Jan-2026 at 10:00 (1 day before), and how to cancel or rebook."
    )
    assert "Fri 09-Jan-2026 (7 days before)" in some_time.sentence
    assert at_ten.used[0].value == day(3)
    assert (at_ten.rule, bool(at_ten.source)) == ("appointment_reminders", True)


@given(st.lists(st.integers(-10, 60), max_size=5, unique=True), st.integers(0, 40))
def test_each_appointment_is_listed_once_at_most_and_only_before_it(ons: list[int], today: int) -> None:
    found = reminders(booked(*(day(n) for n in sorted(ons))), POLICY, calendar(), today=day(today))
    assert len({each.contact.id for each in found}) == len(found)
    for each in found:
        assert each.due_on <= day(today) < each.contact.on
        assert calendar().is_working_day(each.due_on)


def test_what_a_booking_brings_is_said_before_it_is_made() -> None:
    ahead = reminders_ahead(date(2026, 1, 19), POLICY, calendar(), today=MONDAY)
    assert ahead == ("Remind them on Mon 12-Jan-2026 and on Fri 16-Jan-2026 (Sun 18-Jan-2026 is a day off).",)
    soon = reminders_ahead(date(2026, 1, 6), POLICY, calendar(), today=MONDAY)
    assert soon == ("Remind them on Mon 05-Jan-2026.",)
    past = reminders_ahead(date(2026, 1, 12), POLICY, calendar(), today=date(2026, 1, 11))
    assert past == ("Remind them today (Fri 09-Jan-2026 is past).",)
    both = reminders_ahead(date(2026, 1, 9), POLICY, calendar(), today=MONDAY)
    assert both == ("Remind them today (Fri 02-Jan-2026 is past) and on Thu 08-Jan-2026.",)
    assert reminders_ahead(MONDAY, POLICY, calendar(), today=MONDAY) == ("No reminder falls due before it.",)
    sunday = reminders_ahead(date(2026, 1, 18), POLICY, calendar(), today=MONDAY)
    assert sunday[0] == "Sun 18-Jan-2026 is a day on which nobody works here."


@given(st.integers(0, 40), st.integers(0, 40))
def test_what_is_said_of_reminders_is_what_the_list_then_shows(on: int, today: int) -> None:
    """Said of today when booking, if and only if a reminder stands on the list of that day."""
    today = min(on, today)
    said = " ".join(reminders_ahead(day(on), POLICY, calendar(), today=day(today)))
    at_once = "Remind them today" in said or f"Remind them on {fmt_date(day(today), weekday=True)}" in said
    assert at_once is bool(listed(booked(day(on)), day(today)))
