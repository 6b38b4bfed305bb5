"""Changing what a patient says about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.accommodation import SettledAccommodation, accommodation_choices
from collabcare.domain.demographics import (
    Disability,
    Employment,
    EthnicCategory,
    GenderIdentity,
    SameAsBirth,
    SexualOrientation,
)
from collabcare.domain.details_words import home_words
from collabcare.domain.languages import LANGUAGES
from collabcare.domain.patient_details import Demographics
from collabcare.ui.forms.details_forms import DetailsForm, labelled
from collabcare.ui.forms.entry_form import fit
from collabcare.ui.forms.listed_edit import ListedEdit
from collabcare.ui.forms.many_of import ManyOf
from collabcare.ui.forms.three_ways import AskedBox, by_code
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.note_edit import NoteEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.patient_details import Details

_ALONE = (Disability.NONE.value, Disability.NOT_STATED.value)


class AboutForm(DetailsForm):
    """What somebody says about themselves, each answer apart from "not asked"."""

    KIND, TITLE, PART = "about", "About them", "demographics"

    def make(self, details: Details) -> dict[str, QWidget]:
        now = details.demographics
        self._not_known = now.ethnic_category == EthnicCategory.NOT_KNOWN
        self.allergies = NoteEdit("Allergies", placeholder="As they tell us; what happened", lines=2)
        self.allergies.setPlainText(now.allergies or "")
        self.language = ListedEdit("Language", LANGUAGES)
        self.language.set_value(now.language)
        self.ethnic_category = AskedBox(
            "Ethnic category",
            by_code(EthnicCategory, without=[EthnicCategory.NOT_KNOWN]),
            None if self._not_known else now.ethnic_category,
        )
        self.gender_identity = AskedBox("Gender identity", by_code(GenderIdentity), now.gender_identity)
        self.at_birth = AskedBox("Same as at birth", by_code(SameAsBirth), now.gender_same_as_birth)
        self.orientation = AskedBox("Sexual orientation", by_code(SexualOrientation), now.sexual_orientation)
        self.employment = AskedBox("Employment", by_code(Employment), now.employment)
        home = now.accommodation
        homes = accommodation_choices() | ({home: home_words(home)} if home else {})
        self.accommodation = AskedBox("Where they live", homes, home)
        self.settled = AskedBox("Settled home", by_code(SettledAccommodation), now.settled_accommodation)
        self.disability = ManyOf("Disability", by_code(Disability), alone=_ALONE)
        self.disability.set_values(now.disability or ())
        names = ("allergies", "language", "ethnic_category", "gender_identity", "at_birth", "orientation")
        rest = ("employment", "accommodation", "settled", "disability")
        return {name: getattr(self, name) for name in (*names, *rest)}

    def lay_out(self, editors: dict[str, QWidget]) -> None:
        labels = (
            *("&Allergies, as reported", "&Language", "&Ethnic category", "Gender &identity"),
            *("Same as at &birth", "Se&xual orientation", "E&mployment", "&Where they live", "&Settled home"),
        )
        self.body.addLayout(labelled(labels, {k: v for k, v in editors.items() if k != "disability"}))
        hint = "As many as they name. Nothing ticked is not asked."
        self.body.addWidget(Field("&Disability", self.disability, hint=hint))

    def part(self) -> Demographics:
        fit(self.language)
        unasked = EthnicCategory.NOT_KNOWN.value if self._not_known else None
        return Demographics(
            ethnic_category=self.ethnic_category.answer() or unasked,
            gender_identity=self.gender_identity.answer(),
            gender_same_as_birth=self.at_birth.answer(),
            sexual_orientation=self.orientation.answer(),
            disability=self.disability.values() or None,
            language=self.language.value(),
            employment=self.employment.answer(),
            accommodation=self.accommodation.answer(),
            settled_accommodation=self.settled.answer(),
            allergies=self.allergies.text(),
        )
