"""Headings that sort by a second column, too: Shift and a click; a smaller number says which is which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QWidget

    from collabcare.ui.models.sorting import SortKey


class SortHeading(QHeaderView):
    """Draws the arrow of the second column, which Qt knows nothing of.

    Signals:
        second_chosen: The place of the column that was clicked with Shift held.
    """

    second_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self._second: SortKey | None = None
        self._pressed = -1

    def show_second(self, second: SortKey | None) -> None:
        """Mark the second column, or none."""
        self._second = second
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if shift and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self.logicalIndexAt(event.position().toPoint())
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, -1
        if pressed < 0:
            super().mouseReleaseEvent(event)
        elif pressed == self.logicalIndexAt(event.position().toPoint()):
            self.second_chosen.emit(pressed)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, logicalIndex: int) -> None:  # noqa: N803 - Qt's
        super().initStyleOptionForIndex(option, logicalIndex)
        if self._second is not None and logicalIndex == self._second[0]:
            up = self._second[1] is Qt.SortOrder.AscendingOrder
            arrows = QStyleOptionHeader.SortIndicator
            option.sortIndicator = arrows.SortDown if up else arrows.SortUp
