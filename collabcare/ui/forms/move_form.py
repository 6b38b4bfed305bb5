"""Moving a booked appointment to another time in one form: which one, who asked, and the new time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.attendance import Side
from collabcare.domain.codes import AppointmentType
from collabcare.domain.moving import ASKED_WORDS, Slot
from collabcare.domain.typed_dates import Direction
from collabcare.services.moving import MoveAppointment
from collabcare.ui.forms.booking_form import BookingForm, suggest_held
from collabcare.ui.forms.entry_form import needed_day, refuse_at
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.codes import ConsultationMechanism
    from collabcare.domain.facts import ContactFact
    from collabcare.domain.ids import ContactId
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.forms.lines import Lines

_NO_CANCELLATION = "The appointment goes on at its new time: nothing is cancelled, and nothing is to rebook."


class MoveForm(BookingForm):
    """Edits a :class:`MoveAppointment`; what stays as it was is filled in from the old time."""

    KIND = "move"
    TITLE = "Move an appointment"
    SAVE = "Move appointment"
    DAY = "New &day"
    ASKS_HOW_OFTEN = False

    def first(self) -> QWidget:
        return self.asked_by

    def written(self) -> tuple[object, ...]:
        asked = (self.which.value(), self.asked_by.value(), self.asked_on.text(), self.why.text())
        return (*asked, *super().written())

    def command(self) -> MoveAppointment:
        chosen = self._chosen()
        if chosen is None:
            refuse_at(self.which, "Choose the appointment to move.")
        side = self.asked_by.value()
        if not isinstance(side, Side):
            refuse_at(self.asked_by, "Choose who asked for another time: keys 1 or 2.")
        return MoveAppointment(
            contact_id=chosen.id,
            seen=chosen.row_version,
            asked_by=side,
            asked_on=needed_day(self.asked_on),
            booking=self._booking(),
            note=self.why.text(),
        )

    def choose_slot(self, contact_id: ContactId) -> None:
        """Move this booking."""
        self.which.set_value(contact_id)

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        chosen = self.which.value()
        self._offer()
        self.which.set_value(chosen if self._is_offered(chosen) else None)

    def instead_of(self) -> ContactId | None:
        chosen = self._chosen()
        return None if chosen is None else chosen.id

    def _begin(self) -> None:
        today = self.page.today
        self.which = ComboBox("Which appointment")
        self.asked_by = Segmented("Who asked", [Option(side, words) for side, words in ASKED_WORDS.items()])
        self.asked_on = DateEdit("Asked on", today, DateNeeds(direction=Direction.PAST))
        self.asked_on.set_value(today)
        self.why = LineEdit("Why")
        self.why.setPlaceholderText("What was said, if anything")
        self._offer()
        self.which.set_value(self._usual())
        self.which.currentIndexChanged.connect(self._take_over_last)
        self.which.currentIndexChanged.connect(self.say_checks)

    def _lay_out_first(self, lines: Lines) -> None:
        self._named(which=self.which, asked_by=self.asked_by, asked_on=self.asked_on, why=self.why)
        lines.line("&Appointment", self.which)
        lines.line("Who a&sked", self.asked_by)

    def _lay_out_last(self, lines: Lines) -> None:
        lines.line("Asked &on", self.asked_on)
        lines.line("Wh&y", self.why)
        lines.under(PlainLabel(_NO_CANCELLATION, TextRole.SECONDARY, wrap=True))

    def _take_over_last(self) -> None:
        """Keep of the old time what will stay as it was; an interpreter is to be booked anew."""
        was = self._chosen()
        if was is None:
            return
        self.at.set_value(was.at)
        suggest_held(self, anew=True)
        self.minutes.set_value(was.minutes)
        self.place.setText(was.place)
        self.kind.set_value(AppointmentType(was.appointment_type) if was.appointment_type else None)
        self.group.setChecked(was.group)
        self.joint.setChecked(was.joint)

    def held_before(self) -> ConsultationMechanism:
        was = self._chosen()
        return super().held_before() if was is None else was.mechanism

    def _offer(self) -> None:
        """Offer every booking without an outcome, the next to come first chosen."""
        options = [
            Option(each.id, f"{Slot(each.on, each.at).words}, {each.mechanism.label.lower()}")
            for each in self._open()
        ]
        self.which.set_options([Option(None, "Choose"), *options])

    def _open(self) -> tuple[ContactFact, ...]:
        return tuple(each for each in self.page.facts.contacts if each.status is None)

    def _usual(self) -> ContactId | None:
        """Return the next booking to come, or else the only one there is."""
        coming = self.page.facts.next_booked(self.page.today)
        open_ones = self._open()
        return coming.id if coming is not None else open_ones[-1].id if len(open_ones) == 1 else None

    def _chosen(self) -> ContactFact | None:
        return next((each for each in self._open() if each.id == self.which.value()), None)

    def _is_offered(self, chosen: object) -> bool:
        return any(each.id == chosen for each in self._open())
