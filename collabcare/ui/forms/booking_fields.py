"""The fields that book the next contact, shared by every form that may end with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QWidget

from collabcare.domain.booking_checks import Taken, booked_twice, booking_checks
from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.contact_clock import booked_late, contact_by
from collabcare.domain.display import spoken_dates
from collabcare.domain.held_by import booked_by_telephone, usual_for
from collabcare.domain.needs import interpreter_words
from collabcare.domain.typed_dates import Direction
from collabcare.services.contacts import Booking
from collabcare.ui.forms.entry_form import PatientForm, fit, refuse_at
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field_label import FieldLabel
from collabcare.ui.widgets.layouts import STRETCH, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.time_edit import TimeEdit

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QLayout

    from collabcare.domain.ids import ContactId
    from collabcare.ui.forms.lines import Lines


_USUAL_FIRST = (
    ConsultationMechanism.TELEPHONE,
    ConsultationMechanism.FACE_TO_FACE,
    ConsultationMechanism.VIDEO,
)
MECHANISMS = tuple(
    Option(mechanism, mechanism.label)
    for mechanism in (*_USUAL_FIRST, *(each for each in ConsultationMechanism if each not in _USUAL_FIRST))
)


class BookingFields(QObject):
    """The day of the next contact, such as ``+2w``, its time if that is agreed, and how it will be held.

    The day and the time may stay empty; how it will be held is as the last contact was, until somebody says
    otherwise.
    """

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._which: QWidget | None = None
        self.interpreter = interpreter_box(parent) if isinstance(parent, PatientForm) else None
        needs = DateNeeds(direction=Direction.FUTURE, optional=True)
        self.on = DateEdit("Next contact", today, needs)
        self.at = TimeEdit("Time of next contact", optional=True)
        self.mechanism = ComboBox("How the next contact will be held", MECHANISMS)
        self._plan = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._plan.hide()
        self._how = QWidget()
        self._how.setLayout(row(FieldLabel("b&y", self.mechanism), self.mechanism, STRETCH, gap=8))
        self._how.hide()
        self.on.value_changed.connect(self._unfold)
        self._form = parent if isinstance(parent, PatientForm) else None
        self._usual = ConsultationMechanism.TELEPHONE if self._form is None else held_last(self._form)
        self._suggested = self._usual if self._form is None else suited(self._form, self._usual)
        self.mechanism.set_value(self._suggested)
        self._by: date | None = None
        self.late = PlainLabel("", wrap=True)
        self.late.hide()
        self.on.value_changed.connect(self._say_late)
        self.checks = PlainLabel("", wrap=True)
        self.checks.hide()
        self._instead_of: ContactId | None = None
        self.on.value_changed.connect(self._say_checks)
        self.at.value_changed.connect(self._say_checks)

    def add_to(self, lines: Lines) -> None:
        """Add the fields to a form's lines, and under them what the contact plan asks for."""
        lines.line("Ne&xt contact", self.on, "at", self.at)
        lines.under(self._how)
        lines.under(self._plan)
        lines.under(self.late)
        lines.under(self.checks)
        if self.interpreter is not None and self._form is not None:
            self._which = QWidget()
            self._which.setLayout(interpreter_line(self.interpreter, self._form))
            lines.under(self._which)

    def ask_interpreter_once_booked(self) -> None:
        """Ask whether an interpreter is booked only once there is a day: the room is for what happened."""
        if self._which is not None:
            self._which.hide()
            self.on.value_changed.connect(self._show_interpreter)

    def _show_interpreter(self) -> None:
        if self._which is not None:
            self._which.setVisible(bool(self.on.text().strip()))

    def say_plan(self, words: str, by: date | None = None) -> None:
        """Say what the contact plan would ask for, or nothing; without a day it goes by what was so far."""
        self._by = by
        self._plan.setText(words)
        self._plan.setVisible(bool(words))
        self._say_late()

    def _say_late(self) -> None:
        """Point out a day beyond the plan as it is typed; it can be saved all the same."""
        on, form = self.on.value(), self._form
        if form is None:
            return
        facts, book = form.page.facts, form.page.rulebook
        by = self._by or contact_by(facts, book.pathway)
        say_late(self.late, on, by, form)
        self._plan.setVisible(bool(self._plan.text()) and not self.late.text())  # which says the day too

    def set_instead_of(self, contact_id: ContactId | None) -> None:
        """Say which booking has its outcome recorded here: it does not stand beside the next one."""
        self._instead_of = contact_id
        self._say_checks()

    def _say_checks(self) -> None:
        """Say what speaks against the time as it is typed; it can be saved all the same."""
        if self._form is not None:
            wanted = _wanted(self.on, self.at)
            say_checks(self.checks, wanted, self._form, self._instead_of)

    def doubt(self) -> str:
        """Return what to ask before the time that is typed is booked, or nothing."""
        form = self._form
        if form is None or not self.on.isVisibleTo(form):
            return ""
        asked = doubt_twice(_wanted(self.on, self.at), form, self._instead_of)
        by_telephone = doubt_telephone(form, self.mechanism.value()) if self.on.value() else ""
        return " ".join(filter(None, (asked, by_telephone)))

    def suggest(self, mechanism: ConsultationMechanism) -> None:
        """Take another mechanism as the usual one, unless somebody has chosen one here."""
        self._usual = mechanism
        if self._form is not None:
            mechanism = suited(self._form, mechanism)
        if self.mechanism.value() == self._suggested:
            self.mechanism.set_value(mechanism)
        self._suggested = mechanism

    def suit_again(self) -> None:
        """Suggest anew what suits them, once what is recorded about reaching them may have changed."""
        self.suggest(self._usual)

    def written(self) -> tuple[object, ...]:
        """Return what was typed, and how it will be held where that is not the usual."""
        held = self.mechanism.value()
        how = None if held == self._suggested else held
        return self.on.text(), self.at.text(), how, self.interpreter_booked()

    def interpreter_booked(self) -> bool | None:
        """Return whether an interpreter is booked, None where none is needed."""
        return None if self.interpreter is None else self.interpreter.isChecked()

    def booking(self) -> Booking | None:
        """Return the contact to book, None while no day is typed.

        Raises:
            RuleViolation: When the day or the time cannot be read.
        """
        fit(self.on, self.at)
        on = self.on.value()
        if on is None:
            if self.at.value() is not None:
                refuse_at(self.on, "Type the day of the next contact, or clear its time.")
            return None
        return Booking(
            on=on,
            at=self.at.value(),
            mechanism=ConsultationMechanism(str(self.mechanism.value())),
            interpreter_booked=self.interpreter_booked(),
        )

    def _unfold(self) -> None:
        """Ask how it will be held once there is a day for it."""
        self._how.setVisible(bool(self.on.text().strip()) and self._how.parentWidget() is not None)


