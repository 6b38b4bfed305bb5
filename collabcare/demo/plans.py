"""What some of the demo's people agree with us besides the contacts: goals, plans, a pause, a handover.

Each is a twist of a story. Nothing here throws dice for a story without one, so that adding a twist to one
person leaves everybody else as they were.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from collabcare.demo import acts, own_plans, scores
from collabcare.demo.care import written_at
from collabcare.demo.stories import Now, Twist
from collabcare.demo.timetable import Ending
from collabcare.domain.plan_facts import LifeDomain
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.reengagement import AttemptOutcome, Channel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.demo.care import Scores
    from collabcare.demo.chart import Chart
    from collabcare.demo.timetable import Visit

_FORMS = {Twist.DIALOG: "dialog", Twist.CORE10: "core10", Twist.STAR: "rstar"}
_GOALS = ("main", "small")
_RATED_EVERY = 2
_MOST_RATED = 10
_TALKED = (
    "own_words",
    "thoughts_and_plans",
    "past_and_what_helped",
    "stressors",
    "strengths",
    "changeable",
    "family_views",
    "formulation",
    "quick_concern",
    "if_contact_lost",
    "action_now",
    "shared_with",
)
_SAID_AGAIN = {"formulation": "formulation_again", "action_now": "action_again"}
_PLAN = (
    "warning_signs",
    "by_myself",
    "people_and_places",
    "people_to_ask",
    "professionals",
    "surroundings",
    "reasons_for_living",
    "copy_given",
    "shared_with",
)
_WELL = (
    "warning_signs",
    "triggers",
    "what_helped",
    "medication",
    "if_it_returns",
    "who_to_contact",
    "way_back",
)
_WELL_BEGUN = _WELL[:3]
_REVIEW_WITHIN = timedelta(days=28)
_HANDED_OVER = timedelta(days=16)
_TAKES_OVER = "Community mental health team"
_AFTERWARDS = 8
"""Minutes after a contact in which what was agreed there is written down."""


def agree(chart: Chart, planned: tuple[Visit, ...], found: Scores) -> None:
    """Write what this story has besides its contacts."""
    seen = [visit for visit in planned if visit.ending.attended]
    twists = chart.story.twists
    if chart.story.now is Now.PAUSED:
        _pause(chart, seen[-1])
    if Twist.RELIES_ON_OTHERS in twists:
        note, kind = chart.say("haste.relies_on_others"), HasteKind.RELIES_ON_OTHERS
        at = written_at(chart, seen[0], _AFTERWARDS)
        chart.add(acts.Hastened(at=at, by=chart.team.practitioner, kind=kind, note=note))
    _own(chart, seen, found)
    if twists & {Twist.SAFETY_PLAN, Twist.PLAN_DECLINED}:
        _safety(chart, planned, seen)
    if twists & {Twist.WELL_PLAN, Twist.WELL_PLAN_BEGUN}:
        _staying_well(chart, seen)
    if Twist.HANDED_OVER in twists:
        _hand_over(chart)
    if Twist.CLOSING_REVIEW in twists:
        _review_closing(chart, planned)
    for twist, instrument in _FORMS.items():
        if twist in twists:
            _fill(chart, instrument, seen, found)


def _own(chart: Chart, seen: list[Visit], found: Scores) -> None:
    """Write what is the person's own: goals with the steps towards them, and medicines as told."""
    if Twist.GOALS in chart.story.twists:
        _goals(chart, seen, found)
        own_plans.step_out(chart, seen)
    else:
        own_plans.plan_care(chart, seen)
    if Twist.MEDICINES in chart.story.twists:
        own_plans.take_medicines(chart, seen)


def _say(chart: Chart, occasion: str, parts: Sequence[str]) -> acts.Typed:
    return tuple((part, chart.say(f"{occasion}.{part}")) for part in parts)


def _pause(chart: Chart, last: Visit) -> None:
    """Pause care after the last contact, to be looked at again by the last working day before today."""
    chart.add(
        acts.PausedCare(
            at=written_at(chart, last, _AFTERWARDS),
            by=chart.team.practitioner,
            reason=chart.say("pause.reason"),
            review_on=chart.setting.diary.nth_before(chart.setting.today, 1),
        )
    )


