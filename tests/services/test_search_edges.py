"""The edges of a search: recorded late, by two people, over years, and with days off learnt of late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from collabcare.catalogue.days_off import england_calendar
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.foresight import search_if_missed
from collabcare.domain.search_today import search_step
from collabcare.services.contacts import BookContact, Booking, book_contact, record_contact
from tests.builders import day
from tests.services.searching import attempt, search

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def test_a_dna_of_yesterday_recorded_after_todays_was_attended_looks_for_nobody(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(7))
    for on in (day(7), day(8)):
        book_contact(BookContact(episode_id=episode, booking=Booking(on=on)), practice.uow())
    practice.happen("A", episode, day(8))
    missed = practice.contact("D", episode, day(7))
    ahead = search_if_missed(
        practice.facts(episode), practice.facts(episode).contacts[1], practice.rulebook, today=day(8)
    )
    record_contact(missed, practice.uow(), practice.rulebook.pathway)
    assert ahead is None
    assert practice.facts(episode).ladders == ()
    assert [c.status for c in practice.facts(episode).contacts][-1] is AttendanceStatus.ATTENDED_ON_TIME


def test_a_search_of_400_days_is_still_there_with_something_to_do(practice: Practice) -> None:
    episode = practice.refer("AD")
    attempt(practice, episode)
    practice.on(day(407))
    facts = practice.facts(episode)
    step = search_step(facts, practice.rulebook.search, today=practice.today)
    assert step is not None
    assert step.due_on < practice.today
    due = what_is_due(facts, practice.rulebook, today=practice.today)
    assert DueKind.REENGAGE in {each.kind for each in due}
    attempt(practice, episode, rung=step.rung.number, note="Rang again after a year")
    assert len(search(practice, episode).attempts) == 2


def test_our_own_cancellation_is_rebooked_in_five_working_days_and_never_counts(practice: Practice) -> None:
    episode = practice.refer("AAAAAAAAAAAP")
    facts = practice.facts(episode)
    assert facts.ladders == ()
    due = what_is_due(facts, practice.rulebook, today=practice.today)
    [rebook] = [each for each in due if each.kind is DueKind.REBOOK]
    by = practice.rulebook.calendar.nth_after(facts.contacts[-1].cancelled_on or practice.today, 5)
    assert rebook.due_on == by
    assert rebook.is_listed(practice.today)
    assert "We cancelled" in rebook.why
    practice.happen("D", episode, practice.today + timedelta(days=7))
    assert search(practice, episode).consecutive == 1


def test_a_day_off_added_late_moves_every_date_that_follows(practice: Practice) -> None:
    episode = practice.refer("AD")
    attempt(practice, episode)
    before = search_step(practice.facts(episode), practice.rulebook.search, today=practice.today)
    assert before is not None
    closed = england_calendar(practice.today, closed_days=(before.due_on,))
    rules = replace(practice.rulebook.search, calendar=closed)
    after = search_step(practice.facts(episode), rules, today=practice.today)
    assert after is not None
    assert after.due_on == closed.this_or_next(before.due_on) > before.due_on
