"""What is done with the chosen rows and the list as it is seen: each task has its card beside the list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from collabcare.domain.caseload_score_columns import measures_offered
from collabcare.domain.caseload_words import chosen_sentence
from collabcare.services.bulk import allocate_many
from collabcare.services.caseload_export import ExportCaseload
from collabcare.ui.pages import PageName
from collabcare.ui.views.caseload_acts import LETTER, Act
from collabcare.ui.views.caseload_cards import ExportCard, ReassignCard
from collabcare.ui.views.columns_card import ColumnsCard
from collabcare.ui.views.letters_card import LettersCard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.services.bulk import AllocateMany
    from collabcare.services.desk import Desk
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.caseload_view import CaseloadView


class Bulk(QObject):
    """Unfolds the card of a task over the rows of the caseload's page."""

    def __init__(self, desk: Desk, tasks: Tasks, prompts: Prompts, page: CaseloadView) -> None:
        super().__init__(page)
        self._desk, self._tasks, self._prompts, self._page = desk, tasks, prompts, page

    def do(self, act: str) -> None:
        """Do one thing with the rows that are chosen; ``act`` is an :class:`Act`, a form or a page."""
        rows = self._page.table.chosen_rows()
        doing: dict[str, Callable[[], object]] = {
            Act.ALL: self._page.table.selectAll,
            Act.NONE: self._page.table.choose_none,
            Act.PREVIEW: self._page.preview,
            Act.REASSIGN: lambda: self.reassign(rows),
            Act.LETTERS: lambda: self.write_letters(rows),
            Act.PRINT: lambda: self._page.print_requested.emit(rows, self._words(rows)),
            Act.EXPORT: lambda: self.export(rows, self._words(rows)),
        }
        if act in doing:
            doing[act]()
        elif len(rows) == 1:
            self.one(rows[0], act)

    def choose_columns(self) -> None:
        """Unfold the choice of columns, or fold it away again."""
        page, book = self._page, self._desk.rulebook
        if isinstance(page.side.card, ColumnsCard):
            page.side.fold()
            return
        offered = measures_offered(book, page.model.everybody)
        card = ColumnsCard([book.instruments[each] for each in offered])
        card.show_layout(page.laying.layout, page.laying.shown(), page.laying.offered())
        card.changed.connect(page.laying.changed)
        page.laying.laid.connect(card.show_layout)
        page.side.unfold(card)

    def reassign(self, rows: tuple[CaseloadRow, ...]) -> None:
        """Ask to whom the rows are handed on."""
        self._page.done.withdraw()
        card = ReassignCard(self._desk, self._tasks, rows, self._page.model.everybody)
        card.handed.connect(self._on_handed)
        self._page.side.unfold(card)

    def _on_handed(self, words: str, back: AllocateMany | None) -> None:
        """Say above the table what was done, with the way back where one colleague held them all."""
        bar = self._page.done
        if back is None:
            bar.withdraw()
            bar.show_good(words)
            return
        work = partial(allocate_many, back, self._desk.uow)
        bar.offer(
            words,
            lambda: self._tasks.write(
                work, lambda _changes: bar.show_good("Taken back: they are held as before."), bar.show_error
            ),
        )

    def write_letters(self, rows: tuple[CaseloadRow, ...]) -> None:
        """Ask which letter the rows are to have."""
        self._page.side.unfold(LettersCard(self._desk, self._tasks, self._prompts, rows))

    def export_shown(self) -> None:
        """Export the list as it is seen."""
        self.export(self._page.model.shown, self._page.asking.sentence())

    def export(self, rows: tuple[CaseloadRow, ...], words: str) -> None:
        """Say what would leave the record, and ask where to."""
        laying = self._page.laying
        columns = tuple(each.id for each in laying.shown())
        ordered, measure = laying.order_words(), laying.layout.measure

        def make(to: Path) -> ExportCaseload:
            return ExportCaseload(
                rows=rows, columns=columns, shown=words, ordered=ordered, to=to, measure=measure
            )

        self._page.side.unfold(ExportCard(self._desk, self._tasks, self._prompts, make))

    def one(self, row: CaseloadRow, act: str) -> None:
        """Do one of the acts of a single patient: open them, a form, a page of theirs, or a letter."""
        episode_id = row.facts.episode_id
        if isinstance(act, PageName):
            self._page.page_requested.emit(episode_id, act)
        elif act == Act.OPEN:
            self._page.patient_requested.emit(episode_id)
        elif act == LETTER:
            self._page.letter_requested.emit(episode_id)
        else:
            self._page.compose_requested.emit(episode_id, act)

    def _words(self, rows: tuple[CaseloadRow, ...]) -> str:
        return chosen_sentence(len(rows), self._page.asking.total, self._page.asking.words())
