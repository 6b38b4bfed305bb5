"""Where a patient is registered, and putting right what is known of that GP practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.patient_details import Gp
from collabcare.services.gp_practices import ChangeGpPractice
from collabcare.ui.forms.details_forms import DetailsChange, DetailsForm, line
from collabcare.ui.forms.entry_form import PatientForm, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.forms.practice_part import PracticeFields, PracticePart
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.patient_details import Details
    from collabcare.queries.patient_page import PatientPage
    from collabcare.queries.site import GpPracticeRow
    from collabcare.services.patients import NewGpPractice

_LABELS = 128


class GpForm(DetailsForm):
    """Where somebody is registered: a practice that is known, or a new one with where letters reach it."""

    KIND, TITLE, PART = "gp", "GP and practice", "gp"

    def __init__(self, page: PatientPage, acting: Acting, practices: Sequence[GpPracticeRow]) -> None:
        self._practices = practices
        super().__init__(page, acting)

    def make(self, details: Details) -> dict[str, QWidget]:
        self.practice_part = PracticePart(self._practices, "Pra&ctice", label_width=_LABELS)
        self.practice = self.practice_part.choice
        self.practice.set_text(self.page.facts.patient.gp_practice_name)
        self.gp_name = line("GP", details.gp.gp_name)
        return {**self.practice_part.editors(), "gp_name": self.gp_name}

    def lay_out(self, editors: dict[str, QWidget]) -> None:
        who = Lines(label_width=_LABELS)
        who.line("GP", editors["gp_name"])
        self.body.addWidget(self.practice_part)
        self.body.addLayout(who)
        hint = "Letters to the GP go to this practice."
        self.body.addWidget(PlainLabel(hint, TextRole.SECONDARY, wrap=True))

    def written(self) -> tuple[object, ...]:
        return *self.practice_part.written(), self.gp_name.text()

    def command(self) -> DetailsChange | ChangeGpPractice:
        wanted = super().command()
        if isinstance(wanted, DetailsChange) and isinstance(wanted.practice, ChangeGpPractice):
            now = self.page.facts.patient
            same = self.practice.text().casefold() == now.gp_practice_name.casefold()
            if same and self.gp_name.text().strip() == (now.gp_name or ""):
                return wanted.practice
        return wanted

    def part(self) -> Gp:
        if not self.practice.text():
            refuse_at(self.practice, "Choose the GP practice, or type its name.")
        return Gp(gp_practice_id=self.practice.known_id(), gp_name=self.gp_name.text())

    def practice_to_keep(self) -> NewGpPractice | ChangeGpPractice | None:
        return self.practice_part.to_keep()


class GpPracticeForm(PatientForm):
    """Edits a :class:`ChangeGpPractice` of the practice where the patient on the page is registered."""

    KIND, TITLE, SAVE = "gp_practice", "The GP practice", "Save practice"

    def __init__(self, page: PatientPage, acting: Acting, practice: GpPracticeRow) -> None:
        super().__init__(page, acting)
        self._practice = practice
        self.name = LineEdit("Practice name")
        self.name.setText(practice.name)
        self.fields = PracticeFields(label_width=_LABELS)
        self.fields.show_details(practice.details)
        self.address, self.postcode = self.fields.address, self.fields.postcode
        self.telephone, self.ods_code = self.fields.telephone, self.fields.ods_code
        self._named(name=self.name, **self.fields.editors())
        lines = Lines(label_width=_LABELS)
        lines.line("&Name", self.name)
        self.body.addLayout(lines)
        self.body.addWidget(self.fields)
        told = "Changes the practice for every patient registered there. Issued letters stay as they are."
        self.body.addWidget(PlainLabel(told, TextRole.SECONDARY, wrap=True))
        self.start()

    def first(self) -> QWidget:
        return self.name if self._practice.details.can_be_written_to else self.address

    def written(self) -> tuple[object, ...]:
        return self.name.text(), *self.fields.written()

    def command(self) -> ChangeGpPractice:
        if not self.name.text().strip():
            refuse_at(self.name, "Type the practice's name.")
        return ChangeGpPractice(
            practice_id=self._practice.id,
            seen=self._practice.version,
            details=self.fields.details(self.name.text()),
        )