def _goals(chart: Chart, seen: list[Visit], found: Scores) -> None:
    """Agree goals at the first contact and rate them at every other, closer as the scores come down."""
    by = chart.team.practitioner
    typed = _say(chart, "goals", _GOALS)
    areas = (own_plans.area_of(chart.theme.id), LifeDomain.DAILY_LIFE)
    agreed = acts.GoalsAgreed(at=written_at(chart, seen[0], _AFTERWARDS), by=by, typed=typed, areas=areas)
    chart.add(agreed)
    for visit, total in list(zip(seen, found.phq9, strict=True))[::_RATED_EVERY]:
        close = _MOST_RATED - 1 - total * 9 // 24
        ratings = tuple(max(close - chart.rng.randint(0, 2), 0) for _goal in typed)
        chart.add(acts.GoalsRated(at=written_at(chart, visit, _AFTERWARDS + 1), by=by, ratings=ratings))


def _safety(chart: Chart, planned: tuple[Visit, ...], seen: list[Visit]) -> None:
    """Talk safety through at the second contact, and again at the last; a plan is made or declined."""
    second, last, by = seen[1], seen[-1], chart.team.practitioner
    _assess(chart, planned, second)
    at = written_at(chart, second, _AFTERWARDS + 6)
    if Twist.PLAN_DECLINED in chart.story.twists:
        chart.add(acts.PlanDeclined(at=at, by=by, reason=chart.say("declined.reason")))
    else:
        review_on = chart.setting.diary.nth_before(chart.setting.today, 1)
        typed = _say(chart, "safety_plan", _PLAN)
        chart.add(acts.SafetyPlanned(at=at, by=by, typed=typed, review_on=review_on))
    if last != second:
        _assess(chart, planned, last, again=True)


def _assess(chart: Chart, planned: tuple[Visit, ...], visit: Visit, *, again: bool = False) -> None:
    words = _SAID_AGAIN if again else {}
    typed = tuple((part, chart.say(f"assessment.{words.get(part, part)}")) for part in _TALKED)
    coming = min((each.on for each in planned if each.on > visit.on), default=date.max)
    chart.add(
        acts.Assessed(
            at=written_at(chart, visit, _AFTERWARDS),
            by=chart.team.practitioner,
            typed=typed,
            review_on=min(coming, visit.on + _REVIEW_WITHIN),
        )
    )


def _staying_well(chart: Chart, seen: list[Visit]) -> None:
    """Write the plan at the end of treatment; one only begun has no copy yet."""
    begun = Twist.WELL_PLAN_BEGUN in chart.story.twists
    last = [visit for visit in seen if not visit.staying_well][-1]
    chart.add(
        acts.WellPlanned(
            at=written_at(chart, last, _AFTERWARDS),
            by=chart.team.practitioner,
            typed=_say(chart, "well", _WELL_BEGUN if begun else _WELL),
            copy_given=not begun,
        )
    )


def _hand_over(chart: Chart) -> None:
    """Propose a handover that is signed off the same day, and has waited for its answer since."""
    day = chart.setting.diary.on_or_before(chart.setting.today - _HANDED_OVER)
    chart.add(
        acts.Proposed(
            at=chart.at(day, 16),
            by=chart.team.practitioner,
            to_service=_TAKES_OVER,
            reason=chart.say("handover.reason"),
        )
    )
    chart.add(acts.SignedOff(at=chart.at(day, 17), by=chart.team.supervisor))


def _review_closing(chart: Chart, planned: tuple[Visit, ...]) -> None:
    """Open a review of not attending after all the tries, with what the record can show for it."""
    missed = max(visit.on for visit in planned if visit.ending is Ending.MISSED)
    letters = [
        act.at.date()
        for act in chart.in_order()
        if isinstance(act, acts.Sought)
        and (act.channel, act.outcome) == (Channel.LETTER, AttemptOutcome.SENT)
    ]
    discussed = [act.at.date() for act in chart.in_order() if isinstance(act, acts.Reviewed)]
    day = chart.setting.diary.nth_before(chart.setting.today, 1)
    chart.add(
        acts.ReviewOpened(
            at=chart.at(day, 17),
            by=chart.team.practitioner,
            typed=_say(chart, "closing_review", ("communicated", "concluded", "way_back")),
            opt_in_sent_on=max(letters, default=None),
            discussed_on=max((on for on in discussed if on > missed), default=None),
        )
    )


def _fill(chart: Chart, instrument: str, seen: list[Visit], found: Scores) -> None:
    """Fill in one more form at the first contact and at the last, in keeping with the scores."""
    whole = {seen[0]: found.phq9[0], seen[-1]: found.phq9[-1]}
    for visit, total in whole.items():
        at, by = written_at(chart, visit, _AFTERWARDS + 2), chart.team.practitioner
        answers = scores.other_answers(instrument, total, chart.rng)
        chart.add(acts.Filled(at=at, by=by, instrument=instrument, answers=answers))
