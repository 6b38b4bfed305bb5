"""Booking the next contact when nothing else is to be recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.contact_clock import next_contact_by
from collabcare.domain.display import fmt_date
from collabcare.domain.typed_dates import Direction
from collabcare.services.contacts import BookContact, Booking
from collabcare.ui.forms.contact_form import LONGEST_CONTACT, MECHANISMS
from collabcare.ui.forms.entry_form import PatientForm, fit, needed_day
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.number_edit import NumberEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.time_edit import TimeEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage


class BookingForm(PatientForm):
    """Edits a :class:`BookContact`."""

    KIND = "booking"
    TITLE = "Book a contact"
    SAVE = "Book contact"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.on = DateEdit("Day", page.today, DateNeeds(direction=Direction.FUTURE))
        self.at = TimeEdit("Time", optional=True)
        self.mechanism = ComboBox("How it will be held", MECHANISMS)
        self.minutes = NumberEdit("Minutes", 1, LONGEST_CONTACT)
        self._named(on=self.on, at=self.at, mechanism=self.mechanism, minutes=self.minutes)
        by = next_contact_by(page.facts, page.rulebook.pathway)
        plan = "" if by is None else f"The contact plan: by {fmt_date(by, weekday=True)}."
        lines = Lines()
        lines.line("&Day", self.on, "&Time", self.at)
        if plan:
            lines.under(PlainLabel(plan, TextRole.SECONDARY, wrap=True))
        lines.line("Ho&w", self.mechanism, "&Minutes", self.minutes)
        self.body.addLayout(lines)
        self._take_over_last()
        self.start()

    def first(self) -> QWidget:
        return self.on

    def written(self) -> tuple[object, ...]:
        return self.on.text(), self.at.text(), self.mechanism.value(), self.minutes.value()

    def command(self) -> BookContact:
        on = needed_day(self.on)
        fit(self.at, self.minutes)
        return BookContact(
            episode_id=self.page.facts.episode_id,
            booking=Booking(
                on=on,
                at=self.at.value(),
                mechanism=ConsultationMechanism(str(self.mechanism.value())),
                minutes=self.minutes.value(),
            ),
        )

    def _take_over_last(self) -> None:
        """Suggest what was usual so far."""
        if self.page.facts.contacts:
            last = self.page.facts.contacts[-1]
            self.mechanism.set_value(last.mechanism)
            self.minutes.set_value(last.minutes)
