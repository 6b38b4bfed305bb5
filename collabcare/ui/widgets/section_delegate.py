"""Paints a sectioned list: headings, two-line rows, and the button of each row's act."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from collabcare.ui.theme import TextSize, Token, current_theme, draw_icon
from collabcare.ui.widgets.look import TONE_TOKEN
from collabcare.ui.widgets.section_model import ENTRY_ROLE, SectionHead, SectionRow

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_HEAD, _EMPTY, _ROW, _LONG_ROW = 40, 28, 56, 76
_LINE, _APART = 20, 10
_MOST = 12
"""How many lines a whole row has at the most: more than anything that is said of one takes."""


class SectionDelegate(QStyledItemDelegate):
    """Draws what the list shows; the view says which button the mouse is over."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pointed_act: QPersistentModelIndex | None = None
        self.whole_width: int | None = None
        """How wide the rows are where nothing of them is cut, since no panel beside them says the rest."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        entry, theme = index.data(ENTRY_ROLE), current_theme()
        if isinstance(entry, SectionRow) and self.whole_width is not None:
            lines = self._under(entry, QRect(0, 0, self.whole_width, theme.px(_ROW)))
            return QSize(0, theme.px(_ROW) + max(len(lines) - 1, 0) * theme.px(_LINE))
        if isinstance(entry, SectionRow):
            return QSize(0, theme.px(_LONG_ROW if entry.is_long else _ROW))
        return QSize(0, current_theme().px(_HEAD if entry.count else _EMPTY))

    def act_rect(self, row: SectionRow, rect: QRect) -> QRect:
        """Return where the button of a row stands inside the row's own rectangle."""
        if not row.act or row.done:
            return QRect()
        theme = current_theme()
        width = QFontMetrics(_font()).horizontalAdvance(row.act) + theme.px(24)
        height = theme.px(28)
        top = rect.top() + (rect.height() - height) // 2
        return QRect(rect.right() - theme.px(12) - width, top, width, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry = index.data(ENTRY_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, state = option.rect, option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if isinstance(entry, SectionHead):
            self._paint_head(painter, rect, entry, chosen=chosen)
        elif isinstance(entry, SectionRow):
            hover = bool(state & QStyle.StateFlag.State_MouseOver)
            self._paint_ground(painter, rect, chosen=chosen, hover=hover)
            self._paint_words(painter, rect, entry, chosen=chosen)
            self._paint_act(
                painter, self.act_rect(entry, rect), entry, chosen=chosen, pointed=self._is_pointed(index)
            )
        painter.restore()

    def _is_pointed(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        return self.pointed_act is not None and self.pointed_act.row() == index.row()

    def _paint_head(self, painter: QPainter, rect: QRect, head: SectionHead, *, chosen: bool) -> None:
        theme = current_theme()
        side = theme.px(14)
        if chosen:
            painter.fillRect(rect, theme.colour(Token.SELECTION))
        text = Token.SELECTION_TEXT if chosen else Token.TEXT
        above = theme.px(6) if head.count else 0
        line = rect.adjusted(theme.px(12), above, -theme.px(12), 0)
        if head.count:
            arrow = "chevron-right" if head.collapsed else "chevron-down"
            draw_icon(painter, arrow, text, QPoint(line.left(), line.center().y() - side // 2), side)
        left = line.left() + theme.px(22)
        painter.setFont(_font(bold=True) if head.count else _font(TextSize.SECONDARY))
        painter.setPen(theme.colour(text if head.count else Token.TEXT_SECONDARY))
        painter.drawText(line.adjusted(left - line.left(), 0, 0, 0), _MIDDLE, head.title)
        left += painter.fontMetrics().horizontalAdvance(head.title) + theme.px(8)
        painter.setFont(_font(TextSize.SECONDARY))
        painter.setPen(theme.colour(Token.SELECTION_SECONDARY if chosen else Token.TEXT_SECONDARY))
        words = f"{head.count:,}" if head.count else head.none
        painter.drawText(line.adjusted(left - line.left(), 0, 0, 0), _MIDDLE, words)

    def _paint_ground(self, painter: QPainter, rect: QRect, *, chosen: bool, hover: bool) -> None:
        theme = current_theme()
        if chosen:
            painter.fillRect(rect, theme.colour(Token.SELECTION))
            painter.fillRect(
                QRect(rect.left(), rect.top(), theme.px(3), rect.height()), theme.colour(Token.ACCENT)
            )
        elif hover:
            painter.fillRect(rect, theme.colour(Token.HOVER))
        painter.setPen(QPen(theme.colour(Token.LINE), 1))
        painter.drawLine(
            rect.left() + theme.px(12), rect.bottom(), rect.right() - theme.px(12), rect.bottom()
        )

    def _paint_words(self, painter: QPainter, rect: QRect, entry: SectionRow, *, chosen: bool) -> None:
        theme = current_theme()
        quiet = theme.colour(Token.SELECTION_SECONDARY if chosen else Token.TEXT_SECONDARY)
        drawing = "check" if entry.done else entry.icon
        tone = theme.on_selection(TONE_TOKEN[entry.tone]) if chosen else TONE_TOKEN[entry.tone]
        if drawing:
            side = theme.px(18)
            draw_icon(
                painter, drawing, tone, QPoint(rect.left() + theme.px(12), rect.top() + theme.px(10)), side
            )
        first = self._first(entry, rect)
        second = first.translated(0, theme.px(_LINE))
        font = _font(bold=True)
        font.setStrikeOut(entry.done)
        painter.setFont(font)
        painter.setPen(theme.colour(Token.SELECTION_TEXT if chosen else Token.TEXT))
        used = _draw_elided(painter, first, entry.title)
        painter.setFont(_font(TextSize.SECONDARY))
        painter.setPen(quiet)
        rest = first.adjusted(used + theme.px(_APART), 0, 0, 0)
        if painter.fontMetrics().horizontalAdvance(entry.aside) <= rest.width():  # a number is never cut
            painter.drawText(rest, _MIDDLE, entry.aside)
        for line in self._under(entry, rect):
            painter.drawText(second, _MIDDLE, line)
            second.translate(0, theme.px(_LINE))

    def _first(self, entry: SectionRow, rect: QRect) -> QRect:
        """Return the room of the first line: between the drawing and the button."""
        theme, button = current_theme(), self.act_rect(entry, rect)
        left = rect.left() + theme.px(40)
        right = (button.left() if button.isValid() else rect.right()) - theme.px(12)
        return QRect(left, rect.top() + theme.px(8), right - left, theme.px(_LINE))

    def _under(self, entry: SectionRow, rect: QRect) -> list[str]:
        """Return the lines under the first one; in whole rows as many as it takes, when it is due too."""
        room, metrics = self._first(entry, rect).width(), QFontMetrics(_font(TextSize.SECONDARY))
        if self.whole_width is None:
            return lines_of(metrics, entry.detail, room, 2 if entry.is_long else 1)
        title = QFontMetrics(_font(bold=True)).horizontalAdvance(entry.title) + current_theme().px(_APART)
        beside = title + metrics.horizontalAdvance(entry.aside) <= room
        said = entry.detail if beside else "  ·  ".join(filter(None, (entry.aside, entry.detail)))
        return lines_of(metrics, said, room, _MOST)

    def _paint_act(
        self, painter: QPainter, box: QRect, entry: SectionRow, *, chosen: bool, pointed: bool
    ) -> None:
        if not box.isValid():
            return
        theme = current_theme()
        strong = chosen or pointed
        edge = Token.ACCENT if strong else Token.CONTROL_LINE
        painter.setPen(QPen(theme.colour(theme.on_selection(edge) if chosen else edge), 1))
        painter.setBrush(theme.colour(Token.ACCENT if strong else Token.RAISED))
        radius = theme.px(theme.sizes.radius)
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setFont(_font())
        painter.setPen(theme.colour(Token.ON_ACCENT if strong else Token.TEXT))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, entry.act)


def _font(size: TextSize = TextSize.BODY, *, bold: bool = False) -> QFont:
    return current_theme().font(size, bold=bold)


def lines_of(metrics: QFontMetrics, text: str, room: int, most: int) -> list[str]:
    """Return a text on so many lines at most, broken between words; only the last may be cut."""
    lines: list[str] = []
    left = text.split(" ")
    while left and len(lines) < most - 1:
        fits = 1
        while fits < len(left) and metrics.horizontalAdvance(" ".join(left[: fits + 1])) <= room:
            fits += 1
        lines.append(" ".join(left[:fits]))
        left = left[fits:]
    return [*lines, cut_between_words(metrics, " ".join(left), room)] if left else lines


def cut_between_words(metrics: QFontMetrics, text: str, room: int) -> str:
    """Return as many whole words as there is room for: a date or a number is never cut in two."""
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    if shown == text or " " not in shown:
        return shown
    return f"{shown.rpartition(' ')[0].rstrip(' ·')} …"


def _draw_elided(painter: QPainter, box: QRect, text: str) -> int:
    """Draw one line, cut with an ellipsis where it must be, and return the width it took."""
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _MIDDLE, shown)
    return metrics.horizontalAdvance(shown)
