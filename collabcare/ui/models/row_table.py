"""The view of a :class:`RowModel`: whole rows, 36 pixels high, with no trap for Tab."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QWidget

from collabcare.ui.models.sorting_table import SortingTable
from collabcare.ui.theme import Token, current_theme

if TYPE_CHECKING:
    from collabcare.ui.models.rows import RowModel


_ENDS = frozenset({Qt.Key.Key_Home, Qt.Key.Key_End})


class RowTable(SortingTable):
    """Shows rows and keeps the same one chosen across reloads.

    Enter or a double click opens a row; Space asks for a preview. A right click on the headings chooses
    which columns are shown.

    Signals:
        opened: The row to open.
        current_changed: The row now chosen, or None.
        preview_requested: The row to look at more closely.
    """

    opened = Signal(object)
    current_changed = Signal(object)
    preview_requested = Signal(object)

    def __init__(
        self, model: RowModel[Any], name: str, parent: QWidget | None = None
    ) -> None:  # any kind of row
        super().__init__(model, parent)
        self._kept: tuple[object, str, int] = (None, "", 0)
        self._told: object = None
        self._hovered = -1
        self.setAccessibleName(name)
        self._look()
        self._set_up_headings()
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._rows.row(index)))

    def selected_key(self) -> object:
        """Return what tells the chosen row apart, or None."""
        index = self.currentIndex()
        return self._rows.key_at(index) if index.isValid() else None

    def current_column(self) -> str:
        """Return the id of the column the keyboard is in, empty for none."""
        index = self.currentIndex()
        return self._rows.columns[index.column()].id if index.isValid() else ""

    def select_key(self, key: object, column_id: str = "") -> bool:
        """Choose the row with ``key``, perhaps at one of its columns, and return whether it is shown."""
        index = self._rows.index_of(key)
        ids = [each.id for each in self._rows.columns] if column_id else []
        if index.isValid() and column_id in ids:
            index = index.siblingAtColumn(ids.index(column_id))
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        return index.isValid()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self._rows.row(index))
        elif index.isValid() and event.key() == Qt.Key.Key_Space:
            self.preview_requested.emit(self._rows.row(index))
        elif event.key() in _ENDS and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            last = self._rows.rowCount() - 1
            self.setCurrentIndex(self._rows.index(last if event.key() == Qt.Key.Key_End else 0, 0))
        elif not self.sorted_by_key(event):
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self.viewport())
        if self._hovered >= 0:
            painter.fillRect(self._band(self._hovered), theme.colour(Token.HOVER))
        painter.end()
        super().paintEvent(event)
        first = max(self.rowAt(event.rect().top()), 0)
        last = self.rowAt(event.rect().bottom())
        rows = range(first, (last if last >= 0 else self._rows.rowCount() - 1) + 1)
        painter = QPainter(self.viewport())
        self.paint_over(painter, rows)
        painter.setPen(QPen(theme.colour(Token.LINE), 1))
        for row in rows:
            band = self._band(row)
            painter.drawLine(band.bottomLeft(), band.bottomRight())
        current = self.currentIndex()
        if current.isValid():
            band = self._band(current.row())
            painter.fillRect(QRect(0, band.top(), theme.px(3), band.height()), theme.colour(Token.ACCENT))
        painter.end()

    def paint_over(self, painter: QPainter, rows: range) -> None:
        """Paint over the cells of ``rows``, under the lines between them."""

    def _look(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(current_theme().row)

    def _set_up_headings(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setMinimumHeight(current_theme().px(34))
        head.setStretchLastSection(True)
        for place, column in enumerate(self._rows.columns):
            head.resizeSection(place, current_theme().px(column.width))
        sorted_column, order = self._rows.sorted_by
        head.setSortIndicator(sorted_column, order)
        self.setSortingEnabled(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._on_headings_menu)

    def _band(self, row: int) -> QRect:
        return QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _on_headings_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(self._rows.columns[1:], start=1):
            shown = QAction(column.title, menu)
            shown.setCheckable(True)
            shown.setChecked(not self.isColumnHidden(place))
            shown.toggled.connect(partial(self._show_column, place))
            menu.addAction(shown)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def _show_column(self, place: int, shown: bool) -> None:  # noqa: FBT001 - the truth a toggle signal carries
        self.setColumnHidden(place, not shown)

    def _on_about_to_reset(self) -> None:
        key = self.selected_key()  # None while the chosen row is filtered away: it comes back chosen
        kept, column_id, _scrolled = self._kept
        if key is not None:
            kept, column_id = key, self.current_column()
        self._kept = (kept, column_id, self.verticalScrollBar().value())

    def _on_reset(self) -> None:
        key, column_id, scrolled = self._kept
        if key is not None:
            self.select_key(key, column_id)
        self.verticalScrollBar().setValue(scrolled)
        self._tell()

    def _on_current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._tell()

    def _tell(self) -> None:
        key = self.selected_key()
        if key != self._told:
            self._told = key
            index = self.currentIndex()
            self.current_changed.emit(self._rows.row(index) if index.isValid() else None)
