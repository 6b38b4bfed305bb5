"""The striped strip that marks the demo caseload, so that nobody takes it for a real record."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QSizePolicy, QWidget

from collabcare.ui.theme import TextSize, Token, current_theme

_WORDS = "DEMO  ·  every person here is invented"


class DemoStrip(QWidget):
    """Diagonal stripes with the word DEMO, across the whole window."""

    def __init__(self, text: str = _WORDS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, current_theme().px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour(Token.DEMO))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Token.DEMO_STRIPE))
        band, height = theme.px(14), self.height()
        for left in range(-height, self.width(), 2 * band):
            right = left + height
            corners = ((left, height), (right, 0), (right + band, 0), (left + band, height))
            painter.drawPolygon(QPolygon([QPoint(x, y) for x, y in corners]))
        painter.setPen(theme.colour(Token.DEMO_TEXT))
        painter.setFont(theme.font(TextSize.SECONDARY, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()
