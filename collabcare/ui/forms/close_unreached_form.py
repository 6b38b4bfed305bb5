"""Ending care because the patient could not be reached, once the whole review is met and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.closure import Ending
from collabcare.domain.relapse_prevention import missing_from_plan
from collabcare.domain.typed_dates import Direction
from collabcare.services.episodes import CloseEpisode
from collabcare.ui.forms.entry_form import PatientForm, needed_day, refuse_at
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.note_edit import NoteEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage


class CloseUnreachedForm(PatientForm):
    """Edits the :class:`CloseEpisode` that the review of not attending leads to."""

    KIND = "close_unreached"
    TITLE = "End care after the review"
    SAVE = "End care"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.closed_on = DateEdit("Last day of care", page.today, DateNeeds(direction=Direction.PAST))
        self.closed_on.set_value(page.today)
        self.note = NoteEdit("Note", placeholder="What the next person should know", lines=2)
        self.why_no_plan = NoteEdit("Why there is no complete staying-well plan", lines=2)
        self._named(closed_on=self.closed_on, note=self.note, why_no_plan=self.why_no_plan)
        self._why = Field("Why there is no complete staying-well pl&an", self.why_no_plan)
        for part in (Field("Last &day of care", self.closed_on), Field("&Note", self.note), self._why):
            self.body.addWidget(part)
        self._why.setVisible(bool(missing_from_plan(page.facts.relapse_plan)))
        self.start()

    def first(self) -> QWidget:
        return self.closed_on

    def written(self) -> tuple[object, ...]:
        return self.closed_on.text(), self.note.toPlainText(), self.why_no_plan.toPlainText()

    def command(self) -> CloseEpisode:
        if not self._why.isHidden() and not self.why_no_plan.text().strip():
            refuse_at(self.why_no_plan, "Make the staying-well plan first, or say why there is none.")
        return CloseEpisode(
            episode_id=self.page.facts.episode_id,
            ending=Ending.NOT_ENGAGING,
            closed_on=needed_day(self.closed_on),
            note=self.note.text(),
            why_no_plan=self.why_no_plan.text(),
            seen=self.page.facts.version,
        )
