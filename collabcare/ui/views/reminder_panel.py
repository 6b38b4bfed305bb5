"""The panel beside the reminders: how to reach this patient, what to say, and what came of it by a digit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.display import spoken_dates
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reengagement import CHANNEL_WORDS, Channel
from collabcare.domain.reminder_lists import REMINDER_WORDS, ReminderLine, message_for
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import EntryForm
from collabcare.ui.pages import PageName
from collabcare.ui.views.drafting import Drafting
from collabcare.ui.views.patient_words import banner_facts
from collabcare.ui.views.scrolled import Scrolled
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.layouts import APART, STRETCH, column, row
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.patient_banner import PatientBanner
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QLayout

    from collabcare.domain.people_facts import ReminderOutcome
    from collabcare.services.desk import Desk
    from collabcare.ui.tasks import Tasks


class ReminderNote(EntryForm):
    """The note of one reminder: a form without buttons, since what came of the reminder saves it too."""

    KIND = "reminder"
    TITLE = "Note of a reminder"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note = NoteEdit("Note", placeholder="A note, if there is anything to say", lines=2)
        self._named(note=self.note)
        self.body.addWidget(self.note)
        for button in (self.save, self.cancel):
            button.hide()
        self.start()

    def first(self) -> QWidget:
        return self.note

    def written(self) -> tuple[object, ...]:
        return (self.note.toPlainText(),)

    def command(self) -> NoReturn:
        raise RuleViolation("Choose what came of it: that saves the note too.")

    def begin(self) -> None:
        """Start with nothing written."""
        self.note.setPlainText("")
        self.say_no_more()
        self.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # Esc is the panel's: it leads back to the list, and the note stays as a draft


class ReminderPanel(Card):
    """One reminder to make.

    Signals:
        made: The channel and the outcome that were chosen, as a pair.
        rebook_requested: The patient cancels or wants another time.
        opened: The user wants the patient's page.
        left: The user is done here and goes back to the list.
    """

    made = Signal(object)
    rebook_requested = Signal()
    opened = Signal()
    left = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("This reminder")
        self._role = desk.acting.role
        self.banner = PatientBanner()
        self.form = ReminderNote()
        self.note = self.form.note
        self.drafting = Drafting(desk, tasks, self, PageName.REMINDERS)
        self._telephone = desk.site.telephone
        self._may = allowed(desk.acting.role, Permission.LOG_ATTEMPT)
        self._may_book = allowed(desk.acting.role, Permission.RECORD_CONTACT)
        self._line: ReminderLine | None = None
        self.outcomes: ChoiceGrid | None = None
        self.copy = Button("Copy these words", ButtonKind.QUIET, icon_name="copy", compact=True)
        self.rebook = Button("They cancel or rebook", compact=True)
        self.open = Button("Open patient", ButtonKind.QUIET, compact=True)
        self._nobody = EmptyState("bell", "Choose a reminder in the list to see how to make it.")
        self._inside = QVBoxLayout()
        self._scroll = Scrolled(self._inside, "This reminder")
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(0, 0, 0, 0)
        self._acts = QWidget()
        self._acts.setLayout(column(self._foot, row(self.rebook, self.open, STRETCH)))
        whole = column(self._nobody, self.banner, self._scroll, self._acts, gap=12)
        whole.setStretch(2, 1)
        self.body.addLayout(whole)
        self.copy.clicked.connect(self._on_copy)
        self.rebook.clicked.connect(self.rebook_requested)
        self.open.clicked.connect(self.opened)
        self.form.cancelled.connect(self.begin_note)
        self.show_line(None)

    def show_line(self, line: ReminderLine | None) -> None:
        """Show a reminder, or that none is chosen; a note typed for another waits with it as a draft."""
        before, self._line = self._line, line
        if line is not None and before is not None and line.key == before.key:
            if (line.how, line.offers) != (before.how, before.offers):
                self._refill(line)
            return
        self.drafting.leave(self.form)
        self.form.begin()
        self._nobody.setVisible(line is None)
        self.banner.setVisible(line is not None)
        self._scroll.setVisible(line is not None)
        self._acts.setVisible(line is not None)
        self.rebook.setVisible(self._may_book)
        self._refill(line)
        if line is not None:
            self.banner.show_patient(banner_facts(line.facts, line.row.today, self._role))
            self._watch(line)
            self.drafting.look_for(line.facts.episode_id)

    def begin_note(self, *, saved: bool = False) -> None:
        """Begin an empty note for the same reminder; saved or thrown away, the one before is no draft."""
        self.drafting.forget(self.form, saved=saved)
        self.form.begin()
        if self._line is not None:
            self._watch(self._line)

    def _watch(self, line: ReminderLine) -> None:
        of, days_before = line.key
        self.drafting.watch(self.form, line.facts.episode_id, f"{ReminderNote.KIND}:{of}:{days_before}")

    def take_keyboard(self) -> None:
        """Put the keyboard on what can have come of it."""
        (self.outcomes or self.open).setFocus()

    def choose(self, number: int) -> None:
        """Choose what came of it by its place from 0, as its digit does."""
        if self._line is None or self.outcomes is None or number >= len(self._line.offers):
            return
        channel, outcome, why_not = self._line.offers[number]
        if not why_not:
            self.made.emit((channel, outcome))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "\x1b":
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _refill(self, line: ReminderLine | None) -> None:
        for kept in (self.form, self.copy):
            kept.setParent(None)
        self._drop_outcomes()
        inside = QWidget()
        inside.setObjectName("scrolled")
        if line is not None:
            inside.setLayout(self._parts(line))
            self._offer_outcomes(line)
        self._scroll.setWidget(inside)
        for kept in (self.form, self.copy):
            if kept.parent() is not None:
                kept.show()

    def _parts(self, line: ReminderLine) -> QVBoxLayout:
        parts = column(
            _dated(f"{line.when}. {reminder_name(line)}.", TextRole.STRONG),
            gap=4,
        )
        if line.number:
            number = PlainLabel(line.number, TextRole.FIGURE)
            number.make_copyable()
            parts.addWidget(number)
        words = [_dated(each, TextRole.BODY) for each in line.how]
        parts.addLayout(_group("How to reach them safely", *words))
        say = line.row.rulebook.reengagement.reminders.cancel_words
        parts.addLayout(_group("What to say", PlainLabel(say, wrap=True)))
        if any(channel is not Channel.CALL for channel, _outcome in line.outcomes):
            message = PlainLabel(message_for(line, self._telephone), wrap=True)
            parts.addLayout(_group("What may be written", message, row(self.copy, STRETCH)))
        if self._may and line.outcomes:
            parts.addLayout(_group("Note", self.form))
        parts.addStretch(1)
        return parts

    def _offer_outcomes(self, line: ReminderLine) -> None:
        """Offer what can have come of it, always in view at the foot."""
        if self._may and line.outcomes:
            self.outcomes = ChoiceGrid("What came of it", _options(line), columns=2)
            for channel, outcome, why_not in line.offers:
                if why_not:
                    self.outcomes.disable((channel, outcome), why_not)
            self.outcomes.chosen.connect(self.made)
            self._foot.addWidget(PlainLabel("Done: what came of it", TextRole.SECONDARY))
            self._foot.addWidget(self.outcomes)

    def _drop_outcomes(self) -> None:
        self.outcomes = None
        while (item := self._foot.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _on_copy(self) -> None:
        if self._line is not None:
            QGuiApplication.clipboard().setText(message_for(self._line, self._telephone))


def outcome_words(channel: Channel, outcome: ReminderOutcome) -> str:
    """Return what came of a reminder in words: ``Spoke to them``, ``Letter sent``."""
    if channel is Channel.CALL:
        return REMINDER_WORDS[outcome]
    return f"{CHANNEL_WORDS[channel]} {REMINDER_WORDS[outcome].lower()}"


def reminder_name(line: ReminderLine) -> str:
    """Return which reminder of the appointment it is: ``7-day reminder``."""
    return f"{line.reminder.days_before}-day reminder"


def _options(line: ReminderLine) -> list[Option]:
    pairs = [(offer.channel, offer.outcome) for offer in line.offers]
    return [Option(pair, outcome_words(*pair)) for pair in pairs]


def _dated(text: str, role: TextRole) -> PlainLabel:
    label = PlainLabel(text, role, wrap=True)
    label.setAccessibleName(spoken_dates(text))
    return label


def _group(title: str, *parts: QWidget | QLayout) -> QVBoxLayout:
    group = column(PlainLabel(title, TextRole.SECONDARY), *parts, gap=4)
    group.setContentsMargins(0, APART, 0, 0)
    return group
