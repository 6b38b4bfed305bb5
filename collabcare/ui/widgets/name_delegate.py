"""Paints a cell of two lines, such as a name over an NHS number, with small flags at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from collabcare.ui.theme import TextSize, Token, current_theme, draw_icon
from collabcare.ui.widgets.look import TONE_TOKEN, Tone
from collabcare.ui.widgets.shortened import shortened

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_CELL_ROLE = Qt.ItemDataRole.UserRole
_FLAG, _FLAG_GAP = 16, 4


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
        half = inside.height() // 2
        upper, lower = inside.adjusted(0, 0, 0, half - inside.height()), inside.adjusted(0, half, 0, 0)
        painter.setFont(theme.font(bold=cell.strong))
        painter.setPen(theme.colour(Token.SELECTION_TEXT if chosen else Token.TEXT))
        small = theme.font(TextSize.SECONDARY)
        small.setPixelSize(theme.px(12))
        fits = (painter.fontMetrics(), QFontMetrics(small))
        taken = len(cell.flags) * (theme.px(_FLAG) + theme.px(_FLAG_GAP))
        # Beside a first line that needs the whole width the flags stand under it, where there is room.
        under = bool(taken) and fits[0].horizontalAdvance(cell.first) > inside.width() - taken
        self._paint_flags(painter, lower if under else inside, cell, chosen=chosen)
        lower.adjust(0, 0, -taken, 0)
        upper.adjust(0, 0, 0 if under else -taken, 0)
        first, second = self.lines(cell, fits, (upper.width(), lower.width()))
        _draw_elided(painter, upper, first)
        painter.setFont(small)
        painter.setPen(theme.colour(Token.SELECTION_SECONDARY if chosen else Token.TEXT_SECONDARY))
        _draw_elided(painter, lower, second)
        painter.restore()

    def lines(
        self, cell: NameCell, _fits: tuple[QFontMetrics, QFontMetrics], _widths: tuple[int, int]
    ) -> tuple[str, str]:
        """Return what stands on each line; ``_fits`` measures the text of the first and of the second."""
        return cell.first, cell.second

    def _paint_flags(self, painter: QPainter, inside: QRect, cell: NameCell, *, chosen: bool) -> None:
        """Draw the flags from the right."""
        theme = current_theme()
        side, gap = theme.px(_FLAG), theme.px(_FLAG_GAP)
        left = inside.right()
        for flag in reversed(cell.flags):
            left -= side
            token = theme.on_selection(TONE_TOKEN[flag.tone]) if chosen else TONE_TOKEN[flag.tone]
            draw_icon(painter, flag.icon, token, QPoint(left, inside.center().y() - side // 2), side)
            left -= gap


class PatientDelegate(NameDelegate):
    """Breaks a name that is too long for its line after the surname, where the digits below stay whole."""

    def lines(
        self, cell: NameCell, fits: tuple[QFontMetrics, QFontMetrics], widths: tuple[int, int]
    ) -> tuple[str, str]:
        surname, comma, given = cell.first.partition(", ")
        below = f"{given}  {cell.second}"
        too_long = shortened(fits[0], cell.first, widths[0]) != cell.first
        if comma and too_long and shortened(fits[1], below, widths[1]) == below:
            return f"{surname},", below
        return cell.first, cell.second


def _draw_elided(painter: QPainter, box: QRect, text: str) -> None:
    shown = shortened(painter.fontMetrics(), text, box.width())
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip
    painter.drawText(box, flags, shown)
