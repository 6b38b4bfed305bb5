"""What is said before a time is booked."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.booking_checks import Taken, booked_twice, booking_checks, outside_safe_times
from collabcare.domain.ids import ContactId
from collabcare.domain.reach_facts import ReachFacts
from tests.builders import contact, day, facts

NINE = Taken(on=day(1), at=time(9), minutes=30)
TAKEN = "Jo Smith has another appointment at that time, Tue 06-Jan-2026 09:00."


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        (Taken(on=day(1), at=time(9)), True),
        (Taken(on=day(1), at=time(8, 45), minutes=30), True),
        (Taken(on=day(1), at=time(9, 15)), True),
        (Taken(on=day(1), at=time(8, 30), minutes=30), False),
        (Taken(on=day(1), at=time(9, 30), minutes=30), False),
        (Taken(on=day(2), at=time(9), minutes=30), False),
        (Taken(on=day(1), at=None), False),
    ],
)
def test_a_time_that_is_taken_is_said(other: Taken, meets: bool) -> None:
    said = booking_checks(facts(), NINE, [other], today=day(0))
    assert said == ((TAKEN,) if meets else ())


def test_two_of_one_group_do_not_meet_and_a_day_alone_meets_nothing() -> None:
    group = Taken(on=day(1), at=time(9), group=True)
    assert booking_checks(facts(), group, [group], today=day(0)) == ()
    assert booking_checks(facts(), NINE, [group], today=day(0)) == (TAKEN,)
    assert booking_checks(facts(), Taken(on=day(1), at=None), [NINE], today=day(0)) == ()


def test_what_is_booked_already_is_said_unless_it_is_what_changes() -> None:
    booked = contact("b", day(10), id=ContactId(7))
    about = facts(contacts=(contact("A", day(0)), contact("b", day(-1), id=ContactId(6)), booked))
    assert booking_checks(about, NINE, [], today=day(0)) == (
        "They are booked already: Thu 15-Jan-2026 10:00, telephone. This would be one more.",
    )
    assert booking_checks(about, NINE, [], today=day(0), instead_of=ContactId(7)) == ()


@pytest.mark.parametrize(
    ("wanted", "asked"),
    [
        (Taken(on=day(10), at=time(10)), True),
        (Taken(on=day(10), at=time(10), group=True), True),
        (Taken(on=day(10), at=time(9, 45), minutes=30), True),
        (Taken(on=day(10), at=time(11)), False),
        (Taken(on=day(11), at=time(10)), False),
        (Taken(on=day(10), at=None), False),
        (Taken(on=day(11), at=None), True),
        (Taken(on=day(-1), at=time(10)), False),
    ],
)
def test_the_same_person_at_the_same_time_is_asked_about(wanted: Taken, asked: bool) -> None:
    booked = contact("b", day(10), id=ContactId(7), at=time(10), minutes=30)
    untimed = contact("b", day(11), id=ContactId(8), at=None)
    about = facts(contacts=(contact("A", day(10)), contact("b", day(-1), at=time(10)), booked, untimed))
    said = booked_twice(about, wanted, today=day(0))
    assert said.endswith("already. Change the time, or save again to book both.") is asked
    assert bool(said) is asked
    instead_of = ContactId(8 if wanted.on == untimed.on else 7)
    assert booked_twice(about, wanted, today=day(0), instead_of=instead_of) == ""


@pytest.mark.parametrize(
    ("safe", "at", "said"),
    [
        ("after 5pm", time(9), "09:00 is outside their safe times: after 5pm."),
        ("After 5pm.", time(16, 59), "16:59 is outside their safe times: After 5pm."),
        ("after 5pm", time(17), ""),
        ("only before 10:30", time(10, 30), "10:30 is outside their safe times: only before 10:30."),
        ("before 10.30 only", time(10), ""),
        ("9 to 12", time(12), "12:00 is outside their safe times: 9 to 12."),
        ("between 9am and 12", time(9), ""),
        ("weekdays before three", time(9), "Their safe times: weekdays before three. Check that 09:00"),
        ("after 25", time(9), "Their safe times: after 25. Check that 09:00 is one of them."),
        ("12 to 9", time(9), "Their safe times: 12 to 9. Check that 09:00 is one of them."),
        ("after 5pm", None, "Their safe times: after 5pm."),
        ("", time(9), ""),
    ],
)
def test_times_that_are_safe_are_compared_where_they_can_be_read(
    safe: str, at: time | None, said: str
) -> None:
    found = outside_safe_times(safe, at)
    assert found.startswith(said)
    assert bool(found) is bool(said)
    wanted = Taken(on=day(1), at=at)
    about = facts(reach=ReachFacts(safe_times=safe))
    assert booking_checks(about, wanted, [], today=day(0)) == ((found,) if found else ())


@given(st.text(max_size=40), st.none() | st.times())
def test_nothing_typed_as_safe_times_is_ever_passed_over_in_error(safe: str, at: time | None) -> None:
    said = outside_safe_times(safe, at)
    assert said == "" or safe.strip().rstrip(".") in said
