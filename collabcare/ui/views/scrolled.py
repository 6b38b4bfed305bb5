"""A panel that scrolls by itself, without a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from collabcare.ui.theme import current_theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

_LEAST = 80


class Scrolled(QScrollArea):
    """Scrolls up and down; named for screen readers, and no stop for Tab."""

    def __init__(self, contents: QLayout, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setLayout(contents)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        # What it can make do with: beside wrapped text Qt takes the hint for the least.
        return QSize(super().sizeHint().width(), current_theme().px(_LEAST))
