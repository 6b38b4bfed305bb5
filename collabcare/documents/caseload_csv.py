"""The caseload as a spreadsheet reads it: what is seen on the screen, column by column, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.documents.csv_text import csv_sheet
from collabcare.domain.counting import counted, uncounted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.caseload_column import CaseloadColumn
    from collabcare.domain.counting import Counting


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadList:
    """The rows and columns as they are seen; ``about`` says what they are and when they were taken out."""

    rows: Sequence[CaseloadRow]
    columns: Sequence[CaseloadColumn]
    about: str


def caseload_csv(listed: CaseloadList, counting: Counting = uncounted) -> bytes:
    """Write the list: what it is in the first line, then the headings, then a line for each patient.

    Raises:
        Cancelled: When the user has stopped it.
    """
    headings = [column.title for column in listed.columns]
    lines = ([column.text(row) for column in listed.columns] for row in counted(listed.rows, counting))
    return csv_sheet(listed.about, headings, lines)


def caseload_csv_name(day: str) -> str:
    """Return a name for the file that says nothing of a patient: ``caseload-2026-11-25.csv``."""
    return f"caseload-{day}.csv"
