"""Paints a score in a table: its value, how it changed and whether for the better, and a line of its past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from collabcare.domain.display import fmt_change
from collabcare.domain.prorated import MARK
from collabcare.ui.theme import TextSize, Token, current_theme, draw_icon
from collabcare.ui.widgets.name_delegate import NameDelegate

if TYPE_CHECKING:
    from collabcare.domain.tally import Number

_WHOLE, _MEAN = 22, 34
"""How wide a whole number and one with hundredths are, in pixels at 100 %."""
_CELL_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCell:
    """What the cell shows.

    Attributes:
        value: The last score; None is blank.
        prorated: Whether it is prorated, which a mark after it says.
        change: Since the first score, or None with fewer than two.
        better: Whether the change is for the better; None where it is too small to say.
        history: The last scores, oldest first, from 0 (bottom) to 1 (top).
        cut_off: Where the cut-off lies on that scale.
    """

    value: Number | None
    prorated: bool = False
    change: Number | None = None
    better: bool | None = None
    history: tuple[float, ...] = ()
    cut_off: float | None = None


class ScoreDelegate(NameDelegate):
    """Draws a :class:`ScoreCell`: arrows say the direction, green only that it is a good one.

    A form without a score is two lines of words.
    """

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cell = index.data(_CELL_ROLE)
        if not isinstance(cell, ScoreCell):
            super().paint(painter, option, index)
            return
        theme = current_theme()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(option.rect, theme.colour(Token.SELECTION))
        if cell.value is not None:
            box = option.rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
            painter.setFont(theme.font(bold=True))
            painter.setPen(theme.colour(Token.SELECTION_TEXT if chosen else Token.TEXT))
            wide = _WHOLE if isinstance(cell.value, int) else _MEAN
            value = QRect(box.left(), box.top(), theme.px(wide), box.height())
            painter.drawText(
                value, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(cell.value)
            )
            if cell.prorated:  # after the number, so that numbers stand under one another
                mark = value.translated(value.width(), 0)
                painter.drawText(mark, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, MARK)
            beside = box.adjusted(theme.px(wide - _WHOLE), 0, 0, 0)
            self._paint_change(painter, beside, cell, chosen=chosen)
            past = QRectF(box.adjusted(theme.px(72), theme.px(7), 0, -theme.px(7)))
            self._paint_past(painter, past, cell, chosen=chosen)
        painter.restore()

    def _paint_change(self, painter: QPainter, box: QRect, cell: ScoreCell, *, chosen: bool) -> None:
        if cell.change is None:
            return
        theme = current_theme()
        quiet = Token.SELECTION_SECONDARY if chosen else Token.TEXT_SECONDARY
        token = {True: Token.GOOD, False: Token.TEXT, None: quiet}[cell.better]
        if chosen:
            token = Token.SELECTION_TEXT if token is Token.TEXT else theme.on_selection(token)
        drawing = "no-change" if cell.change == 0 else "arrow-up" if cell.change > 0 else "arrow-down"
        side = theme.px(12)
        left = box.left() + theme.px(28)
        draw_icon(painter, drawing, token, QPoint(left, box.center().y() - side // 2), side)
        if cell.change:
            painter.setFont(theme.font(TextSize.SECONDARY, bold=cell.better is False))
            painter.setPen(theme.colour(token))
            words = QRect(left + side + theme.px(1), box.top(), theme.px(26), box.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, fmt_change(cell.change))

    def _paint_past(self, painter: QPainter, box: QRectF, cell: ScoreCell, *, chosen: bool) -> None:
        if len(cell.history) < 2 or box.width() < current_theme().px(20):  # noqa: PLR2004 - a line has two ends
            return
        theme = current_theme()
        if cell.cut_off is not None:
            y = box.bottom() - cell.cut_off * box.height()
            painter.setPen(QPen(theme.colour(Token.CONTROL_LINE), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        step = (box.width() - theme.px(4)) / (len(cell.history) - 1)
        places = [
            QPointF(box.left() + n * step, box.bottom() - value * box.height())
            for n, value in enumerate(cell.history)
        ]
        line = theme.on_selection(Token.CHART_LINE) if chosen else Token.CHART_LINE
        painter.setPen(QPen(theme.colour(line), theme.hairline))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(places))
        painter.setBrush(theme.colour(line))
        painter.drawEllipse(places[-1], theme.px(2), theme.px(2))
