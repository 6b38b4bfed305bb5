"""Today: who needs something, why and since when, each with its one next act a keystroke away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from collabcare.domain.display import fmt_count, fmt_date, spoken_dates
from collabcare.domain.due_kinds import SEARCHES, DueKind
from collabcare.queries.worklist import held_by
from collabcare.ui.views.actions_done import ActionsDone
from collabcare.ui.views.caseload_unread import CaseloadUnread
from collabcare.ui.views.due_acts import due_act, form_for, form_there, letter_of
from collabcare.ui.views.read_at import ReadAt
from collabcare.ui.views.side_by_side import SideBySide
from collabcare.ui.views.today_lists import (
    COVERED,
    EVERYONES,
    MINE,
    NOBODYS,
    WHOSE,
    TodayLists,
    key_of,
    row_of,
    waiting_section,
)
from collabcare.ui.views.today_side import TodaySide
from collabcare.ui.views.today_standing import TodayPlace
from collabcare.ui.views.today_told import TodayTold
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.chip import ChipBar
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.head_line import HeadLine
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.section_list import SectionList
from collabcare.ui.widgets.section_model import Section
from collabcare.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from PySide6.QtWidgets import QVBoxLayout

    from collabcare.queries.worklist import WorklistItem, WorklistSection
    from collabcare.services.desk import Desk
    from collabcare.ui.models.open_caseload import OpenCaseload
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.today_lists import Key


class TodayView(QWidget):
    """The list of what is due by today, in its fixed order, with a panel about the chosen patient.

    Signals:
        compose_requested: The episode whose page to open, and the form to open there (empty for none).
        letter_requested: The episode to write a letter about, and its kind.
        page_requested: The episode, the page about the patient to open, and the form there (empty for none).
        reminders_requested: The user wants the reminders to make.
    """

    compose_requested = Signal(object, str)
    letter_requested = Signal(object, str)
    page_requested = Signal(object, object, str)
    reminders_requested = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        prompts: Prompts,
        caseload: OpenCaseload,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._caseload = desk, caseload
        self.items: dict[object, WorklistItem] = {}
        self._chose = False
        self.ahead = False
        self._fetched = False
        self.title = PlainLabel("Today", TextRole.TITLE)
        self.day = PlainLabel("", TextRole.SECONDARY)
        self.count = PlainLabel("", TextRole.STRONG)
        self.read_at = ReadAt()
        self._lists = TodayLists(desk, caseload)
        self.whose = ChipBar("Whose", WHOSE)
        self.list = SectionList("To do")
        self.message = InlineMessage()
        self.actions_done = ActionsDone(desk, tasks, caseload, self)
        self.side = TodaySide(desk, tasks, prompts)
        self.panel = self.side.panel
        self.reminders = Button("", ButtonKind.QUIET, icon_name="bell", compact=True)
        self.done = EmptyState("check", "")
        self._pages = QStackedWidget()
        self.split = SideBySide(self._pages, self.side)
        self.split.alone.connect(lambda alone: self.list.show_whole(whole=alone))
        self._caseload.loaded.connect(self.show_rows)
        self.place = TodayPlace(self, caseload)
        self.unread = CaseloadUnread(self._caseload, self, self.split)
        self.setLayout(_laid_out(self, self._pages, self.split))
        self.told = TodayTold(self, tasks)
        self._connect()

    def _connect(self) -> None:
        self.whose.chosen.connect(lambda value: self.look(ahead=self.ahead, whose=value))
        self.list.act_requested.connect(self._on_act)
        self.list.current_changed.connect(self._on_current)
        self.list.opened.connect(self._on_opened)
        self.list.preview_requested.connect(lambda _key: self.split.toggle())
        self.panel.opened.connect(lambda: self._on_opened(self.list.current_key()))
        self.panel.act_requested.connect(lambda: self._on_act(self.list.current_key()))
        self.panel.left.connect(self._on_left)
        self.panel.later_requested.connect(self.not_now)
        self.side.done.connect(self.list.setFocus)
        self.reminders.clicked.connect(self.reminders_requested)
        self.done.act_requested.connect(lambda: self.look(ahead=not self.ahead))
        self.actions_done.moved.connect(self.show_rows)
        self.actions_done.refused.connect(self.message.show_error)
        self.actions_done.bar.undo_button.clicked.connect(self.take_keyboard)

    def my_counts(self) -> tuple[int, int]:
        """Return how much there is for this user to do today, and how many reminders to make."""
        return self._lists.count(MINE), self._lists.reminders(MINE)

    def show_rows(self) -> None:
        """Show the rows as they were last read."""
        if not self._chose:
            holds = held_by(self._caseload.rows, self._desk.acting.user_id)
            self.whose.set_value(MINE if holds else EVERYONES)
            self._chose = bool(self._caseload.rows)
        self._say_whose()
        sections = self._lists.of(str(self.whose.value()), self._until())
        self.items = {key_of(item): item for section in sections for item in section.items}
        total = len(self.items)
        waiting = self._lists.waiting(str(self.whose.value()), self._until())
        self.items |= {key_of(item): item for item in waiting}
        self.day.setText(fmt_date(self._caseload.today, weekday=True))
        self.day.setAccessibleName(spoken_dates(self.day.whole_text()))
        self.count.setText(fmt_count(total, "thing to do", "things to do") if total else "")
        self.read_at.say(self._caseload.read_at, self._desk.today)
        self._say_reminders()
        self._say_done(total, len(waiting))
        self.list.set_sections(
            [
                *(_section(section, self.actions_done.struck, self._desk) for section in sections),
                *waiting_section(waiting, self._desk),
            ]
        )
        self._on_current(self.list.current_key())
        self.side.read_lines()
        self._pages.setCurrentIndex(0 if total or self.actions_done.struck else 1)

    def look(self, *, ahead: bool, whose: object = None) -> None:
        """Show what there is to do today or until the next working day, perhaps on another list."""
        if whose is not None:
            self._chose = True
            self.whose.set_value(whose)
        self.ahead = ahead
        self.title.setText("Next working day" if ahead else "Today")
        self.show_rows()

    def explain(self) -> None:
        """Say why the chosen row is there, in the panel beside it; Esc there leads back to the list."""
        if self.list.current_key() is None:
            return
        self._fetched = not self.side.isVisible()
        if self._fetched:
            self.split.toggle()
        self.panel.explain()

    def not_now(self) -> None:
        """Let the chosen thing wait, or decline it, with the reason."""
        item = self.items.get(self.list.current_key())
        if item is None:
            return
        self.told.let_go()
        if item.due.kind in SEARCHES:
            self.compose_requested.emit(item.row.facts.episode_id, "put_off")
            return
        if not self.side.isVisible():
            self.split.toggle()
        self.side.not_now(item)

    def has_unsaved(self) -> bool:
        """Return whether anything typed is not saved yet."""
        return self.side.drafting.has_unsaved()

    def keep_drafts(self) -> None:
        """Keep what stands in the form beside the list, so that it comes back whatever happens."""
        self.side.drafting.keep_now()

    def take_keyboard(self) -> None:
        """Put the keyboard on the list."""
        if self._pages.currentIndex() == 0:
            self.list.setFocus()
        else:
            self.done.take_keyboard()

    def _until(self) -> date:
        today = self._caseload.today
        return self._desk.rulebook.calendar.nth_after(today, 1) if self.ahead else today

    def _say_whose(self) -> None:
        """Count each list, and offer that of the colleagues covered where there is one."""
        covered = self._lists.covered()
        self.whose.offer(COVERED, offered=bool(covered), text=f"Covering {', '.join(covered.values())}")
        for whose in (MINE, COVERED, NOBODYS, EVERYONES):
            self.whose.set_count(whose, self._lists.count(whose))

    def _say_reminders(self) -> None:
        """Say how many reminders of coming appointments are to be made: mine, or everybody's."""
        count = self._lists.reminders(str(self.whose.value()))
        self.reminders.setText(fmt_count(count, "reminder"))
        self.reminders.setAccessibleName(fmt_count(count, "reminder to make", "reminders to make"))
        self.reminders.setVisible(bool(count))

    def _say_done(self, total: int, waiting: int) -> None:
        if not total and self._caseload.known:
            self.done.say(*self._lists.nothing_words(self._until(), waiting, ahead=self.ahead))

    def _on_current(self, key: object) -> None:
        self.side.show_item(self.items.get(key))

    def _on_left(self) -> None:
        """Go back to the list after an explanation; a panel fetched for it goes again."""
        if self._fetched and self.side.isVisible():
            self.split.toggle()
        self._fetched = False
        self.list.setFocus()

    def _on_opened(self, key: object) -> None:
        if (item := self.items.get(key)) is not None:
            self.compose_requested.emit(item.row.facts.episode_id, "")

    def _on_act(self, key: object) -> None:
        item = self.items.get(key)
        if item is None:
            return
        episode_id, due = item.row.facts.episode_id, item.due
        if due.kind is DueKind.SUPERVISION_ACTION:
            self.message.pass_on()
            keys = [each for each in self.items if self.items[each].due.kind is due.kind]
            self.actions_done.mark(item, keys.index(key_of(item)))
        elif letter := letter_of(due, item.row.facts, self._desk.rulebook, self._desk.acting.role):
            self.letter_requested.emit(episode_id, letter)
        elif (page := due_act(due.kind).page) is not None:
            self.page_requested.emit(episode_id, page, form_there(due))
        else:
            self.compose_requested.emit(episode_id, form_for(due))


def _section(section: WorklistSection, done: Mapping[Key, tuple[WorklistItem, int]], desk: Desk) -> Section:
    rows = [row_of(item, desk, done=False) for item in section.items if key_of(item) not in done]
    for item, place in done.values():
        if item.due.kind is section.kind:
            rows.insert(place, row_of(item, desk, done=True))
    return Section(due_act(section.kind).section, tuple(rows))


def _laid_out(view: TodayView, pages: QStackedWidget, split: SideBySide) -> QVBoxLayout:
    view.reminders.hide()
    pages.addWidget(Sheet(view.list))
    pages.addWidget(view.done)
    head = HeadLine((view.title, view.day), view.whose, (view.reminders, view.count), view.read_at)
    page = column(head, view.message, view.actions_done.bar, view.unread, split, gap=12, margin=20)
    page.setStretch(4, 1)
    return page
