"""Fits a table's columns to its width: room to spare goes to names, want of room hides the least needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal

from collabcare.ui.theme import current_theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtWidgets import QTableView

    from collabcare.ui.models.rows import Column


class ColumnFit(QObject):
    """Keeps a table without a horizontal scroll bar while the window has the room of a small laptop.

    Signals:
        hidden: The titles of the columns that had to be hidden.

    Args:
        table: Whose columns to fit.
        columns: The columns, with the width each needs at 100 %.
        growing: How the room to spare is shared, by title.
        leaving: The titles of columns that may be hidden, the first to go first.
    """

    hidden = Signal(object)

    def __init__(
        self,
        table: QTableView,
        columns: Sequence[Column[Any]],  # any kind of row
        *,
        growing: Mapping[str, float],
        leaving: Sequence[str],
    ) -> None:
        super().__init__(table)
        self._table = table
        self._columns = tuple(columns)
        self._growing, self._leaving = dict(growing), tuple(leaving)
        self._width = 0
        self._left: tuple[str, ...] = ()
        self._needless: frozenset[str] = frozenset()
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._table.viewport().width() != self._width:
            self._width = self._table.viewport().width()
            self.fit()
        return super().eventFilter(watched, event)

    def leave_out(self, titles: Iterable[str]) -> None:
        """Show other columns: these say nothing just now."""
        self._needless = frozenset(titles)
        self.fit()

    def fit(self) -> None:
        """Give each column its width again, and hide those for which there is no room."""
        theme = current_theme()
        widths = {c.title: theme.px(c.width) for c in self._columns if c.title not in self._needless}
        left: list[str] = []
        for title in (each for each in self._leaving if each in widths):
            if sum(widths.values()) <= self._width:
                break
            left.append(title)
            del widths[title]
        spare = max(self._width - sum(widths.values()), 0)
        shares = {title: share for title, share in self._growing.items() if title in widths}
        for place, column in enumerate(self._columns):
            self._table.setColumnHidden(place, column.title not in widths)
            if column.title in widths:
                share = shares.get(column.title, 0.0) / (sum(shares.values()) or 1.0)
                self._table.setColumnWidth(place, widths[column.title] + int(spare * share))
        if tuple(left) != self._left:
            self._left = tuple(left)
            self.hidden.emit(self._left)
