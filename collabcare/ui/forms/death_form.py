"""Recording that a patient has died."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.deaths import WHO_TOLD, confirm_death
from collabcare.domain.ids import PatientId
from collabcare.domain.typed_dates import Direction
from collabcare.domain.typed_text import says_something
from collabcare.services.deaths import RecordDeath
from collabcare.ui.forms.entry_form import PatientForm, needed_day, refuse_at
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage

TOLD_BY_CUE = "Name, and who they are"
_FOLLOWS = (
    "Searches end, what is booked is cancelled, and no letter to the patient can be issued. They are not on"
    " Today any more: “Died: care to end” in the caseload holds them until care is ended and the GP has the"
    " discharge summary."
)


class DeathForm(PatientForm):
    """Edits a :class:`RecordDeath`."""

    KIND = "death"
    TITLE = "The patient has died"
    SAVE = "Record death"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.died_on = DateEdit("Died on", page.today, DateNeeds(direction=Direction.PAST))
        self.told_by = LineEdit("Who told us")
        self.told_by.setPlaceholderText(TOLD_BY_CUE)
        self._named(died_on=self.died_on, told_by=self.told_by)
        self.body.addWidget(Field("&Died on", self.died_on))
        self.body.addWidget(Field("&Who told us", self.told_by))
        self.body.addWidget(PlainLabel(_FOLLOWS, wrap=True))
        self.start()

    def first(self) -> QWidget:
        return self.died_on

    def written(self) -> tuple[object, ...]:
        return self.died_on.text(), self.told_by.text()

    def doubt(self) -> str:
        died_on = self.died_on.value()
        return "" if died_on is None else confirm_of(self.page, died_on, self.told_by.text())

    def command(self) -> RecordDeath:
        patient, died_on = self.page.facts.patient, needed_day(self.died_on)
        if not says_something(self.told_by.text()):
            refuse_at(self.told_by, WHO_TOLD)
        return RecordDeath(
            patient_id=PatientId(patient.patient_id),
            seen=patient.version,
            died_on=died_on,
            told_by=self.told_by.text(),
        )


def confirm_of(page: PatientPage, died_on: date, told_by: str) -> str:
    """Return what is to be confirmed before the death of this patient is saved."""
    return confirm_death(page.facts.patient.name, died_on, " ".join(told_by.split()))
