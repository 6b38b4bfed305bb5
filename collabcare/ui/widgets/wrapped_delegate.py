"""Paints a cell of plain words over two lines: never a broken word, and dots where there is more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from collabcare.ui.theme import TextSize, Token, current_theme
from collabcare.ui.widgets.shortened import shortened

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter

_CELL_ROLE = Qt.ItemDataRole.UserRole
_LINES = 2


@dataclass(frozen=True, slots=True)
class WrappedCell:
    """Words that may go on in a second line, such as the name of a practice."""

    text: str


class WrappedDelegate(QStyledItemDelegate):
    """Draws a :class:`WrappedCell` in the middle of the row's height."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cell = index.data(_CELL_ROLE)
        if not isinstance(cell, WrappedCell):
            super().paint(painter, option, index)
            return
        theme = current_theme()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, theme.colour(Token.SELECTION))
        inside = option.rect.adjusted(theme.px(9), 0, -theme.px(3), 0)
        font = theme.font(TextSize.SECONDARY)
        font.setPixelSize(theme.px(12))
        painter.setFont(font)
        painter.setPen(theme.colour(Token.SELECTION_TEXT if chosen else Token.TEXT))
        lines = wrapped(cell.text, font, inside.width())
        high = theme.row // _LINES - theme.px(1)
        top = inside.center().y() - high * len(lines) / 2 + painter.fontMetrics().ascent() + theme.px(1)
        for place, line in enumerate(lines):
            painter.drawText(QPointF(inside.left(), top + place * high), line)
        painter.restore()


def wrapped(text: str, font: QFont, width: int) -> list[str]:
    """Break text at its blanks into two lines at most; the second ends with dots where there is more."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    first = text[: line.textLength()].rstrip()
    rest = text[line.textLength() :].strip()
    layout.endLayout()
    metrics = QFontMetrics(font)
    lines = [shortened(metrics, first, width)]
    return [*lines, shortened(metrics, rest, width)] if rest else lines
