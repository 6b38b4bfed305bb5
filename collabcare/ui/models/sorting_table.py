"""The view of a :class:`RowModel` sorted by one column or by two, with the mouse and with the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTableView

from collabcare.ui.models.sort_heading import SortHeading
from collabcare.ui.models.sorting import next_second, turned

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from collabcare.ui.models.rows import RowModel

_SORTING = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_R: 0}
"""With Ctrl: sort by the column before, by the next, or the other way round; with Shift too, by a second."""


class SortingTable(QTableView):
    """Sorts by the column whose heading is clicked, and with Shift by a second where the first is equal.

    Signals:
        then_sorted: The place of the second column to sort by, and which way.
    """

    then_sorted = Signal(int, object)

    def __init__(self, model: RowModel[Any], parent: QWidget | None = None) -> None:  # any kind of row
        super().__init__(parent)
        self._rows = model
        self._headings = SortHeading(self)
        self.setHorizontalHeader(self._headings)
        self.setModel(model)
        self._headings.second_chosen.connect(self.choose_second)
        for changed in (model.layoutChanged, model.modelReset):
            changed.connect(self._mark_second)

    def sorted_by_key(self, event: QKeyEvent) -> bool:
        """Sort as a key asks, and return whether it asked for that."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or event.key() not in _SORTING:
            return False
        second = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        (self._then_by if second else self._sort_by)(_SORTING[Qt.Key(event.key())])
        return True

    def _sort_by(self, step: int) -> None:
        """Sort by the next column on screen, or by the one before; 0 turns the order round."""
        column, order = self._rows.sorted_by
        if step == 0:
            order = turned(order)
        else:
            shown = self._columns_shown()
            at = shown.index(column) if column in shown else 0
            column, order = shown[(at + step) % len(shown)], Qt.SortOrder.AscendingOrder
        self.sortByColumn(column, order)

    def _then_by(self, step: int) -> None:
        """Sort by the next second column on screen, or by the one before; 0 turns its order round."""
        second = next_second(self._columns_shown(), self._rows.sort_keys, step)
        if second is not None:
            self._sort_then(*second)

    def choose_second(self, place: int) -> None:
        """Sort by a second column; the one that is it already is turned round, and so is the first."""
        keys = dict(self._rows.sort_keys)
        if place == self._rows.sorted_by[0]:
            self._sort_by(0)
        else:
            way = turned(keys[place]) if place in keys else Qt.SortOrder.AscendingOrder
            self._sort_then(place, way)

    def _sort_then(self, place: int, order: Qt.SortOrder) -> None:
        self._rows.sort_by(self._rows.sorted_by, (place, order))
        self.then_sorted.emit(place, order)

    def _columns_shown(self) -> list[int]:
        heading = self.horizontalHeader()
        places = map(heading.logicalIndex, range(heading.count()))
        return [each for each in places if not heading.isSectionHidden(each)]

    def _mark_second(self) -> None:
        keys = self._rows.sort_keys
        self._headings.show_second(keys[1] if len(keys) > 1 else None)
