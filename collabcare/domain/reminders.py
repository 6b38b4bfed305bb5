"""Reminders to make before an appointment: a list for a person to work through; the program sends nothing.

Each reminder says how to cancel or rebook, which is the better half of its use.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.calendar import days_after
from collabcare.domain.display import fmt_date, fmt_days, fmt_time
from collabcare.domain.episode import Phase
from collabcare.domain.suggestion import Used

if TYPE_CHECKING:
    from collections.abc import Collection

    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.ids import ContactId
    from collabcare.domain.reengagement_policy import ReminderPolicy


class Reminder(NamedTuple):
    """One reminder to make for one booked contact, on a working day before it."""

    contact: ContactFact
    days_before: int
    due_on: date
    rule: str
    source: str

    @property
    def sentence(self) -> str:
        """Return what the practitioner reads."""
        at = f" at {fmt_time(self.contact.at)}" if self.contact.at else ""
        when = f"{fmt_date(self.contact.on, weekday=True)}{at}"
        return f"Remind them of {when} ({fmt_days(self.days_before)} before), and how to cancel or rebook."

    @property
    def used(self) -> tuple[Used, ...]:
        """Return the facts it went by."""
        return (Used("Booked for", self.contact.on), Used("Days before", self.days_before))


def reminder_days(
    on: date, policy: ReminderPolicy, calendar: WorkingCalendar
) -> tuple[tuple[int, date], ...]:
    """Return each reminder's days before an appointment and its day, the farthest first.

    A day off moves it to the working day before, so that somebody can make it.
    """
    return tuple(
        (days, calendar.this_or_previous(days_after(on, -days))) for days in reversed(policy.days_before)
    )


def reminders_ahead(
    on: date, policy: ReminderPolicy, calendar: WorkingCalendar, *, today: date
) -> tuple[str, ...]:
    """Return in words what booking a day brings: when to remind of it, and that nobody works on it.

    A reminder moved by a day off says from which day it was moved. Of those whose day has passed the last is
    to be made at once, as the list of reminders has it.
    """
    said = []
    if not calendar.is_working_day(on):
        said.append(f"{fmt_date(on, weekday=True)} is a day on which nobody works here.")
    days = [(due, days_after(on, -before)) for before, due in reminder_days(on, policy, calendar)]
    at_once = [each for each in days if each[0] <= today < on][-1:]
    to_come = [each for each in days if each[0] > today]
    words = [_when(due, day, today) for due, day in (*at_once, *to_come)]
    said.append(f"Remind them {' and '.join(words)}." if words else "No reminder falls due before it.")
    return tuple(said)


def _when(due: date, day: date, today: date) -> str:
    words = f"on {fmt_date(due, weekday=True)}"
    if due < today:
        return f"today ({fmt_date(due, weekday=True)} is past)"
    return words if due == day else f"{words} ({fmt_date(day, weekday=True)} is a day off)"


def reminders(
    facts: EpisodeFacts,
    policy: ReminderPolicy,
    calendar: WorkingCalendar,
    *,
    today: date,
    made: Collection[tuple[ContactId, int]] = (),
) -> tuple[Reminder, ...]:
    """Return the reminders to make today: for each booked contact to come, the latest that is due.

    One that was not made stays on the list until the next takes its place or the day comes. ``made`` names
    those made, by contact and days before. Nobody is reminded who has died or whose care is over; while it is
    paused, only of what is booked for the day on which the pause is looked at or later.
    """
    if facts.patient.died_on is not None or facts.phase is Phase.CLOSED:
        return ()
    back_on = _back_on(facts)
    found = []
    for contact in facts.contacts:
        if contact.status is not None or contact.on <= today or contact.on < back_on:
            continue
        due = [each for each in reminder_days(contact.on, policy, calendar) if each[1] <= today]
        if due and (contact.id, due[-1][0]) not in made:
            days, on = due[-1]
            found.append(Reminder(contact, days, on, policy.rule, policy.source))
    return tuple(sorted(found, key=lambda each: (each.contact.on, each.due_on)))


def _back_on(facts: EpisodeFacts) -> date:
    """Return from which day on appointments may be kept: any, unless care is paused; then, if known, when."""
    if facts.phase is not Phase.PAUSED:
        return date.min
    pause = facts.pauses[-1] if facts.pauses else None
    return date.max if pause is None or pause.review_on is None else pause.review_on
