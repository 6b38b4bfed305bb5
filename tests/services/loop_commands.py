"""The commands of reminders and of the report on reaching people again, each with a way to carry it out."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from collabcare.domain.loop_report import LoopAsked, LoopReport
from collabcare.domain.people_facts import ReminderOutcome
from collabcare.domain.periods import LastWhile, last_while
from collabcare.domain.reengagement import Channel
from collabcare.domain.reminder_lists import ReminderLine, reminders_today
from collabcare.queries.caseload import caseload
from collabcare.queries.caseload_report import read_caseload_report
from collabcare.services.loop_lists import (
    LoopFile,
    SaveLoopReport,
    SaveReminders,
    save_loop_report,
    save_reminders,
)
from collabcare.services.reminders import RecordReminder, record_reminder
from tests.builders import day

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.acting import Role
    from collabcare.domain.changes import Changes
    from tests.record_fixtures import Practice
    from tests.services.commands import Scene


def prepare_loop(practice: Practice) -> None:
    """Let somebody have an appointment in a week."""
    booked = practice.refer("A", surname="Booked")
    practice.on(day(14))
    practice.happen("b", booked, day(21), time(10, 0))


def lines_of(practice: Practice) -> tuple[ReminderLine, ...]:
    """Return the reminders to make today."""
    with practice.reading() as session:
        return reminders_today(caseload(session, practice.rulebook, practice.today))


def report_of(practice: Practice) -> LoopReport:
    """Return the report of the whole service over the last year."""
    asked = LoopAsked(period=last_while(LastWhile.YEAR, practice.today), today=practice.today)
    with practice.reading() as session:
        rows = caseload(session, practice.rulebook, practice.today)
        return read_caseload_report(session, asked, rows, practice.rulebook)


def reminder(practice: Practice, note: str = "") -> RecordReminder:
    """Return the command for the first reminder to make today: they were spoken to."""
    line = lines_of(practice)[0]
    contact_id, days_before = line.key
    return RecordReminder(
        contact_id=contact_id,
        days_before=days_before,
        channel=Channel.CALL,
        outcome=ReminderOutcome.SPOKE,
        note=note,
    )


def _record_reminder(at: Scene, role: Role) -> Changes:
    return record_reminder(reminder(at.practice), at.uow(role), at.practice.rulebook)


def _save_loop_report(at: Scene, role: Role) -> Changes:
    to = at.practice.folder / "report.pdf"
    command = SaveLoopReport(report=report_of(at.practice), file=LoopFile.PAGES, to=to)
    return save_loop_report(command, at.desk(role))


def _save_reminders(at: Scene, role: Role) -> Changes:
    to = at.practice.folder / "reminders.pdf"
    command = SaveReminders(lines=lines_of(at.practice), whose="Everyone", as_sheet=False, to=to)
    return save_reminders(command, at.desk(role))


LOOP_ROWS: dict[str, tuple[str, Callable[[Scene, Role], Changes]]] = {
    "record_reminder": ("PSA", _record_reminder),
    "save_loop_report": ("PSAR", _save_loop_report),
    "save_reminders": ("PSAR", _save_reminders),
}
"""By the name of the function: who may, by the first letters of their roles, and how."""
