"""Where somebody stands on the steps of care, as a row of dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from collabcare.ui.theme import Token, current_theme

if TYPE_CHECKING:
    from collections.abc import Sequence


class StepsDots(QWidget):
    """One dot a step, the present one filled; hovering names a step, screen readers hear the whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_steps(self, names: Sequence[str], current: int) -> None:
        """Show the steps by name; ``current`` counts from 0."""
        self._names, self._current = tuple(names), current
        self.setAccessibleName(f"Step {current + 1} of {len(self._names)}: {self._names[current]}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(28) * max(len(self._names) - 1, 0) + theme.px(20), theme.px(24))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._names:
            step = round((event.pos().x() - self._first()) / current_theme().px(28))
            step = min(max(step, 0), len(self._names) - 1)
            here = " (now)" if step == self._current else ""
            QToolTip.showText(event.globalPos(), f"Step {step + 1}: {self._names[step]}{here}", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, gap = self.height() / 2, theme.px(28)
        line = QPen(theme.colour(Token.CONTROL_LINE), theme.hairline)
        for step in range(len(self._names)):
            centre = QPointF(self._first() + step * gap, middle)
            now = step == self._current
            radius = theme.px(8) if now else theme.px(5)
            if step:
                painter.setPen(line)
                start = centre.x() - gap + (theme.px(8) if step - 1 == self._current else theme.px(5))
                painter.drawLine(QPointF(start, middle), QPointF(centre.x() - radius, middle))
            painter.setPen(QPen(theme.colour(Token.ACCENT), theme.hairline) if now else line)
            painter.setBrush(theme.colour(Token.ACCENT if now else Token.SURFACE))
            painter.drawEllipse(centre, radius, radius)
            if now:
                painter.setPen(theme.colour(Token.ON_ACCENT))
                painter.setFont(theme.font(bold=True))
                _shrink(painter, theme.px(11))
                box = QRectF(centre.x() - radius, middle - radius, 2 * radius, 2 * radius)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(step + 1))
        painter.end()

    def _first(self) -> int:
        return current_theme().px(10)


def _shrink(painter: QPainter, height: int) -> None:
    font = painter.font()
    font.setPixelSize(height)
    painter.setFont(font)
