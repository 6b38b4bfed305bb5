"""A drawing beside words; it says nothing by itself, so screen readers pass over it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from collabcare.ui.theme import Token, current_theme, draw_icon


class IconLabel(QWidget):
    """Paints one icon in a token's colour, ``side`` pixels wide at 100 %."""

    def __init__(self, icon_name: str, token: Token, side: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._token, self._side = icon_name, token, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon_name: str, token: Token) -> None:
        """Show another drawing."""
        self._name, self._token = icon_name, token
        self.update()

    def sizeHint(self) -> QSize:
        side = current_theme().px(self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = current_theme().px(self._side)
        painter = QPainter(self)
        draw_icon(painter, self._name, self._token, QPoint(0, (self.height() - side) // 2), side)
        painter.end()
