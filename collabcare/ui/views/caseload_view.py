"""The caseload: one row for each open patient, filtered in the open and searched while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QWidget

from collabcare.domain.caseload import CaseloadRow
from collabcare.domain.caseload_filters import FILTER_MEANS, FILTER_WORDS, CaseloadFilter, is_among
from collabcare.domain.display import fmt_count
from collabcare.queries.worklist import held_by
from collabcare.ui.models.row_table import RowTable
from collabcare.ui.models.rows import RowModel
from collabcare.ui.theme import current_theme
from collabcare.ui.views.caseload_columns import GROWING, LEAVING, TWO_LINES, also_searched, caseload_columns
from collabcare.ui.views.column_fit import ColumnFit
from collabcare.ui.views.patient_panel import PatientPanel
from collabcare.ui.views.side_by_side import SideBySide
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.chip import ChipBar
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.layouts import APART, STRETCH, column, row
from collabcare.ui.widgets.name_delegate import NameDelegate
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.score_delegate import ScoreDelegate
from collabcare.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collabcare.services.desk import Desk
    from collabcare.ui.models.open_caseload import OpenCaseload

_MINE, _EVERYONES = "mine", "everyone's"


class CaseloadView(QWidget):
    """The table, its filters, the sentence that says what is shown, and a preview beside it.

    Signals:
        patient_requested: The episode whose page to open.
        new_requested: The user wants to add a patient.
    """

    patient_requested = Signal(object)
    new_requested = Signal()

    def __init__(self, desk: Desk, caseload: OpenCaseload, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._caseload = desk, caseload
        self._chose = False
        self.whose = ChipBar(
            "Whose", (Option(_MINE, "Mine", "Patients I hold."), Option(_EVERYONES, "Everyone"))
        )
        self.filters = ChipBar(
            "Which", [Option(each, FILTER_WORDS[each], FILTER_MEANS[each]) for each in CaseloadFilter]
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search this list")
        self.search.setAccessibleName("Search this list")
        self.search.setClearButtonEnabled(True)
        self.sentence = PlainLabel("", TextRole.SECONDARY)
        self.clear = Button("Clear", ButtonKind.QUIET, compact=True)
        self.model = RowModel[CaseloadRow](
            caseload_columns(desk.rulebook),
            key=lambda each: each.facts.episode_id,
            name=lambda each: each.facts.patient.name,
            also=also_searched,
            parent=self,
        )
        self.table = RowTable(self.model, "Caseload")
        self.unseen = PlainLabel("", TextRole.SECONDARY, elide=True)
        self.nothing = EmptyState("caseload", "")
        self.panel = PatientPanel(desk.rulebook)
        self._pages = QStackedWidget()
        self._set_delegates()
        self._fit = ColumnFit(self.table, self.model.columns, growing=GROWING, leaving=LEAVING)
        self._lay_out()
        self._connect()

    def show_rows(self) -> None:
        """Show the rows as they were last read."""
        if not self._chose:
            mine = held_by(self._caseload.rows, self._desk.acting.user_id)
            self.whose.set_value(_MINE if mine else _EVERYONES)
            self._chose = bool(self._caseload.rows)
        self.model.set_rows(self._caseload.rows)
        self._apply()
        self._on_current(self._current())

    def show_view(self, view: str = "") -> None:
        """Show one of the filters over everyone, by its name."""
        if view:
            self._chose = True
            self.whose.set_value(_EVERYONES)
            self.filters.set_value(CaseloadFilter(view))
            self._apply()

    def shown_words(self) -> str:
        """Return what is shown in words, without the numbers: for the print and its audit entry."""
        parts = ["Mine"] if self.whose.value() == _MINE else []
        chosen = CaseloadFilter(str(self.filters.value()))
        parts += [FILTER_WORDS[chosen]] if chosen is not CaseloadFilter.ALL else []
        if text := self.search.text().strip():
            parts.append(f"“{text}”")
        return " · ".join(parts)

    def explain(self) -> None:
        """Say why what is due for the chosen patient is, in the panel beside the table."""
        if not self.panel.isVisible():
            self._on_preview()
        self.panel.explain()

    def take_keyboard(self) -> None:
        """Put the keyboard on the table."""
        (self.table if self.model.shown else self.search).setFocus()

    def _apply(self) -> None:
        """Filter by the chips, count what each would show, and say what is shown."""
        chosen = CaseloadFilter(str(self.filters.value()))
        rows = self._caseload.rows
        mine = held_by(rows, self._desk.acting.user_id)
        whose = mine if self.whose.value() == _MINE else list(rows)
        self._fit.leave_out({"Held by"} if self.whose.value() == _MINE else set())
        kept = {each.facts.episode_id for each in whose if is_among(each, chosen)}
        self.model.show_only(lambda each: each.facts.episode_id in kept)
        self.whose.set_count(_MINE, len(mine))
        self.whose.set_count(_EVERYONES, len(rows))
        for each in CaseloadFilter:
            self.filters.set_count(each, sum(is_among(row, each) for row in whose))
        if not self.table.currentIndex().isValid() and self.model.shown:
            self.table.selectRow(0)
        self._say()

    def _say(self) -> None:
        words = self.shown_words()
        shown, total = len(self.model.shown), self.model.total
        said = f"Showing {shown:,} of {total:,}" + (f" · {words}" if words else "")
        self.sentence.setText(said if self._caseload.known else "")
        self.clear.setVisible(bool(words))
        announce(self.sentence, said)
        if not total:
            self.nothing.say("Nobody is on the caseload yet. Add the first patient.", "New patient")
        elif not shown:
            self.nothing.say(f"Nobody matches {words}. {total:,} patients are hidden.", "Clear")
        self._pages.setCurrentIndex(0 if shown or not self._caseload.known else 1)

    def _on_clear(self) -> None:
        self.search.clear()
        self.filters.set_value(CaseloadFilter.ALL)
        self.whose.set_value(_EVERYONES)
        self._apply()
        self.table.setFocus()

    def _on_nothing(self) -> None:
        if self.model.total:
            self._on_clear()
        else:
            self.new_requested.emit()

    def _on_chip(self, _value: object) -> None:
        self._chose = True
        self._apply()

    def _on_search(self, text: str) -> None:
        self.model.search(text)
        self._say()

    def _current(self) -> CaseloadRow | None:
        index = self.table.currentIndex()
        return self.model.row(index) if index.isValid() else None

    def _on_current(self, chosen: CaseloadRow | None) -> None:
        if not self.panel.isVisible():
            return
        if chosen is None:
            self.panel.show_nobody()
        else:
            self.panel.show_row(chosen)

    def _on_preview(self) -> None:
        self._split.toggle()
        self._on_current(self._current())

    def _on_opened(self, opened: CaseloadRow) -> None:
        self.patient_requested.emit(opened.facts.episode_id)

    def _on_panel_opened(self) -> None:
        if (chosen := self._current()) is not None:
            self._on_opened(chosen)

    def _set_delegates(self) -> None:
        self._names, self._scores = NameDelegate(self.table), ScoreDelegate(self.table)
        scored = {instrument.name for instrument in self._desk.rulebook.instruments.values()}
        for place, each in enumerate(self.model.columns):
            if each.title in TWO_LINES:
                self.table.setItemDelegateForColumn(place, self._names)
            elif each.title in scored:
                self.table.setItemDelegateForColumn(place, self._scores)

    def _connect(self) -> None:
        self._caseload.loaded.connect(self.show_rows)
        self.whose.chosen.connect(self._on_chip)
        self.filters.chosen.connect(self._on_chip)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self.take_keyboard)
        self.clear.clicked.connect(self._on_clear)
        self.nothing.act_requested.connect(self._on_nothing)
        self.table.opened.connect(self._on_opened)
        self.table.current_changed.connect(self._on_current)
        self.table.preview_requested.connect(self._on_preview)
        self.panel.opened.connect(self._on_panel_opened)
        self.panel.left.connect(self.take_keyboard)
        self._fit.hidden.connect(self._on_columns_hidden)

    def _on_columns_hidden(self, titles: tuple[str, ...]) -> None:
        hidden = fmt_count(len(titles), "column", "columns")
        said = bool(titles) and not self.panel.isVisible()  # the preview beside the table shows it all
        self.unseen.setText(f"{hidden} hidden; Space shows them" if said else "")
        self.unseen.setToolTip(f"No room for {', '.join(titles)}" if said else "")

    def _lay_out(self) -> None:
        self._pages.addWidget(Sheet(self.table))
        self._pages.addWidget(self.nothing)
        self._split = SideBySide(self._pages, self.panel, shown=False)
        self.panel.hide()
        self.search.setMinimumWidth(current_theme().px(240))
        policies = QSizePolicy.Policy
        self.whose.setSizePolicy(policies.Fixed, policies.Preferred)  # where there is no room, filters wrap
        head = row(PlainLabel("Caseload", TextRole.TITLE), self.whose, self.filters, gap=APART)
        head.setStretch(2, 1)
        said = row(self.sentence, self.clear, self.unseen, STRETCH, self.search)
        said.setStretch(2, 1)
        page = column(head, said, self._split, gap=8, margin=16)
        page.setStretch(2, 1)
        self.setLayout(page)
