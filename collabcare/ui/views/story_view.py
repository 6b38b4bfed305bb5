"""The story of one patient: the timeline under chips that narrow it, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from collabcare.domain.display import fmt_count
from collabcare.queries.page_timeline import entry_of
from collabcare.queries.timeline_entry import EntryKind, TimelineEntry, TimelineFilter, only, spoken_when
from collabcare.ui.forms.lines import as_wide_as_there_is_room
from collabcare.ui.theme import current_theme
from collabcare.ui.views.story_delegate import StoryDelegate
from collabcare.ui.views.story_model import ENTRY_ROLE, StoryModel
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.chip import ChipBar
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.layouts import STRETCH, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.search_edit import SearchEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.story_marks import StoryMark

_FILTERS = (
    Option(None, "All"),
    Option(TimelineFilter.CONTACTS, "Contacts", "Contacts, cancellations, missed appointments, reminders"),
    Option(TimelineFilter.MISSED, "Missed", "Missed appointments, attempts to reach again, what was put off"),
    Option(TimelineFilter.SCORES, "Scores", "Questionnaires, with what was corrected"),
    Option(TimelineFilter.SAFETY, "Safety", "Safety conversations, assessments, plans, and what makes haste"),
    Option(TimelineFilter.STEPS, "Steps", "Referral, steps, pauses, proposals, other care, the end of care"),
    Option(TimelineFilter.GOALS, "Goals", "Goals and how close they felt"),
    Option(TimelineFilter.MEDICINES, "Medicines", "Medicines started, changed and stopped, as reported"),
    Option(TimelineFilter.SUPERVISION, "Supervision", "Reviews with their decisions and actions"),
    Option(TimelineFilter.LETTERS, "Letters", "Letters issued"),
    Option(TimelineFilter.NOTES, "Notes", "Notes written outside a contact"),
)


_ELSEWHERE = frozenset({EntryKind.LETTER, EntryKind.EARLIER})
"""What is opened on a page of its own."""
_LEAST = 52
_SEARCH = 260
_LOW = 230
"""Lower than this, one list stands in the place of the chips, so that the story keeps some room."""
_OPENING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class StoryList(QListView):
    """The entries; arrows move, Enter opens a letter, other care or a long note, Ctrl+C copies an entry.

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

    def choose(self, entry: TimelineEntry) -> None:
        """Put the keyboard on an entry and bring all of it into view."""
        index = self.entries.index(self.entries.row_of(entry.key))
        if self._words.is_long(entry):
            self._words.opened |= {entry.key}
            self.scheduleDelayedItemsLayout()
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)

    def current_entry(self) -> TimelineEntry | None:
        """Return the entry the keyboard is on."""
        index = self.currentIndex()
        found: TimelineEntry | None = index.data(ENTRY_ROLE) if index.isValid() else None
        return found

    def open_entry(self, entry: TimelineEntry) -> None:
        """Show the whole of a long note, or its first lines again; a letter is opened by whoever listens."""
        if entry.kind in _ELSEWHERE:
            self.entry_opened.emit(entry)
        elif self._words.is_long(entry):
            self._words.opened ^= {entry.key}
            self.scheduleDelayedItemsLayout()
            self.viewport().update()
            announce(self, entry.text)

    def sizeHint(self) -> QSize:
        # What it can make do with; beside wrapped text Qt takes the hint for the least.
        return QSize(super().sizeHint().width(), current_theme().px(_LEAST))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), current_theme().px(_LEAST))

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
        if entry.kind not in _ELSEWHERE:
            self.open_entry(entry)


class StoryView(Card):
    """Chips, a box to search in, and the list under them; ``search`` finds words in all of it.

    Signals:
        entry_opened: The letter or the other care the user opened, as its timeline entry.
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
        self.search = SearchEdit("Find in the story")
        self.search.setMaximumWidth(current_theme().px(_SEARCH))
        self._narrowed = PlainLabel("", TextRole.SECONDARY, elide=True)
        self.narrow = ComboBox("Show", _FILTERS)
        as_wide_as_there_is_room(self.narrow)
        self.narrow.hide()
        self.over_time = Button("Over time", ButtonKind.QUIET, compact=True)
        self.over_time.setToolTip("Show the story as a picture, in the place of this list")
        self.over_time.hide()
        found = row(self.narrow, self.search, self._narrowed, STRETCH, self.over_time, gap=8)
        found.setStretch(1, 1)
        self.body.addWidget(self.chips)
        self.body.addLayout(found)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._none, 1)
        self.chips.chosen.connect(self.narrow.set_value)
        self.chips.chosen.connect(self._on_chosen)
        self.narrow.activated.connect(self._on_narrowed)
        self.search.textChanged.connect(self._on_chosen)
        self.list.entry_opened.connect(self.entry_opened)

    def set_entries(
        self, entries: tuple[TimelineEntry, ...], other_care: tuple[TimelineEntry, ...] = ()
    ) -> None:
        """Show another story, narrowed as before, with the patient's other episodes at its end."""
        self._all = (*entries, *other_care)
        self._show()

    def shown(self) -> tuple[TimelineEntry, ...]:
        """Return the entries in the list."""
        return self.list.entries.shown

    def go_to(self, mark: StoryMark) -> None:
        """Show the entry a mark of the picture stands for, with the keyboard on it, all of it in view."""
        entry = entry_of(mark, self._all)
        if entry is None:
            announce(self, f"{mark.spoken}. It is still to come, so the story does not have it yet.")
            return
        if self.list.entries.row_of(entry.key) < 0:
            self.show_all()
        self.list.choose(entry)
        self.list.setFocus()

    def show_all(self) -> None:
        """Show the whole story again."""
        self.chips.set_value(None)
        self.narrow.set_value(None)
        self.search.clear()
        self._show()
        self.list.setFocus()

    def offer_picture(self, *, offered: bool) -> None:
        """Offer the picture, where there is no room for it nor for the line that brings it out."""
        self.over_time.setVisible(offered)

    def least_height(self) -> int:
        """Return what it can make do with: one list in the place of the chips, and two entries."""
        chips = 0 if self.chips.isHidden() else self.chips.minimumSizeHint().height() + self.body.spacing()
        return self.minimumSizeHint().height() - chips

    def make_do_with(self, height: int) -> None:
        """Show the chips, or where it is low one list in their place."""
        low = height < current_theme().px(_LOW)
        self.narrow.setVisible(low)
        self.chips.setVisible(not low)
        self.body.invalidate()  # Qt would keep the least height of the chips while all of it is hidden
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.make_do_with(event.size().height())

    def _on_narrowed(self) -> None:
        self.chips.set_value(self.narrow.value())
        self._on_chosen()

    def _on_chosen(self) -> None:
        self._show()
        announce(self, fmt_count(len(self.shown()), "entry", "entries"))

    def _show(self) -> None:
        wanted, words = self.chips.value(), self.search.text()
        narrowed = only(self._all, wanted if isinstance(wanted, TimelineFilter) else None, words)
        self.list.set_entries(narrowed)
        self.list.setVisible(bool(narrowed))
        self._none.setVisible(not narrowed)
        nothing = "Nothing has these words." if words.strip() else "Nothing of this kind yet."
        self._none.say(nothing, "Show the whole story")
        of = f" of {len(self._all)}" if len(narrowed) < len(self._all) else ""
        self._narrowed.setText(f"Showing {len(narrowed)}{of}")
        self._narrowed.setVisible(bool(narrowed))
