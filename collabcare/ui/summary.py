"""Print summary: the caseload as it is shown, as a PDF where the user chooses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from collabcare.documents.reports import caseload_summary_name
from collabcare.domain.display import fmt_count
from collabcare.paths import documents_dir
from collabcare.services.summaries import PrintSummary, print_summary
from collabcare.ui.count import Count
from collabcare.ui.prompts import FileChoice

if TYPE_CHECKING:
    from collabcare.domain.caseload import CaseloadRow
    from collabcare.services.desk import Desk
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks


class SummaryPrinter(QObject):
    """Asks where, and has the summary written there.

    Signals:
        said: What came of it, in a sentence.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, tasks: Tasks, prompts: Prompts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._prompts = desk, tasks, prompts

    def save(self, rows: tuple[CaseloadRow, ...], filter_text: str, *, stories: bool = False) -> None:
        """Print ``rows`` in the order given, with the story of each if asked."""
        choice = FileChoice(
            title="Save the caseload summary",
            kind="PDF",
            suffix=".pdf",
            suggested=documents_dir() / caseload_summary_name(self._desk.today),
        )
        if path := self._prompts.choose_save(choice):
            command = PrintSummary(rows=rows, filter_text=filter_text, to=path, stories=stories)
            words = f"Summary of {fmt_count(len(rows), 'patient')} saved as {path.name}."
            count = Count("Printing", "Stopped. No summary was saved.")
            self._tasks.write_counted(
                count,
                partial(print_summary, command, self._desk, count),
                lambda _changes: self.said.emit(words),
            )

    def save_story(self, row: CaseloadRow) -> None:
        """Print one patient's row with the picture of the story and its table."""
        self.save((row,), "One patient, with the story so far.", stories=True)
