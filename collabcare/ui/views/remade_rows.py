"""Lines of a card that are made anew whenever what they show has changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.layouts import column


class RemadeRows(QWidget):
    """Lines that are made anew, the keyboard staying on the same button where it is still there."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = QWidget()
        self._holder = column(self._inside, gap=0)
        self.setLayout(self._holder)

    def show_rows(self, rows: list[QWidget]) -> None:
        """Show these and no others."""
        focused = next((part for part in self._inside.findChildren(QWidget) if part.hasFocus()), None)
        inside = QWidget()
        inside.setLayout(column(*rows, gap=4))
        self._holder.replaceWidget(self._inside, inside)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = inside
        inside.show()
        if focused is not None:
            again = inside.findChild(QWidget, focused.objectName()) if focused.objectName() else None
            (again or next(iter(inside.findChildren(Button)), self)).setFocus()
