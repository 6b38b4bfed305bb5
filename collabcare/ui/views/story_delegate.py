"""Paints one thing that happened: its day, a drawing, what it was, and the note in whole words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from collabcare.domain.display import fmt_date, fmt_time
from collabcare.queries.timeline_entry import EntryKind, TimelineEntry
from collabcare.ui.theme import TextSize, Token, current_theme, draw_icon
from collabcare.ui.views.story_model import ENTRY_ROLE
from collabcare.ui.widgets.plain_label import unbroken_dates

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_ICONS = {
    EntryKind.EARLIER: "caseload",
    EntryKind.REFERRAL: "patient",
    EntryKind.STEP_UP: "step-up",
    EntryKind.STEP_DOWN: "step-down",
    EntryKind.CONTACT: "attended",
    EntryKind.CANCELLED: "cancelled",
    EntryKind.MISSED: "not-attended",
    EntryKind.NOT_RECORDED: "clock",
    EntryKind.REMINDER: "bell",
    EntryKind.MOVED: "calendar",
    EntryKind.IN_ERROR: "cancelled",
    EntryKind.NOTE: "note",
    EntryKind.MEASURE: "chart",
    EntryKind.GOAL: "tick",
    EntryKind.MEDICINE: "note",
    EntryKind.SAFETY: "message",
    EntryKind.HASTE: "info",
    EntryKind.TRACK: "search",
    EntryKind.PUT_OFF: "clock",
    EntryKind.PAUSE: "step-hold",
    EntryKind.ATTEMPT: "phone",
    EntryKind.REVIEW: "report",
    EntryKind.MILESTONE: "check",
    EntryKind.PROPOSAL: "arrow-right",
    EntryKind.SUPERVISION: "supervision",
    EntryKind.LETTER: "letter",
    EntryKind.CLOSED: "check",
}
_MARKED = frozenset({EntryKind.MISSED, EntryKind.NOT_RECORDED})
_IN_FULL = frozenset({EntryKind.CONTACT, EntryKind.CANCELLED, EntryKind.MISSED, EntryKind.NOTE})
"""What was written about a contact is read without opening anything."""
_MOST_LINES = 3
_LINE_SEPARATOR = "\N{LINE SEPARATOR}"
_EDGE, _TOP, _GAP, _ICON = 12, 9, 10, 18


@dataclass(frozen=True, slots=True)
class _Measured:
    """One entry laid out for a width: its lines, and whether some are kept back."""

    title: tuple[str, ...]
    text: tuple[str, ...]
    more: int
    height: int


class StoryDelegate(QStyledItemDelegate):
    """Two lines and up to a whole note; a long note shows its first lines until it is opened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.opened: set[str] = set()
        self._width = 0
        self._laid_out: dict[tuple[str, str, int, bool, int], _Measured] = {}

    def set_width(self, width: int) -> None:
        """Lay everything out for another width."""
        if width != self._width:
            self._width = width
            self._laid_out.clear()

    def is_long(self, entry: TimelineEntry) -> bool:
        """Return whether some lines of this entry are kept back until it is opened."""
        return self._measured(entry, whole=False).more > 0

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        entry = index.data(ENTRY_ROLE)
        return QSize(0, self._measured(entry, whole=entry.key in self.opened).height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: TimelineEntry = index.data(ENTRY_ROLE)
        theme = current_theme()
        rect, chosen = option.rect, bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(rect, theme.colour(Token.SELECTION))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour(Token.HOVER))
        painter.setPen(QPen(theme.colour(Token.LINE), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._paint_when(painter, rect, entry, chosen=chosen)
        self._paint_words(painter, rect, entry, chosen=chosen)
        painter.restore()

    def _paint_when(self, painter: QPainter, rect: QRect, entry: TimelineEntry, *, chosen: bool) -> None:
        theme = current_theme()
        left, top = rect.left() + theme.px(_EDGE), rect.top() + theme.px(_TOP)
        token = Token.ATTENTION if entry.kind in _MARKED else Token.TEXT_SECONDARY
        side = theme.px(_ICON)
        icon_token = theme.on_selection(token) if chosen else token
        draw_icon(painter, _ICONS[entry.kind], icon_token, QPoint(left, top + theme.px(1)), side)
        font = theme.font(TextSize.SECONDARY)
        painter.setFont(font)
        painter.setPen(theme.colour(Token.SELECTION_SECONDARY if chosen else Token.TEXT_SECONDARY))
        metrics = QFontMetrics(font)
        baseline = top + metrics.ascent() + theme.px(1)
        left += side + theme.px(8)
        painter.drawText(left, baseline, fmt_date(entry.on, weekday=True))
        if entry.at is not None:
            painter.drawText(left, baseline + metrics.lineSpacing(), fmt_time(entry.at))

    def _paint_words(self, painter: QPainter, rect: QRect, entry: TimelineEntry, *, chosen: bool) -> None:
        theme = current_theme()
        measured = self._measured(entry, whole=entry.key in self.opened)
        left, top = rect.left() + self._indent(), rect.top() + theme.px(_TOP)
        painter.setPen(theme.colour(Token.SELECTION_TEXT if chosen else Token.TEXT))
        top = _draw_lines(painter, measured.title, theme.font(bold=True), left, top)
        top = _draw_lines(painter, measured.text, theme.font(), left, top)
        if measured.more:
            accent = theme.on_selection(Token.ACCENT) if chosen else Token.ACCENT
            painter.setPen(theme.colour(accent))
            words = f"{measured.more} more lines: Enter shows them"
            _draw_lines(painter, (words,), theme.font(TextSize.SECONDARY), left, top)

    def _indent(self) -> int:
        theme = current_theme()
        widest = QFontMetrics(theme.font(TextSize.SECONDARY)).horizontalAdvance("Wed 28-Nov-2026")
        return theme.px(_EDGE) + theme.px(_ICON) + theme.px(8) + widest + theme.px(_GAP)

    def _measured(self, entry: TimelineEntry, *, whole: bool) -> _Measured:
        theme = current_theme()
        key = (entry.key, f"{entry.title}\n{entry.text}", self._width, whole, theme.px(100))
        if key not in self._laid_out:
            self._laid_out[key] = self._lay_out(entry, whole=whole)
        return self._laid_out[key]

    def _lay_out(self, entry: TimelineEntry, *, whole: bool) -> _Measured:
        theme = current_theme()
        room = max(self._width - self._indent() - theme.px(_EDGE), theme.px(80))
        title = _lines(entry.title, theme.font(bold=True), room)
        text = _lines(entry.text, theme.font(), room) if entry.text else ()
        # One line more is cheaper than a line that says there is one more.
        whole = whole or entry.kind in _IN_FULL or len(text) <= _MOST_LINES + 1
        more = 0 if whole else len(text) - _MOST_LINES
        shown = text[:_MOST_LINES] if more else text
        body = QFontMetrics(theme.font()).lineSpacing()
        small = QFontMetrics(theme.font(TextSize.SECONDARY)).lineSpacing()
        height = (len(title) + len(shown)) * body + (small if more else 0)
        least = small * (2 if entry.at is not None else 1)
        return _Measured(title, shown, more, max(height, least) + 2 * theme.px(_TOP))


def _lines(text: str, font: QFont, width: int) -> tuple[str, ...]:
    """Break text between words into lines of at most ``width``; only a word longer than that is broken."""
    whole = unbroken_dates(text.replace("\n", _LINE_SEPARATOR))
    layout = QTextLayout(whole, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = whole.encode("utf-16-le")  # Qt counts UTF-16 units
    found: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, end = line.textStart(), line.textStart() + line.textLength()
        found.append(units[2 * start : 2 * end].decode("utf-16-le").rstrip(f" {_LINE_SEPARATOR}"))
    layout.endLayout()
    return tuple(found)


def _draw_lines(painter: QPainter, lines: tuple[str, ...], font: QFont, left: int, top: int) -> int:
    """Draw lines one under the other and return where the next would start."""
    metrics = QFontMetrics(font)
    painter.setFont(font)
    for line in lines:
        painter.drawText(QPointF(left, top + metrics.ascent()), line)
        top += metrics.lineSpacing()
    return top
