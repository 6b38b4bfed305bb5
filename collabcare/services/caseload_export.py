"""Taking the caseload out as a spreadsheet: who took whose lines, and what was asked, is in the trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.documents.caseload_csv import CaseloadList, caseload_csv
from collabcare.domain.acting import Permission
from collabcare.domain.calendar import LONDON
from collabcare.domain.caseload_columns import caseload_columns
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.counting import uncounted
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.errors import RuleViolation
from collabcare.store.files import write_document

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.counting import Counting
    from collabcare.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportCaseload:
    """What is seen: the rows in their order, the ids of the columns in theirs, and what was asked in words.

    ``shown`` is the sentence above the list, ``ordered`` how it is sorted, ``measure`` the questionnaire
    chosen, None for the leading one.
    """

    rows: tuple[CaseloadRow, ...]
    columns: tuple[str, ...]
    shown: str
    ordered: str
    to: Path
    measure: str | None = None


def export_caseload(command: ExportCaseload, desk: Desk, counting: Counting = uncounted) -> Changes:
    """Write the file and note each patient in it in the audit trail, with what was asked; both, or neither.

    The lines are made before the record is held, so that others can save meanwhile.

    Raises:
        NotAllowed: When this role may not take lists out of the record.
        RuleViolation: When there is nobody to export.
        EnvironmentProblem: When the file cannot be written.
        Cancelled: When it is stopped; nothing was written then.
    """
    desk.acting.require(Permission.EXPORT_CASELOAD)
    if not command.rows:
        raise RuleViolation("There is nobody to export. Clear the filter first.")
    offered = {each.id: each for each in caseload_columns(desk.rulebook, command.measure)}
    columns = [offered[each] for each in command.columns if each in offered]
    about = _about(command, desk, desk.clock.now())
    sheet = caseload_csv(CaseloadList(rows=command.rows, columns=columns, about=about), counting)
    with desk.uow.begin(Permission.EXPORT_CASELOAD, f"Export caseload: {command.shown}") as work:
        for row in command.rows:
            facts = row.facts
            work.touched(
                Kind.EPISODE,
                subject_id=facts.episode_id,
                patient_id=facts.patient.patient_id,
                episode_id=facts.episode_id,
            )
        work.session.flush()  # no line leaves before it is in the trail
        write_document(command.to, sheet)
    return work.changes


def _about(command: ExportCaseload, desk: Desk, at: datetime) -> str:
    here = at.astimezone(LONDON)
    made = f"Report generated at {fmt_date(here.date())} {fmt_time(here)}"
    whose = f"{desk.site.name}{' (demo)' if desk.site.is_demo else ''}"
    return f"{made}. {whose}. {command.shown}. {command.ordered}. Confidential: delete after use."
