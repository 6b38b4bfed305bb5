"""Medicines: what the patient takes as it was reported to us, what was taken before, and how it goes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.episode import Phase
from collabcare.domain.medication import (
    GP_TO_CONFIRM,
    current_medicines,
    is_earlier_dose,
    medicine_words,
    past_medicines,
    told_words,
)
from collabcare.services.medication import (
    AddMedicine,
    ChangeDose,
    EndMedicine,
    NoteTaking,
    VoidMedicine,
    add_medicine,
    change_dose,
    end_medicine,
    note_taking,
    void_medicine,
)
from collabcare.ui.forms.medicine_forms import (
    DoseForm,
    MedicineEndForm,
    MedicineForm,
    MedicineVoidForm,
    TakingForm,
)
from collabcare.ui.pages import PageName
from collabcare.ui.views.cards_page import CardsPage
from collabcare.ui.views.suggested import quiet
from collabcare.ui.views.two_columns import TwoColumns
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import STRETCH, column
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLayout, QWidget

    from collabcare.domain.changes import Changes
    from collabcare.domain.people_facts import MedicationFact
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.forms.entry_form import PatientForm

_OF_ONE = {each.KIND: each for each in (DoseForm, TakingForm, MedicineEndForm, MedicineVoidForm)}
_ACTS = {
    DoseForm.KIND: "Change dose",
    TakingForm.KIND: "How it goes",
    MedicineEndForm.KIND: "Stopped",
    MedicineVoidForm.KIND: "Entered in error",
}
_NO_MEDICINE = "Nobody has told us of any. That does not mean that none is taken."


class MedicationView(CardsPage):
    """The page with the tab "Medicines"."""

    NAME = PageName.MEDICATION
    SAID: ClassVar[dict[str, str]] = {
        "medicine": "The medicine is saved. Letters to the GP offer it from now on.",
        "medicine_dose": "The new dose is saved. The one before stays in the list.",
        "medicine_taking": "How it is taken is saved. Letters to the GP offer it.",
        "medicine_end": "The medicine is stopped. It stays in the list.",
        "medicine_void": "The medicine is marked as entered in error. It is on no letter from now on.",
    }

    def cards(self, page: PatientPage) -> QWidget:
        current, past = current_medicines(page.facts.medication), past_medicines(page.facts.medication)
        left = column(self._now_card(page, current), STRETCH, gap=12)
        right = column(self._past_card(page, past), _allergies(page), STRETCH, gap=12)
        return TwoColumns(left, right)

    def form_of(self, kind: str, page: PatientPage, subject: int) -> PatientForm | None:
        if not self._may(page):
            return None
        if kind == MedicineForm.KIND:
            return MedicineForm(page, self.desk.acting)
        medicine = next((each for each in page.facts.medication if each.id == subject), None)
        if medicine is None or kind not in _OF_ONE:
            return None
        return _OF_ONE[kind](page, self.desk.acting, medicine)

    def service_of(self, command: object) -> Callable[[], Changes]:
        uow, policy = self.desk.uow, self.desk.rulebook.medication
        service: Callable[[], Changes]
        match command:
            case AddMedicine():
                service = partial(add_medicine, command, uow, policy)
            case ChangeDose():
                service = partial(change_dose, command, uow, policy)
            case NoteTaking():
                service = partial(note_taking, command, uow)
            case EndMedicine():
                service = partial(end_medicine, command, uow)
            case VoidMedicine():
                service = partial(void_medicine, command, uow)
            case _:
                raise TypeError(type(command).__name__)
        return service

    def _now_card(self, page: PatientPage, current: tuple[MedicationFact, ...]) -> Card:
        card = Card("Taken now", count=len(current) or None)
        card.setObjectName("medication_now")
        card.body.addWidget(quiet(GP_TO_CONFIRM))
        if self._may(page):
            add = self.button("medicine_add", "Add medicine", partial(self.unfold, MedicineForm.KIND))
            card.body.addWidget(FlowBox(add, gap=8))
        if not current:
            card.body.addWidget(quiet(_NO_MEDICINE))
        for medicine in current:
            card.body.addLayout(self._medicine(page, medicine, tuple(_ACTS)))
        return card

    def _past_card(self, page: PatientPage, past: tuple[MedicationFact, ...]) -> Card:
        card = Card("Taken before", count=len(past) or None)
        card.setObjectName("medication_past")
        if not past:
            card.body.addWidget(quiet("None is recorded."))
        for medicine in past:
            card.body.addLayout(self._medicine(page, medicine, (MedicineVoidForm.KIND,)))
        return card

    def _medicine(self, page: PatientPage, medicine: MedicationFact, kinds: tuple[str, ...]) -> QLayout:
        kind = " (antidepressant)" if medicine.antidepressant else ""
        lines: list[QWidget] = [
            PlainLabel(f"{medicine_words(medicine)}{kind}", TextRole.STRONG, wrap=True),
            quiet(f"{told_words(medicine)}."),
        ]
        if medicine.taking:
            lines.append(PlainLabel(medicine.taking, wrap=True))
        if is_earlier_dose(medicine, page.facts.medication):
            lines.append(quiet("An earlier dose."))
        elif medicine.end_note:
            lines.append(quiet(f"Stopped: {medicine.end_note}"))
        if self._may(page):
            lines.append(FlowBox(*(self._act(kind, medicine) for kind in kinds), gap=6))
        return column(*lines, gap=2)

    def _act(self, kind: str, medicine: MedicationFact) -> QWidget:
        button = self.button(f"{kind}_{medicine.id}", _ACTS[kind], partial(self.unfold, kind, medicine.id))
        button.setAccessibleDescription(medicine_words(medicine))
        return button

    def _may(self, page: PatientPage) -> bool:
        open_now = page.facts.phase is not Phase.CLOSED
        return open_now and allowed(self.desk.acting.role, Permission.PLAN_CARE)


def _allergies(page: PatientPage) -> Card:
    """Show what is written under Details, where it is changed."""
    card = Card("Allergies, as reported")
    said = page.facts.patient.allergies
    card.body.addWidget(PlainLabel(said, wrap=True) if said else quiet("Nobody has asked yet."))
    card.body.addWidget(quiet("It is changed under Details."))
    return card
