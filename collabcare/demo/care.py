"""What happens at the visits: how each ended, what was said, which questionnaires were filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from collabcare.demo import scores
from collabcare.demo.acts import Assessed, Filled, Met, StayingWell, Talked
from collabcare.demo.diary import london
from collabcare.demo.seeking import seek
from collabcare.demo.stories import Course, Now, Twist
from collabcare.demo.timetable import Ending
from collabcare.domain.codes import AttendanceStatus, ClosureReason

if TYPE_CHECKING:
    from collabcare.demo.chart import Chart
    from collabcare.demo.timetable import Visit

_STATUS = {
    Ending.SEEN: AttendanceStatus.ATTENDED_ON_TIME,
    Ending.LATE: AttendanceStatus.ATTENDED_LATE,
    Ending.MISSED: AttendanceStatus.DID_NOT_ATTEND,
    Ending.BY_PATIENT: AttendanceStatus.CANCELLED_BY_PATIENT,
    Ending.BY_US: AttendanceStatus.CANCELLED_BY_PROVIDER,
}
_ENDINGS = {
    ClosureReason.TREATMENT_COMPLETED: "ending.completed",
    ClosureReason.PATIENT_REQUESTED: "ending.requested",
    ClosureReason.REFUSED_TO_BE_SEEN: "ending.requested",
    ClosureReason.REFERRED_ELSEWHERE: "ending.elsewhere",
    ClosureReason.MOVED_AWAY: "ending.moving",
}
_STATES = {
    Course.RESPONDING: "better",
    Course.RECOVERED: "better",
    Course.ANXIOUS: "better",
    Course.PARTIAL: "partial",
    Course.STALLED: "same",
    Course.WORSENING: "worse",
}
_LOOK_AGAIN = timedelta(days=5)
_UNDERSTOOD = {
    "safety.asked": "Nothing of the kind in these two weeks. To be asked again as things change.",
    "safety.talked": (
        "The thoughts come when the days are empty and somebody is missed. People near and something to do "
        "help; what is hard can change, one thing at a time."
    ),
}
_CAME_BY_POST = Twist.SAFETY_OPEN, Twist.SAFETY_COULD_NOT, Twist.SAFETY_BLANK
_SETTLING_WEEKS = 2.5
_SLIPPING_WEEKS = 4
_FORM_LEFT_OUT = 0.06
_NO_GAD7 = 0.1
_STRONGER = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The totals of each contact attended, in order."""

    phq9: list[int]
    gad7: list[int]


def totals(chart: Chart, planned: tuple[Visit, ...]) -> Scores:
    """Return the totals this course gives at the contacts attended."""
    seen = [visit.on for visit in planned if visit.ending.attended]
    weeks = [(day - seen[0]).days / 7 for day in seen]
    phq9 = scores.phq9_totals(chart.story.course, weeks, chart.rng)
    gad7 = scores.gad7_totals(chart.story.course, weeks, chart.rng)
    if Twist.ZERO in chart.story.twists and phq9:
        phq9[-1] = 0
    return Scores(phq9=phq9, gad7=gad7)


def play(chart: Chart, planned: tuple[Visit, ...], found: Scores) -> None:
    """Write what happened at each visit, in order."""
    in_a_row = number = 0
    last_treated = max(
        (i for i, v in enumerate(planned) if v.ending.attended and not v.staying_well), default=-1
    )
    for index, visit in enumerate(planned):
        following = planned[index + 1] if index + 1 < len(planned) else None
        if visit.ending.attended:
            _seen(chart, visit, following, number, found, returned=in_a_row > 0)
            if chart.story.now is Now.STAYING_WELL and index == last_treated:
                chart.add(StayingWell(at=written_at(chart, visit, 6), by=chart.team.practitioner))
            in_a_row, number = 0, number + 1
        elif visit.ending is Ending.MISSED:
            in_a_row += 1
            _meet(chart, visit, written_at(chart, visit), chart.say("missed.no_note"), None)
            seek(chart, visit, in_a_row, following)
        elif visit.ending in {Ending.BY_PATIENT, Ending.BY_US}:
            _cancelled(chart, visit, following)


def state(chart: Chart, week: float) -> str:
    """Return how things stand so many weeks after the first contact, as the sentences are filed."""
    if week < _SETTLING_WEEKS:
        return "early"
    if chart.story.course is Course.WORSENING and week < _SLIPPING_WEEKS:
        return "partial"
    return _STATES[chart.story.course]


def _seen(  # noqa: PLR0913 - one contact and its neighbours
    chart: Chart, visit: Visit, following: Visit | None, number: int, found: Scores, *, returned: bool
) -> None:
    last = number == len(found.phq9) - 1
    filled = _is_filled(chart, number, len(found.phq9))
    note = _note(chart, visit, number, last=last, returned=returned)
    if not filled:
        note = f"{chart.say('short.no_form')} {note}"
    at = written_at(chart, visit)
    _meet(chart, visit, at, note, following)
    if filled:
        _forms(chart, at, number, found, last=last)


