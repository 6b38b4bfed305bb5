"""Between the layout a user likes and the table: columns chosen, dragged, resized, sorted, and kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QStyledItemDelegate

from collabcare.domain.caseload_columns import caseload_columns as described
from collabcare.domain.caseload_layout import FIRST_COLUMN, Layout, Placed
from collabcare.domain.caseload_score_columns import CHANGE, FIRST, MEASURE, TAKEN_ON, shown_by
from collabcare.domain.caseload_words import sorted_words
from collabcare.ui.views.caseload_columns import GROWING, caseload_columns, columns_offered, leaving
from collabcare.ui.views.column_fit import ColumnFit
from collabcare.ui.widgets.name_delegate import NameDelegate, PatientDelegate
from collabcare.ui.widgets.score_delegate import ScoreDelegate
from collabcare.ui.widgets.wrapped_delegate import WrappedDelegate

if TYPE_CHECKING:
    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.rulebook import Rulebook
    from collabcare.ui.models.choosing_table import ChoosingTable
    from collabcare.ui.models.rows import Column, RowModel

_SETTLED_MS = 250
_TWO_LINES = frozenset(
    {
        *("step", "phase", "due", "follow_up", "last_seen", "last_contact", "next_booked"),
        *("first_seen", "case_review", "goals"),
        *("gp_letter", "referred", "weeks_treated"),
    }
)
_WRAPPED = frozenset({"practice", "flags", "holder", "source"})


class Laying(QObject):
    """Puts a layout on the table, and turns what the user does to the headings into a layout.

    Signals:
        changed: The layout as the user has just made it.
        laid: The layout the table shows from now on, the columns on show, and all there are.
    """

    changed = Signal(object)
    laid = Signal(object, object, object)

    def __init__(self, rulebook: Rulebook, model: RowModel[CaseloadRow], table: ChoosingTable) -> None:
        super().__init__(table)
        self._rulebook, self._model, self._table = rulebook, model, table
        self.layout = Layout()
        self.fit = ColumnFit(table, growing=GROWING, leaving=leaving(rulebook))
        self._patients, self._names = PatientDelegate(table), NameDelegate(table)
        self._scores = ScoreDelegate(table)
        self._wrapped, self._plain = WrappedDelegate(table), QStyledItemDelegate(table)
        self._resized: dict[str, int] = {}
        self._held = False
        self._settled = QTimer(self, interval=_SETTLED_MS, singleShot=True)
        self._settled.timeout.connect(self._on_settled)
        self.fit.resized.connect(self._on_resized)
        for headings in (table.horizontalHeader(), table.first_heading):
            headings.viewport().installEventFilter(self)
        table.columns_dragged.connect(self._on_dragged)
        table.horizontalHeader().sortIndicatorChanged.connect(self._on_sorted)
        table.then_sorted.connect(self._on_then_sorted)
        self._dress()
        self.use(self.layout)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._held = True
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._held = False
            if self._resized:
                self._settled.start()
        return super().eventFilter(watched, event)

    def use(self, layout: Layout) -> None:
        """Show the table as a layout says."""
        self.layout = layout
        columns = caseload_columns(self._rulebook, layout)
        ids = [each.id for each in columns]
        place, way = ids.index(layout.sort) if layout.sort in ids else 0, _way(descending=layout.descending)
        keys = [(place, way)]
        if layout.then in ids and ids.index(layout.then) != place:
            keys.append((ids.index(layout.then), _way(descending=layout.then_descending)))
        if [(c.id, c.title) for c in self._model.columns] != [(c.id, c.title) for c in columns]:
            self._table.stand_in_order()
            self._model.set_columns(columns, *keys)
            self._dress()
        else:
            self._model.sort_by(*keys)
        head = self._table.horizontalHeader()
        head.blockSignals(True)
        head.setSortIndicator(place, way)
        head.blockSignals(False)
        by_hand = (each.id for each in layout.columns if each.width is not None)
        self.fit.use(columns, scrolls=not layout.is_usual, set_by_hand=by_hand)
        self.laid.emit(layout, self.shown(), self.offered())

    def shown(self) -> tuple[Column[CaseloadRow], ...]:
        """Return the columns from left to right, those included for which there is no room just now."""
        return tuple(each for each in self._model.columns if each.id not in self.fit.needless)

    def offered(self) -> tuple[Column[CaseloadRow], ...]:
        """Return every column there is."""
        return columns_offered(self._rulebook, self.layout.measure)

    @property
    def waits(self) -> bool:
        """Whether a heading was resized a moment ago and the layout is not made of it yet."""
        return self._settled.isActive()

    def order_words(self) -> str:
        """Say how the rows are sorted."""
        there = {each.id: each for each in described(self._rulebook, self.layout.measure)}
        keys = [(there[self._model.columns[place].id], way) for place, way in self._model.sort_keys]
        return sorted_words(*((column, way is Qt.SortOrder.DescendingOrder) for column, way in keys))

    def _dress(self) -> None:
        for place, each in enumerate(self._model.columns):
            self._table.setItemDelegateForColumn(place, self._delegate(each.id))

    def _delegate(self, column_id: str) -> QStyledItemDelegate:
        if column_id == FIRST_COLUMN:
            return self._patients
        shown = shown_by(column_id, "")
        if column_id in _TWO_LINES or (shown is not None and shown[0] in {FIRST, CHANGE, TAKEN_ON}):
            return self._names
        if column_id in _WRAPPED:
            return self._wrapped
        return self._scores if shown is not None and shown[0] == MEASURE else self._plain

    def _made_by_hand(self) -> Layout:
        """Return the layout with its columns named: the usual ones are, once the user changes one of them."""
        if not self.layout.is_usual:
            return self.layout
        return replace(self.layout, columns=tuple(Placed(each.id) for each in self.shown()))

    def _on_dragged(self, ids: tuple[str, ...]) -> None:
        made = self._made_by_hand()
        placed = {each.id: each for each in made.columns}
        first, *others = made.columns
        moved = [placed[each] for each in ids if each in placed and each != first.id]
        if moved != others:
            self.changed.emit(replace(made, columns=(first, *moved)))
        self._table.stand_in_order()

    def _on_resized(self, column_id: str, width: int) -> None:
        self._resized[column_id] = width
        self._settled.start()

    def _on_settled(self) -> None:
        if self._held:  # a heading is still being dragged: its release starts the timer again
            return
        made = self._made_by_hand()
        for column_id, width in self._resized.items():
            made = made.with_width(column_id, width)
        self._resized.clear()
        self.changed.emit(made)

    def _on_sorted(self, place: int, way: Qt.SortOrder) -> None:
        if 0 <= place < len(self._model.columns):
            descending = way is Qt.SortOrder.DescendingOrder
            self.changed.emit(self.layout.sorted_by(self._model.columns[place].id, descending=descending))

    def _on_then_sorted(self, place: int, way: Qt.SortOrder) -> None:
        descending = way is Qt.SortOrder.DescendingOrder
        then = self._model.columns[place].id
        self.changed.emit(replace(self.layout, then=then, then_descending=descending))


def _way(*, descending: bool) -> Qt.SortOrder:
    return Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
