"""Logging a try to reach somebody who did not attend; the search closes only when they are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.display import fmt_count, fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reengagement import ATTEMPT_WORDS, CHANNEL_WORDS, AttemptOutcome, Channel, next_rung
from collabcare.services.searches import LogAttempt
from collabcare.ui.forms.booking_fields import BookingFields
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import PatientForm, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage

_CHANNEL_COLUMNS = 4


class AttemptForm(PatientForm):
    """Edits a :class:`LogAttempt` for the search that is open."""

    KIND = "attempt"
    TITLE = "Log an attempt to reach"
    SAVE = "Save attempt"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self._rung = PlainLabel("", TextRole.STRONG, wrap=True)
        self._so_far = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.channel = ChoiceGrid(
            "How", [Option(c, words) for c, words in CHANNEL_WORDS.items()], columns=_CHANNEL_COLUMNS
        )
        self.outcome = ChoiceGrid("What came of it", [Option(o, words) for o, words in ATTEMPT_WORDS.items()])
        self.note = NoteEdit("Note", placeholder="What was said or left, with whom, at which number", lines=2)
        self.next = BookingFields(page.today, self)
        self.next_on, self.next_at = self.next.on, self.next.at
        self._named(
            channel=self.channel,
            outcome=self.outcome,
            note=self.note,
            next_on=self.next_on,
            next_at=self.next_at,
        )
        self.body.addWidget(self._rung)
        self.body.addWidget(self._so_far)
        self.body.addWidget(Field("Ho&w", self.channel))
        self.body.addWidget(Field("What &came of it", self.outcome))
        lines = Lines(label_width=40)
        lines.line("&Note", self.note)
        self.body.addLayout(lines)
        booking = Lines()
        self.next.add_to(booking)
        self._booking = QWidget()
        self._booking.setLayout(booking)
        self._booking.hide()
        self.body.addWidget(self._booking)
        self.outcome.chosen.connect(self._on_outcome)
        self.channel.typed.connect(self.outcome.setFocus)
        self.outcome.typed.connect(self.note.setFocus)
        self._say_rung()
        self.start()

    def first(self) -> QWidget:
        return self.channel

    def written(self) -> tuple[object, ...]:
        return self.channel.value(), self.outcome.value(), self.note.toPlainText(), *self.next.written()

    def command(self) -> LogAttempt:
        ladder = self.page.facts.open_ladder
        if ladder is None:
            raise RuleViolation("The patient has been reached already, so there is no attempt to log.")
        channel, outcome = self.channel.value(), self.outcome.value()
        if not isinstance(channel, Channel):
            refuse_at(self.channel, "Choose how it was tried: keys 1 to 7.")
        if not isinstance(outcome, AttemptOutcome):
            refuse_at(self.outcome, "Choose what came of it: keys 1 to 6.")
        book = self.page.rulebook
        mechanism = self.page.facts.contacts[-1].mechanism if self.page.facts.contacts else None
        return LogAttempt(
            episode_id=self.page.facts.episode_id,
            ladder_id=ladder.id,
            rung=next_rung(ladder, book.pathway.ladder, book.calendar).number,
            channel=channel,
            outcome=outcome,
            note=self.note.text(),
            next_booking=self.next.booking(mechanism or ConsultationMechanism.TELEPHONE)
            if outcome.reached
            else None,
        )

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        self._say_rung()

    def _on_outcome(self, outcome: AttemptOutcome) -> None:
        """Ask for the next contact once the patient was spoken to."""
        self._booking.setVisible(outcome.reached)
        self.next.say_plan("Speaking to them ends the search. Agree the next contact if you can.")

    def _say_rung(self) -> None:
        ladder = self.page.facts.open_ladder
        if ladder is None:
            self._rung.setText("Nobody is being sought.")
            self._so_far.setText("")
            return
        book = self.page.rulebook
        rung = next_rung(ladder, book.pathway.ladder, book.calendar)
        self._rung.setText(f"{rung.what}.")
        missed, due_on = (fmt_date(day, weekday=True) for day in (ladder.missed_on, rung.due_on))
        tries = fmt_count(len(ladder.attempts), "attempt") if ladder.attempts else "No attempt"
        self._so_far.setText(f"Due {due_on}. Did not attend {missed}. {tries} so far.")
