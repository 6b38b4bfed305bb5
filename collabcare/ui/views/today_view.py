"""Today: who needs something, why and since when, each with its one next act a keystroke away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from collabcare.domain.display import fmt_count, fmt_date, spoken_dates
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.ids import ActionId
from collabcare.queries.worklist import held_by, held_by_nobody, worklist
from collabcare.services.supervision import complete_action
from collabcare.ui.views.due_acts import GP_LETTER, act_words, due_act, due_tone
from collabcare.ui.views.patient_panel import PatientPanel
from collabcare.ui.views.side_by_side import SideBySide
from collabcare.ui.widgets.chip import ChipBar
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import APART, column, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.section_list import SectionList
from collabcare.ui.widgets.section_model import Section, SectionRow
from collabcare.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from datetime import date

    from collabcare.queries.worklist import WorklistItem, WorklistSection
    from collabcare.services.desk import Desk
    from collabcare.ui.models.open_caseload import OpenCaseload
    from collabcare.ui.tasks import Tasks

_MINE, _NOBODYS, _EVERYONES = "mine", "nobody's", "everyone's"
_STRUCK_MS = 1600
Key = tuple[str, int, int, str]


class TodayView(QWidget):
    """The list of what is due by today, in its fixed order, with a panel about the chosen patient.

    Signals:
        compose_requested: The episode whose page to open, and the form to open there (empty for none).
        letter_requested: The episode to write a letter about, and its kind.
    """

    compose_requested = Signal(object, str)
    letter_requested = Signal(object, str)

    def __init__(
        self, desk: Desk, tasks: Tasks, caseload: OpenCaseload, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._caseload = desk, tasks, caseload
        self._items: dict[object, WorklistItem] = {}
        self._struck: dict[Key, WorklistItem] = {}
        self._chose = False
        self._ahead = False
        self._fetched = False
        self.title = PlainLabel("Today", TextRole.TITLE)
        self.day = PlainLabel("", TextRole.SECONDARY)
        self.count = PlainLabel("", TextRole.STRONG)
        self.whose = ChipBar(
            "Whose",
            (
                Option(_MINE, "Mine", "Patients I hold, and what I said in supervision that I would do."),
                Option(_NOBODYS, "Held by nobody", "Patients no practitioner holds yet."),
                Option(_EVERYONES, "Everyone", "Every open patient."),
            ),
        )
        self.list = SectionList("To do")
        self.message = InlineMessage()
        self.panel = PatientPanel(desk.rulebook)
        self.done = EmptyState("check", "")
        self._pages = QStackedWidget()
        self._lay_out()
        self.whose.chosen.connect(self._on_whose)
        self.list.act_requested.connect(self._on_act)
        self.list.current_changed.connect(self._on_current)
        self.list.opened.connect(self._on_opened)
        self.list.preview_requested.connect(lambda _key: self._split.toggle())
        self.panel.opened.connect(lambda: self._on_opened(self.list.current_key()))
        self.panel.act_requested.connect(lambda: self._on_act(self.list.current_key()))
        self.panel.left.connect(self._on_left)
        self.done.act_requested.connect(self._on_look_ahead)
        caseload.loaded.connect(self.show_rows)

    def my_count(self) -> int:
        """Return how much there is for this user to do today, whichever list is on show."""
        return _count(self._worklist(_MINE, self._caseload.today))

    def show_rows(self) -> None:
        """Show the rows as they were last read."""
        if not self._chose:
            holds = held_by(self._caseload.rows, self._desk.acting.user_id)
            self.whose.set_value(_MINE if holds else _EVERYONES)
            self._chose = bool(self._caseload.rows)
        for whose in (_MINE, _NOBODYS, _EVERYONES):
            self.whose.set_count(whose, _count(self._worklist(whose, self._caseload.today)))
        sections = self._worklist(str(self.whose.value()), self._until())
        self._items = {_key(item): item for section in sections for item in section.items}
        total = len(self._items)
        self.day.setText(fmt_date(self._caseload.today, weekday=True))
        self.day.setAccessibleName(spoken_dates(self.day.whole_text()))
        self.count.setText(fmt_count(total, "thing to do", "things to do") if total else "")
        self._say_done(total)
        self.list.set_sections([self._section(section) for section in sections])
        self._on_current(self.list.current_key())
        self._pages.setCurrentIndex(0 if total or self._struck else 1)

    def explain(self) -> None:
        """Say why the chosen row is there, in the panel beside it; Esc there leads back to the list."""
        if self.list.current_key() is None:
            return
        self._fetched = not self.panel.isVisible()
        if self._fetched:
            self._split.toggle()
        self.panel.explain()

    def take_keyboard(self) -> None:
        """Put the keyboard on the list."""
        (self.list if self._pages.currentIndex() == 0 else self.done).setFocus()

    def _until(self) -> date:
        today = self._caseload.today
        return self._desk.rulebook.calendar.nth_after(today, 1) if self._ahead else today

    def _worklist(self, whose: str, until: date) -> tuple[WorklistSection, ...]:
        rows = self._caseload.rows
        if whose == _MINE:
            return worklist(rows, until=until, for_user=self._desk.acting.user_id)
        return worklist(held_by_nobody(rows) if whose == _NOBODYS else rows, until=until)

    def _section(self, section: WorklistSection) -> Section:
        rows = [self._row(item) for item in section.items if _key(item) not in self._struck]
        rows += [self._row(item) for item in self._struck.values() if item.due.kind is section.kind]
        return Section(due_act(section.kind).section, tuple(rows))

    def _row(self, item: WorklistItem) -> SectionRow:
        patient, due, how = item.row.facts.patient, item.due, due_act(item.due.kind)
        note = f"  ·  {patient.contact_note}" if how.reaches and patient.contact_note else ""
        detail = f"{due.why}{note}"
        key = _key(item)
        return SectionRow(
            key=key,
            title=patient.name,
            detail=detail,
            aside=item.when,
            act=act_words(due.kind, self._desk.rulebook, self._desk.acting.role),
            icon=how.icon,
            tone=due_tone(due, item.row.today),
            done=key in self._struck,
            spoken=spoken_dates(f"{patient.name}. {item.when}. {detail}"),
        )

    def _say_done(self, total: int) -> None:
        if total or not self._caseload.known:
            return
        if not self._caseload.rows:
            self.done.say("Nobody is on the caseload yet. Add a patient with Ctrl+N.")
        elif self._ahead:
            self.done.say(
                f"Nothing is due by {fmt_date(self._until(), weekday=True)} either.", "Back to today"
            )
        else:
            self.done.say("All done for today.", "Look at the next working day")

    def _on_look_ahead(self) -> None:
        self._ahead = not self._ahead
        self.title.setText("Next working day" if self._ahead else "Today")
        self.show_rows()

    def _on_whose(self, _value: object) -> None:
        self._chose = True
        self.show_rows()

    def _on_current(self, key: object) -> None:
        item = self._items.get(key)
        if item is None:
            self.panel.show_nobody()
            return
        words = act_words(item.due.kind, self._desk.rulebook, self._desk.acting.role)
        self.panel.show_row(item.row, item.due, words)

    def _on_left(self) -> None:
        """Go back to the list after an explanation; a panel fetched for it goes again."""
        if self._fetched and self.panel.isVisible():
            self._split.toggle()
        self._fetched = False
        self.list.setFocus()

    def _on_opened(self, key: object) -> None:
        if (item := self._items.get(key)) is not None:
            self.compose_requested.emit(item.row.facts.episode_id, "")

    def _on_act(self, key: object) -> None:
        item = self._items.get(key)
        if item is None:
            return
        episode_id, due = item.row.facts.episode_id, item.due
        if due.kind is DueKind.SUPERVISION_ACTION:
            self._mark_done(item)
        elif due.kind is DueKind.GP_LETTER:
            self.letter_requested.emit(episode_id, GP_LETTER)
        else:
            self.compose_requested.emit(episode_id, due_act(due.kind).compose)

    def _mark_done(self, item: WorklistItem) -> None:
        """Record an agreed action as done; the row is struck through for a moment, then goes."""
        key, action = _key(item), item.due.subject_id
        if action is None or key in self._struck:
            return
        self._struck[key] = item
        self.message.clear()
        self._tasks.write(
            partial(complete_action, ActionId(action), self._desk.uow),
            lambda _changes: QTimer.singleShot(_STRUCK_MS, self, partial(self._unstrike, key)),
            partial(self._on_refused, key),
        )

    def _on_refused(self, key: Key, sentence: str) -> None:
        self._unstrike(key)
        self.message.show_error(sentence)

    def _unstrike(self, key: Key) -> None:
        self._struck.pop(key, None)
        self.show_rows()

    def _lay_out(self) -> None:
        self._pages.addWidget(Sheet(self.list))
        self._pages.addWidget(self.done)
        self._split = SideBySide(self._pages, self.panel)
        head = row(self.title, self.day, self.whose, self.count, gap=APART)
        head.setStretch(2, 1)
        page = column(head, self.message, self._split, gap=12, margin=20)
        page.setStretch(2, 1)
        self.setLayout(page)


def _key(item: WorklistItem) -> Key:
    due = item.due
    return (due.kind.value, item.row.facts.episode_id, due.subject_id or 0, due.why)


def _count(sections: tuple[WorklistSection, ...]) -> int:
    return sum(len(section.items) for section in sections)
