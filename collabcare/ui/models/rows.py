"""One table model for every table: frozen rows shown through declared columns.

Sorting and searching happen here, on Python keys computed once per row: a QSortFilterProxyModel would call
``data`` n log n times across the C++ border. What is drawn is computed once per row too, so that a repaint,
which asks for some three thousand values, finds them ready.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from collabcare.domain.searching import fold
from collabcare.ui.models.sorting import heading, in_order
from collabcare.ui.plain_tip import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from collabcare.ui.models.sorting import SortKey

RowT = TypeVar("RowT")
Index: TypeAlias = QModelIndex | QPersistentModelIndex

CELL_ROLE = Qt.ItemDataRole.UserRole
"""What a column's ``cell`` returns, for the delegate that paints it."""

_FIRST = (0, Qt.SortOrder.AscendingOrder)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_CELL = int(CELL_ROLE)
_SERVED = frozenset({_DISPLAY, _ALIGNMENT, _TIP, _SPOKEN, _CELL})
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(
    frozen=True, kw_only=True
)  # not slotted: a generic slotted dataclass cannot be made in Python 3.11
class Column(Generic[RowT]):
    """What one column shows of a row.

    Attributes:
        title: The heading.
        text: What the cell says.
        sort: What the column is ordered by; None for a row means blank, and blanks come last both ways. Left
            out, the text is the key.
        spoken: What a screen reader says, with months in full; left out, the text.
        tip: What the tool tip says.
        cell: What a delegate paints instead of the text.
        numeric: Set at the right.
        width: In pixels at 100 %.
        dated: Whether its cells show a date, which is never cut: the column is as wide as one takes.
        id: Its name where a choice of columns is kept.
        means: What the column says, for the tool tip of its heading.
    """

    title: str
    text: Callable[[RowT], str]
    sort: Callable[[RowT], object] | None = None
    spoken: Callable[[RowT], str] | None = None
    tip: Callable[[RowT], str] | None = None
    cell: Callable[[RowT], object] | None = None
    numeric: bool = False
    width: int = 120
    dated: bool = False
    id: str = ""
    means: str = ""

    def key(self, row: RowT) -> object:
        """Return what ``row`` is ordered by in this column; None is blank."""
        return (fold(self.text(row)) or None) if self.sort is None else self.sort(row)


class RowModel(QAbstractTableModel, Generic[RowT]):
    """Shows frozen rows through declared columns; holds no session, runs no query.

    Args:
        columns: What to show, left to right.
        key: What tells rows apart across reloads.
        name: What rows are ordered by where the sorted column is equal, such as the patient's name.
        searched: What a search looks in instead of the cells, so that it finds the same whatever is shown.
    """

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        *,
        key: Callable[[RowT], object],
        name: Callable[[RowT], str],
        searched: Callable[[RowT], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key, self._name, self._searched = key, name, searched
        self._all: list[RowT] = []
        self._shown: list[RowT] = []
        self._texts: dict[object, tuple[str, ...]] = {}
        self._needles: dict[object, str] = {}
        self._keys: tuple[SortKey, ...] = (_FIRST,)
        self._needle = ""
        self._wanted: Callable[[RowT], bool] | None = None

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    @property
    def shown(self) -> tuple[RowT, ...]:
        """The rows on show, in order."""
        return tuple(self._shown)

    @property
    def everybody(self) -> tuple[RowT, ...]:
        """All the rows, shown or not, in the order of their names."""
        return tuple(self._all)

    @property
    def sorted_by(self) -> SortKey:
        """The column and direction in force."""
        return self._keys[0]

    @property
    def sort_keys(self) -> tuple[SortKey, ...]:
        """The same, and the second column where one was chosen; after them the name orders."""
        return self._keys

    def set_rows(self, rows: Iterable[RowT]) -> None:
        """Replace the contents, keeping the user's order, search and filter."""
        self.beginResetModel()
        given = list(rows)
        # In the order of names first: sorting is stable, so the name is the second key of every column.
        self._all = sorted(given, key=lambda row: self._name(row).casefold())
        self._say_again()
        self._choose_and_order()
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column[RowT]], *keys: SortKey) -> None:
        """Show other columns, ordered by one or two of them; left out, by the first."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._keys = keys or (_FIRST,)
        self._say_again()
        self._choose_and_order()
        self.endResetModel()

    def found(self, text: str) -> set[object]:
        """Return the keys of all the rows a search would find, shown or not."""
        words = fold(text).split()
        return {key for key, needle in self._needles.items() if all(word in needle for word in words)}

    def search(self, text: str) -> None:
        """Show only rows in which every word of ``text`` is found, accents and case aside."""
        needle = fold(text).strip()
        if needle != self._needle:
            self._needle = needle
            self._rebuild()

    def show_only(self, wanted: Callable[[RowT], bool] | None) -> None:
        """Show only rows that ``wanted`` accepts; None shows all."""
        self._wanted = wanted
        self._rebuild()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns):
            second = self._keys[1:] if column == self._keys[0][0] else ()
            self.sort_by((column, order), *second)

    def sort_by(self, *keys: SortKey) -> None:
        """Order by one column, or by a second where the first is equal."""
        self._keys = keys
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()  # only now: views make theirs when told that the layout will change
        rows = [self._key(self._shown[index.row()]) for index in held]
        self._choose_and_order()
        places = {self._key(row): place for place, row in enumerate(self._shown)} if held else {}
        for index, key in zip(held, rows, strict=True):
            self.changePersistentIndex(index, self.index(places[key], index.column()))
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def row(self, index: Index) -> RowT:
        """Return the row behind ``index``."""
        return self._shown[index.row()]

    def key_at(self, index: Index) -> object:
        """Return what tells the row behind ``index`` apart."""
        return self._key(self._shown[index.row()])

    def index_of(self, key: object) -> QModelIndex:
        """Return where the row with ``key`` is shown; not valid when it is not."""
        for place, row in enumerate(self._shown):
            if self._key(row) == key:
                return self.index(place, 0)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if role not in _SERVED or not index.isValid():
            return None
        place = index.column()
        row = self._shown[index.row()]
        if role == _DISPLAY:
            return self._texts[self._key(row)][place]
        column = self.columns[place]
        if role == _ALIGNMENT:
            return _RIGHT if column.numeric else _LEFT
        if role == _CELL:
            return column.cell(row) if column.cell else None
        if role == _SPOKEN:
            return column.spoken(row) if column.spoken else self._texts[self._key(row)][place]
        return plain_tip(column.tip(row)) if column.tip else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in {_DISPLAY, _SPOKEN}:
            return heading(self.columns[section].title, section, self._keys, spoken=role == _SPOKEN)
        if role == _TIP and (means := self.columns[section].means):
            return plain_tip(means)
        if role == _ALIGNMENT:
            return _RIGHT if self.columns[section].numeric else _LEFT
        return None

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._choose_and_order()
        self.endResetModel()

    def _say_again(self) -> None:
        """Put every row into the words of the columns, once, for drawing and for searching."""
        columns = self.columns
        self._texts = {self._key(row): tuple(each.text(row) for each in columns) for row in self._all}
        self._needles = {self._key(row): self._findable(row) for row in self._all}

    def _findable(self, row: RowT) -> str:
        if self._searched is not None:
            return fold(self._searched(row))
        return fold("\n".join(self._texts[self._key(row)]))

    def _choose_and_order(self) -> None:
        words = self._needle.split()
        hits = [
            row
            for row in self._all
            if (self._wanted is None or self._wanted(row))
            and (not words or all(word in self._needles[self._key(row)] for word in words))
        ]
        self._shown = in_order(hits, self.columns, self._keys)
