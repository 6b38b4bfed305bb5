"""Recording how a contact ended: the outcome by one key, the rest only where it is not known already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from collabcare.domain.codes import ATTENDED, CANCELLED, AttendanceStatus, ConsultationMechanism
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.facts import ContactFact
from collabcare.domain.foresight import plan_if_attended
from collabcare.domain.ids import ContactId
from collabcare.services.contacts import RecordContact
from collabcare.ui.forms.booking_fields import BookingFields
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import PatientForm, fit, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.forms.think_now import ThinkNow, thoughts
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.number_edit import NumberEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.time_edit import TimeEdit

if TYPE_CHECKING:
    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage

_OUTCOMES = (
    AttendanceStatus.ATTENDED_ON_TIME,
    AttendanceStatus.DID_NOT_ATTEND,
    AttendanceStatus.CANCELLED_BY_PATIENT,
    AttendanceStatus.CANCELLED_BY_PROVIDER,
    AttendanceStatus.ATTENDED_LATE,
    AttendanceStatus.ARRIVED_LATE_NOT_SEEN,
)
_SHORTER = {AttendanceStatus.ARRIVED_LATE_NOT_SEEN: "Too late to be seen"}
_USUAL_FIRST = (
    ConsultationMechanism.TELEPHONE,
    ConsultationMechanism.FACE_TO_FACE,
    ConsultationMechanism.VIDEO,
)
MECHANISMS = tuple(
    Option(mechanism, mechanism.label)
    for mechanism in (*_USUAL_FIRST, *(each for each in ConsultationMechanism if each not in _USUAL_FIRST))
)
LONGEST_CONTACT = 600
_UNSAVED = ContactId(0)
_WHAT_WAS_SAID = "What was talked about, what was agreed"
_WHAT_IS_KNOWN = "What is known about why, and what was tried"


class ContactForm(PatientForm):
    """Edits a :class:`RecordContact`: the outcome of a booking, or a contact nobody had booked."""

    KIND = "contact"
    TITLE = "Record contact"
    SAVE = "Save contact"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.slot = ComboBox("Which appointment")
        self.outcome = ChoiceGrid(
            "Outcome", [Option(s, _SHORTER.get(s, s.label), s.label) for s in _OUTCOMES]
        )
        self.think_now = ThinkNow()
        self.mechanism = ComboBox("How it was held", MECHANISMS)
        self.minutes = NumberEdit("Minutes", 1, LONGEST_CONTACT)
        self.on = DateEdit("Date", page.today)
        self.at = TimeEdit("Time", optional=True)
        self.note = NoteEdit("Note", placeholder=_WHAT_WAS_SAID, lines=3)
        self.next = BookingFields(page.today, self)
        self.next_on, self.next_at = self.next.on, self.next.at
        self._slots: dict[ContactId, ContactFact] = {}
        self._slot_line = QWidget()
        self._lay_out()
        self._offer_slots()
        self.slot.currentIndexChanged.connect(self._fill_from_slot)
        self.outcome.chosen.connect(self._on_outcome)
        for editor in (self.on, self.at, self.minutes):
            editor.value_changed.connect(self._show_consequences)
        self._fill_from_slot()
        self.start()

    def first(self) -> QWidget:
        return self.outcome

    def written(self) -> tuple[object, ...]:
        typed = (self.on.text(), self.at.text(), self.minutes.value(), self.note.toPlainText())
        return (self.slot.value(), self.outcome.value(), self.mechanism.value(), *typed, *self.next.written())

    def command(self) -> RecordContact:
        status = self.outcome.value()
        if not isinstance(status, AttendanceStatus):
            refuse_at(self.outcome, "Choose what happened: keys 1 to 6.")
        on = needed_day(self.on)
        fit(self.at, self.minutes)
        return RecordContact(
            episode_id=self.page.facts.episode_id,
            contact_id=self._slot_id(),
            on=on,
            at=self.at.value(),
            status=status,
            mechanism=self._mechanism(),
            minutes=self.minutes.value(),
            note=self.note.text(),
            next_booking=self.next.booking(self._mechanism()),
        )

    def choose_slot(self, contact_id: ContactId) -> None:
        """Record the outcome of this booking."""
        self.slot.set_value(contact_id)

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        if not self.is_touched():
            self._offer_slots()
            self._fill_from_slot()
            self.start()
        self._show_consequences()

    def _lay_out(self) -> None:
        self._named(
            slot=self.slot,
            outcome=self.outcome,
            mechanism=self.mechanism,
            minutes=self.minutes,
            on=self.on,
            at=self.at,
            note=self.note,
            next_on=self.next_on,
            next_at=self.next_at,
        )
        slot = Lines()
        slot.line("&Appointment", self.slot)
        self._slot_line.setLayout(slot)
        lines = Lines()
        lines.line("Ho&w", self.mechanism, "&Minutes", self.minutes)
        lines.line("&Date", self.on, "&Time", self.at)
        lines.line("&Note", self.note)
        self.next.add_to(lines)
        for part in (self._slot_line, self.outcome, self.think_now):
            self.body.addWidget(part)
        self.body.addLayout(lines)

    def _offer_slots(self) -> None:
        """Offer every booking whose outcome is open, the earliest first, and a contact nobody had booked."""
        open_slots = [contact for contact in self.page.facts.contacts if contact.status is None]
        self._slots = {contact.id: contact for contact in open_slots}
        options = [Option(contact.id, _slot_words(contact)) for contact in open_slots]
        due = next((contact.id for contact in open_slots if contact.on <= self.page.today), None)
        with QSignalBlocker(self.slot):
            self.slot.set_options([*options, Option(None, "Not booked before")])
            self.slot.set_value(due)
        self._slot_line.setVisible(bool(open_slots))

    def _slot_id(self) -> ContactId | None:
        chosen = self.slot.value()
        return next((contact_id for contact_id in self._slots if contact_id == chosen), None)

    def _mechanism(self) -> ConsultationMechanism:
        return ConsultationMechanism(str(self.mechanism.value()))

    def _fill_from_slot(self) -> None:
        """Take over what the booking says already, so that nobody types it again."""
        chosen = self._slot_id()
        booked = self._slots.get(chosen) if chosen is not None else None
        self.on.set_value(booked.on if booked else self.page.today)
        self.at.set_value(booked.at if booked else None)
        self.minutes.set_value(booked.minutes if booked else None)
        if booked is not None:
            self.mechanism.set_value(booked.mechanism)
        self._show_consequences()

    def _on_outcome(self, status: AttendanceStatus) -> None:
        coming = next((c.id for c in self._slots.values() if c.on > self.page.today), None)
        if status in CANCELLED and self._slot_id() is None and coming is not None:
            self.slot.set_value(coming)
        self._show_consequences()

    def _show_consequences(self) -> None:
        status = self.outcome.value()
        contact = self._contact()
        known = status if isinstance(status, AttendanceStatus) else None
        seen = known is None or known in ATTENDED
        self.note.setPlaceholderText(_WHAT_WAS_SAID if seen else _WHAT_IS_KNOWN)
        self.think_now.show_thoughts(thoughts(self.page, known, contact))
        self.next.say_plan(self._plan(known, contact))

    def _plan(self, status: AttendanceStatus | None, contact: ContactFact | None) -> str:
        if contact is None or (status is not None and status not in ATTENDED):
            return ""
        by = plan_if_attended(self.page.facts, contact, self.page.rulebook.pathway)
        return "" if by is None else f"The contact plan: by {fmt_date(by, weekday=True)}."

    def _contact(self) -> ContactFact | None:
        on = self.on.value()
        if on is None:
            return None
        return ContactFact(
            id=self._slot_id() or _UNSAVED,
            on=on,
            at=self.at.value(),
            minutes=self.minutes.value(),
            status=None,
            mechanism=self._mechanism(),
            practitioner=self.acting.name,
            note="",
        )


def _slot_words(contact: ContactFact) -> str:
    time = f" {fmt_time(contact.at)}" if contact.at else ""
    return f"Booked {fmt_date(contact.on, weekday=True)}{time}, {contact.mechanism.label.lower()}"
