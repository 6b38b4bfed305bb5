"""What would follow from an outcome, told before it is saved, agrees with what follows once it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.contact_clock import next_contact_by
from collabcare.domain.foresight import plan_if_attended, search_if_missed, with_contact
from collabcare.domain.ids import ContactId
from collabcare.domain.reach_facts import Track
from tests.builders import MONDAY, calendar, contact, day, facts, pathway

if TYPE_CHECKING:
    from collabcare.domain.facts import ContactFact

UNSAVED = ContactId(0)


def missed(on: int = 21) -> ContactFact:
    """Return a contact about to be recorded as missed."""
    return contact("b", day(on), id=UNSAVED)


def test_a_first_miss_starts_at_the_bottom_on_the_same_day() -> None:
    ahead = search_if_missed(facts("AAA"), missed(), pathway(), calendar())
    assert ahead is not None
    assert (ahead.consecutive, ahead.first.number, ahead.first.due_on) == (1, 1, day(21))


def test_a_second_miss_in_a_row_brings_the_gp_and_supervision_forward() -> None:
    ahead = search_if_missed(facts("AD"), missed(14), pathway(), calendar())
    assert ahead is not None
    assert (ahead.consecutive, ahead.first.number, ahead.first.due_on) == (2, 4, day(14))


def test_on_the_prompt_track_the_first_call_is_within_two_hours() -> None:
    ahead = search_if_missed(facts("AAA"), missed(), pathway(), calendar(), track=Track.PROMPT)
    assert ahead is not None
    assert ahead.first.due_at is not None
    assert (ahead.first.number, ahead.first.due_at.hour, ahead.first.due_at.minute) == (1, 12, 30)


def test_somebody_seen_since_is_not_looked_for() -> None:
    assert search_if_missed(facts("AAA"), missed(10), pathway(), calendar()) is None


@pytest.mark.parametrize(("history", "weeks"), [("", 1), ("A", 1), ("AAAA", 2), ("AD", 1)])
def test_the_plan_after_a_contact_is_the_one_the_rule_gives_once_it_is_recorded(
    history: str, weeks: int
) -> None:
    on = day(7 * len(history))
    held = contact("A", on, id=ContactId(len(history) + 1))
    once_recorded = replace(facts(history), contacts=(*facts(history).contacts, held))
    planned = plan_if_attended(facts(history), replace(held, id=UNSAVED, status=None), pathway())
    assert planned == on + timedelta(weeks=weeks) == next_contact_by(once_recorded, pathway())


def test_the_outcome_of_a_booking_takes_its_place() -> None:
    booked = facts("Ab")
    with_outcome = with_contact(booked, contact("A", day(7), id=booked.contacts[1].id))
    assert [c.status for c in with_outcome.contacts].count(None) == 0
    assert [c.on for c in with_outcome.contacts] == [MONDAY, day(7)]
