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
from collabcare.domain.episode import IN_TREATMENT, Phase
from collabcare.domain.instruments import Safety
from collabcare.domain.months import add_months
from collabcare.domain.outcomes import standing_scores
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

    A closed episode and a patient who has died ask for nothing; a paused episode for no contact or measure.
    """
    if facts.patient.died_on is not None or facts.phase is Phase.CLOSED:
        return ()
    found = [
        *_safety(facts),
        *_reengage(facts, pathway, calendar),
        *_outcomes(facts, today),
        *_gp_letter(facts, pathway),
        *_actions(facts),
    ]
    if facts.phase is not Phase.PAUSED:
        found += _contact(facts, pathway, calendar, today)
        found += _measure(facts, pathway)
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
    planned = next_contact_by(facts, pathway)
    by = planned or facts.referral_received_on + timedelta(days=pathway.first_contact_days)
    if (fell_through := _fell_through(facts)) is not None:
        contact, free_since = fell_through
        rebook_by = calendar.nth_after(free_since, pathway.rebook_working_days)
        why = _what_became_of(contact, facts)
        if by < rebook_by:  # the plan wanted them sooner, and what fell through does not put that off
            why += f", last seen {fmt_date(facts.attended[-1].on)}" if planned else ", not yet seen"
        yield Due(kind=DueKind.REBOOK, due_on=min(by, rebook_by), why=why, subject_id=contact.id)
    elif planned is None:
        waited = fmt_days((today - facts.referral_received_on).days)
        why = f"Referred {fmt_date(facts.referral_received_on)}, waiting {waited}; nothing booked"
        yield Due(kind=DueKind.FIRST_CONTACT, due_on=by, why=why)
    else:
        why = f"Last seen {fmt_date(facts.attended[-1].on)}; nothing booked"
        yield Due(kind=DueKind.CONTACT, due_on=by, why=why)


def next_contact_by(facts: EpisodeFacts, pathway: Pathway) -> date | None:
    """Return the day by which the contact plan wants the patient seen again, None before the first.

    It counts from the last contact at which they were seen; nothing missed or cancelled moves it. Once the
    plan has run out it goes on every so many weeks, so that nobody drops off the end of it.
    """
    attended = facts.attended
    if not attended:
        return None
    last = attended[-1].on
    if facts.phase is Phase.MAINTENANCE:
        planned = (add_months(facts.phase_since, months) for months in pathway.maintenance_months)
        return next((day for day in planned if day > last), last + timedelta(weeks=pathway.after_plan_weeks))
    return last + timedelta(weeks=pathway.weeks_to_next_contact(len(attended)))


def _fell_through(facts: EpisodeFacts) -> tuple[ContactFact, date] | None:
    """Return the contact that fell through last and since when, unless the patient has been seen since."""
    fallen = [
        (contact, _free_since(facts, contact))
        for contact in facts.contacts
        if contact.status is not None and not contact.status.attended
    ]
    if not fallen:
        return None
    contact, free_since = max(fallen, key=lambda each: each[1])
    if facts.attended:
        seen = facts.attended[-1].on
        if seen > free_since or (seen == free_since and contact.cancelled_on is None):
            return None
    return contact, free_since


def _free_since(facts: EpisodeFacts, contact: ContactFact) -> date:
    """Return the day from which nothing was booked any more because ``contact`` fell through."""
    if contact.status is AttendanceStatus.DID_NOT_ATTEND:
        reached = [ladder.closed_on for ladder in facts.ladders if ladder.contact_id == contact.id]
        return next((day for day in reached if day is not None), contact.on)
    return contact.cancelled_on or contact.on


def _what_became_of(contact: ContactFact, facts: EpisodeFacts) -> str:
    """Say how a contact fell through, as the caseload and Today say it."""
    day = fmt_date(contact.on, weekday=True)
    cancelled = consecutive_patient_cancellations(facts.contacts)
    if contact.status is AttendanceStatus.CANCELLED_BY_PROVIDER:
        return f"We cancelled {day}; nothing booked since"
    if contact.status is AttendanceStatus.ARRIVED_LATE_NOT_SEEN:
        return f"Arrived late {day} and could not be seen; nothing booked since"
    if contact.status is AttendanceStatus.DID_NOT_ATTEND:
        return f"Did not attend {day}; nothing booked since"
    if cancelled > 1:
        return f"Cancelled {cancelled} times in a row, last {day}; ask what would make it easier"
    return f"Cancelled by the patient {day}; nothing booked since"


def _measure(facts: EpisodeFacts, pathway: Pathway) -> Iterator[Due]:
    if facts.phase not in IN_TREATMENT or not facts.attended:
        return
    if standing := standing_scores(facts.measures_of(pathway.measures[0])):
        last = standing[-1]
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
