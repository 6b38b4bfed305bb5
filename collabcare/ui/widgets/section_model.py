"""The rows of a sectioned list as Qt's model: headers and their rows in one flat column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from collabcare.ui.widgets.look import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

Index: TypeAlias = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole
_FIXED = Qt.ItemFlag.ItemIsEnabled
_CHOOSABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRow:
    """Two lines about somebody, or three with a long detail, and the one act that is due.

    ``key`` finds the row again after a reload; ``spoken`` is for screen readers where dates are short.
    """

    key: object
    title: str
    detail: str
    act: str
    aside: str = ""
    icon: str = ""
    tone: Tone = Tone.NEUTRAL
    done: bool = False
    spoken: str = ""
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; an empty one says ``none``, a ``folded`` one begins collapsed."""

    title: str
    rows: tuple[SectionRow, ...]
    none: str = "None"
    folded: bool = False


@dataclass(frozen=True, slots=True)
class SectionHead:
    """A heading as the list shows it."""

    title: str
    count: int
    none: str
    collapsed: bool


Entry: TypeAlias = SectionHead | SectionRow


class SectionModel(QAbstractListModel):
    """Holds sections and which of them are collapsed; a heading is reachable only while collapsed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[Section, ...] = ()
        self._collapsed: set[str] = set()
        self._folded: set[str] = set()
        self._entries: list[Entry] = []

    def set_sections(self, sections: Sequence[Section]) -> None:
        """Show other sections; those of the same title stay collapsed."""
        self._sections = tuple(sections)
        new = {section.title for section in sections if section.folded} - self._folded
        self._folded |= new
        self._collapsed |= new
        self._rebuild()

    def toggle(self, title: str) -> None:
        """Collapse a section or open it again."""
        self._collapsed ^= {title}
        self._rebuild()

    def entry(self, index: Index) -> Entry:
        """Return what stands at ``index``."""
        return self._entries[index.row()]

    def place_of(self, key: object) -> int | None:
        """Return where the row with ``key`` stands, or None when it is not shown."""
        for place, entry in enumerate(self._entries):
            if isinstance(entry, SectionRow) and entry.key == key:
                return place
        return None

    def heading_over(self, place: int) -> int:
        """Return where the heading of the entry at ``place`` stands."""
        while not isinstance(self._entries[place], SectionHead):
            place -= 1
        return place

    def is_choosable(self, place: int) -> bool:
        """Return whether the keyboard stops at ``place``."""
        entry = self._entries[place]
        return isinstance(entry, SectionRow) or (entry.collapsed and entry.count > 0)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _CHOOSABLE if self.is_choosable(index.row()) else _FIXED

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(entry)
        return None

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._entries = []
        for section in self._sections:
            collapsed = section.title in self._collapsed
            self._entries.append(SectionHead(section.title, len(section.rows), section.none, collapsed))
            if not collapsed:
                self._entries.extend(section.rows)
        self.endResetModel()


def _spoken(entry: Entry) -> str:
    if isinstance(entry, SectionHead):
        return f"{entry.title}, {entry.count or entry.none}{', collapsed' if entry.collapsed else ''}"
    words = entry.spoken or ". ".join(part for part in (entry.title, entry.aside, entry.detail) if part)
    if entry.done:
        return f"Done. {words}"
    return f"{words}. Enter: {entry.act}" if entry.act else words
