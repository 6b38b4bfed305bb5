"""Two columns where there is room for them, and one under the other where there is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.layouts import row

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QLayout

_WIDE_ENOUGH = 860


class TwoColumns(QWidget):
    """Equally wide columns; narrow, the first stands above the second."""

    def __init__(self, first: QLayout, second: QLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = row(first, second, gap=12)
        for place in (0, 1):
            self._box.setStretch(place, 1)
        self.setLayout(self._box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= current_theme().px(_WIDE_ENOUGH)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != direction:
            self._box.setDirection(direction)
