"""What some of the demo's people do besides their contacts: goals and plans, and medicines as told.

No dice are thrown for these, so that everybody's notes and scores are as they were without them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from collabcare.demo import acts
from collabcare.demo.care import written_at
from collabcare.domain.people_facts import MedicationSource
from collabcare.domain.plan_facts import ActionOwner, LifeDomain, MilestoneKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from collabcare.demo.chart import Chart
    from collabcare.demo.timetable import Visit

_AREAS = {
    "work": LifeDomain.WORK_AND_LEARNING,
    "bereavement": LifeDomain.RELATIONSHIPS,
    "caring": LifeDomain.MEANING_AND_JOY,
    "pain": LifeDomain.HEALTH,
    "diabetes": LifeDomain.HEALTH,
    "newborn": LifeDomain.COMMUNITY,
    "exams": LifeDomain.WORK_AND_LEARNING,
    "separation": LifeDomain.RELATIONSHIPS,
    "housing": LifeDomain.HOME,
    "newcomer": LifeDomain.COMMUNITY,
}
"""Which part of life the first goal of each theme is about; the others are about daily life."""
_BEFORE = timedelta(days=3)
_SOON = 6
_SEEN_TWICE, _ONE_WITHOUT = 2, 5
_AFTER_GOALS, _AFTERWARDS = 10, 14
"""Minutes after a contact, later than what else is written down of it."""


class _Medicine(NamedTuple):
    """A medicine: name, first dose, what for, and the later dose, empty where it stays the same."""

    name: str
    dose: str
    purpose: str
    later: str


_MEDICINES = (
    _Medicine("Sertraline", "50 mg daily", "low mood", "100 mg daily"),
    _Medicine("Citalopram", "10 mg daily", "low mood", "20 mg daily"),
    _Medicine("Mirtazapine", "15 mg at night", "low mood and sleep", ""),
)
_KNOWN = _Medicine("Amlodipine", "5 mg daily", "blood pressure", "")
_GOES = ("A dry mouth in the first week, since gone.", "Slept badly for some days, better since.", "")


def area_of(theme: str) -> LifeDomain:
    """Return the part of life that the first goal of a theme is about."""
    return _AREAS.get(theme, LifeDomain.DAILY_LIFE)


def step_out(chart: Chart, seen: list[Visit]) -> None:
    """Agree steps at the first contact and at the last; the first of them have been taken meanwhile."""
    activity, team = chart.theme.activity, chart.team.practitioner
    first, last = written_at(chart, seen[0], _AFTER_GOALS), written_at(chart, seen[-1], _AFTER_GOALS)
    chart.add(
        acts.StepAgreed(
            at=first, by=team, text=f"Try it once this week: {activity}", whose=ActionOwner.PATIENT
        )
    )
    if len(seen) == 1:
        return
    chart.add(acts.StepDone(at=last, by=team))
    again, due = f"Keep it up twice a week: {activity}", chart.after(seen[-1].on, _SOON)
    for text, whose, due_on in (
        (again, ActionOwner.PATIENT, due),
        ("Send what the library says about groups nearby", ActionOwner.US, None),
    ):
        chart.add(acts.StepAgreed(at=last, by=team, text=text, whose=whose, due_on=due_on))


def plan_care(chart: Chart, seen: list[Visit]) -> None:
    """Write down at the second contact that a plan was made, where no goals tell it; for a few nobody has."""
    if len(seen) < _SEEN_TWICE or chart.person.birth_date.toordinal() % _ONE_WITHOUT == 0:
        return
    chart.add(
        acts.Reached(
            at=written_at(chart, seen[1], _AFTER_GOALS),
            by=chart.team.practitioner,
            kind=MilestoneKind.CARE_PLAN,
            finding=f"Made together: {chart.theme.activity}, and whom to ring when things get worse.",
        )
    )


def take_medicines(chart: Chart, seen: list[Visit]) -> None:
    """Tell of a medicine taken for long, and of an antidepressant begun on the way and perhaps changed."""
    number, team = chart.person.birth_date.toordinal(), chart.team.practitioner
    medicine, goes = _MEDICINES[number % len(_MEDICINES)], _GOES[number // 10 % len(_GOES)]
    if number % 2:
        chart.add(_told(written_at(chart, seen[0], _AFTERWARDS), team, _KNOWN, None))
    begun, later = seen[len(seen) // 3], seen[2 * len(seen) // 3]
    at = written_at(chart, begun, _AFTERWARDS + 1)
    chart.add(_told(at, team, medicine, begun.on - _BEFORE, goes))
    if medicine.later and later.on > begun.on:
        changed = written_at(chart, later, _AFTERWARDS + 2)
        chart.add(acts.DoseChanged(at=changed, by=team, dose=medicine.later, on=later.on - timedelta(days=1)))


def _told(
    at: datetime, by: str, medicine: _Medicine, started_on: date | None, goes: str = ""
) -> acts.Medicated:
    """Return that a medicine was told of; the one taken for long is no antidepressant, and the GP told us."""
    antidepressant = started_on is not None
    return acts.Medicated(
        at=at,
        by=by,
        name=medicine.name,
        dose=medicine.dose,
        purpose=medicine.purpose,
        source=MedicationSource.PATIENT if antidepressant else MedicationSource.GP,
        antidepressant=antidepressant,
        started_on=started_on,
        taking=goes,
    )
