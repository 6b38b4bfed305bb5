"""A contact or a booking that was entered in error: which one, and what was wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, fmt_time
from collabcare.services.contact_corrections import VoidContact
from collabcare.ui.forms.entry_form import PatientForm, refuse_at
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import ContactFact
    from collabcare.domain.ids import ContactId
    from collabcare.queries.patient_page import PatientPage

_LATEST = 10
_KEPT = "It stays in the record with your reason. It counts no more, and what it caused is taken back."


class ContactErrorForm(PatientForm):
    """Edits a :class:`VoidContact` for one of the latest contacts and bookings."""

    KIND = "contact_error"
    TITLE = "Contact entered in error"
    SAVE = "Mark as entered in error"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self._offered: tuple[ContactFact, ...] = ()
        self.which = ComboBox("Which contact")
        self.reason = NoteEdit("What was wrong", placeholder="Such as: entered for another patient", lines=2)
        self._named(which=self.which, reason=self.reason)
        self.body.addWidget(Field("Which &contact", self.which))
        self.body.addWidget(Field("&What was wrong", self.reason, hint=_KEPT))
        self._offer()
        self.start()

    def choose_contact(self, contact_id: ContactId) -> None:
        """Choose the contact this is about, if it is one of those offered."""
        if any(each.id == contact_id for each in self._offered):
            self.which.set_value(contact_id)

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        self._offer()

    def first(self) -> QWidget:
        return self.which

    def written(self) -> tuple[object, ...]:
        return self.which.value(), self.reason.toPlainText()

    def command(self) -> VoidContact:
        chosen = next((each for each in self._offered if each.id == self.which.value()), None)
        if chosen is None:
            refuse_at(self.which, "Choose the contact that was entered in error.")
        if not self.reason.text():
            refuse_at(self.reason, "Say what was wrong: the contact stays in the record with your reason.")
        return VoidContact(contact_id=chosen.id, seen=chosen.row_version, reason=self.reason.text())

    def _offer(self) -> None:
        """Offer the latest contacts and bookings, the newest first; what was chosen stays chosen."""
        chosen = self.which.value()
        self._offered = tuple(reversed(self.page.facts.contacts[-_LATEST:]))
        options = [Option(each.id, _words(each)) for each in self._offered]
        self.which.set_options([Option(None, "Choose"), *options])
        self.which.set_value(chosen if any(each.id == chosen for each in self._offered) else None)


def _words(contact: ContactFact) -> str:
    what = "Booked" if contact.status is None else contact.status.label
    at = f" {fmt_time(contact.at)}" if contact.at else ""
    return f"{what}, {fmt_date(contact.on, weekday=True)}{at}, {contact.mechanism.label.lower()}"
