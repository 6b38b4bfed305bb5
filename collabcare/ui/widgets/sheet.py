"""A surface that one list or table fills to its edge."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from collabcare.ui.widgets.layouts import column


class Sheet(QFrame):
    """Gives ``contents`` the surface and border of a card, with no room around it."""

    def __init__(self, contents: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayout(column(contents, margin=2))
