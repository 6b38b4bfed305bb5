"""Paints the shapes of a drawing in the colours of the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from collabcare.domain.drawing import Anchor, Box, Disc, Ink, Line, Path, Pens, Words
from collabcare.ui.theme import TextSize, Token, current_theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QBrush, QColor

    from collabcare.domain.drawing import Shape

_TOKENS = {
    Ink.SERIES: Token.CHART_LINE,
    Ink.GRID: Token.CHART_GRID,
    Ink.CUT_OFF: Token.CHART_CUTOFF,
    Ink.MARK: Token.TEXT,
    Ink.TEXT: Token.TEXT,
    Ink.SOFT: Token.TEXT_SECONDARY,
    Ink.GROUND: Token.SURFACE,
    Ink.BAND: Token.HOVER,
}


def screen_pens() -> Pens:
    """Return what drawing needs to know of the screen at the present text scale."""
    theme = current_theme()
    metrics = {bold: QFontMetricsF(theme.font(TextSize.SECONDARY, bold=bold)) for bold in (False, True)}
    return Pens(
        unit=theme.scale,
        size=float(theme.font_px(TextSize.SECONDARY)),
        measure=lambda text, bold: metrics[bold].horizontalAdvance(text),
    )


def paint_shapes(painter: QPainter, shapes: Iterable[Shape]) -> None:
    """Paint shapes one over another, in their order."""
    for shape in shapes:
        _paint(painter, shape)


def _paint(painter: QPainter, shape: Shape) -> None:
    match shape:
        case Line():
            painter.setPen(_pen(shape.ink, shape.weight, dashed=shape.dashed))
            painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))
        case Box():
            painter.setPen(_pen(shape.edge))
            painter.setBrush(_brush(shape.fill))
            box = QRectF(shape.x, shape.y, shape.width, shape.height)
            painter.drawRoundedRect(box, shape.radius, shape.radius)
        case Disc():
            painter.setPen(_pen(shape.edge))
            painter.setBrush(_brush(shape.fill))
            painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)
        case Path():
            painter.setPen(_pen(shape.edge))
            painter.setBrush(_brush(shape.fill))
            points = QPolygonF([QPointF(x, y) for x, y in shape.points])
            if shape.fill is None:
                painter.drawPolyline(points)
            else:
                painter.drawPolygon(points)
        case Words():
            _write(painter, shape)


def _write(painter: QPainter, words: Words) -> None:
    theme = current_theme()
    painter.setFont(theme.font(TextSize.SECONDARY, bold=words.bold))
    metrics = QFontMetricsF(painter.font())
    wide, high = metrics.horizontalAdvance(words.text), metrics.height()
    left = {Anchor.START: 0.0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[words.anchor]
    box = QRectF(words.x - left, words.y - high / 2, wide + 1, high)
    if words.clear:
        painter.fillRect(box.adjusted(-1, 2, 1, -2), theme.colour(Token.SURFACE))
    painter.setPen(_colour(words.ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words.text)


def _pen(ink: Ink | None, weight: float = 1.0, *, dashed: bool = False) -> QPen:
    if ink is None:
        return QPen(Qt.PenStyle.NoPen)
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    return QPen(_colour(ink), current_theme().hairline * weight, style)


def _brush(ink: Ink | None) -> QColor | QBrush | Qt.BrushStyle:
    return Qt.BrushStyle.NoBrush if ink is None else _colour(ink)


def _colour(ink: Ink) -> QColor:
    return current_theme().colour(_TOKENS[ink])
