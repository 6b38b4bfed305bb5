"""A note of a day outside any contact: it asks for nothing and moves no date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.typed_dates import Direction
from collabcare.services.notes import WriteNote
from collabcare.ui.forms.entry_form import PatientForm, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage

_WHAT_IT_IS = "For what is no contact with the patient. It changes nothing that is due."
_SUCH_AS = "What a colleague said, what came by post, what to think of next time"


class NoteForm(PatientForm):
    """Edits a :class:`WriteNote`."""

    KIND = "note"
    TITLE = "Write a note"
    SAVE = "Save note"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.note = NoteEdit("Note", placeholder=_SUCH_AS, lines=4)
        self.on = DateEdit("Day", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self._named(note=self.note, on=self.on)
        lines = Lines()
        lines.under(PlainLabel(_WHAT_IT_IS, TextRole.SECONDARY, wrap=True))
        lines.line("&Day", self.on)
        lines.line("&Note", self.note)
        self.body.addLayout(lines)
        self.start()

    def first(self) -> QWidget:
        return self.note

    def written(self) -> tuple[object, ...]:
        return self.on.text(), self.note.toPlainText()

    def command(self) -> WriteNote:
        if not self.note.text():
            refuse_at(self.note, "Write the note first.")
        return WriteNote(episode_id=self.page.facts.episode_id, on=needed_day(self.on), text=self.note.text())
