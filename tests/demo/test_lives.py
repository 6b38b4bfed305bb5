"""The lives of the demo, as planned: in order, in the past, on working days, and the same each time."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.days_off import england_calendar
from collabcare.demo.acts import (
    ActionDone,
    Booked,
    Ended,
    Filled,
    Met,
    Moved,
    Referred,
    Reviewed,
    Sought,
    Talked,
    Wrote,
)
from collabcare.demo.diary import london
from collabcare.demo.stories import CLOSED_STORIES, OPEN_STORIES, Twist
from collabcare.domain.codes import ATTENDED, CANCELLED, AttendanceStatus
from tests.demo_record import DEMO_TODAY

if TYPE_CHECKING:
    from collabcare.demo.acts import Life, Slot
    from tests.demo.conftest import Plan

DNA = AttendanceStatus.DID_NOT_ATTEND
AWKWARD_DAYS = [
    date(2026, 12, 27),  # a Sunday among bank holidays
    date(2027, 1, 4),  # the first working day of a year
    date(2026, 4, 7),  # the day after Easter
    date(2024, 2, 29),
    date(2026, 3, 30),  # the day after the clocks went forward
]


def slots(life: Life) -> list[Slot]:
    """Return every place in the diary this life takes."""
    found = [act.slot for act in life.acts if isinstance(act, Booked)]
    return found + [act.following for act in life.acts if isinstance(act, Met | Sought) and act.following]


@pytest.mark.parametrize("today", [DEMO_TODAY, *AWKWARD_DAYS])
def test_everything_done_is_in_the_past_and_in_order(plan: Plan, today: date) -> None:
    for life in plan(today=today):
        instants = [act.at for act in life.acts]
        assert instants == sorted(instants)
        assert instants[-1] < london(today, time.min)
        assert isinstance(life.acts[0], Referred)


@pytest.mark.parametrize("today", [DEMO_TODAY, *AWKWARD_DAYS])
def test_people_are_seen_on_working_days_at_working_hours(plan: Plan, today: date) -> None:
    calendar = england_calendar(today)
    for life in plan(today=today):
        for slot in slots(life):
            assert calendar.is_working_day(slot.on)
            assert time(9) <= slot.at <= time(16, 30)
            assert 15 <= slot.minutes <= 40
        for act in life.acts:
            assert calendar.is_working_day(act.at.date())
            assert time(8) <= act.at.time() <= time(18)


def test_nobody_is_in_two_places_at_once(lives: list[Life]) -> None:
    taken = Counter(
        (act.by, act.slot.on, act.slot.at)
        for life in lives
        for act in life.acts
        if isinstance(act, Met) and act.status not in CANCELLED
    )
    assert max(taken.values()) == 1


def test_the_same_question_has_the_same_answer(plan: Plan) -> None:
    assert plan(24, seed=5) == plan(24, seed=5)
    assert plan(24, seed=5) != plan(24, seed=6)


def test_a_life_does_not_depend_on_how_many_there_are(plan: Plan) -> None:
    """Names may: a namesake is avoided. What happens may too, once the diary is shared; the story may not."""
    few, many = plan(30), plan(60)
    assert [life.story for life in few[:30]] == [life.story for life in many[:30]]
    assert [life.person.birth_date for life in few[:30]] == [life.person.birth_date for life in many[:30]]


def ends(life: Life) -> bool:
    """Return whether the care of this life has ended, and nobody has come back since."""
    last = [act for act in life.acts if isinstance(act, Ended | Referred)][-1]
    return isinstance(last, Ended)


def test_one_in_four_is_closed_and_nothing_but_a_letter_follows_the_end(lives: list[Life]) -> None:
    closed = [life for life in lives if ends(life)]
    assert (len(lives), len(closed)) == (80, 20)
    for life in closed:
        end = next(place for place, act in enumerate(life.acts) if isinstance(act, Ended))
        assert all(isinstance(act, Wrote) for act in life.acts[end + 1 :])


def test_every_story_and_every_twist_is_told() -> None:
    told = {twist for story in (*OPEN_STORIES, *CLOSED_STORIES) for twist in story.twists}
    assert told == set(Twist)


def unbooked(life: Life) -> list[str]:
    """Return what was met without a booking, and what was booked in the past."""
    wrong: list[str] = []
    booked: set[date] = set()
    for act in life.acts:
        following = getattr(act, "following", None)
        if isinstance(act, Met) and act.slot.on not in booked:
            wrong.append(f"met without a booking on {act.slot.on}")
        if isinstance(act, Booked):
            booked.add(act.slot.on)
        if following is not None:
            booked.add(following.on)
            if following.on < act.at.date():
                wrong.append(f"booked {following.on} in the past")
    return wrong


def uncalled_for(life: Life) -> list[str]:
    """Return who was sought though nobody was missing, and talks that nothing asked for."""
    wrong: list[str] = []
    missing = asked = False
    for act in life.acts:
        match act:
            case Met(status=status):
                missing = status is DNA or (missing and status not in ATTENDED)
            case Sought(outcome=outcome):
                wrong += [] if missing else [f"sought at {act.at}"]
                missing = not outcome.reached
            case Filled(instrument="phq9", answers=answers):
                asked = answers is None or answers[-1] != 0
            case Talked(could_not_ask=could_not):
                wrong += [] if asked else [f"talked at {act.at}"]
                asked = could_not
            case Ended() if asked or missing:
                wrong.append("ended with something open")
    return wrong


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_done_that_nothing_led_to(plan: Plan, seed: int) -> None:
    """A large demo must not meet, hours in, the one life in ten thousand that the rules refuse."""
    lives = plan(300, seed=seed)
    assert [(life.story, wrong) for life in lives for wrong in (*unbooked(life), *uncalled_for(life))] == []


def test_cases_are_discussed_about_every_four_weeks(lives: list[Life]) -> None:
    for life in lives:
        came = max(act.at for act in life.acts if isinstance(act, Referred))
        days = [act.at.date() for act in life.acts if isinstance(act, Reviewed) and act.at > came]
        gaps = [later - earlier for earlier, later in pairwise(days)]
        assert all(timedelta(days=12) <= gap <= timedelta(days=36) for gap in gaps), (life.story, days)


def test_what_is_done_was_agreed_before(lives: list[Life]) -> None:
    for life in lives:
        open_actions = 0
        for act in life.acts:
            if isinstance(act, Reviewed):
                open_actions += len(act.actions)
            elif isinstance(act, ActionDone):
                open_actions -= 1
            assert open_actions >= 0


def test_steps_moved_to_exist(plan: Plan) -> None:
    steps = {act.to_step for life in plan(300) for act in life.acts if isinstance(act, Moved)}
    assert steps <= {1, 2, 3, 4, 5}
