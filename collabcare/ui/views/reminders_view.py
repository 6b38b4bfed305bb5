"""Reminders to make: whom to ring and whom to write to before an appointment; the program sends nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from collabcare.documents.reminder_pages import reminders_file_name
from collabcare.domain.acting import Permission, allowed
from collabcare.domain.display import fmt_count, fmt_date, spoken_dates
from collabcare.domain.reminder_lists import BY_WORDS, RemindBy, ReminderLine, reminders_today
from collabcare.paths import documents_dir
from collabcare.queries.worklist import held_by
from collabcare.services.loop_lists import SaveReminders, save_reminders
from collabcare.services.reminders import RecordReminder, record_reminder
from collabcare.ui.count import Count
from collabcare.ui.pages import PageName
from collabcare.ui.prompts import FileChoice
from collabcare.ui.views.list_page_view import ListPageView
from collabcare.ui.views.reminder_panel import ReminderPanel, outcome_words, reminder_name
from collabcare.ui.views.side_by_side import SideBySide
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.chip import ChipBar
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.section_list import SectionList
from collabcare.ui.widgets.section_model import Section, SectionRow
from collabcare.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collabcare.domain.people_facts import ReminderOutcome
    from collabcare.domain.reengagement import Channel

_MINE, _EVERYONES = "mine", "everyone's"
_ICONS = {RemindBy.RING: "phone", RemindBy.WRITE: "letter", RemindBy.ASK: "info"}
_FIRST_DIGIT = Qt.Key.Key_1.value
_MOST_DIGITS = 9


class RemindersView(ListPageView):
    """The lists of a day, with a panel about the chosen reminder; a digit marks it done."""

    NAME = PageName.REMINDERS

    def build(self) -> None:
        """Lay out the page."""
        self.lines: dict[object, ReminderLine] = {}
        self._chose = False
        self.day = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.count = PlainLabel("", TextRole.STRONG)
        self.whose = ChipBar(
            "Whose",
            (
                Option(_MINE, "Mine", "Patients I hold."),
                Option(_EVERYONES, "Everyone", "Every open patient."),
            ),
        )
        self.pages = Button("Save as PDF…", icon_name="print", compact=True)
        self.sheet = Button("Save as CSV…", ButtonKind.QUIET, icon_name="save", compact=True)
        if not allowed(self.desk.acting.role, Permission.EXPORT_CASELOAD):
            self.sheet.hide()
        self.list = SectionList("Reminders to make")
        self.panel = ReminderPanel(self.desk, self._tasks)
        self.nobody = EmptyState("check", "")
        self._stack = QStackedWidget()
        self._act = "Mark done" if allowed(self.desk.acting.role, Permission.LOG_ATTEMPT) else ""
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Show the lists of the rows as they were last read."""
        if not self.caseload.known:
            return
        if not self._chose:
            mine = held_by(self.caseload.rows, self.desk.acting.user_id)
            self.whose.set_value(_MINE if mine else _EVERYONES)
            self._chose = bool(self.caseload.rows)
        every = reminders_today(self.caseload.rows)
        user = self.desk.acting.user_id
        mine_only = [line for line in every if line.facts.holder_id == user]
        shown = mine_only if self.whose.value() == _MINE else list(every)
        self.whose.set_count(_MINE, len(mine_only))
        self.whose.set_count(_EVERYONES, len(every))
        self.lines = {line.key: line for line in shown}
        today = f"Data as at {fmt_date(self.caseload.today, weekday=True)}. Nothing is sent by the program."
        self.day.setText(today)
        self.day.setAccessibleName(spoken_dates(today))
        self.count.setText(fmt_count(len(shown), "reminder") if shown else "")
        self.list.set_sections([_section(by, shown, self._act) for by in RemindBy])
        self.panel.show_line(self.lines.get(self.list.current_key()))
        self._say_nobody(len(shown), len(every))

    def take_keyboard(self) -> None:
        """Put the keyboard on the list."""
        (self.list if self._stack.currentIndex() == 0 else self.whose).setFocus()

    def has_unsaved(self) -> bool:
        """Return whether a note was typed for a reminder that is not marked yet."""
        return self.panel.drafting.has_unsaved()

    def keep_drafts(self) -> None:
        """Keep the note, so that it comes back whatever happens."""
        self.panel.drafting.keep_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            number = event.key() - _FIRST_DIGIT
            if 0 <= number < _MOST_DIGITS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._on_digit(number)
                return True
        return super().eventFilter(watched, event)

    def _say_nobody(self, shown: int, every: int) -> None:
        if not shown and self.caseload.known:
            others = f" Everyone's list has {every}." if every else ""
            self.nobody.say(f"There is nobody to remind today.{others}")
        for button in (self.pages, self.sheet):
            button.setEnabled(bool(shown))
        self._stack.setCurrentIndex(0 if shown or not self.caseload.known else 1)

    def _on_digit(self, number: int) -> None:
        """Mark the chosen one, if what the digit stands for can be seen."""
        if self.panel.isVisible():
            self.panel.choose(number)
        else:
            self._on_act(self.list.current_key())

    def _on_act(self, key: object) -> None:
        if key not in self.lines:
            return
        if not self.panel.isVisible():
            self._split.toggle()
        self.panel.take_keyboard()

    def _on_made(self, came: tuple[Channel, ReminderOutcome]) -> None:
        line = self.lines.get(self.list.current_key())
        if line is None:
            return
        contact_id, days_before = line.key
        command = RecordReminder(
            contact_id=contact_id,
            days_before=days_before,
            channel=came[0],
            outcome=came[1],
            note=self.panel.note.text(),
        )
        said = f"{line.facts.patient.name}: {outcome_words(*came).lower()}."
        recorded = partial(record_reminder, command, self.desk.uow, self.desk.rulebook)
        work = self.panel.drafting.carrying_out(self.panel.form, recorded)
        self.panel.begin_note(saved=True)
        self._tasks.write(
            work,
            lambda _changes: self.message.show_good(said),
            partial(self._on_refused, command),
        )
        self.list.setFocus()

    def _on_refused(self, command: RecordReminder, sentence: str) -> None:
        """Say why, and give back what was typed."""
        self.message.show_error(sentence)
        if command.note and not self.panel.note.text():
            self.panel.note.setPlainText(command.note)

    def _on_current(self, key: object) -> None:
        self.panel.show_line(self.lines.get(key))

    def _on_opened(self, key: object, form: str = "") -> None:
        if (line := self.lines.get(key)) is not None:
            self.patient_requested.emit(line.facts.episode_id, form)

    def _save(self, kind: str) -> None:
        choice = FileChoice(
            title="Save the reminders to make",
            kind=kind,
            suffix=f".{kind.lower()}",
            suggested=documents_dir() / reminders_file_name(kind.lower(), self.caseload.today),
        )
        if to := self.prompts.choose_save(choice):
            whose = self.desk.acting.name if self.whose.value() == _MINE else "Everyone"
            command = SaveReminders(
                lines=tuple(self.lines.values()), whose=whose, as_sheet=kind == "CSV", to=to
            )
            count = Count("Saving reminders", "Stopped. No file was saved.")
            self._tasks.write_counted(
                count,
                partial(save_reminders, command, self.desk, count),
                lambda _changes: self.message.show_good(f"Saved as {to.name}."),
                lambda sentence: self.message.show_refused(sentence, stopped=count.cancelled),
            )

    def _lay_out(self) -> None:
        self._stack.addWidget(Sheet(self.list))
        self._stack.addWidget(self.nobody)
        self._split = SideBySide(self._stack, self.panel)
        self._split.alone.connect(lambda alone: self.list.show_whole(whole=alone))
        title = PlainLabel("Reminders to make", TextRole.TITLE)
        head = row(self.back, title, self.whose, self.count, gap=12)
        head.setStretch(2, 1)
        said = row(self.day, self.pages, self.sheet)
        said.setStretch(0, 1)
        unread = self.stand_in(self.day, self._split)
        page = column(head, said, self.message, unread, self._split, gap=8, margin=16)
        page.setStretch(4, 1)
        self.setLayout(page)

    def _connect(self) -> None:
        self.follow_caseload()
        self.whose.chosen.connect(self._on_whose)
        self.pages.clicked.connect(lambda: self._save("PDF"))
        self.sheet.clicked.connect(lambda: self._save("CSV"))
        self.list.installEventFilter(self)
        self.list.act_requested.connect(self._on_act)
        self.list.current_changed.connect(self._on_current)
        self.list.opened.connect(self._on_opened)
        self.list.preview_requested.connect(lambda _key: self._split.toggle())
        self.panel.made.connect(self._on_made)
        self.panel.left.connect(self.list.setFocus)
        self.panel.opened.connect(lambda: self._on_opened(self.list.current_key()))
        self.panel.rebook_requested.connect(lambda: self._on_opened(self.list.current_key(), "contact"))

    def _on_whose(self, _value: object) -> None:
        self._chose = True
        self.go_stale()


def _section(by: RemindBy, lines: list[ReminderLine], act: str) -> Section:
    return Section(BY_WORDS[by], tuple(_row(line, act) for line in lines if line.by is by))


def _row(line: ReminderLine, act: str) -> SectionRow:
    number = f"  ·  {line.number}" if line.number else ""
    detail = f"{line.when}  ·  {' '.join(line.how)}"
    before = reminder_name(line)
    name = line.facts.patient.name
    return SectionRow(
        key=line.key,
        title=f"{name}{number}",
        detail=detail,
        aside=before,
        act=act if line.outcomes else "",
        icon=_ICONS[line.by],
        spoken=spoken_dates(f"{name}. {before}. {detail}"),
    )
