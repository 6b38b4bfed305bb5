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
_SMALLEST, _NARROWEST = 0.85, 0.75
_LEAST = 0.7  # of the room a line would like, a little over what both together make of it


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
        self.draw_line(painter, upper, first)
        painter.setFont(small)
        painter.setPen(theme.colour(Token.SELECTION_SECONDARY if chosen else Token.TEXT_SECONDARY))
        self.draw_line(painter, lower, second)
        painter.restore()

    def draw_line(self, painter: QPainter, box: QRect, text: str) -> None:
        """Draw a line in the painter's font; one that is too long ends in an ellipsis."""
        shown = shortened(painter.fontMetrics(), text, box.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip
        painter.drawText(box, flags, shown)

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
    """Shows a name whole: it goes on in the second line, broken between its parts, and may be narrower there.

    The number beside the rest of the name is whole or left to the tool tip: its digits are never cut.
    """

    def lines(
        self, cell: NameCell, fits: tuple[QFontMetrics, QFontMetrics], widths: tuple[int, int]
    ) -> tuple[str, str]:
        name = cell.first
        if _width(fits[0], name) <= widths[0]:
            return name, cell.second
        broken = [(name[:place].rstrip(), name[place:]) for place in _ends_of_parts(name)]
        for first, rest in broken:
            if all(_LEAST * _width(m, t) <= w for m, t, w in zip(fits, (first, rest), widths, strict=True)):
                both = f"{rest}  {cell.second}"
                return first, both if _width(fits[1], both) <= widths[1] else rest
        return broken[0] if broken else (name, cell.second)

    def draw_line(self, painter: QPainter, box: QRect, text: str) -> None:
        wanted = _width(painter.fontMetrics(), text)
        if wanted > box.width() > 0:
            font = painter.font()
            font.setPixelSize(max(1, int(font.pixelSize() * max(_SMALLEST, box.width() / wanted))))
            painter.setFont(font)
            share = box.width() / max(1, _width(painter.fontMetrics(), text))
            font.setStretch(int(100 * min(1.0, max(_NARROWEST, share))))
            painter.setFont(font)
        super().draw_line(painter, box, text)


def _ends_of_parts(name: str) -> list[int]:
    """Return where a name may be broken: after the surname, then after any other part, the last first."""
    ends = [place + 1 for place, letter in enumerate(name[:-1]) if letter in " -"]
    after_surname = name.find(", ") + 2
    return sorted(ends, key=lambda place: (place != after_surname, -place))


def _width(metrics: QFontMetrics, text: str) -> int:
    return metrics.horizontalAdvance(text)