def held_last(form: PatientForm) -> ConsultationMechanism:
    """Return how the last contact was held or booked, by telephone while there is none."""
    contacts = form.page.facts.contacts
    return contacts[-1].mechanism if contacts else ConsultationMechanism.TELEPHONE


def suited(form: PatientForm, usual: ConsultationMechanism) -> ConsultationMechanism:
    """Return how to suggest that a contact is held, by what is recorded about reaching this patient."""
    return usual_for(form.page.facts, form.page.rulebook.reengagement.reach, usual)


def doubt_telephone(form: PatientForm, held: object) -> str:
    """Return what to ask before a time is booked by telephone with somebody not to be rung, or nothing."""
    page = form.page
    mechanism = ConsultationMechanism(str(held))
    return booked_by_telephone(page.facts, page.rulebook.reengagement.reach, mechanism)


def say_late(label: PlainLabel, on: date | None, by: date, form: PatientForm) -> None:
    """Show in a label of a form that a day is later than the contact plan wants, or hide it."""
    page = form.page
    late = None if on is None else booked_late(on, by, page.rulebook.episode, today=page.today)
    words = late.sentence if late else ""
    label.setText(words)
    label.setAccessibleName(spoken_dates(words))
    label.setVisible(bool(words) and label.parentWidget() is not None)


def say_checks(
    label: PlainLabel, wanted: Taken | None, form: PatientForm, instead_of: ContactId | None = None
) -> None:
    """Show in a label of a form what to know before a time is booked, a line to each, or hide it."""
    page = form.page
    said = (
        ()
        if wanted is None
        else booking_checks(page.facts, wanted, page.diary, today=page.today, instead_of=instead_of)
    )
    label.setText("\n".join(said))
    label.setAccessibleName(spoken_dates(" ".join(said)))
    label.setVisible(bool(said) and label.parentWidget() is not None)


def doubt_twice(wanted: Taken | None, form: PatientForm, instead_of: ContactId | None = None) -> str:
    """Return what to ask before somebody is booked twice for one time, or nothing."""
    page = form.page
    return "" if wanted is None else booked_twice(page.facts, wanted, today=page.today, instead_of=instead_of)


def _wanted(on: DateEdit, at: TimeEdit) -> Taken | None:
    """Return the time that is typed, None while there is no day."""
    day = on.value()
    return None if day is None else Taken(on=day, at=at.value())


def interpreter_box(form: PatientForm) -> QCheckBox | None:
    """Return the box that says an interpreter is booked, None where the patient needs none."""
    needed = interpreter_words(form.page.facts.reach)
    if not needed:
        return None
    box = QCheckBox("An interpreter is booked")
    box.setAccessibleName(f"An interpreter is booked ({needed})")
    return box


def interpreter_line(box: QCheckBox, form: PatientForm) -> QLayout:
    """Return the box with which interpreter it is beside it: a box for ticking cannot break its words."""
    line = row(
        box, PlainLabel(interpreter_words(form.page.facts.reach), TextRole.SECONDARY, wrap=True), gap=8
    )
    line.setStretch(1, 1)
    return line
