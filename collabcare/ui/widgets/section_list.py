"""A list in sections, each row with the one thing to do about it: the working part of Today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QToolTip, QWidget

from collabcare.ui.plain_tip import plain_tip
from collabcare.ui.widgets.section_delegate import SectionDelegate
from collabcare.ui.widgets.section_model import Section, SectionHead, SectionModel, SectionRow

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEP = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SectionList(QListView):
    """Shows sections; Up and Down move over rows, Enter runs the act, Space asks for a preview.

    Left closes the section one is in and Right opens it. The same row stays chosen across reloads; when it
    is gone, the one that took its place is.

    Signals:
        act_requested: The key of the row whose act was asked for.
        current_changed: The key of the row now chosen, or None.
        preview_requested: The key of a row to look at more closely.
        opened: The key of a row to open in full: double click or Ctrl+Enter.
    """

    act_requested = Signal(object)
    current_changed = Signal(object)
    preview_requested = Signal(object)
    opened = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._model = SectionModel(self)
        self._delegate = SectionDelegate(self)
        self._told: object = None
        self._whole = False
        self.filling = False
        """Whether other rows are being shown just now, so that what is chosen changes by itself."""
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def set_sections(self, sections: Sequence[Section]) -> None:
        """Show other rows, keeping what was chosen and how far the list was scrolled."""
        place, scrolled, key = self.currentIndex().row(), self.verticalScrollBar().value(), self.current_key()
        self.filling = True
        self._model.set_sections(sections)
        kept = self._model.place_of(key)
        self._choose(kept if kept is not None else self._nearest(max(place, 0)))
        self.filling = False
        self.verticalScrollBar().setValue(scrolled)

    def show_whole(self, *, whole: bool) -> None:
        """Cut nothing in the rows where no panel beside them says the rest, or keep them to two lines."""
        self._whole = whole
        self._fit_rows()

    def current_key(self) -> object:
        """Return the key of the chosen row, or None."""
        row = self._current_row()
        return None if row is None else row.key

    def select_key(self, key: object) -> None:
        """Choose the row with ``key``; when it is not shown nothing changes."""
        place = self._model.place_of(key)
        if place is not None:
            self._choose(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self._current_row()
        if key in _STEP:
            self._move(_STEP[Qt.Key(key)])
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._choose(self._nearest(0 if key == Qt.Key.Key_Home else self._model.rowCount() - 1))
            if key == Qt.Key.Key_Home:
                self.scrollToTop()  # with the heading over the first row
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._open_or_close(close=key == Qt.Key.Key_Left)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_enter(row, whole=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_Space and row is not None:
            self.preview_requested.emit(row.key)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen row in view where it was: a message above the list takes of its height."""
        index = self.currentIndex()
        seen = index.isValid() and QRect(QPoint(0, 0), event.oldSize()).intersects(self.visualRect(index))
        super().resizeEvent(event)
        self._fit_rows()
        if seen:
            self.scrollTo(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_whose_act_is_under(event)
        index = self.indexAt(event.position().toPoint())
        self._delegate.pointed_act = QPersistentModelIndex(index) if row is not None else None
        shape = Qt.CursorShape.PointingHandCursor if row is not None else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.viewport().update()
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self._row_whose_act_is_under(event)
        head = self._entry_at(event)
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if row is not None:
            self.act_requested.emit(row.key)
        elif isinstance(head, SectionHead) and head.count:
            self._toggle(head, self.indexAt(event.position().toPoint()).row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        entry = self._entry_at(event)
        if isinstance(entry, SectionRow) and self._row_whose_act_is_under(event) is None:
            self.opened.emit(entry.key)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            entry = self._model.entry(index) if index.isValid() else None
            words = f"{entry.title}\n{entry.detail}" if isinstance(entry, SectionRow) else ""
            QToolTip.showText(event.globalPos(), plain_tip(words), self.viewport())
            return True
        return super().viewportEvent(event)

    def _fit_rows(self) -> None:
        """Give each row the height its words take, where they are shown whole."""
        width = self.viewport().width() if self._whole else None
        if width != self._delegate.whole_width:
            self._delegate.whole_width = width
            self.scheduleDelayedItemsLayout()

    def _current_row(self) -> SectionRow | None:
        index = self.currentIndex()
        entry = self._model.entry(index) if index.isValid() else None
        return entry if isinstance(entry, SectionRow) else None

    def _entry_at(self, event: QMouseEvent) -> SectionHead | SectionRow | None:
        index = self.indexAt(event.position().toPoint())
        return self._model.entry(index) if index.isValid() else None

    def _row_whose_act_is_under(self, event: QMouseEvent) -> SectionRow | None:
        entry, at = self._entry_at(event), event.position().toPoint()
        if not isinstance(entry, SectionRow):
            return None
        box = self._delegate.act_rect(entry, self.visualRect(self.indexAt(at)))
        return entry if box.contains(at) else None

    def _on_enter(self, row: SectionRow | None, *, whole: bool) -> None:
        if row is None:
            self._open_or_close(close=False)
        elif whole:
            self.opened.emit(row.key)
        elif row.act and not row.done:
            self.act_requested.emit(row.key)

    def _open_or_close(self, *, close: bool) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        place = self._model.heading_over(index.row())
        head = self._model.entry(self._model.index(place))
        if isinstance(head, SectionHead) and head.collapsed is not close:
            self._toggle(head, place)

    def _toggle(self, head: SectionHead, place: int) -> None:
        key = self.current_key()
        self._model.toggle(head.title)
        kept = self._model.place_of(key)
        self._choose(kept if kept is not None else self._nearest(place))

    def _move(self, step: int) -> None:
        place = self.currentIndex().row() + step
        while 0 <= place < self._model.rowCount():
            if self._model.is_choosable(place):
                self._choose(place)
                return
            place += step
        if step < 0:
            self.scrollToTop()

    def _nearest(self, place: int) -> int | None:
        choosable = [n for n in range(self._model.rowCount()) if self._model.is_choosable(n)]
        return min(choosable, key=lambda n: (abs(n - place), -n), default=None)

    def _choose(self, place: int | None) -> None:
        self.setCurrentIndex(QModelIndex() if place is None else self._model.index(place))
        self._tell()

    def _on_current_changed(self) -> None:
        self._tell()

    def _tell(self) -> None:
        key = self.current_key()
        if key != self._told:
            self._told = key
            self.current_changed.emit(key)
