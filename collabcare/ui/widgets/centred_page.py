"""A page with one quiet card in the middle, which scrolls where the window is smaller than the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.layouts import PAGE, STRETCH, column, row

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class CentredPage(QScrollArea):
    """Keeps ``card`` in the middle and ``width`` pixels wide at 100 %; Tab scrolls."""

    def __init__(self, card: QWidget, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card, self._width = card, width
        self.setViewport(QWidget())  # made here: meeting one made by Qt, PySide loads every kind of widget
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setLayout(column(STRETCH, row(STRETCH, card, STRETCH, gap=0), STRETCH, STRETCH, margin=PAGE))
        self.setWidget(inside)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * current_theme().px(PAGE)
        self._card.setFixedWidth(max(min(current_theme().px(self._width), room), 1))
