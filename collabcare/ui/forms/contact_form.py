"""Recording how a contact ended: the outcome by one key, the rest only where it is not known already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from collabcare.domain.codes import ATTENDED, CANCELLED, AttendanceStatus, ConsultationMechanism
from collabcare.domain.demographics import InterpreterAtContact
from collabcare.domain.display import fmt_date
from collabcare.domain.facts import ContactFact
from collabcare.domain.foresight import plan_if_attended, search_if_missed
from collabcare.domain.ids import ContactId
from collabcare.domain.typed_text import says_something
from collabcare.services.contacts import RecordContact
from collabcare.ui.forms.booking_fields import MECHANISMS, BookingFields, suited
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.contact_late import ContactLate
from collabcare.ui.forms.contact_more import ContactMore
from collabcare.ui.forms.entry_form import RoomWanted, fit, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.forms.think_now import ThinkNow, thoughts
from collabcare.ui.forms.two_sides import TwoSides
from collabcare.ui.pages import PageName
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.number_edit import NumberEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.time_edit import TimeEdit

if TYPE_CHECKING:
    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.forms.missed_part import MissedPart

_SHORTER = {AttendanceStatus.ARRIVED_LATE_NOT_SEEN: "Too late to be seen"}
_OUTCOMES = tuple(
    Option(each, _SHORTER.get(each, each.label), f"NHS code {each}: {each.label}", key=each)
    for each in (
        AttendanceStatus.ATTENDED_ON_TIME,
        AttendanceStatus.ATTENDED_LATE,
        AttendanceStatus.ARRIVED_LATE_NOT_SEEN,
        AttendanceStatus.DID_NOT_ATTEND,
        AttendanceStatus.CANCELLED_BY_PATIENT,
        AttendanceStatus.CANCELLED_BY_PROVIDER,
    )
)
"""Each has its NHS code for its key: who came in one row, who was not there in the other."""
LONGEST_CONTACT = 600
_NOTE_LINES = 4
_UNSAVED = ContactId(0)
_ROOM_LEFT = 1000
_WHAT_WAS_SAID = "What was talked about, what was agreed"
_WHAT_TIME = "Type at what time they were expected: the first call is due within {hours} hours of it."
_NO_NOTE = "There is no note yet. Write it, or save again to keep it without one."
_WHAT_IS_KNOWN = "What is known about why, and what was tried"


class ContactForm(ContactLate):
    """Edits a :class:`RecordContact`: the outcome of a booking, or a contact nobody had booked."""

    KIND = "contact"
    TITLE = "Record contact"
    SAVE = "Save contact"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.slot = self._slots.box
        self.outcome = ChoiceGrid("Outcome", _OUTCOMES)
        self.think_now = ThinkNow()
        self.not_brought = QCheckBox("Was not brought")
        self.rang_after = QCheckBox("In touch after the slot")
        self.discuss = QCheckBox("Disc&uss in supervision")
        if page.facts.supervision_requested_on is not None:
            self.discuss.hide()  # it is on the agenda already
        self.has_died = Button("They have died…", ButtonKind.QUIET, compact=True)
        self.more = ContactMore(needs_interpreter=bool(page.facts.reach.interpreter_language))
        self.mechanism = ComboBox("How it was held", MECHANISMS)
        self.held = ConsultationMechanism.TELEPHONE
        self.mechanism.set_value(self.held)
        self.minutes = NumberEdit("Minutes", 1, LONGEST_CONTACT)
        self.on = DateEdit("Date", page.today)
        self.at = TimeEdit("Time", optional=True)
        self.note = NoteEdit("Note", placeholder=_WHAT_WAS_SAID, lines=_NOTE_LINES)
        self.next = BookingFields(page.today, self)
        self.next_on, self.next_at = self.next.on, self.next.at
        self._lay_out()
        self._slots.offer(page.facts, page.today)
        self._connect()
        self._fill_from_slot()
        self.start()

    def first(self) -> QWidget:
        return self.outcome

    def written(self) -> tuple[object, ...]:
        chosen = (self.slot.value(), self.outcome.value(), self.mechanism.value())
        typed = (self.on.text(), self.at.text(), self.minutes.value(), self.note.toPlainText())
        ticked = (self.not_brought.isChecked(), self.rang_after.isChecked(), self.discuss.isChecked())
        parts = (self._missed, self._why, self._why_cancelled, self.more, self.next)
        return (*chosen, *typed, *ticked, *(each for part in parts for each in part.written()))

    def wants_room(self) -> RoomWanted:
        missed = _status(self.outcome) is AttendanceStatus.DID_NOT_ATTEND
        return RoomWanted.HIGH if missed else RoomWanted.USUAL

    def command(self) -> RecordContact:
        status = _status(self.outcome)
        if status is None:
            refuse_at(self.outcome, "Choose what happened: keys 2 to 7.")
        on = needed_day(self.on)
        fit(self.at, self.minutes)
        if status in ATTENDED and self.minutes.value() is None:
            refuse_at(self.minutes, "Type how many minutes the contact took.")
        missed, cancelled = status is AttendanceStatus.DID_NOT_ATTEND, status in CANCELLED
        cancelled_on, reason = self.why_cancelled.answers() if cancelled else (None, None)
        if missed:
            _refuse_without_time(self, self._contact())
            self.missed.refuse_unanswered(asked=True)
        booked = self._slots.booked()
        return RecordContact(
            episode_id=self.page.facts.episode_id,
            contact_id=booked.id if booked else None,
            on=on,
            at=self.at.value(),
            status=status,
            mechanism=_mechanism(self.mechanism),
            minutes=self.minutes.value(),
            note=self.note.text(),
            thought_of=self._answers() if missed else {},
            discuss=self.discuss.isChecked(),
            next_booking=self.next.booking(),
            appointment_type=self.more.appointment_type(),
            group=self.more.group.isChecked(),
            joint=self.more.joint.isChecked(),
            interpreter=self.more.interpreted(),
            was_not_brought=missed and self.not_brought.isChecked(),
            contacted_after=missed and _rang_after(self),
            cancelled_on=cancelled_on,
            cancellation_reason=reason,
            **self._why_missed(),
        )

    def doubt(self) -> str:
        if missing := _status(self.outcome) in ATTENDED and not self.note.text():
            self.note.setFocus()
        return " ".join(filter(None, (_NO_NOTE if missing else "", self.next.doubt())))

    def choose_slot(self, contact_id: ContactId) -> None:
        """Record the outcome of this booking."""
        self.slot.set_value(contact_id)

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        if not self.is_touched():
            self._slots.offer(page.facts, page.today)
            self._fill_from_slot()
            self.start()
        _suggest_held(self)
        self.next.suit_again()
        self._show_consequences()

    def _lay_out(self) -> None:
        self._named(**_fields(self))
        self._left = QWidget()
        # First of all: what is moved into another part with much in it is dressed again with all of that.
        self._sides = TwoSides(self._left, self._missed, room=860, shares=(1, 2))
        self.body.addWidget(self._sides)
        self._absent = QWidget()
        self._absent.setLayout(row(self.not_brought, self.rang_after, STRETCH, self.has_died, gap=12))
        lines = Lines()
        lines.line("Ho&w", self.mechanism, "&Minutes", self.minutes)
        lines.line("&Date", self.on, "&Time", self.at)
        lines.line("&Note", self.note)
        self.next.add_to(lines)
        self.next.ask_interpreter_once_booked()
        parts = (self._slots, self.outcome, self.think_now, self._absent, self._why, self._why_cancelled)
        self._left.setLayout(column(*parts, lines, self.more, STRETCH, gap=4))
        self.more.put_first(self.discuss)

    def _connect(self) -> None:
        self.slot.currentIndexChanged.connect(self._fill_from_slot)
        self.outcome.chosen.connect(self._on_outcome)
        self.outcome.typed.connect(lambda: _after_outcome(_status(self.outcome), self).setFocus())
        self.more.interpreter.currentIndexChanged.connect(self._show_consequences)
        self.not_brought.toggled.connect(self._show_consequences)
        self.has_died.clicked.connect(lambda: self.wants.emit(f"page:{PageName.ENDING}:death"))
        self.mechanism.currentIndexChanged.connect(lambda: self.next.suggest(_mechanism(self.mechanism)))
        for editor in (self.on, self.at, self.minutes):
            editor.value_changed.connect(self._show_consequences)

    def _take_missed(self, part: MissedPart) -> None:
        part.ring.hide()
        self._feet.insertWidget(2, part.ring, _ROOM_LEFT)
        self._sides.parted.connect(part.say_whom_to_ring_at)
        part.say_whom_to_ring_at(self._sides.beside)

    def _fill_from_slot(self) -> None:
        """Take over what the booking says already, so that nobody types it again."""
        booked = self._slots.booked()
        self.on.set_value(booked.on if booked else self.page.today)
        self.at.set_value(booked.at if booked else None)
        self.minutes.set_value(booked.minutes if booked else None)
        _suggest_held(self, anew=booked is not None)
        self.more.take_over(booked)
        self.next.set_instead_of(booked.id if booked else None)
        self._take_cancelled_on()
        self._show_consequences()

    def _on_outcome(self, status: AttendanceStatus) -> None:
        if status in CANCELLED:
            self._slots.choose_coming(self.page.today)
        _suggest_held(self)
        self._show_consequences()

    def _show_consequences(self) -> None:
        known, contact = _status(self.outcome), self._contact()
        missed = known is AttendanceStatus.DID_NOT_ATTEND
        seen = known is None or known in ATTENDED
        self.note.set_lines(_NOTE_LINES - 1 if missed else _NOTE_LINES)
        self.note.setPlaceholderText(_WHAT_WAS_SAID if seen else _WHAT_IS_KNOWN)
        self._absent.setVisible(missed)
        self._ask_why(missed=missed, cancelled=known in CANCELLED)
        self.think_now.show_thoughts(thoughts(self.page, known, contact, self.now()))
        self.room_changed.emit()
        self._show_missed(contact if missed else None)
        _say_plan(self.next, self.page, contact if seen else None)

    def _contact(self) -> ContactFact | None:
        on = self.on.value()
        if on is None:
            return None
        booked, interpreter = self._slots.on_day(on), self.more.interpreted()
        return ContactFact(
            id=booked.id if booked else _UNSAVED,
            on=on,
            at=self.at.value(),
            minutes=self.minutes.value(),
            status=None,
            mechanism=_mechanism(self.mechanism),
            practitioner=self.acting.name,
            note="",
            cancelled_on=self.why_cancelled.on.value() if _status(self.outcome) in CANCELLED else None,
            was_not_brought=self.not_brought.isChecked(),
            interpreter=interpreter.value if interpreter else None,
            interpreter_booked=booked.interpreter_booked if booked else None,
        )


def _fields(form: ContactForm) -> dict[str, QWidget]:
    """Return what can be filled in, by the names that drafts and tests know it by."""
    return {
        "outcome": form.outcome,
        "mechanism": form.mechanism,
        "minutes": form.minutes,
        "on": form.on,
        "at": form.at,
        "note": form.note,
        "next_on": form.next_on,
        "next_at": form.next_at,
        "next_how": form.next.mechanism,
        "not_brought": form.not_brought,
        "has_died": form.has_died,
        "discuss": form.discuss,
        "rang_after": form.rang_after,
    }


def _suggest_held(form: ContactForm, *, anew: bool = False) -> None:
    """Suggest how it was held, unless somebody has chosen that; what did not take place was as it was booked.

    What took place was not held by telephone with somebody who is not to be rung, or cannot hear it.
    """
    booked, status = form._slots.booked(), _status(form.outcome)  # noqa: SLF001 - the form's own
    usual = booked.mechanism if booked else ConsultationMechanism.TELEPHONE
    as_booked = booked is not None and status is not None and status not in ATTENDED
    held = usual if as_booked else suited(form, usual)
    if anew or _mechanism(form.mechanism) is form.held:
        form.mechanism.set_value(held)
        form.held = held


def _after_outcome(status: AttendanceStatus | None, form: ContactForm) -> QWidget:
    """Return what is asked after the outcome was chosen by its digit: the first that is needed and empty."""
    if status in CANCELLED:
        return form.why_cancelled.reason
    if status in ATTENDED and form.minutes.value() is None:
        return form.minutes
    missed = status is AttendanceStatus.DID_NOT_ATTEND
    return (form.missed.first() if missed else None) or form.note


def _refuse_without_time(form: ContactForm, contact: ContactFact | None) -> None:
    """Refuse a miss without its time where a step counts hours from it: “within 2 hours” needs a start."""
    ours = contact is None or contact.interpreter == InterpreterAtContact.DID_NOT_ATTEND
    if form.at.value() is not None or contact is None or ours:
        return
    page = form.page
    search = search_if_missed(page.facts, contact, page.rulebook, today=page.today)
    hours = None if search is None else search.rung.of.within_hours
    if hours is not None and page.facts.patient.died_on is None:
        refuse_at(form.at, _WHAT_TIME.format(hours=hours))


def _rang_after(form: ContactForm) -> bool:
    """Return whether the patient was in touch after the slot, and refuse that without a word on it."""
    ticked = form.rang_after.isChecked()
    if ticked and not says_something(form.note.text()):
        refuse_at(form.note, "Write how they were in touch after the slot, and what they said.")
    return ticked


def _say_plan(booking: BookingFields, page: PatientPage, contact: ContactFact | None) -> None:
    """Say by when the contact plan wants the next contact after this one."""
    by = None if contact is None else plan_if_attended(page.facts, contact, page.rulebook.pathway)
    booking.say_plan("" if by is None else f"The contact plan: by {fmt_date(by, weekday=True)}.", by)


def _mechanism(how: ComboBox) -> ConsultationMechanism:
    return ConsultationMechanism(str(how.value()))


def _status(outcome: ChoiceGrid) -> AttendanceStatus | None:
    status = outcome.value()
    return status if isinstance(status, AttendanceStatus) else None
