"""What only a contact that did not take place is asked about: made when its outcome first asks for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.ui.forms.contact_more import CancelledPart
from collabcare.ui.forms.missed_part import MissedPart
from collabcare.ui.forms.slot_choice import SlotChoice
from collabcare.ui.forms.why_late import WhyLate

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import ContactFact
    from collabcare.domain.missed_thoughts import Answer, Ask
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.widgets.note_edit import NoteEdit


class ContactLate(WhyLate):
    """Has why they had not come, the day and reason of a cancellation, and what to think about now."""

    LATE = ("why", "why_cancelled", "missed")

    note: NoteEdit

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self._slots = SlotChoice()
        self._why_cancelled, self._missed = self.late_part(), self.late_part()

    @cached_property
    def why_cancelled(self) -> CancelledPart:
        """When it was cancelled, and whether for a clinical reason."""
        part = CancelledPart(self.page.today)
        part.on.set_value(self._cancelled_on())
        part.reason.typed.connect(self._to_note)
        part.move_instead.clicked.connect(self._on_move)
        part.on.value_changed.connect(self._show_consequences)
        self._why_cancelled.put(part, part)
        return part

    @cached_property
    def missed(self) -> MissedPart:
        """What a missed appointment asks for now."""
        part = MissedPart()
        part.wants.connect(self.wants)
        part.answered.connect(self._to_note)
        self._missed.put(part, part)
        self._take_missed(part)
        return part

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Write words begun among the questions into the note: a space would answer one of them."""
        if event.text().isalpha() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self._to_note()
            self.note.insertPlainText(event.text())
            return
        super().keyPressEvent(event)

    def _to_note(self) -> None:
        self.note.setFocus()

    def _take_missed(self, part: MissedPart) -> None:
        """Give what to think about its place beside the rest."""
        raise NotImplementedError

    def _show_consequences(self) -> None:
        """Show what follows from what was chosen."""
        raise NotImplementedError

    def _cancelled_on(self) -> date:
        """Return the day a cancellation came, unless somebody says another."""
        booked = self._slots.booked()
        return min(self.page.today, booked.on) if booked else self.page.today

    def _take_cancelled_on(self) -> None:
        """Take over the day of another booking."""
        if self._why_cancelled.is_filled:
            self.why_cancelled.on.set_value(self._cancelled_on())

    def _ask_why(self, *, missed: bool, cancelled: bool) -> None:
        """Ask why a contact did not take place."""
        if missed or self._why.is_filled:
            self.why.ask(missed)
        if cancelled:
            self.why_cancelled.move_instead.setVisible(self._slots.booked() is not None)
        self._why.setVisible(missed)
        self._why_cancelled.setVisible(cancelled)

    def _show_missed(self, contact: ContactFact | None) -> None:
        """Show what a missed contact asks for, or nothing without one."""
        if contact is not None or self._missed.is_filled:
            missed = self.missed
            self._missed.setVisible(contact is not None)
            missed.show_missed(self.page, contact)
            self._fit_keys()

    def _fit_keys(self) -> None:
        """Leave the keys out where it is said at the foot whom to ring: their tool tips have them too."""
        super()._fit_keys()
        if self._missed.is_filled and not self.missed.ring.isHidden():
            self.keys.hide()

    def _answers(self) -> dict[Ask, Answer]:
        return self.missed.answers() if self._missed.is_filled else {}

    def _why_missed(self) -> dict[str, Any]:  # Any: two fields of a command, by name
        return self.why.given() if self._why.is_filled else {}

    def _on_move(self) -> None:
        self.wants.emit("move")
