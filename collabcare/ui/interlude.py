"""What stands where the main window was while that is made anew for another look or size of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QCloseEvent

CHANGING = "Changing the look"


class Interlude(QWidget):
    """Says that something is going on, in the place of the window, for less than a second."""

    def __init__(self, title: str, frame: QRect) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setAccessibleName(CHANGING)
        self.setCursor(Qt.CursorShape.BusyCursor)
        words = PlainLabel(CHANGING, TextRole.SECONDARY)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(words))
        self.setGeometry(frame)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay: with the last window closed the program would end, and the one to be closed is coming."""
        event.ignore()
