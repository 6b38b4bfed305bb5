"""Taking the report on the caseload and the reminders of a day out of the record.

Who took which patients' lines is in the audit trail, and so is a report that names no patient.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.documents import loop_pages, reminder_pages
from collabcare.documents.tabled import Stamp
from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.counting import uncounted
from collabcare.domain.errors import RuleViolation
from collabcare.store.files import write_document

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from collabcare.domain.counting import Counting
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.loop_report import LoopReport
    from collabcare.domain.reminder_lists import ReminderLine
    from collabcare.services.desk import Desk
    from collabcare.store.unit_of_work import Work

_SITE = 1


class LoopFile(StrEnum):
    """What is made of the report."""

    PAGES = "pages"
    SHARED = "shared"
    NUMBERS = "numbers"
    SOUGHT = "sought"
    RETURNING = "returning"

    @property
    def permission(self) -> Permission:
        """Return what somebody must be permitted who makes it."""
        sheet = self in {LoopFile.NUMBERS, LoopFile.SOUGHT, LoopFile.RETURNING}
        return Permission.EXPORT_CASELOAD if sheet else Permission.READ_CASELOAD


_ACTIONS = {
    LoopFile.PAGES: "Print report on the caseload",
    LoopFile.SHARED: "Print report on the caseload, to share",
    LoopFile.NUMBERS: "Export report on the caseload",
    LoopFile.SOUGHT: "Export who is still being sought",
    LoopFile.RETURNING: "Export who is open to return",
}
_MADE = {
    LoopFile.PAGES: loop_pages.loop_pdf,
    LoopFile.SHARED: loop_pages.shared_loop_pdf,
    LoopFile.NUMBERS: loop_pages.loop_numbers_csv,
    LoopFile.SOUGHT: loop_pages.sought_csv,
    LoopFile.RETURNING: loop_pages.returning_csv,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveLoopReport:
    """The report as it is shown, what to make of it, and the file to write."""

    report: LoopReport
    file: LoopFile
    to: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveReminders:
    """The reminders as they are shown, whose they are in words, and the file to write; a sheet or pages."""

    lines: tuple[ReminderLine, ...]
    whose: str
    as_sheet: bool
    to: Path


def save_loop_report(command: SaveLoopReport, desk: Desk, counting: Counting = uncounted) -> Changes:
    """Write the report and note it in the audit trail, with each patient named in it; both, or neither.

    It is drawn before the record is held, so that others can save meanwhile.

    Raises:
        NotAllowed: When this role may not take it out of the record.
        EnvironmentProblem: When the file cannot be written.
        Cancelled: When it is stopped; nothing was written then.
    """
    desk.acting.require(command.file.permission)
    made = _MADE[command.file](command.report, _stamp(desk), counting)
    with desk.uow.begin(command.file.permission, _ACTIONS[command.file]) as work:
        work.touched(Kind.PRACTICE, subject_id=_SITE)
        report = command.report
        if command.file in {LoopFile.PAGES, LoopFile.SOUGHT}:
            _note(work, (each.facts for each in report.sought))
        if command.file in {LoopFile.PAGES, LoopFile.RETURNING}:
            _note(work, (each.facts for each in report.returning))
        work.session.flush()  # no page leaves before it is in the trail
        write_document(command.to, made)
    return work.changes


def save_reminders(command: SaveReminders, desk: Desk, counting: Counting = uncounted) -> Changes:
    """Write the lists and note each patient in them in the audit trail; both, or neither.

    Raises:
        NotAllowed: When this role may not take lists out of the record.
        RuleViolation: When there is nobody to remind.
        EnvironmentProblem: When the file cannot be written.
        Cancelled: When it is stopped; nothing was written then.
    """
    if not command.lines:
        raise RuleViolation("There is nobody to remind today, so there is nothing to save.")
    sheet = command.as_sheet
    needs = Permission.EXPORT_CASELOAD if sheet else Permission.READ_CASELOAD
    desk.acting.require(needs)
    make = reminder_pages.reminders_csv if sheet else reminder_pages.reminders_pdf
    made = make(command.lines, command.whose, _stamp(desk), counting)
    with desk.uow.begin(needs, "Export reminders to make" if sheet else "Print reminders to make") as work:
        _note(work, (line.facts for line in command.lines))
        work.session.flush()
        write_document(command.to, made)
    return work.changes


def _note(work: Work, patients: Iterable[EpisodeFacts]) -> None:
    for facts in {each.episode_id: each for each in patients}.values():
        work.touched(
            Kind.EPISODE,
            subject_id=facts.episode_id,
            patient_id=facts.patient.patient_id,
            episode_id=facts.episode_id,
        )


def _stamp(desk: Desk) -> Stamp:
    here, now = desk.site, desk.clock.now()
    return Stamp(service=here.name, made_at=now, made_by=desk.acting.name, is_demo=here.is_demo)
