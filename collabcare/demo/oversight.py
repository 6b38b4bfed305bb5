"""Around the visits: supervision every four weeks, moves between steps, letters, the end of care."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from collabcare.demo.acts import ActionDone, Agreed, Asked, Ended, Met, Moved, Reviewed, Wrote
from collabcare.demo.care import state
from collabcare.demo.chance import dice
from collabcare.demo.diary import london
from collabcare.demo.stories import Now, Twist
from collabcare.demo.timetable import Ending
from collabcare.domain.codes import ATTENDED, AppointmentType, ClosureReason
from collabcare.domain.letters import REVIEW, SUMMARY

if TYPE_CHECKING:
    from collabcare.demo.chart import Chart
    from collabcare.demo.timetable import Visit

_EVERY = timedelta(weeks=4)
_WEEK = 7
_UP = Twist.STEPPED_UP, Twist.UP_GP_NOT_TOLD
_DOWN = Twist.STEPPED_DOWN, Twist.DOWN_GP_NOT_TOLD
_NOT_TOLD = Twist.UP_GP_NOT_TOLD, Twist.DOWN_GP_NOT_TOLD
_SHARED_CARE = 5
_ACTION = 0.45
_MEDICATION = 0.5
_CLOSING = {
    ClosureReason.TREATMENT_COMPLETED: "closing.completed",
    ClosureReason.PATIENT_REQUESTED: "closing.requested",
    ClosureReason.REFERRED_ELSEWHERE: "closing.elsewhere",
    ClosureReason.MOVED_AWAY: "closing.moved",
    ClosureReason.REFUSED_TO_BE_SEEN: "closing.refused",
    ClosureReason.DIED: "closing.died",
    ClosureReason.NO_FURTHER_TREATMENT: "closing.no_further",
}
_HAVE_NONE = {ClosureReason.DIED, ClosureReason.PATIENT_REQUESTED, ClosureReason.REFUSED_TO_BE_SEEN}
"""No summary is asked for after a death; who declined had it before care ended."""
_LETTER_LATE = timedelta(days=8)
_ENDED_AFTER_DAYS = {ClosureReason.DIED: 9, ClosureReason.REFERRED_ELSEWHERE: 11}


def supervise(chart: Chart, planned: tuple[Visit, ...]) -> None:
    """Take the case to supervision from the first contact on, as often as the story was."""
    seen = [visit.on for visit in planned if visit.ending.attended]
    if not seen:
        return
    twists = chart.story.twists
    days = _review_days(chart, seen)
    for number, day in enumerate(days):
        last = number == len(days) - 1
        actions: tuple[Agreed, ...] = ()
        occasion = _occasion(chart, planned, day, first=number == 0)
        if last and Twist.ACTION_OVERDUE in twists:
            actions = (_agreed(chart, occasion, day + timedelta(days=6)),)
        elif last and Twist.ACTION_OPEN in twists:
            actions = (
                _agreed(chart, occasion, chart.setting.today + timedelta(days=chart.rng.randint(0, 4))),
            )
        elif chart.rng.random() < _ACTION and not (last and chart.story.closed):
            actions = (_agreed(chart, occasion, day + timedelta(days=chart.rng.randint(9, 14))),)
            done = chart.after(day, chart.rng.randint(1, 5))
            chart.add(ActionDone(at=chart.at(done, 16, 30), by=chart.team.practitioner))
        chart.add(
            Reviewed(
                at=chart.at(day, 13),
                by=chart.team.practitioner,
                supervisor=chart.team.supervisor,
                question="",
                decision=chart.say(f"{occasion}.decision"),
                actions=actions,
            )
        )
    if Twist.SUPERVISION_ASKED in twists:
        day = chart.setting.diary.nth_before(chart.setting.today, 1)
        chart.add(Asked(at=chart.at(day, 17), by=chart.team.practitioner, question=chart.say("ask.question")))


def step_and_write(chart: Chart, planned: tuple[Visit, ...], step: int) -> None:
    """Move a step if the story does, and write the letters that are due for it."""
    seen = [visit for visit in planned if visit.ending.attended]
    twists = chart.story.twists
    moves = [twist for twist in (*_UP, *_DOWN) if twist in twists]
    if moves and seen:
        told = moves[0] not in _NOT_TOLD
        visit = seen[-2] if told and len(seen) > 1 else seen[-1]
        _move(chart, visit, step, up=moves[0] in _UP)
        if told:
            day = chart.after(visit.on, chart.rng.randint(1, 3))
            _write(chart, planned, day, "gp_step_change")
    if seen and not chart.story.closed and Twist.NO_FIRST_LETTER not in twists:
        _write_about_first(chart, seen[0])
    if Twist.GP_WRITTEN_TO in twists and seen and not chart.story.closed:
        _write(chart, planned, chart.after(seen[len(seen) // 2].on, 2), REVIEW)
    if Twist.REVIEW_UNTOLD in twists and seen:
        _name_review(chart)


def end(chart: Chart, planned: tuple[Visit, ...]) -> None:
    """Close the episode, if the story is over."""
    reason = chart.story.closed
    if reason is None:
        return
    last = max(visit.on for visit in planned if visit.ending.attended)
    later = _ENDED_AFTER_DAYS.get(reason)
    day = last if later is None else chart.setting.diary.calendar.this_or_next(last + timedelta(days=later))
    chart.add(
        Ended(
            at=chart.at(day, 17, 30),
            by=chart.team.practitioner,
            reason=reason,
            note=chart.say(_CLOSING[reason]),
        )
    )
    if not {reason} & _HAVE_NONE and Twist.NO_SUMMARY not in chart.story.twists:
        summary = Wrote(at=london(day, time(18)), by=chart.team.practitioner, kind=SUMMARY, needed=False)
        chart.add(summary)


def _write_about_first(chart: Chart, visit: Visit) -> None:
    """Write to the GP a few days after the first contact, while care goes on."""
    of_its_own = dice(visit.on.toordinal(), "first letter", chart.person.birth_date.toordinal())
    words = chart.library.words.say("letter.discussed_first", chart.theme, of_its_own, set())
    at = london(chart.after(visit.on, 3), time(17, 40))
    typed = (("discussed", words),)
    chart.add(Wrote(at=at, by=chart.team.practitioner, kind=REVIEW, needed=False, typed=typed))


def _name_review(chart: Chart) -> None:
    """Let the last contact of more than a letter's time ago have been a review."""
    late = london(chart.setting.today - _LETTER_LATE, time.min)
    met = [act for act in chart.acts if isinstance(act, Met) and act.status in ATTENDED and act.at < late]
    last = max(met, key=lambda act: act.at)
    chart.acts[chart.acts.index(last)] = replace(last, kind=AppointmentType.REVIEW_AND_TREATMENT)


