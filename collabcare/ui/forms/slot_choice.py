"""Which appointment an outcome is of: one of those whose outcome is open, or one nobody had booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from collabcare.domain.display import fmt_date, fmt_time
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import ContactFact, EpisodeFacts


class SlotChoice(QWidget):
    """Offers the open appointments in ``box``; takes no room where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = ComboBox("Which appointment")
        self.box.setObjectName("contact_slot")
        self._slots: tuple[ContactFact, ...] = ()
        self.other_day = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.other_day.setObjectName("contact_other_day")
        self.other_day.hide()
        lines = Lines()
        lines.line("&Appointment", self.box)
        lines.under(self.other_day)
        self.setLayout(lines)

    def offer(self, facts: EpisodeFacts, today: date) -> None:
        """Offer every booking whose outcome is open, the earliest first, and a contact nobody had booked."""
        self._slots = tuple(contact for contact in facts.contacts if contact.status is None)
        options = [Option(contact.id, _slot_words(contact)) for contact in self._slots]
        due = next((contact.id for contact in self._slots if contact.on <= today), None)
        with QSignalBlocker(self.box):
            self.box.set_options([*options, Option(None, "Not booked before")])
            self.box.set_value(due)
        self.setVisible(bool(self._slots))

    def booked(self) -> ContactFact | None:
        """Return the appointment chosen, None for a contact nobody had booked."""
        chosen = self.box.value()
        return next((contact for contact in self._slots if contact.id == chosen), None)

    def on_day(self, day: date | None) -> ContactFact | None:
        """Return the appointment chosen if it is of this day, and say that it stays booked if it is not."""
        booked = self.booked()
        other = booked is not None and day is not None and day != booked.on
        when = fmt_date(booked.on, weekday=True) if booked is not None else ""
        self.other_day.setText(
            f"That is another day: it is saved as a contact nobody had booked, and {when} stays booked."
            if other
            else ""
        )
        self.other_day.setVisible(other)
        return None if other else booked

    def choose_coming(self, today: date) -> None:
        """Choose the next appointment to come, if nothing is chosen yet: it is what is being cancelled."""
        coming = next((contact.id for contact in self._slots if contact.on > today), None)
        if self.booked() is None and coming is not None:
            self.box.set_value(coming)


def _slot_words(contact: ContactFact) -> str:
    time = f" {fmt_time(contact.at)}" if contact.at else ""
    return f"Booked {fmt_date(contact.on, weekday=True)}{time}, {contact.mechanism.label.lower()}"
