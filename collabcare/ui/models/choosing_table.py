"""A table of which the user chooses rows, columns and their order, with the mouse and with the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView

from collabcare.ui.models.frozen_table import FrozenTable
from collabcare.ui.models.table_place import TablePlace
from collabcare.ui.theme import current_theme

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

    from collabcare.ui.models.rows import RowModel


class ChoosingTable(FrozenTable):
    """Rows can be chosen together: Shift and Ctrl as everywhere, Ctrl+A for all that are shown.

    Columns are dragged by their headings. What is chosen stays chosen across reloads while it is shown: what
    is filtered away is never acted on unseen.

    Signals:
        rows_chosen: The rows now chosen.
        acts_requested: Where to show what can be done with them, as a point of the screen.
        columns_requested: The user asks for the choice of columns.
        columns_dragged: The ids of the columns in their new order.
    """

    rows_chosen = Signal()
    acts_requested = Signal(QPoint)
    columns_requested = Signal()
    columns_dragged = Signal(object)

    def __init__(self, model: RowModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(model, name, parent)  # any kind of row
        self._chosen: frozenset[object] = frozenset()
        self._in_place = True
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        head.setFirstSectionMovable(False)
        head.sectionMoved.connect(self._on_section_moved)
        self._told_soon = QTimer(self, interval=0, singleShot=True)
        self._told_soon.timeout.connect(self._tell_order)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def chosen_rows(self) -> tuple[Any, ...]:
        """Return the rows that are chosen, in the order in which they are shown."""
        places = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return tuple(self._rows.shown[place] for place in places)

    def choose_none(self) -> None:
        """Leave only the current row chosen."""
        if not self.select_key(self.selected_key()):
            self.clearSelection()

    def place(self) -> TablePlace:
        """Return where the user is."""
        current, theme = self.currentIndex(), current_theme()
        return TablePlace(
            key=self.selected_key(),
            column_id=self.current_column(),
            chosen=self._chosen_keys(),
            down=self.verticalScrollBar().value() / theme.row,
            across=self.horizontalScrollBar().value() / theme.scale,
            seen=self.viewport().rect().contains(self.visualRect(current).center()),
        )

    def take_up(self, place: TablePlace) -> None:
        """Go where a user was before; the row they were on is in view if it was, however large the text."""
        self.select_key(place.key, place.column_id)
        self._choose_again(place.chosen)
        self.updateGeometries()  # else there is nothing to scroll by yet
        theme = current_theme()
        self.verticalScrollBar().setValue(round(place.down * theme.row))
        self.horizontalScrollBar().setValue(round(place.across * theme.scale))
        if place.seen and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def stand_in_order(self) -> None:
        """Show the columns in the order of the model again, after it was given that of the user."""
        head = self.horizontalHeader()
        self._in_place = False
        for place in range(head.count()):
            head.moveSection(head.visualIndex(place), place)
        self._in_place = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.Toggle | flags.Rows)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the acts beside the pointer, or beside the current row when the key for it was pressed."""
        index = self.indexAt(event.pos())
        if event.reason() is event.Reason.Mouse and index.isValid():
            if not self.selectionModel().isRowSelected(index.row(), self.rootIndex()):
                self.select_key(self._rows.key_at(index))
            self.acts_requested.emit(event.globalPos())
        elif self.currentIndex().isValid():
            corner, area = self.visualRect(self.currentIndex()).bottomLeft(), self.viewport().rect()
            within = QPoint(
                min(max(corner.x(), area.left()), area.right()),
                min(max(corner.y(), area.top()), area.bottom()),
            )
            self.acts_requested.emit(self.viewport().mapToGlobal(within))

    def _on_headings_menu(self, _at: QPoint) -> None:
        self.columns_requested.emit()

    def _on_section_moved(self, _place: int, _before: int, _after: int) -> None:
        if self._in_place:
            self._told_soon.start()  # the drag is not over while Qt tells of it

    def _tell_order(self) -> None:
        head = self.horizontalHeader()
        places = sorted(range(head.count()), key=head.visualIndex)
        self.columns_dragged.emit(tuple(self._rows.columns[place].id for place in places))

    def _on_selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.rows_chosen.emit()

    def _on_about_to_reset(self) -> None:
        super()._on_about_to_reset()
        self._chosen = self._chosen_keys()

    def _on_reset(self) -> None:
        super()._on_reset()
        self._choose_again(self._chosen)
        self.rows_chosen.emit()

    def _chosen_keys(self) -> frozenset[object]:
        return frozenset(self._rows.key_at(index) for index in self.selectionModel().selectedRows())

    def _choose_again(self, keys: frozenset[object]) -> None:
        """Choose several rows; one alone is chosen with the keyboard's."""
        if len(keys) <= 1:
            return
        again = QItemSelection()
        for place in range(self._rows.rowCount()):
            index = self._rows.index(place, 0)
            if self._rows.key_at(index) in keys:
                again.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(again, flags.ClearAndSelect | flags.Rows)
