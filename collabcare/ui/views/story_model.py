"""The timeline as a list Qt can show: one row an entry, read out in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from collabcare.domain.display import fmt_date_long, fmt_time, spoken_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.queries.timeline_entry import TimelineEntry

Index: TypeAlias = QModelIndex | QPersistentModelIndex

ENTRY_ROLE = Qt.ItemDataRole.UserRole
"""The :class:`TimelineEntry` of a row."""

_ROOT = QModelIndex()


class StoryModel(QAbstractListModel):
    """Shows timeline entries; holds no session and runs no query."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: tuple[TimelineEntry, ...] = ()

    def set_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show these entries and no others."""
        self.beginResetModel()
        self.shown = tuple(entries)
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """Return the row of the entry with this key, -1 when it is not shown."""
        return next((row for row, entry in enumerate(self.shown) if entry.key == key), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(entry)
        return None


def _spoken(entry: TimelineEntry) -> str:
    at = f" {fmt_time(entry.at)}" if entry.at else ""
    words = f"{fmt_date_long(entry.on, weekday=True)}{at}: {entry.title}."
    return f"{words} {spoken_dates(entry.text)}" if entry.text else words
