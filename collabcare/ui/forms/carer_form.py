"""Somebody close to a patient: who they are, and what the patient agrees they may be asked and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from collabcare.domain.carers import CarerDraft, draft_of, nominated_carer
from collabcare.domain.typed_dates import Direction
from collabcare.services.carers import EndCarer, SaveCarer
from collabcare.ui.forms.entry_form import PatientForm, fit, refuse_at
from collabcare.ui.forms.field_grid import field_grid
from collabcare.ui.forms.three_ways import YesNoNotAsked
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import STRETCH, column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.telephone_edit import TelephoneEdit

if TYPE_CHECKING:
    from collabcare.domain.acting import Acting
    from collabcare.domain.people_facts import CarerFact
    from collabcare.queries.patient_page import PatientPage

_ONLY_WITH_A_YES = "Only with the patient's agreement"


class CarerForm(PatientForm):
    """Edits a :class:`SaveCarer`: somebody new, or ``carer`` as they stand.

    ``named`` is what the details said in a line of text before there was a list; it is taken over here.
    """

    KIND = "carer"
    TITLE = "Somebody close to them"
    SAVE = "Save"

    def __init__(
        self, page: PatientPage, acting: Acting, carer: CarerFact | None = None, named: str = ""
    ) -> None:
        super().__init__(page, acting)
        self._carer, self._named_before = carer, bool(named)
        self._seen = carer.row_version if carer else None
        self._make(draft_of(carer) if carer else CarerDraft(name=named), page)
        self._lay_out()
        self.may_contact.chosen.connect(self._on_answer)
        self._allow()
        self.start()

    def first(self) -> QWidget:
        return self.name

    def written(self) -> tuple[object, ...]:
        ticked = (self.is_carer, self.next_of_kin, self.nominated)
        return (
            *(edit.text() for edit in (self.name, self.relation, self.telephone, self.consent_on)),
            *(box.isChecked() for box in ticked),
            *(note.toPlainText() for note in (self.may_share, self.note)),
            self.may_contact.answer(),
        )

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        mine = self._carer
        now = next((each for each in page.facts.carers if mine and each.id == mine.id), None)
        if now is not None and mine is not None and draft_of(now) == draft_of(mine):
            self._seen = now.row_version

    def command(self) -> SaveCarer:
        if not self.name.text().strip():
            refuse_at(self.name, "Write who this is.")
        fit(self.consent_on)
        agreed = self.may_contact.answer()
        return SaveCarer(
            patient_id=self.page.facts.patient.patient_id,
            carer_id=self._carer.id if self._carer else None,
            seen=self._seen,
            named_before=self._named_before,
            draft=CarerDraft(
                name=self.name.text(),
                relation=self.relation.text(),
                telephone=self.telephone.text(),
                is_carer=self.is_carer.isChecked(),
                next_of_kin=self.next_of_kin.isChecked(),
                may_contact=agreed,
                consent_on=self.consent_on.value(),
                nominated=agreed is True and self.nominated.isChecked(),
                may_share=self.may_share.text() if agreed else "",
                note=self.note.text(),
            ),
        )

    def doubt(self) -> str:
        before = nominated_carer(self.page.facts.carers)
        mine = self._carer.id if self._carer else None
        if before is None or before.id == mine or not self.nominated.isChecked():
            return ""
        return (
            f"So far {before.name} is the one who may be rung. Save again to put this person in their place."
        )

    def _make(self, draft: CarerDraft, page: PatientPage) -> None:
        self.name, self.relation = LineEdit("Name"), LineEdit("What they are to the patient")
        self.relation.setPlaceholderText("Such as partner, mother, friend, key worker")
        self.telephone = TelephoneEdit("Telephone")
        self.is_carer = QCheckBox("Is a &carer: looks after them, unpaid")
        self.next_of_kin = QCheckBox("Next of &kin")
        self.may_contact = YesNoNotAsked("May we contact them?", draft.may_contact)
        self.consent_on = DateEdit("Asked on", page.today, DateNeeds(direction=Direction.PAST, optional=True))
        self.nominated = QCheckBox("May be r&ung when the patient cannot be reached")
        self.may_share = NoteEdit("What may be shared", placeholder=_ONLY_WITH_A_YES, lines=2)
        self.note = NoteEdit("Note", placeholder="Needs of their own; support offered to a carer", lines=2)
        for edit, text in (
            (self.name, draft.name),
            (self.relation, draft.relation),
            (self.telephone, draft.telephone),
        ):
            edit.setText(text)
        self.is_carer.setChecked(draft.is_carer)
        self.next_of_kin.setChecked(draft.next_of_kin)
        self.nominated.setChecked(draft.nominated)
        self.consent_on.set_value(draft.consent_on)
        self.may_share.setPlainText(draft.may_share)
        self.note.setPlainText(draft.note)

    def _lay_out(self) -> None:
        names = ("name", "relation", "telephone", "is_carer", "next_of_kin", "may_contact", "consent_on")
        rest = ("nominated", "may_share", "note")
        self._named(**{each: getattr(self, each) for each in (*names, *rest)})
        self.body.addLayout(
            field_grid(
                (
                    Field("&Name", self.name),
                    Field("What they are to the pa&tient", self.relation),
                    Field("T&elephone", self.telephone),
                    _ticks(self.is_carer, self.next_of_kin),
                    Field("May we contact them? The patient sa&ys", self.may_contact),
                    Field("The patient was &asked on", self.consent_on),
                )
            )
        )
        self.body.addWidget(self.nominated)
        self.body.addLayout(
            field_grid(
                (
                    Field("What may be &shared with them", self.may_share),
                    Field("N&ote", self.note),
                )
            )
        )

    def _on_answer(self, _answer: object) -> None:
        """Take today as the day of an answer that has just been given, and no answer as no day."""
        if self.may_contact.answer() is None:
            self.consent_on.set_value(None)
        elif self.consent_on.value() is None:
            self.consent_on.set_value(self.page.today)
        self._allow()

    def _allow(self) -> None:
        """Let somebody be rung and told only where the patient agrees."""
        agreed = self.may_contact.answer() is True
        self.nominated.setEnabled(agreed)
        self.may_share.setEnabled(agreed)
        if not agreed:
            self.nominated.setChecked(False)


class CarerEndForm(PatientForm):
    """Edits an :class:`EndCarer`: somebody is no longer among the people close to the patient."""

    KIND = "carer_end"
    TITLE = "No longer among them"
    SAVE = "End"

    def __init__(self, page: PatientPage, acting: Acting, carer: CarerFact) -> None:
        super().__init__(page, acting)
        self._ended = carer
        said = f"{carer.name} is no longer rung or told anything. They stay in the record, under “No longer”."
        self.body.addWidget(PlainLabel(said, TextRole.BODY, wrap=True))
        self.start()

    def first(self) -> QWidget:
        return self.save

    def written(self) -> tuple[object, ...]:
        return ()

    def command(self) -> EndCarer:
        return EndCarer(carer_id=self._ended.id, seen=self._ended.row_version)


def _ticks(*boxes: QCheckBox) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(STRETCH, FlowBox(*boxes, gap=current_theme().px(16)), gap=0))
    return holder
