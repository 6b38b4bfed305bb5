"""Plan the lives of the demo's people: a seed, a number and a day in; everything that happened out.

Pure: no clock, no file and no database, so that the same question always has the same answer. Nothing but
bookings is dated today or later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from collabcare.demo.acts import Allocated, Booked, Life, Referred, Told
from collabcare.demo.care import play, totals
from collabcare.demo.chance import dice, weighted
from collabcare.demo.chart import Chart, Team
from collabcare.demo.diary import Diary
from collabcare.demo.oversight import end, step_and_write, supervise
from collabcare.demo.people import People
from collabcare.demo.plans import agree
from collabcare.demo.reminding import remind
from collabcare.demo.stories import EARLIER_STORY, Course, Now, Story, Twist, closed_story, open_story
from collabcare.demo.timetable import Setting, visits
from collabcare.domain.acting import Role
from collabcare.domain.codes import ClosureReason, ReferralReason, ReferralSource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from collabcare.demo.library import Library, Theme
    from collabcare.demo.timetable import Visit
    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.pathway import Pathway

OPEN_FOR_EACH_CLOSED = 3
_TUESDAY = 1
_TAKEN_AT_ONCE = 0.4
_SOURCES = (
    (ReferralSource.GP, 70),
    (ReferralSource.SELF, 9),
    (ReferralSource.OTHER_PRIMARY_CARE, 8),
    (ReferralSource.TALKING_THERAPIES, 6),
    (ReferralSource.VOLUNTARY_SECTOR, 3),
    (ReferralSource.MENTAL_HEALTH_TRUST, 2),
    (ReferralSource.JOBCENTRE, 2),
)
_HEAVIER = 12  # PHQ-9 at the start from which case management is the first step
_HEAVIEST = 17
_OLD = 70
_WELL_BETWEEN = timedelta(weeks=22)
_SAID = timedelta(minutes=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The caseload asked for: so many open patients, and a third as many since closed, as of a day."""

    patients: int
    seed: int
    today: date


