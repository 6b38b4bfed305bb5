"""A missed appointment through the services, at midnight, on the days the clocks change and by days off.

What is due, within how many hours, and who is overdue on Today go by the clock on an English wall, whatever
the computer's own is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest

from collabcare.catalogue.days_off import england_calendar
from collabcare.domain.calendar import LONDON
from collabcare.domain.caseload import caseload_rows
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.search_today import search_step
from collabcare.queries.facts import open_caseload_facts
from collabcare.queries.site_days import site_days
from collabcare.queries.worklist import worklist
from collabcare.services.contacts import record_contact
from collabcare.services.haste import RecordHaste, record_haste_fact
from collabcare.services.site_days import AddSiteDay, add_site_day
from tests.builders import day
from tests.services.searching import attempt, search

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.rulebook import Rulebook
    from tests.record_fixtures import Practice

FORWARD, BACK = date(2027, 3, 28), date(2026, 10, 25)
"""Sundays on which the clocks change: at 01:00 to 02:00, and at 02:00 to 01:00."""
THURSDAYS = (FORWARD - timedelta(days=3), BACK - timedelta(days=3))
"""The last ordinary working days before them: the one in 2027 is Easter Sunday."""
SEARCHES = (DueKind.REENGAGE, DueKind.REENGAGE_PROMPT)


class Line(NamedTuple):
    """What Today says of the search: its day, whether it is overdue, and in words when."""

    due_on: date
    overdue: bool
    when: str


def at_wall(practice: Practice, on: date, at: time) -> None:
    """Put the clock to a time on an English wall; a time that comes twice is the first."""
    practice.clock.set(datetime.combine(on, at, LONDON).astimezone(UTC))


def rules_here(practice: Practice) -> Rulebook:
    """Return the rules with the days off the record knows now, as signing in does."""
    with practice.reading() as session:
        own = site_days(session)
    calendar = england_calendar(practice.desk().today, own.closed, own.open)
    book = practice.rulebook
    return replace(book, calendar=calendar, search=replace(book.search, calendar=calendar))


def on_today(practice: Practice) -> Line | None:
    """Return the line of the only search on Today, None when it is not there yet."""
    today = practice.desk().today
    with practice.reading() as session:
        rows = caseload_rows(open_caseload_facts(session), rules_here(practice), today)
    found = [
        item.due
        for section in worklist(rows, until=today, for_user=practice.user("jo"))
        for item in section.items
        if section.kind in SEARCHES
    ]
    return Line(found[0].due_on, found[0].is_overdue(today), found[0].when(today)) if found else None


def missed(practice: Practice, on: date, at: time, *, prompt: bool = False) -> EpisodeId:
    """Let somebody be seen a week before and miss a slot of half an hour, recorded when the clock says."""
    recorded = practice.clock.now()
    episode = practice.refer()
    practice.happen("A", episode, on - timedelta(days=7))
    if prompt:
        fact = RecordHaste(episode_id=episode, kind=HasteKind.PERINATAL, happened_on=on - timedelta(days=7))
        record_haste_fact(fact, practice.uow())
    practice.clock.set(recorded)
    record_contact(practice.contact("D", episode, on, at=at), practice.uow(), practice.rulebook.pathway)
    return episode


LATE = time(22, 0)


@pytest.mark.parametrize("prompt", [False, True], ids=["standard", "prompt"])
def test_recorded_just_before_or_just_after_midnight_the_dates_are_the_same(
    practice: Practice, prompt: bool
) -> None:
    """In summer midnight in London is eleven at night by UTC, which is the day before there."""
    monday = date(2026, 7, 6)
    found = []
    for on, at in ((monday, time(23, 58)), (monday + timedelta(days=1), time(0, 2))):
        at_wall(practice, on, at)
        episode = missed(practice, monday, LATE, prompt=prompt)
        ladder = search(practice, episode)
        step = search_step(practice.facts(episode), practice.rulebook.search, today=practice.desk().today)
        assert step is not None
        found.append((ladder.missed_on, ladder.slot_ended, step.due_on, step.due_at, step.track.track))
    assert found[0] == found[1]
    expected = (monday, time(22, 30), monday if prompt else monday + timedelta(days=1))
    assert found[0][:3] == expected


def test_the_day_on_today_turns_at_midnight_on_the_wall(practice: Practice) -> None:
    monday = date(2026, 7, 6)
    at_wall(practice, monday, time(23, 58))
    missed(practice, monday, LATE)
    assert on_today(practice) is None, "a slot that ended after four is for the next working day"
    for on, at, overdue in ((7, time(0, 1), False), (7, time(23, 59), False), (8, time(0, 1), True)):
        at_wall(practice, date(2026, 7, on), at)
        line = on_today(practice)
        assert line is not None
        assert (line.due_on, line.overdue) == (date(2026, 7, 7), overdue)


def test_two_hours_of_the_prompt_track_never_run_past_midnight(practice: Practice) -> None:
    monday = date(2026, 7, 6)
    at_wall(practice, monday, time(22, 45))
    missed(practice, monday, LATE, prompt=True)
    assert on_today(practice) == Line(monday, overdue=False, when="due today by 23:59")
    at_wall(practice, monday + timedelta(days=1), time(0, 1))
    assert on_today(practice) == Line(monday, overdue=True, when="1 day overdue")


TWO_HOURS = {
    "forward, at night": (FORWARD, time(0, 0), time(3, 30)),
    "forward, in the morning": (FORWARD, time(10, 0), time(12, 30)),
    "back, at night": (BACK, time(0, 0), time(1, 30)),
    "back, in the morning": (BACK, time(10, 0), time(12, 30)),
}


@pytest.mark.parametrize(("sunday", "begins", "due_at"), TWO_HOURS.values(), ids=TWO_HOURS)
def test_two_hours_are_real_hours_where_the_clocks_change(
    practice: Practice, sunday: date, begins: time, due_at: time
) -> None:
    at_wall(practice, sunday - timedelta(days=3), time(9))
    add_site_day(AddSiteDay(on=sunday, is_open=True, reason="Sunday clinic"), practice.uow("amina"))
    at_wall(practice, sunday, time(11))
    episode = missed(practice, sunday, begins, prompt=True)
    rules = rules_here(practice)
    step = search_step(practice.facts(episode), rules.search, today=sunday)
    assert step is not None
    assert step.due_at is not None
    ended = datetime.combine(
        sunday, (datetime.combine(sunday, begins) + timedelta(minutes=30)).time(), LONDON
    )
    assert step.due_at.astimezone(UTC) - ended.astimezone(UTC) == timedelta(hours=2)
    assert step.due_at.astimezone(LONDON).time() == due_at
    assert on_today(practice) == Line(sunday, overdue=False, when=f"due today by {due_at:%H:%M}")


@pytest.mark.parametrize("sunday", [FORWARD, BACK], ids=["forward", "back"])
def test_a_sunday_nobody_works_on_is_for_the_next_working_day_and_overdue_after_it(
    practice: Practice, sunday: date
) -> None:
    at_wall(practice, sunday, time(23, 59))
    missed(practice, sunday, time(10, 0), prompt=True)
    first = england_calendar(sunday).this_or_next(sunday)
    assert on_today(practice) is None
    for on, at, overdue in ((first, time(0, 1), False), (first + timedelta(days=1), time(0, 1), True)):
        at_wall(practice, on, at)
        line = on_today(practice)
        assert line is not None
        assert (line.due_on, line.overdue) == (first, overdue)


@pytest.mark.parametrize("thursday", THURSDAYS, ids=["forward", "back"])
def test_working_days_are_counted_over_the_change_and_not_hours(practice: Practice, thursday: date) -> None:
    """A week that has an hour less or more still has five working days."""
    at_wall(practice, thursday, time(12))
    episode = missed(practice, thursday, time(10, 0))
    assert on_today(practice) == Line(thursday, overdue=False, when="due today")
    attempt(practice, episode)
    calendar = england_calendar(thursday)
    second = calendar.nth_after(thursday, 2)
    at_wall(practice, second, time(0, 1))
    assert on_today(practice) == Line(second, overdue=False, when="due today")
    at_wall(practice, second + timedelta(days=1), time(0, 1))
    line = on_today(practice)
    assert line is not None
    assert line.overdue


def test_a_bank_holiday_added_late_moves_what_is_on_today(practice: Practice) -> None:
    practice.on(day(7), time(12))
    episode = missed(practice, day(7), time(10, 0))
    attempt(practice, episode)
    practice.on(day(10), time(9))
    assert on_today(practice) == Line(day(9), overdue=True, when="1 day overdue")
    for on in (day(9), day(10)):
        add_site_day(AddSiteDay(on=on, is_open=False, reason="Proclaimed late"), practice.uow("amina"))
    assert on_today(practice) is None, "the second try is now for the next working day"
    practice.on(day(11), time(9))
    assert on_today(practice) == Line(day(11), overdue=False, when="due today")


def test_a_search_of_400_days_over_three_changes_of_the_clocks_is_still_on_today(practice: Practice) -> None:
    practice.on(day(7), time(12))
    episode = missed(practice, day(7), time(10, 0))
    attempt(practice, episode)
    at_wall(practice, day(407), time(0, 1))
    line = on_today(practice)
    assert line is not None
    assert line.overdue
    assert practice.facts(episode).open_ladder is not None
