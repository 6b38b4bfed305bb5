"""When somebody is seen: the visits of one story, laid out backwards from where it stands today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.demo.stories import Now, Twist
from collabcare.domain.months import add_months

if TYPE_CHECKING:
    from random import Random

    from collabcare.demo.diary import Diary
    from collabcare.demo.stories import Story
    from collabcare.domain.pathway import Pathway

_WEEK = timedelta(days=7)
_AT_LEAST = 2  # appointments a practitioner has today, if there are people enough
_A_DAY = 5  # and from which chance adds no more on purpose
_COIN = 0.5


class Ending(StrEnum):
    """How a visit ended, if it has."""

    SEEN = "seen"
    LATE = "late"
    MISSED = "missed"
    BY_PATIENT = "cancelled by the patient"
    BY_US = "cancelled by us"
    UNRECORDED = "not recorded"
    COMING = "coming"

    @property
    def attended(self) -> bool:
        """Return whether the person was seen."""
        return self in {Ending.SEEN, Ending.LATE}


@dataclass(frozen=True, slots=True)
class Visit:
    """A day with an appointment; ``staying_well`` after treatment has ended."""

    on: date
    ending: Ending
    staying_well: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a life is laid out against: the day, the plan of contacts, and whose diary it goes into."""

    today: date
    diary: Diary
    pathway: Pathway
    practitioner: str


def visits(story: Story, setting: Setting, rng: Random) -> tuple[Visit, ...]:
    """Return the visits of a story in order; only a booking still to come is dated today or later."""
    if story.now in {Now.NOT_ALLOCATED, Now.WAITING}:
        return ()
    if story.now is Now.STAYING_WELL:
        last = setting.diary.on_or_before(setting.today - timedelta(days=story.ago))
        return (*_seen_until(last, story, setting), *_staying_well(last, setting))
    last, tail = _tail(story, setting, rng)
    return (*_seen_until(last, story, setting), *tail) if story.seen else tail


def gap_after(seen: int, pathway: Pathway) -> timedelta:
    """Return how long after contact number ``seen`` (1 or more) the plan wants the next."""
    return timedelta(weeks=pathway.weeks_to_next_contact(max(seen, 1)))


def _seen_until(last: date, story: Story, setting: Setting) -> tuple[Visit, ...]:
    """Return the contacts that ended with one on ``last``, with what fell through between them."""
    between = _fell_through(story)
    found = [Visit(last, Ending.SEEN)]
    for number in range(story.seen - 1, 0, -1):
        day = found[-1].on
        if ending := between.get(number):
            day = setting.diary.on_or_before(day - _WEEK)
            found.append(Visit(day, ending))
        ending = Ending.LATE if Twist.CAME_LATE in story.twists and number == 2 else Ending.SEEN  # noqa: PLR2004 - the second
        found.append(Visit(setting.diary.on_or_before(day - gap_after(number, setting.pathway)), ending))
    return tuple(reversed(found))


def _fell_through(story: Story) -> dict[int, Ending]:
    """Return which contact an appointment that fell through came after."""
    middle = max(story.seen // 2, 1)
    if Twist.RETURNED in story.twists:
        return {middle: Ending.MISSED}
    if Twist.CANCELLED_ONCE in story.twists:
        return {middle: Ending.BY_PATIENT}
    return {}


def _staying_well(since: date, setting: Setting) -> tuple[Visit, ...]:
    """Return the staying-well contacts: those that have been, and the first to come."""
    found: list[Visit] = []
    for months in setting.pathway.maintenance_months:
        day = setting.diary.calendar.this_or_next(add_months(since, months))
        if day >= setting.today:
            return (*found, Visit(day, Ending.COMING, staying_well=True))
        found.append(Visit(day, Ending.SEEN, staying_well=True))
    return tuple(found)


def _tail(story: Story, setting: Setting, rng: Random) -> tuple[date, tuple[Visit, ...]]:
    """Return the day of the last contact and what came after it."""
    diary, today = setting.diary, setting.today
    gap = gap_after(story.seen, setting.pathway)
    match story.now:
        case Now.CLOSED | Now.PAUSED:
            return diary.on_or_before(today - timedelta(days=story.ago)), ()
        case Now.CONTACT_DUE:
            return diary.on_or_before(today - gap - timedelta(days=rng.randint(2, 9))), ()
        case Now.FIRST_BOOKED:
            coming = diary.calendar.this_or_next(today + timedelta(days=rng.randint(0, 5)))
            return today, (Visit(coming, Ending.COMING),)
        case Now.OUTCOME_MISSING:
            fallen = [Visit(diary.nth_before(today, rng.randint(2, 5)), Ending.UNRECORDED)]
        case Now.MISSED | Now.FIRST_MISSED:
            fallen = [Visit(diary.nth_before(today, story.ago), Ending.MISSED)]
        case Now.MISSED_TWICE:
            again = diary.nth_before(today, story.ago)
            first = diary.on_or_before(again - _WEEK)
            fallen = [Visit(first, Ending.MISSED), Visit(again, Ending.MISSED)]
        case Now.CANCELLED_TWICE:
            again = diary.calendar.nth_after(diary.nth_before(today, story.ago), 1)
            first = diary.on_or_before(again - _WEEK)
            fallen = [Visit(first, Ending.BY_PATIENT), Visit(again, Ending.BY_PATIENT)]
        case Now.WE_CANCELLED:
            fallen = [Visit(diary.nth_before(today, story.ago), Ending.BY_US)]
        case _:
            return _next_booked(story, setting, rng)
    return diary.on_or_before(fallen[0].on - gap), tuple(fallen)


def _next_booked(story: Story, setting: Setting, rng: Random) -> tuple[date, tuple[Visit, ...]]:
    """Return a last contact and the next, a gap of the plan apart; the diary of today itself is not empty."""
    diary, today = setting.diary, setting.today
    gap = gap_after(story.seen, setting.pathway)
    if story.ago:
        last = diary.on_or_before(today - timedelta(days=story.ago))
        return last, (Visit(diary.calendar.this_or_next(max(last + gap, today)), Ending.COMING),)
    busy = diary.booked(setting.practitioner, today)
    comes_today = busy < _AT_LEAST or (busy < _A_DAY and rng.random() < _COIN)
    ahead = 0 if comes_today else rng.randrange(gap.days)
    coming = diary.calendar.this_or_next(today + timedelta(days=ahead))
    last = diary.on_or_before(min(coming - gap, today - timedelta(days=1)))
    return last, (Visit(coming, Ending.COMING),)
