"""The two fields that book the next contact, shared by every form that may end with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox

from collabcare.domain.needs import interpreter_words
from collabcare.domain.typed_dates import Direction
from collabcare.services.contacts import Booking
from collabcare.ui.forms.entry_form import PatientForm, fit, refuse_at
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.time_edit import TimeEdit

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.codes import ConsultationMechanism
    from collabcare.ui.forms.lines import Lines


class BookingFields(QObject):
    """The day of the next contact, such as ``+2w``, and its time if that is agreed; both may stay empty."""

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.interpreter = interpreter_box(parent) if isinstance(parent, PatientForm) else None
        needs = DateNeeds(direction=Direction.FUTURE, optional=True)
        self.on = DateEdit("Next contact", today, needs)
        self.at = TimeEdit("Time of next contact", optional=True)
        self._plan = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._plan.hide()

    def add_to(self, lines: Lines) -> None:
        """Add the fields to a form's lines, and under them what the contact plan asks for."""
        lines.line("Ne&xt contact", self.on, "at", self.at)
        lines.under(self._plan)
        if self.interpreter is not None:
            lines.under(self.interpreter)

    def say_plan(self, words: str) -> None:
        """Say what the contact plan would ask for, or nothing."""
        self._plan.setText(words)
        self._plan.setVisible(bool(words))

    def written(self) -> tuple[object, ...]:
        """Return what was typed."""
        return self.on.text(), self.at.text(), self.interpreter_booked()

    def interpreter_booked(self) -> bool | None:
        """Return whether an interpreter is booked, None where none is needed."""
        return None if self.interpreter is None else self.interpreter.isChecked()

    def booking(self, mechanism: ConsultationMechanism) -> Booking | None:
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
            on=on, at=self.at.value(), mechanism=mechanism, interpreter_booked=self.interpreter_booked()
        )


def interpreter_box(form: PatientForm) -> QCheckBox | None:
    """Return the box that says an interpreter is booked, None where the patient needs none."""
    needed = interpreter_words(form.page.facts.reach)
    return QCheckBox(f"An interpreter is booked ({needed})".replace("&", "&&")) if needed else None
