"""Printing the caseload as it is shown: who took which patients' summary away is in the audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.documents.reports import SummaryHeading, caseload_summary_pdf
from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.counting import uncounted
from collabcare.domain.errors import RuleViolation
from collabcare.store.files import write_document

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.counting import Counting
    from collabcare.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintSummary:
    """The rows to print in the order they are shown, what was filtered, and the file to write.

    With ``stories`` each patient's story follows the table, as a picture and as a table of its own.
    """

    rows: tuple[CaseloadRow, ...]
    filter_text: str
    to: Path
    stories: bool = False


def print_summary(command: PrintSummary, desk: Desk, counting: Counting = uncounted) -> Changes:
    """Write the summary as a PDF and note each patient in it in the audit trail; both, or neither.

    It is drawn before the record is held, so that others can save meanwhile.

    Raises:
        RuleViolation: When there is nobody to print.
        EnvironmentProblem: When the file cannot be written.
        Cancelled: When it is stopped; nothing was written then.
    """
    if not command.rows:
        raise RuleViolation("There is nobody to print. Clear the filter first.")
    heading = SummaryHeading(
        service=desk.site.name,
        today=desk.today,
        filter_text=command.filter_text,
        pathway=desk.rulebook.pathway,
        instruments=desk.rulebook.instruments,
        is_demo=desk.site.is_demo,
        rulebook=desk.rulebook if command.stories else None,
    )
    pdf = caseload_summary_pdf(command.rows, heading, counting)
    with desk.uow.begin(Permission.READ_CASELOAD, "Print caseload summary") as work:
        for row in command.rows:
            facts = row.facts
            work.touched(
                Kind.EPISODE,
                subject_id=facts.episode_id,
                patient_id=facts.patient.patient_id,
                episode_id=facts.episode_id,
            )
        work.session.flush()  # no page leaves before its rows are in the trail
        write_document(command.to, pdf)
    return work.changes
