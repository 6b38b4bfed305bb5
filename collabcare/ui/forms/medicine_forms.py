"""Medicines as reported: a new one, another dose, how it is taken, that it was stopped, or an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.medication import SOURCE_WORDS, MedicineDraft, medicine_words, told_words
from collabcare.domain.people_facts import MedicationSource
from collabcare.domain.typed_dates import Direction
from collabcare.services.medication import AddMedicine, ChangeDose, EndMedicine, NoteTaking, VoidMedicine
from collabcare.ui.forms.entry_form import PatientForm, fit, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.people_facts import MedicationFact
    from collabcare.queries.patient_page import PatientPage

_SOURCES = [Option(source, words) for source, words in SOURCE_WORDS.items()]
_SINCE = "Leave empty when it was taken already when you first heard of it."
_TELLS = (
    "An antidepressant started or changed also makes a missed appointment one to follow up sooner, on the"
    " Prompt track. Nothing is typed twice."
)
_TAKING = "How it is taken, what it does, side effects, in the words it was told"


class MedicineForm(PatientForm):
    """Edits an :class:`AddMedicine`."""

    KIND = "medicine"
    TITLE = "Add a medicine as reported"
    SAVE = "Save medicine"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.name, self.dose, self.purpose = LineEdit("Medicine"), LineEdit("Dose"), LineEdit("For what")
        self.dose.setPlaceholderText("As told, such as: 50 mg in the morning")
        self.source = Segmented("Who told us", _SOURCES)
        self.antidepressant = Segmented(
            "Antidepressant", [Option(value=True, text="Yes"), Option(value=False, text="No")]
        )
        self.started_on = DateEdit(
            "Started on", page.today, DateNeeds(direction=Direction.PAST, optional=True)
        )
        self.taking = NoteEdit("Taking it", placeholder=_TAKING, lines=2)
        self._named(
            name=self.name,
            dose=self.dose,
            purpose=self.purpose,
            source=self.source,
            antidepressant=self.antidepressant,
            started_on=self.started_on,
            taking=self.taking,
        )
        lines = Lines(label_width=110)
        lines.line("&Medicine", self.name)
        lines.line("&Dose", self.dose)
        lines.line("&For what", self.purpose)
        lines.line("&Who told us", self.source)
        lines.line("&Antidepressant", self.antidepressant)
        lines.line("&Started on", self.started_on)
        lines.under(PlainLabel(_SINCE, TextRole.SECONDARY, wrap=True))
        lines.line("&Taking it", self.taking)
        self.body.addLayout(lines)
        self.body.addWidget(PlainLabel(_TELLS, TextRole.SECONDARY, wrap=True))
        self.start()

    def first(self) -> QWidget:
        return self.name

    def written(self) -> tuple[object, ...]:
        lines = (self.name, self.dose, self.purpose, self.started_on)
        return (
            *(line.text() for line in lines),
            self.source.value(),
            self.antidepressant.value(),
            self.taking.toPlainText(),
        )

    def command(self) -> AddMedicine:
        if not self.name.text().strip():
            refuse_at(self.name, "Write the name of the medicine, as it was told.")
        if self.antidepressant.value() is None:
            refuse_at(self.antidepressant, "Say whether it is an antidepressant: how soon we act goes by it.")
        fit(self.started_on)
        return AddMedicine(
            episode_id=self.page.facts.episode_id,
            medicine=MedicineDraft(
                name=self.name.text(),
                dose=self.dose.text(),
                purpose=self.purpose.text(),
                reported_by=_source(self.source),
                antidepressant=self.antidepressant.value() is True,
                started_on=self.started_on.value(),
                taking=self.taking.text(),
            ),
        )


class OneMedicineForm(PatientForm):
    """A form about one medicine in the list."""

    def __init__(
        self, page: PatientPage, acting: Acting, medicine: MedicationFact, parent: QWidget | None = None
    ) -> None:
        super().__init__(page, acting, parent)
        self._medicine = medicine
        self.body.addWidget(PlainLabel(medicine_words(medicine), TextRole.STRONG, wrap=True))
        self.body.addWidget(PlainLabel(f"{told_words(medicine)}.", TextRole.SECONDARY, wrap=True))
        self.lay_out()
        self.start()

    def lay_out(self) -> None:
        """Fill the form under the medicine it is about."""
        raise NotImplementedError

    def _day(self, name: str) -> DateEdit:
        day = DateEdit(name, self.page.today, DateNeeds(direction=Direction.PAST))
        day.set_value(self.page.today)
        return day


class DoseForm(OneMedicineForm):
    """Edits a :class:`ChangeDose`: the dose before stays readable."""

    KIND = "medicine_dose"
    TITLE = "Change the dose"
    SAVE = "Save dose"

    def lay_out(self) -> None:
        self.dose, self.on = LineEdit("New dose"), self._day("From")
        self.source = Segmented("Who told us", _SOURCES)
        self._named(dose=self.dose, on=self.on, source=self.source)
        lines = Lines(label_width=110)
        lines.line("New &dose", self.dose)
        lines.line("&From", self.on)
        lines.line("&Who told us", self.source)
        self.body.addLayout(lines)

    def first(self) -> QWidget:
        return self.dose

    def written(self) -> tuple[object, ...]:
        return self.dose.text(), self.on.text(), self.source.value()

    def command(self) -> ChangeDose:
        if not self.dose.text().strip():
            refuse_at(self.dose, "Write the new dose, as it was told.")
        return ChangeDose(
            medicine_id=self._medicine.id,
            seen=self._medicine.row_version,
            dose=self.dose.text(),
            on=needed_day(self.on),
            reported_by=_source(self.source),
        )


class TakingForm(OneMedicineForm):
    """Edits a :class:`NoteTaking`."""

    KIND = "medicine_taking"
    TITLE = "How it is taken"
    SAVE = "Save"

    def lay_out(self) -> None:
        self.taking = NoteEdit("Taking it", placeholder=_TAKING, lines=3)
        self.taking.setPlainText(self._medicine.taking)
        self._named(taking=self.taking)
        lines = Lines(label_width=110)
        lines.line("&Taking it", self.taking)
        self.body.addLayout(lines)

    def first(self) -> QWidget:
        return self.taking

    def written(self) -> tuple[object, ...]:
        return (self.taking.toPlainText(),)

    def command(self) -> NoteTaking:
        medicine = self._medicine
        return NoteTaking(medicine_id=medicine.id, seen=medicine.row_version, taking=self.taking.text())


class MedicineEndForm(OneMedicineForm):
    """Edits an :class:`EndMedicine`."""

    KIND = "medicine_end"
    TITLE = "Stopped taking it"
    SAVE = "Save"

    def lay_out(self) -> None:
        self.on = self._day("Stopped on")
        self.note = NoteEdit("Why", placeholder="Who stopped it and why, as it was told", lines=2)
        self._named(on=self.on, note=self.note)
        lines = Lines(label_width=110)
        lines.line("Stopped &on", self.on)
        lines.line("&Why", self.note)
        self.body.addLayout(lines)

    def first(self) -> QWidget:
        return self.on

    def written(self) -> tuple[object, ...]:
        return self.on.text(), self.note.toPlainText()

    def command(self) -> EndMedicine:
        on = needed_day(self.on)
        if not self.note.text():
            refuse_at(self.note, "Say why it was stopped, as it was told.")
        medicine = self._medicine
        return EndMedicine(medicine_id=medicine.id, seen=medicine.row_version, on=on, note=self.note.text())


class MedicineVoidForm(OneMedicineForm):
    """Edits a :class:`VoidMedicine`."""

    KIND = "medicine_void"
    TITLE = "Entered in error"
    SAVE = "Mark as error"

    def lay_out(self) -> None:
        self.reason = NoteEdit("Reason", placeholder="How the mistake came about", lines=2)
        self._named(reason=self.reason)
        said = (
            "It leaves the list, with what it told the Prompt track. It stays in the record with your reason."
        )
        self.body.addWidget(PlainLabel(said, TextRole.SECONDARY, wrap=True))
        lines = Lines(label_width=110)
        lines.line("Reas&on", self.reason)
        self.body.addLayout(lines)

    def first(self) -> QWidget:
        return self.reason

    def written(self) -> tuple[object, ...]:
        return (self.reason.toPlainText(),)

    def command(self) -> VoidMedicine:
        if not self.reason.text():
            refuse_at(self.reason, "Say why this is an error.")
        medicine = self._medicine
        return VoidMedicine(medicine_id=medicine.id, seen=medicine.row_version, reason=self.reason.text())


def _source(choice: Segmented) -> MedicationSource:
    """Return who told us.

    Raises:
        RuleViolation: When nobody was chosen.
    """
    if choice.value() is None:
        refuse_at(choice, "Say who told us of this medicine.")
    return MedicationSource(str(choice.value()))
