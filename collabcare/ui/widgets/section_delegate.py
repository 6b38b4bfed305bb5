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


class SectionDelegate(QStyledItemDelegate):
    """Draws what the list shows; the view says which button the mouse is over."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pointed_act: QPersistentModelIndex | None = None

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, SectionRow):
            return QSize(0, current_theme().px(_LONG_ROW if entry.is_long else _ROW))
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
        left = rect.left() + theme.px(40)
        button = self.act_rect(entry, rect)
        right = (button.left() if button.isValid() else rect.right()) - theme.px(12)
        first = QRect(left, rect.top() + theme.px(8), right - left, theme.px(20))
        second = first.translated(0, theme.px(20))
        font = _font(bold=True)
        font.setStrikeOut(entry.done)
        painter.setFont(font)
        painter.setPen(theme.colour(Token.SELECTION_TEXT if chosen else Token.TEXT))
        used = _draw_elided(painter, first, entry.title)
        painter.setFont(_font(TextSize.SECONDARY))
        painter.setPen(quiet)
        rest = first.adjusted(used + theme.px(10), 0, 0, 0)
        if painter.fontMetrics().horizontalAdvance(entry.aside) <= rest.width():  # a number is never cut
            painter.drawText(rest, _MIDDLE, entry.aside)
        for line in lines_of(painter.fontMetrics(), entry.detail, second.width(), 2 if entry.is_long else 1):
            painter.drawText(second, _MIDDLE, line)
            second.translate(0, theme.px(20))

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