def _note(chart: Chart, visit: Visit, number: int, *, last: bool, returned: bool) -> str:
    if last and chart.story.closed in _ENDINGS:
        return chart.say(_ENDINGS[chart.story.closed])
    if number == 0:
        return chart.note("first")
    if visit.staying_well:
        return chart.note("staying_well")
    if returned:
        return chart.note("returned")
    weeks = number if number < 5 else 2 * number - 4  # noqa: PLR2004 - as the contact plan runs
    note = chart.note(state(chart, weeks))
    return f"{chart.say('late.arrived')} {note}" if visit.ending is Ending.LATE else note


def _is_filled(chart: Chart, number: int, of: int) -> bool:
    if Twist.MEASURE_LATE in chart.story.twists:
        return number < of - 2
    return number in {0, of - 2, of - 1} or chart.rng.random() > _FORM_LEFT_OUT


def _forms(chart: Chart, at: datetime, number: int, found: Scores, *, last: bool) -> None:
    twists, by = chart.story.twists, chart.team.practitioner
    posted = last and any(twist in twists for twist in _CAME_BY_POST)
    if posted:
        at = london(at.date(), time(17, 15))
    total = found.phq9[number]
    if number == 0 and Twist.TOTAL_ONLY in twists:
        chart.add(Filled(at=at, by=by, instrument="phq9", answers=None, total=total))
        _talked(chart, at, "safety.asked", assessed=True)
    else:
        safety = _safety_answer(chart, number, len(found.phq9))
        answers: tuple[int | None, ...] = scores.phq9_answers(total, safety, chart.rng)
        if Twist.PRORATED in twists and (last or number == 1):
            answers = scores.with_blank(answers, 8)
        if Twist.SAFETY_BLANK in twists and last:
            answers = scores.with_blank(answers, scores.PHQ9_ITEMS)
        function = scores.function_answer(total)
        chart.add(Filled(at=at, by=by, instrument="phq9", answers=answers, function_answer=function))
        if safety:
            _talk(chart, at, last=last)
    if not posted and (number == 0 or chart.rng.random() > _NO_GAD7):
        gad7 = scores.gad7_answers(found.gad7[number], chart.rng)
        chart.add(Filled(at=at, by=by, instrument="gad7", answers=gad7))


def _safety_answer(chart: Chart, number: int, of: int) -> int:
    """Return the answer to the safety item: nought, unless the story is about it."""
    twists = chart.story.twists
    about = set()
    if Twist.SAFETY_TALKED in twists:
        about |= {of - 2, of - 1} if chart.story.course is Course.WORSENING else {0, 1}
    if twists & {Twist.SAFETY_OPEN, Twist.SAFETY_COULD_NOT}:
        about |= {of - 1}
    if number not in about:
        return 0
    return 2 if chart.rng.random() < _STRONGER else 1


def _talk(chart: Chart, at: datetime, *, last: bool) -> None:
    twists, by = chart.story.twists, chart.team.practitioner
    if last and Twist.SAFETY_OPEN in twists:
        return
    if last and Twist.SAFETY_COULD_NOT in twists:
        at = london(at.date(), time(17, 40))
        chart.add(Talked(at=at, by=by, note=chart.say("safety.could_not"), could_not_ask=True))
    else:
        _talked(chart, at, "safety.talked", assessed=Twist.UP_GP_NOT_TOLD not in twists)


def _talked(chart: Chart, at: datetime, occasion: str, *, assessed: bool) -> None:
    """Talk about safety, and write the assessment at once, unless a story has one of its own or it waits."""
    by, note = chart.team.practitioner, chart.say(occasion)
    chart.add(Talked(at=at, by=by, note=note, could_not_ask=False))
    if assessed and not chart.story.twists & {Twist.SAFETY_PLAN, Twist.PLAN_DECLINED}:
        words = (("own_words", note), ("formulation", _UNDERSTOOD[occasion]))
        chart.add(Assessed(at=at, by=by, typed=words, review_on=at.date() + _LOOK_AGAIN))


def _cancelled(chart: Chart, visit: Visit, following: Visit | None) -> None:
    if visit.ending is Ending.BY_PATIENT:
        at = chart.at(chart.setting.diary.nth_before(visit.on, 1), 16)
        _meet(chart, visit, at, chart.say("cancelled.by_patient"), following)
    else:
        _meet(chart, visit, london(visit.on, time(8, 40)), chart.say("cancelled.by_us"), following)


def _meet(chart: Chart, visit: Visit, at: datetime, note: str, following: Visit | None) -> None:
    chart.add(
        Met(
            at=at,
            by=chart.team.practitioner,
            slot=chart.slot(visit),
            status=_STATUS[visit.ending],
            note=note,
            following=None if following is None else chart.slot(following),
        )
    )


def written_at(chart: Chart, visit: Visit, minutes: int = 2) -> datetime:
    """Return when a visit was written down: a few minutes after it ended."""
    slot = chart.slot(visit)
    return london(slot.on, slot.at, slot.minutes + minutes)
