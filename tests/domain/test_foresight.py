"""What would follow from an outcome, before it is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from collabcare.domain.foresight import plan_if_attended, search_if_missed, with_contact
from tests.builders import calendar, contact, contacts, day, facts, pathway


def missed(history: str, on: int, *, at: time | None = time(10)) -> tuple[int, int] | None:
    """Return how many in a row and the first rung, if a contact on this day were missed."""
    found = search_if_missed(facts(history), contact("b", day(on), at=at, id=99), pathway(), calendar())
    return None if found is None else (found.consecutive, found.first.number)


@pytest.mark.parametrize(
    ("history", "on", "expected"),
    [
        ("A", 7, (1, 1)),
        ("AD", 14, (2, 4)),
        ("", 0, (1, 1)),
        ("A A", 7, None),
        ("ADA", 21, (1, 1)),
        ("ACD", 21, (2, 4)),
    ],
)
def test_the_search_a_miss_would_open(history: str, on: int, expected: tuple[int, int] | None) -> None:
    assert missed(history, on) == expected


def test_it_opens_none_when_the_patient_was_seen_later_that_day() -> None:
    of = facts("A")
    late = search_if_missed(of, contact("b", day(0), at=time(9), id=99), pathway(), calendar())
    early = search_if_missed(of, contact("b", day(0), at=time(15), id=99), pathway(), calendar())
    assert late is None
    assert early is not None


def test_the_outcome_of_a_booking_takes_its_place() -> None:
    of = facts("AAb")
    booked = of.contacts[-1]
    assert plan_if_attended(of, booked, pathway()) == day(21)
    assert len(with_contact(of, replace(booked, status=None)).contacts) == 3
    assert [c.on for c in with_contact(of, contact("A", day(3), id=99)).contacts] == [
        day(0),
        day(3),
        day(7),
        day(14),
    ]


def test_the_plan_counts_every_contact_attended_so_far() -> None:
    held = contacts("AAAA")
    assert plan_if_attended(facts("AAAA", contacts=held), contact("A", day(28), id=99), pathway()) == day(42)
