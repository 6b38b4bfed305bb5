"""The story of one patient: the timeline under chips that narrow it, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from collabcare.domain.display import fmt_count
from collabcare.queries.timeline import EntryKind, TimelineEntry, TimelineFilter, only, spoken_when
from collabcare.ui.theme import current_theme
from collabcare.ui.views.story_delegate import StoryDelegate
from collabcare.ui.views.story_model import ENTRY_ROLE, StoryModel
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.chip import ChipBar
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_FILTERS = (
    Option(None, "All"),
    Option(TimelineFilter.CONTACTS, "Contacts", "Contacts, cancellations and missed appointments"),
    Option(TimelineFilter.MISSED, "Missed", "Missed appointments and the attempts to reach again"),
    Option(TimelineFilter.SCORES, "Scores", "Measures and the safety conversations they ask for"),
    Option(TimelineFilter.STEPS, "Steps", "Referral, steps up and down, and the end of care"),
    Option(TimelineFilter.SUPERVISION, "Supervision", "Reviews with their decisions and actions"),
    Option(TimelineFilter.LETTERS, "Letters", "Letters issued"),
)


_LEAST = 52
_OPENING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class StoryList(QListView):
    """The entries; arrows move, Enter opens a letter or a long note, Ctrl+C copies an entry.

    Signals:
        entry_opened: The entry the user opened.
    """

    entry_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = StoryModel(self)
        self._words = StoryDelegate(self)
        self.setModel(self.entries)
        self.setItemDelegate(self._words)
        self.setAccessibleName("The story, newest first")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(False)
        self.verticalScrollBar().setSingleStep(24)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(lambda index: self.open_entry(index.data(ENTRY_ROLE)))

    def set_entries(self, entries: tuple[TimelineEntry, ...]) -> None:
        """Show other entries, keeping the same one chosen if it is still there."""
        kept = self.current_entry()
        self.entries.set_entries(entries)
        row = self.entries.row_of(kept.key) if kept is not None else -1
        if row >= 0:
            index = self.entries.index(row)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def current_entry(self) -> TimelineEntry | None:
        """Return the entry the keyboard is on."""
        index = self.currentIndex()
        found: TimelineEntry | None = index.data(ENTRY_ROLE) if index.isValid() else None
        return found

    def open_entry(self, entry: TimelineEntry) -> None:
        """Show the whole of a long note, or its first lines again; a letter is opened by whoever listens."""
        if entry.kind is EntryKind.LETTER:
            self.entry_opened.emit(entry)
        elif self._words.is_long(entry):
            self._words.opened ^= {entry.key}
            self.scheduleDelayedItemsLayout()
            self.viewport().update()
            announce(self, entry.text)

    def sizeHint(self) -> QSize:
        # What it can make do with; beside wrapped text Qt takes the hint for the least.
        return QSize(super().sizeHint().width(), current_theme().px(_LEAST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = self.current_entry()
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if entry is not None and plain and event.key() in _OPENING:
            self.open_entry(entry)
            return
        if entry is not None and event.matches(QKeySequence.StandardKey.Copy):
            words = f"{spoken_when(entry)}: {entry.title}\n{entry.text}".strip()
            QGuiApplication.clipboard().setText(words)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._words.set_width(self.viewport().width())
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _on_clicked(self, index: QModelIndex) -> None:
        entry: TimelineEntry = index.data(ENTRY_ROLE)
        if entry.kind is not EntryKind.LETTER:
            self.open_entry(entry)


class StoryView(Card):
    """Chips and the list under them.

    Signals:
        entry_opened: The letter the user opened, as its timeline entry.
    """

    entry_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("The story")
        self._all: tuple[TimelineEntry, ...] = ()
        self.chips = ChipBar("Show", _FILTERS)
        self.list = StoryList()
        self.list.setObjectName("story_list")
        self._none = EmptyState("search", "")
        self._none.hide()
        self._none.act_requested.connect(self.show_all)
        self._narrowed = PlainLabel("", TextRole.SECONDARY)
        self._narrowed.hide()
        self.body.addWidget(self.chips)
        self.body.addWidget(self._narrowed)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._none, 1)
        self.chips.chosen.connect(self._on_chosen)
        self.list.entry_opened.connect(self.entry_opened)

    def set_entries(self, entries: tuple[TimelineEntry, ...]) -> None:
        """Show another story, narrowed as before."""
        self._all = entries
        self._show()

    def shown(self) -> tuple[TimelineEntry, ...]:
        """Return the entries in the list."""
        return self.list.entries.shown

    def show_all(self) -> None:
        """Show the whole story again."""
        self.chips.set_value(None)
        self._show()
        self.list.setFocus()

    def _on_chosen(self) -> None:
        self._show()
        announce(self, fmt_count(len(self.shown()), "entry", "entries"))

    def _show(self) -> None:
        wanted = self.chips.value()
        narrowed = only(self._all, wanted if isinstance(wanted, TimelineFilter) else None)
        self.list.set_entries(narrowed)
        self.list.setVisible(bool(narrowed))
        self._none.setVisible(not narrowed)
        self._none.say("Nothing of this kind yet.", "Show the whole story")
        self._narrowed.setText(f"Showing {len(narrowed)} of {len(self._all)}. All shows the rest.")
        self._narrowed.setVisible(wanted is not None and bool(narrowed))
