"""What is due for a patient, and what is overdue: the one definition that every place uses.

Today, the caseload, the patient page, the summary, the commands and the exports all call
:func:`what_is_due`, so they cannot disagree. It is computed from the facts each time and never stored:
nothing here can expire, be forgotten or vanish by itself. A missed contact does not reset a clock: only
contacts at which the patient was seen or spoken to count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.episode import IN_TREATMENT, WAITING, Phase
from collabcare.domain.instruments import Safety
from collabcare.domain.months import add_months
from collabcare.domain.reengagement import consecutive_patient_cancellations, next_rung

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.pathway import Pathway


class DueKind(StrEnum):
    """A kind of thing to do, in the order the sections of Today stand in."""

    SAFETY_CONVERSATION = "safety_conversation"
    REENGAGE = "reengage"
    OUTCOME = "outcome"
    CONTACT = "contact"
    FIRST_CONTACT = "first_contact"
    MEASURE = "measure"
    GP_LETTER = "gp_letter"
    SUPERVISION_ACTION = "supervision_action"
    REBOOK = "rebook"


DUE_ORDER = tuple(DueKind)
DUE_WORDS = {
    DueKind.SAFETY_CONVERSATION: "Safety conversation to close",
    DueKind.REENGAGE: "Not attended, reach again",
    DueKind.OUTCOME: "Outcome to record",
    DueKind.CONTACT: "Contact due",
    DueKind.FIRST_CONTACT: "Waiting for first contact",
    DueKind.MEASURE: "Measure due",
    DueKind.GP_LETTER: "GP to be told",
    DueKind.SUPERVISION_ACTION: "Supervision action",
    DueKind.REBOOK: "Appointment to rebook",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing to do for one patient: when, and in words why and since when."""

    kind: DueKind
    due_on: date
    why: str
    subject_id: int | None = None

    def overdue_days(self, today: date) -> int:
        """Return how many days late it is; 0 when it is not late."""
        return max((today - self.due_on).days, 0)

    def is_overdue(self, today: date) -> bool:
        """Return whether its day has passed."""
        return self.due_on < today

    def when(self, today: date) -> str:
        """Say its day beside today: ``due today``, ``3 days overdue``, ``due in 2 days``."""
        days = (today - self.due_on).days
        if days == 0:
            return "due today"
        return f"{fmt_days(days)} overdue" if days > 0 else f"due in {fmt_days(-days)}"


def what_is_due(
    facts: EpisodeFacts, pathway: Pathway, calendar: WorkingCalendar, *, today: date
) -> tuple[Due, ...]:
    """Return everything open for this patient, past and coming, in the order of :class:`DueKind`.

    A closed episode, a patient who has died and a paused episode ask for nothing except a safety
    conversation that was never recorded.
    """
    found = list(_safety(facts))
    if facts.patient.died_on is None and facts.phase is not Phase.CLOSED:
        found += _reengage(facts, pathway, calendar)
        found += _outcomes(facts, today)
        if facts.phase is not Phase.PAUSED:
            found += _contact(facts, pathway, calendar, today)
            found += _measure(facts, pathway)
        found += _gp_letter(facts, pathway)
        found += _actions(facts)
    found.sort(key=lambda due: (DUE_ORDER.index(due.kind), due.due_on))
    return tuple(found)


def most_pressing(due: tuple[Due, ...], today: date) -> Due | None:
    """Return the first thing that is due by today, else the next one coming, else None."""
    now = next((d for d in due if d.due_on <= today), None)
    return now or min(due, key=lambda d: d.due_on, default=None)


def _safety(facts: EpisodeFacts) -> Iterator[Due]:
    for prompt in facts.open_safety_prompts:
        if prompt.asked is Safety.ASK:
            why = f"The safety question was not answered on {fmt_date(prompt.opened_on)}; ask it"
        else:
            opened = fmt_date(prompt.opened_on)
            why = f"Safety question answered {prompt.answer} on {opened}; not yet talked about"
        yield Due(
            kind=DueKind.SAFETY_CONVERSATION, due_on=prompt.opened_on, why=why, subject_id=prompt.measure_id
        )


def _reengage(facts: EpisodeFacts, pathway: Pathway, calendar: WorkingCalendar) -> Iterator[Due]:
    if ladder := facts.open_ladder:
        rung = next_rung(ladder, pathway.ladder, calendar)
        missed = fmt_date(ladder.missed_on, weekday=True)
        in_a_row = f", {ladder.consecutive} in a row" if ladder.consecutive > 1 else ""
        why = f"Did not attend {missed}{in_a_row}. {rung.what}"
        yield Due(kind=DueKind.REENGAGE, due_on=rung.due_on, why=why, subject_id=ladder.id)


