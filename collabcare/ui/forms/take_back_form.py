"""Taking back an end of care that was recorded in error: why, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.codes import ClosureReason
from collabcare.services.endings_taken_back import TakeBackEnding
from collabcare.ui.forms.entry_form import PatientForm, refuse_at
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage

_FOLLOWS = (
    "Care goes on, and so does a search that ended with it. What the ending said stays in the story, struck"
    " through, with your reason. Appointments that were cancelled are to be booked again."
)
_DEATH = " The death is taken back too."


class TakeBackForm(PatientForm):
    """Edits a :class:`TakeBackEnding`."""

    KIND = "take_back_ending"
    TITLE = "Care had not ended"
    SAVE = "Take back"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        ending = page.facts.ending
        died = ending is not None and ending.reason is ClosureReason.DIED
        self.reason = NoteEdit(
            "Why it was a mistake", placeholder="What happened, and who found out", lines=2
        )
        self._named(reason=self.reason)
        self.body.addWidget(PlainLabel(_FOLLOWS + (_DEATH if died else ""), wrap=True))
        self.body.addWidget(Field("&Why it was a mistake", self.reason))
        self.start()

    def first(self) -> QWidget:
        return self.reason

    def written(self) -> tuple[object, ...]:
        return (self.reason.toPlainText(),)

    def command(self) -> TakeBackEnding:
        if not self.reason.text().strip():
            refuse_at(self.reason, "Say why care had not ended: it stands in the record.")
        return TakeBackEnding(
            episode_id=self.page.facts.episode_id, seen=self.page.facts.version, reason=self.reason.text()
        )
