"""Paints a cell of two lines, such as a name over an NHS number, with small flags at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from collabcare.ui.theme import TextSize, Token, current_theme, draw_icon
from collabcare.ui.widgets.look import TONE_TOKEN, Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_CELL_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Flag:
    """A small drawing after a name; its words are in the tool tip and the spoken text of the cell."""

    icon: str
    tone: Tone
    words: str


@dataclass(frozen=True, slots=True)
class NameCell:
    """What the cell shows: two lines and flags; the first is bold where it names somebody."""

    first: str
    second: str
    flags: tuple[Flag, ...] = ()
    strong: bool = True


class NameDelegate(QStyledItemDelegate):
    """Draws a :class:`NameCell`; the second line is small and quiet."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), current_theme().row)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cell = index.data(_CELL_ROLE)
        if not isinstance(cell, NameCell):
            super().paint(painter, option, index)
            return
        theme = current_theme()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, theme.colour(Token.SELECTION))
        inside = option.rect.adjusted(theme.px(9), theme.px(1), -theme.px(8), -theme.px(1))
        words = inside.adjusted(0, 0, -self._paint_flags(painter, inside, cell, chosen=chosen), 0)
        half = words.height() // 2
        painter.setFont(theme.font(bold=cell.strong))
        painter.setPen(theme.colour(Token.SELECTION_TEXT if chosen else Token.TEXT))
        _draw_elided(painter, QRect(words.left(), words.top(), words.width(), half), cell.first)
        small = theme.font(TextSize.SECONDARY)
        small.setPixelSize(theme.px(12))
        painter.setFont(small)
        painter.setPen(theme.colour(Token.SELECTION_SECONDARY if chosen else Token.TEXT_SECONDARY))
        _draw_elided(painter, QRect(words.left(), words.top() + half, words.width(), half), cell.second)
        painter.restore()

    def _paint_flags(self, painter: QPainter, inside: QRect, cell: NameCell, *, chosen: bool) -> int:
        """Draw the flags from the right and return the width they take."""
        theme = current_theme()
        side, gap = theme.px(16), theme.px(4)
        left = inside.right()
        for flag in reversed(cell.flags):
            left -= side
            token = theme.on_selection(TONE_TOKEN[flag.tone]) if chosen else TONE_TOKEN[flag.tone]
            draw_icon(painter, flag.icon, token, QPoint(left, inside.center().y() - side // 2), side)
            left -= gap
        return inside.right() - left


def _draw_elided(painter: QPainter, box: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip
    painter.drawText(box, flags, shown)
