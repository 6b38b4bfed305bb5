"""One table of the report on the caseload, read by keyboard and by screen reader like any list."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt

from collabcare.domain.display import spoken_dates
from collabcare.domain.loop_tables import cell_words
from collabcare.domain.shares import Share, Spread
from collabcare.ui.models.row_table import RowTable
from collabcare.ui.models.rows import Column, RowModel
from collabcare.ui.theme import current_theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.loop_table import Cell, LoopTable

SHARES = {
    "caseload": (3.6, 2.0, 4.0),
    "improved": (2.0, 2.6, 2.6, 2.6, 3.2),
    "ended": (3.6, 2.0, 4.6),
    "summary": (4.4, 3.2, 4.6),
    "attempts": (3.6, 1.0, 2.6, 2.6, 3.4),
    "ways": (3.6, 3.0, 4.0),
    "reasons": (3.6, 3.0),
    "appointments": (3.6, 3.0, 4.6),
    "practitioners": (2.6, 1.0, 2.2, 2.4, 2.4, 3.4),
    "returning": (3.0, 1.0, 0.5, 3.0, 1.0, 2.0),
    "sought": (3.0, 0.5, 0.5, 0.5, 4.0, 2.0, 1.0, 1.0),
}
"""What part of the room to spare each column takes, by the table's id."""
_WIDEST = 240
"""How wide words may make a column where there is no room to spare; numbers and dates are never cut."""
_ORDERED = {"practitioners": 0, "sought": 2, "returning": 2}
"""The tables a user may order, and the column they are ordered by at first."""
_LONGEST_FIRST = "sought"


class LoopRow(NamedTuple):
    """One line: its place in the table, its cells, and the patient it is about, if any."""

    place: int
    cells: tuple[Cell, ...]
    episode_id: EpisodeId | None = None


class LoopTableView(RowTable):
    """Shows one table; its columns share the width there is."""

    def __init__(self, table: LoopTable, parent: QWidget | None = None) -> None:
        self.model_of = RowModel[LoopRow](
            _columns(table), key=lambda row: row.place, name=lambda row: f"{row.place:06}"
        )
        super().__init__(self.model_of, table.title, parent)
        self._shares = SHARES[table.id]
        first = _ORDERED.get(table.id)
        self.setSortingEnabled(first is not None)
        if first is not None:
            falls = table.id == _LONGEST_FIRST
            order = Qt.SortOrder.DescendingOrder if falls else Qt.SortOrder.AscendingOrder
            self.sortByColumn(first, order)
        self.horizontalHeader().setSectionsMovable(False)
        self.viewport().installEventFilter(self)

    def show_table(self, table: LoopTable, about: Sequence[EpisodeId] = ()) -> None:
        """Show its lines; ``about`` are the patients they are about, line by line."""
        episodes = [*about, *[None] * (len(table.rows) - len(about))]
        lines = zip(table.rows, episodes, strict=True)
        self.model_of.set_rows([LoopRow(place, cells, one) for place, (cells, one) in enumerate(lines)])
        self._share()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.viewport() and event.type() == QEvent.Type.Resize:
            self._share()
        return super().eventFilter(watched, event)

    def _share(self) -> None:
        """Give each column what is in it, and its part of the room to spare; without room, scroll."""
        widest, head = current_theme().px(_WIDEST), self.horizontalHeader()
        needed = [
            max(min(self.sizeHintForColumn(place), widest), head.sectionSizeHint(place))
            for place in range(len(self._shares))
        ]
        spare = max(self.viewport().width() - sum(needed), 0)
        for place, share in enumerate(self._shares):
            self.setColumnWidth(place, needed[place] + int(spare * share / sum(self._shares)))


def _columns(table: LoopTable) -> list[Column[LoopRow]]:
    ordered = table.id in _ORDERED
    return [
        Column(
            title=title,
            text=_text(place),
            sort=_key(place) if ordered else (lambda row: row.place),
            spoken=_spoken(place),
            tip=_text(place),
        )
        for place, title in enumerate(table.headings)
    ]


def _text(place: int) -> Callable[[LoopRow], str]:
    return lambda row: cell_words(row.cells[place])


def _spoken(place: int) -> Callable[[LoopRow], str]:
    return lambda row: spoken_dates(cell_words(row.cells[place]))


def _key(place: int) -> Callable[[LoopRow], object]:
    """Return what a column is ordered by: shares by their size, days by the middle one."""

    def key(row: LoopRow) -> object:
        cell = row.cells[place]
        if isinstance(cell, Share):
            return cell.numerator / cell.denominator if cell.denominator else None
        if isinstance(cell, Spread):
            return cell.median if cell.count else None
        return cell.casefold() or None if isinstance(cell, str) else cell

    return key