def plan_lives(
    wanted: Wanted, library: Library, pathway: Pathway, calendar: WorkingCalendar
) -> Iterator[Life]:
    """Yield a life for each person, open patients first."""
    diary = Diary(calendar)
    people = People(library, wanted.seed, wanted.today)
    for index in range(wanted.patients + wanted.patients // OPEN_FOR_EACH_CLOSED):
        still_open = index < wanted.patients
        story = open_story(index) if still_open else closed_story(index - wanted.patients)
        rng = dice(wanted.seed, "life", index)
        theme = _theme(library, story, rng)
        team = _team(library, index)
        chart = Chart(
            person=people.person(index, theme),
            story=story,
            theme=theme,
            team=team,
            setting=Setting(today=wanted.today, diary=diary, pathway=pathway, practitioner=team.practitioner),
            library=library,
            rng=rng,
        )
        yield _back(chart, wanted, index) if Twist.CAME_BACK in story.twists else _live(chart)


def _back(chart: Chart, wanted: Wanted, index: int) -> Life:
    """Return the life of somebody who was with us before, and came back by themselves within the year."""
    now = _live(chart)
    came = next(act for act in now.acts if isinstance(act, Referred))
    ended = chart.setting.diary.on_or_before(came.received_on - _WELL_BETWEEN)
    before = replace(
        chart,
        story=EARLIER_STORY,
        setting=replace(chart.setting, today=ended),
        rng=dice(wanted.seed, "earlier", index),
        acts=[],
        _slots={},
        _used=set(),
    )
    again = replace(
        came,
        by=chart.team.practitioner,
        holder=chart.team.practitioner,
        source=ReferralSource.SELF,
        referrer="",
        note=chart.say("again.referral"),
        again=True,
    )
    later = (again if act is came else act for act in now.acts if not isinstance(act, Allocated | Told))
    return replace(now, acts=(*_live(before).acts, *later))


def _live(chart: Chart) -> Life:
    planned = visits(chart.story, chart.setting, chart.rng)
    found = totals(chart, planned)
    step = _first_step(chart.story, found.phq9)
    _refer(chart, planned, step)
    play(chart, planned, found)
    supervise(chart, planned)
    agree(chart, planned, found)
    step_and_write(chart, planned, step)
    end(chart, planned)
    remind(chart)
    return Life(person=chart.person, story=chart.story.name, acts=chart.in_order())


def _theme(library: Library, story: Story, rng: Random) -> Theme:
    themes = library.themes
    if story.course is Course.ANXIOUS:
        themes = tuple(theme for theme in themes if ReferralReason.ANXIETY in theme.reasons)
    if story.closed is ClosureReason.DIED:
        themes = tuple(replace(theme, ages=(_OLD, theme.ages[1])) for theme in themes if theme.ages[1] > _OLD)
    return weighted(rng, themes, [theme.weight for theme in themes])


def _team(library: Library, index: int) -> Team:
    """Return who looks after person number ``index``; each practitioner has their own supervision day."""
    practitioners = library.places.logins(Role.PRACTITIONER)
    turn = index % len(practitioners)
    return Team(
        practitioner=practitioners[turn],
        supervisor=library.places.logins(Role.SUPERVISOR)[0],
        administrator=library.places.logins(Role.ADMINISTRATOR)[0],
        supervision_weekday=_TUESDAY + turn % 3,
    )


def _first_step(story: Story, phq9: list[int]) -> int:
    start = phq9[0] if phq9 else _HEAVIER
    return 2 + (start >= _HEAVIER and story.course is not Course.ANXIOUS) * (start >= _HEAVIEST)


def _refer(chart: Chart, planned: tuple[Visit, ...], step: int) -> None:
    """Enter the referral, give the case to its practitioner, and book the first appointment."""
    rng, team, theme = chart.rng, chart.team, chart.theme
    received = _received_on(chart, planned)
    at_once = chart.story.now is not Now.NOT_ALLOCATED and rng.random() < _TAKEN_AT_ONCE
    source = weighted(rng, [source for source, _ in _SOURCES], [weight for _, weight in _SOURCES])
    if ReferralReason.PERINATAL in theme.reasons and rng.random() < _TAKEN_AT_ONCE:
        source = ReferralSource.MATERNITY
    chart.add(
        Referred(
            at=chart.at(received, 9),
            by=team.practitioner if at_once else team.administrator,
            received_on=received,
            source=source,
            reason=rng.choice(theme.reasons),
            referrer=chart.person.gp_name if source is ReferralSource.GP else "",
            note=theme.referral,
            step=step,
            holder=team.practitioner if at_once else None,
        )
    )
    if chart.person.wish:
        chart.add(Told(at=chart.acts[-1].at + _SAID, by=chart.acts[-1].by, wish=chart.person.wish))
    if chart.story.now is Now.NOT_ALLOCATED:
        return
    allocated = received if at_once else _before_today(chart, chart.after(received, rng.randint(0, 1) + 1))
    if not at_once:
        chart.add(Allocated(at=chart.at(allocated, 12), by=team.supervisor, holder=team.practitioner))
    if planned:
        booked = min(_before_today(chart, chart.after(allocated, 1)), planned[0].on - timedelta(days=1))
        slot = chart.slot(planned[0])
        chart.add(Booked(at=chart.at(max(booked, allocated), 15), by=team.practitioner, slot=slot))


def _received_on(chart: Chart, planned: tuple[Visit, ...]) -> date:
    diary = chart.setting.diary
    if planned and planned[0].on < chart.setting.today:
        return diary.on_or_before(planned[0].on - timedelta(days=chart.rng.randint(7, 13)))
    return diary.on_or_before(chart.setting.today - timedelta(days=chart.story.ago))


def _before_today(chart: Chart, day: date) -> date:
    return min(day, chart.setting.diary.nth_before(chart.setting.today, 1))
