"""How a form came to us and when, so that one that comes in late on a Friday is somebody's the same day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.calendar import LONDON
from collabcare.domain.safety_facts import FormRoute
from collabcare.domain.safety_prompt import TaskOwner, tasks_today
from collabcare.services.measures import RecordMeasure, record_measure
from tests.builders import MONDAY, calendar, day, phq9
from tests.builders_safety import policy

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

FRIDAY = date(2026, 3, 13)
HALF_PAST_FIVE = datetime(2026, 3, 13, 17, 30, tzinfo=LONDON)
POSITIVE = (0, 0, 0, 0, 0, 0, 0, 0, 1)


def posted(episode: EpisodeId, taken_on: date, arrived_at: datetime | None = None) -> RecordMeasure:
    """Return a form that came by post."""
    return RecordMeasure(
        episode_id=episode,
        taken_on=taken_on,
        answers=POSITIVE,
        route=FormRoute.POST,
        arrived_at=arrived_at,
    )


def test_a_form_of_friday_evening_is_dutys_that_day_whenever_it_is_typed_in(practice: Practice) -> None:
    """SAFE-W6, through the record."""
    episode = practice.refer("A")
    practice.on(FRIDAY + timedelta(days=3))
    record_measure(posted(episode, FRIDAY - timedelta(days=1), HALF_PAST_FIVE), practice.uow(), phq9())
    facts = practice.facts(episode)
    assert (facts.measures[0].route, facts.measures[0].arrived_at) == (FormRoute.POST, HALF_PAST_FIVE)
    [task] = tasks_today(facts, policy(), calendar())
    assert (task.due_on, task.owners) == (FRIDAY, (TaskOwner.DUTY,))


def test_a_form_from_outside_came_in_now_unless_it_is_said_when(practice: Practice) -> None:
    episode = practice.refer("A")
    record_measure(posted(episode, MONDAY), practice.uow(), phq9())
    assert practice.facts(episode).measures[0].arrived_at == practice.clock.now()


@pytest.mark.parametrize("route", [None, FormRoute.IN_PERSON])
def test_a_form_filled_in_with_us_came_in_at_no_time(practice: Practice, route: FormRoute | None) -> None:
    episode = practice.refer("A")
    command = RecordMeasure(
        episode_id=episode, taken_on=MONDAY, answers=POSITIVE, route=route, arrived_at=HALF_PAST_FIVE
    )
    record_measure(command, practice.uow(), phq9())
    [kept] = practice.facts(episode).measures
    assert (kept.route, kept.arrived_at) == (route, None)
    assert tasks_today(practice.facts(episode), policy(), calendar()) == ()


def test_a_form_that_cannot_have_come_then_is_refused_without_a_trace(practice: Practice) -> None:
    episode = practice.refer("A")
    with practice.refused("come in in the future"):
        record_measure(posted(episode, MONDAY, HALF_PAST_FIVE), practice.uow(), phq9())
    practice.on(day(3))
    with practice.refused("before it was filled in"):
        early = datetime(2026, 1, 6, 23, 0, tzinfo=LONDON)
        record_measure(posted(episode, day(2), early), practice.uow(), phq9())