def _outcomes(facts: EpisodeFacts, today: date) -> Iterator[Due]:
    for contact in facts.contacts:
        if contact.status is None and contact.on < today:
            why = f"Booked for {fmt_date(contact.on, weekday=True)}; what happened is not recorded"
            yield Due(kind=DueKind.OUTCOME, due_on=contact.on, why=why, subject_id=contact.id)


def _contact(facts: EpisodeFacts, pathway: Pathway, calendar: WorkingCalendar, today: date) -> Iterator[Due]:
    if facts.open_ladder is not None or any(c.status is None for c in facts.contacts):
        return
    last = facts.contacts[-1] if facts.contacts else None
    if last is not None and last.status is not None and not last.status.attended:
        yield _rebook(facts, last, pathway, calendar)
    elif facts.phase in WAITING or not facts.attended:
        by = facts.referral_received_on + timedelta(days=pathway.first_contact_days)
        waited = fmt_days((today - facts.referral_received_on).days)
        why = f"Referred {fmt_date(facts.referral_received_on)}, waiting {waited}; nothing booked"
        yield Due(kind=DueKind.FIRST_CONTACT, due_on=by, why=why)
    elif (planned := next_contact_by(facts, pathway)) is not None:
        why = f"Last seen {fmt_date(facts.attended[-1].on)}; nothing booked"
        yield Due(kind=DueKind.CONTACT, due_on=planned, why=why)


def next_contact_by(facts: EpisodeFacts, pathway: Pathway) -> date | None:
    """Return the day by which the contact plan wants the patient seen again, None before the first."""
    attended = facts.attended
    if not attended:
        return None
    last = attended[-1].on
    if facts.phase is Phase.MAINTENANCE:
        planned = (add_months(facts.phase_since, months) for months in pathway.maintenance_months)
        return next((day for day in planned if day > last), None)
    return last + timedelta(weeks=pathway.weeks_to_next_contact(len(attended)))


def _rebook(facts: EpisodeFacts, last: ContactFact, pathway: Pathway, calendar: WorkingCalendar) -> Due:
    since = _free_since(facts, last)
    due_on = calendar.nth_after(since, pathway.rebook_working_days)
    day = fmt_date(last.on, weekday=True)
    cancelled = consecutive_patient_cancellations(facts.contacts)
    if last.status is AttendanceStatus.CANCELLED_BY_PROVIDER:
        why = f"We cancelled {day}; nothing booked since"
    elif cancelled > 1:
        why = f"Cancelled {cancelled} times in a row, last {day}; ask what would make it easier"
    elif last.status is AttendanceStatus.CANCELLED_BY_PATIENT:
        why = f"Cancelled by the patient {day}; nothing booked since"
    elif last.status is AttendanceStatus.ARRIVED_LATE_NOT_SEEN:
        why = f"Arrived late {day} and could not be seen; nothing booked since"
    else:
        why = f"Did not attend {day}; nothing booked since"
    return Due(kind=DueKind.REBOOK, due_on=due_on, why=why, subject_id=last.id)


def _free_since(facts: EpisodeFacts, last: ContactFact) -> date:
    """Return the day from which the patient has had nothing booked after ``last`` fell through."""
    if last.status is AttendanceStatus.DID_NOT_ATTEND:
        reached = [ladder.closed_on for ladder in facts.ladders if ladder.contact_id == last.id]
        return next((day for day in reached if day is not None), last.on)
    return last.cancelled_on or last.on


def _measure(facts: EpisodeFacts, pathway: Pathway) -> Iterator[Due]:
    if facts.phase not in IN_TREATMENT or not facts.attended:
        return
    leading = facts.measures_of(pathway.measures[0])
    complete = [m for m in leading if m.total is not None]
    if complete:
        last = complete[-1]
        due_on = last.taken_on + timedelta(days=pathway.measure_interval_days)
        why = f"Last score {last.total} on {fmt_date(last.taken_on)}"
    else:
        due_on = facts.attended[0].on
        why = "No score yet"
    yield Due(kind=DueKind.MEASURE, due_on=due_on, why=why)


def _gp_letter(facts: EpisodeFacts, pathway: Pathway) -> Iterator[Due]:
    for move in facts.step_moves:
        if move.gp_informed_on is None and move.from_step is not None:
            why = f"{move.direction.words} on {fmt_date(move.moved_on)}; the GP has not been told"
            yield Due(
                kind=DueKind.GP_LETTER, due_on=move.moved_on + timedelta(days=pathway.gp_letter_days), why=why
            )


def _actions(facts: EpisodeFacts) -> Iterator[Due]:
    for action in facts.actions:
        if action.done_on is None:
            why = f"{action.owner}: {action.text}"
            yield Due(kind=DueKind.SUPERVISION_ACTION, due_on=action.due_on, why=why, subject_id=action.id)
