"""A list of lines to choose from, with headings between them: what a quick list shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

CELL_ROLE = Qt.ItemDataRole.UserRole
"""What a delegate paints; None for a line of plain words."""

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line.

    Attributes:
        text: Its words.
        spoken: What is read out instead, empty for the same.
        cell: What a delegate paints instead.
        stands_for: What choosing it gives; None for a heading, which cannot be chosen.
    """

    text: str
    spoken: str = ""
    cell: object = None
    stands_for: object = None


class LineModel(QAbstractListModel):
    """Lines as they are given; all of them are replaced at once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def choices(self) -> tuple[int, ...]:
        """Return the places of the lines that can be chosen."""
        return tuple(place for place, line in enumerate(self.lines) if line.stands_for is not None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken or line.text
        return line.cell if role == CELL_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.lines[index.row()].stands_for is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