def _review_days(chart: Chart, seen: list[date]) -> list[date]:
    """Return the supervision days on which the case was discussed: soon after the start, then four-weekly."""
    story, today, calendar = chart.story, chart.setting.today, chart.setting.diary.calendar
    day = seen[0] + timedelta(days=2)
    day += timedelta(days=(chart.team.supervision_weekday - day.weekday()) % _WEEK)
    until = seen[-1] if story.now is Now.CLOSED else today
    days = []
    while (held := calendar.this_or_next(day)) < until:
        days.append(held)
        day += _EVERY
    if Twist.SUPERVISION_LATE in story.twists:
        days = [day for day in days if day < today - timedelta(days=30)]
    if Twist.ACTION_OVERDUE in story.twists:
        days = [day for day in days if day < today - timedelta(days=8)]
    if Twist.ACTION_OPEN in story.twists:
        latest = _last_supervision(chart)
        days = [*(day for day in days if day < latest - timedelta(days=10)), latest]
    if Twist.SUPERVISION_ASKED in story.twists:
        days = [day for day in days if day < chart.setting.diary.nth_before(today, 1)]
    return days


def _last_supervision(chart: Chart) -> date:
    today = chart.setting.today
    back = (today.weekday() - chart.team.supervision_weekday - 1) % _WEEK + 1
    return chart.setting.diary.on_or_before(today - timedelta(days=back))


def _occasion(chart: Chart, planned: tuple[Visit, ...], day: date, *, first: bool) -> str:
    """Return which sentences fit the case as it stood on a supervision day."""
    before = [visit for visit in planned if visit.on < day]
    if before and before[-1].ending is Ending.MISSED:
        return "review_ending" if Twist.CLOSING_REVIEW in chart.story.twists else "review_missing"
    treated = [visit.on for visit in planned if visit.ending.attended and not visit.staying_well]
    if chart.story.now is Now.STAYING_WELL and day > treated[-1]:
        return "review_well"
    if first:
        return "review_new"
    weeks = (day - planned[0].on).days / _WEEK
    standing = state(chart, weeks)
    return "review_partial" if standing == "early" else f"review_{standing}"


def _agreed(chart: Chart, occasion: str, due: date) -> Agreed:
    return Agreed(
        text=chart.say(f"{occasion}.action"),
        owner=chart.team.practitioner,
        due_on=chart.setting.diary.calendar.this_or_next(due),
    )


def _move(chart: Chart, visit: Visit, step: int, *, up: bool) -> None:
    away = chart.story.closed is ClosureReason.REFERRED_ELSEWHERE
    slot = chart.slot(visit)
    reason = "move_across" if away else "move_up" if up else "move_down"
    to_step = _SHARED_CARE if away else step + 1 if up else step - 1
    chart.add(
        Moved(
            at=london(slot.on, slot.at, slot.minutes + 4),
            by=chart.team.practitioner,
            to_step=to_step,
            reason=chart.say(f"{reason}.reason"),
        )
    )


def _write(chart: Chart, planned: tuple[Visit, ...], day: date, kind: str) -> None:
    """Write to the GP; a move between steps of somebody still in our care is always told."""
    standing = state(chart, (day - planned[0].on).days / _WEEK)
    parts = {
        "discussed": f"letter.discussed_{'better' if standing == 'early' else standing}",
        "for_patient": "letter.for_patient",
        "for_practice": "letter.for_practice",
        "for_us": "letter.for_us",
    }
    if chart.rng.random() < _MEDICATION and kind == REVIEW:
        parts["medication"] = "letter.medication"
    if chart.story.closed:
        del parts["for_us"]
    chart.add(
        Wrote(
            at=london(day, time(17, 50)),
            by=chart.team.practitioner,
            kind=kind,
            needed=kind == "gp_step_change" and not chart.story.closed,
            typed=tuple((part, chart.say(words)) for part, words in parts.items()),
        )
    )
