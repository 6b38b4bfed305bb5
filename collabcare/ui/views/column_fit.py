"""Gives a table's columns their widths: room to spare goes to names, want of room hides or scrolls."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFontMetricsF

from collabcare.domain.display import fmt_date
from collabcare.ui.theme import TextSize, current_theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtWidgets import QTableView

    from collabcare.ui.models.rows import Column


_DRAWN, _PLAIN = (9, 8), (6, 6)
"""The room left and right of the words of a cell that is drawn by a delegate or not, in pixels at 100 %."""
_FRAME = 6
"""What Qt itself leaves around plain words, at any size of text."""
_TINY = 1e-6


class ColumnFit(QObject):
    """Places the columns again whenever the room changes.

    As they come, the columns never need a horizontal scroll bar: where there is no room the least needed
    are hidden, and that is said. Columns the user chose are all shown, at their widths, and scrolled.

    Signals:
        hidden: The titles of the columns that had to be hidden.
        resized: The id of a column the user made wider or narrower, and its width at 100 %.

    Args:
        table: Whose columns to fit.
        columns: What it shows, each with its width at 100 %; :meth:`use` gives it others.
        growing: How the room to spare is shared, by id, or by title where columns have none.
        leaving: The same of columns that may be hidden, the first to go first.
    """

    hidden = Signal(object)
    resized = Signal(str, int)

    def __init__(
        self,
        table: QTableView,
        columns: Sequence[Column[Any]] = (),  # any kind of row
        *,
        growing: Mapping[str, float],
        leaving: Sequence[str],
    ) -> None:
        super().__init__(table)
        self._table = table
        self._columns = tuple(columns)
        self._growing, self._leaving = dict(growing), tuple(leaving)
        self._room = 0
        self._placing = False
        self._scrolls = self._whole = False
        self._left: tuple[str, ...] = ()
        self._needless: frozenset[str] = frozenset()
        self._set_by_hand: frozenset[str] = frozenset()
        table.viewport().installEventFilter(self)
        table.horizontalHeader().sectionResized.connect(self._on_resized)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._table.viewport().width() != self._room:
            self._room = self._table.viewport().width()
            self.fit()
        return super().eventFilter(watched, event)

    def use(
        self, columns: Sequence[Column[Any]], *, scrolls: bool = False, set_by_hand: Iterable[str] = ()
    ) -> None:
        """Fit these columns from now on.

        Args:
            columns: What the table shows, each with its width at 100 %.
            scrolls: Show all of them, whatever room there is.
            set_by_hand: The ids of those that do not grow: the user said how wide they are.
        """
        self._columns, self._scrolls = tuple(columns), scrolls
        self._set_by_hand = frozenset(set_by_hand)
        self.fit()

    def show_whole(self, *, whole: bool) -> None:
        """Show all columns, and scroll, for as long as somebody is choosing among them."""
        if whole is not self._whole:
            self._whole = whole
            self.fit()

    @property
    def needless(self) -> frozenset[str]:
        """The ids of the columns left out because they say nothing just now."""
        return frozenset() if self._scrolls else self._needless

    def leave_out(self, ids: Iterable[str]) -> None:
        """Show other columns: these say nothing just now."""
        needless = frozenset(ids)
        if needless != self._needless:
            self._needless = needless
            self.fit()

    def fit(self) -> None:
        """Give each column its width again, and hide those for which there is no room."""
        needless = self.needless
        widths = {_name(each): wide(each) for each in self._columns if _name(each) not in needless}
        left = () if self._scrolls or self._whole else self._without_room(widths)
        spare = max(self._room - sum(widths.values()), 0)
        grow = {
            name: share
            for name, share in self._growing.items()
            if name in widths and name not in self._set_by_hand
        }
        self._placing = True
        for place, column in enumerate(self._columns):
            name = _name(column)
            self._table.setColumnHidden(place, name not in widths)
            if name in widths:
                share = grow.get(name, 0.0) / (sum(grow.values()) or 1.0)
                self._table.setColumnWidth(place, widths[name] + int(spare * share))
        self._placing = False
        if left != self._left:
            self._left = left
            self.hidden.emit(left)

    def _without_room(self, widths: dict[str, int]) -> tuple[str, ...]:
        """Take out of ``widths`` what there is no room for, and return its titles."""
        titles = {_name(each): each.title for each in self._columns}
        left: list[str] = []
        for name in (each for each in self._leaving if each in widths):
            if sum(widths.values()) <= self._room:
                break
            left.append(titles[name])
            del widths[name]
        return tuple(left)

    def _on_resized(self, place: int, _before: int, after: int) -> None:
        if not self._placing and after and place < len(self._columns):
            column = self._columns[place]
            self.resized.emit(_name(column), max(int(after / _grown() + _TINY), narrowest(column)))


def _name(column: Column[Any]) -> str:  # any kind of row
    return column.id or column.title


def wide(column: Column[Any]) -> int:  # any kind of row
    """Return how wide a column is before it grows: as its text is, and never too narrow for a date."""
    return max(ceil(column.width * _grown() - _TINY), _least(column))


def narrowest(column: Column[Any]) -> int:  # any kind of row
    """Return how narrow a user can make a column, in pixels at 100 %."""
    return int(_least(column) / _grown() + _TINY)


def _grown() -> float:
    """Return how much larger text is than at 100 %: whole pixels make it a little more than was asked for."""
    theme = current_theme()
    return max(theme.scale, theme.font_px(TextSize.BODY) / theme.sizes.font_body)


def _least(column: Column[Any]) -> int:
    """Return what the widest date takes in a column that shows dates, with the room around it."""
    if not column.dated:
        return 0
    metrics = QFontMetricsF(current_theme().font())
    dates = (fmt_date(date(2026, month, 28)) for month in range(1, 13))
    around = sum(current_theme().px(side) for side in (_DRAWN if column.cell else _PLAIN))
    return ceil(max(map(metrics.horizontalAdvance, dates))) + around + (0 if column.cell else _FRAME)
