"""Changing a patient's details, a card at a time: who they are, how they are reached, what they need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QCheckBox

from collabcare.domain.codes import Gender
from collabcare.domain.communication_needs import (
    FORMAT_WORDS,
    METHOD_WORDS,
    USUAL,
    InterpreterGender,
    PreferredWay,
    need_words,
)
from collabcare.domain.details_words import capital
from collabcare.domain.languages import LANGUAGES
from collabcare.domain.patient_details import (
    CommunicationNeeds,
    ContactDetails,
    Identity,
    SafeContact,
    details_of,
)
from collabcare.domain.typed_dates import Direction
from collabcare.services.patient_details import ChangeDetails
from collabcare.ui.forms.entry_form import PatientForm, fit, needed_day, refuse_at
from collabcare.ui.forms.field_grid import field_grid
from collabcare.ui.forms.listed_edit import ListedEdit
from collabcare.ui.forms.many_of import ManyOf
from collabcare.ui.forms.three_ways import AskedBox, YesNoNotAsked
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.nhs_number_edit import NhsNumberEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.telephone_edit import TelephoneEdit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from PySide6.QtWidgets import QLayout, QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.patient_details import Demographics, Details, Gp
    from collabcare.queries.patient_page import PatientPage
    from collabcare.services.gp_practices import ChangeGpPractice
    from collabcare.services.patients import NewGpPractice


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsChange:
    """The details to change, and what is to be kept of their GP practice besides."""

    change: ChangeDetails
    practice: NewGpPractice | ChangeGpPractice | None = None


class DetailsForm(PatientForm):
    """Edits a :class:`DetailsChange` of one part of the details.

    What others change besides this part does not stand in its way; a change of the same part is refused.
    """

    PART: ClassVar[str] = ""
    SAVE = "Save"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.details = details_of(page.facts)
        self._seen = page.facts.patient.version
        self.editors = self.make(self.details)
        self._named(**self.editors)
        self.lay_out(self.editors)
        self.start()

    def make(self, details: Details) -> dict[str, QWidget]:
        """Make the editors by name, filled with what is recorded; the first gets the keyboard."""
        raise NotImplementedError

    def lay_out(self, editors: dict[str, QWidget]) -> None:
        """Put the editors into ``body``."""
        raise NotImplementedError

    def part(self) -> Identity | ContactDetails | SafeContact | CommunicationNeeds | Demographics | Gp:
        """Return the part as it is typed.

        Raises:
            RuleViolation: When something cannot be read.
        """
        raise NotImplementedError

    def first(self) -> QWidget:
        return next(iter(self.editors.values()))

    def written(self) -> tuple[object, ...]:
        return tuple(_written(editor) for editor in self.editors.values())

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        if getattr(details_of(page.facts), self.PART) == getattr(self.details, self.PART):
            self._seen = page.facts.patient.version

    def command(self) -> DetailsChange | ChangeGpPractice:
        parts = {self.PART: self.part()}
        patient_id = self.page.facts.patient.patient_id
        return DetailsChange(
            change=ChangeDetails(
                patient_id=patient_id,
                seen=self._seen,
                details_were_wrong=self.were_wrong(),
                **parts,  # type: ignore[arg-type]  # PART names the field that this part belongs to
            ),
            practice=self.practice_to_keep(),
        )

    def were_wrong(self) -> bool:
        """Return whether the old details reached nobody, so that a search begins again."""
        return False

    def practice_to_keep(self) -> NewGpPractice | ChangeGpPractice | None:
        """Return the GP practice to add or to put right besides, if any."""
        return None


class IdentityForm(DetailsForm):
    """Who somebody is."""

    KIND, TITLE, PART = "who", "Who they are", "identity"

    def make(self, details: Details) -> dict[str, QWidget]:
        now = details.identity
        self.surname = line("Surname", now.surname)
        self.given_name = line("First name", now.given_name)
        self.title = line("Title", now.title)
        self.title.setPlaceholderText("Ms, Mr, Mx, Dr")
        self.preferred_name = line("Preferred name", now.preferred_name)
        self.pronouns = line("Pronouns", now.pronouns)
        self.born = DateEdit("Born", self.page.today, DateNeeds(direction=Direction.PAST))
        self.born.set_value(now.birth_date)
        self.gender = ComboBox("Stated gender", [Option(each, each.label) for each in Gender])
        self.gender.set_value(Gender(now.gender))
        self.nhs_number = NhsNumberEdit()
        self.nhs_number.set_value(now.nhs_number)
        names = (
            "surname",
            "given_name",
            "title",
            "preferred_name",
            "pronouns",
            "born",
            "gender",
            "nhs_number",
        )
        return {name: getattr(self, name) for name in names}

    def lay_out(self, editors: dict[str, QWidget]) -> None:
        labels = (
            *("&Surname", "&First name", "&Title", "Pr&eferred name", "Prono&uns", "&Born"),
            *("St&ated gender", "&NHS number"),
        )
        self.body.addLayout(labelled(labels, editors))
        why = (
            "Letters use the title and the pronouns they chose. A change has its own line in the audit trail."
        )
        self.body.addWidget(PlainLabel(why, TextRole.SECONDARY, wrap=True))

    def part(self) -> Identity:
        fit(self.nhs_number)
        if not self.surname.text().strip():
            refuse_at(self.surname, "Type the surname. Somebody who has one name has it there.")
        return Identity(
            nhs_number=self.nhs_number.value() or "",
            surname=self.surname.text(),
            given_name=self.given_name.text(),
            title=self.title.text(),
            preferred_name=self.preferred_name.text(),
            pronouns=self.pronouns.text(),
            birth_date=needed_day(self.born),
            gender=str(self.gender.value()),
        )


class ReachForm(DetailsForm):
    """Where somebody is reached."""

    KIND, TITLE, PART = "reach", "How to reach them", "contact"

    def make(self, details: Details) -> dict[str, QWidget]:
        now = details.contact
        self.address = NoteEdit(
            "Address", placeholder="One line of the address to a line", lines=3, spelled=False
        )
        self.address.setPlainText(now.address)
        self.contact_note = NoteEdit("Before you ring", placeholder="Who may answer; what to say", lines=3)
        self.contact_note.setPlainText(now.contact_note or "")
        self.postcode = line("Postcode", now.postcode)
        self.telephone = TelephoneEdit("Telephone")
        self.telephone.setText(now.telephone or "")
        self.other_telephone = TelephoneEdit("Other telephone")
        self.other_telephone.setText(now.other_telephone or "")
        self.email = line("Email", now.email)
        self.wrong = QCheckBox("The old details were &wrong: the search begins again")
        if self.page.facts.open_ladder is None:
            self.wrong.hide()
        names = ("address", "contact_note", "postcode", "telephone", "other_telephone", "email", "wrong")
        return {name: getattr(self, name) for name in names}

    def lay_out(self, editors: dict[str, QWidget]) -> None:
        labels = (*("&Address", "&Before you ring", "Post&code", "&Telephone", "&Other telephone", "&Email"),)
        self.body.addLayout(
            labelled(labels, {name: each for name, each in editors.items() if name != "wrong"})
        )
        self.body.addWidget(self.wrong)

    def part(self) -> ContactDetails:
        return ContactDetails(
            address=self.address.toPlainText(),
            postcode=self.postcode.text(),
            telephone=self.telephone.text(),
            other_telephone=self.other_telephone.text(),
            email=self.email.text(),
            contact_note=self.contact_note.text(),
        )

    def were_wrong(self) -> bool:
        return self.wrong.isChecked()


class SafeForm(DetailsForm):
    """What is safe, by the patient's own word."""

    KIND, TITLE, PART = "safe", "Safe ways", "safe"

    def make(self, details: Details) -> dict[str, QWidget]:
        now = details.safe
        self.telephone_safe = YesNoNotAsked("May we ring?", now.telephone_safe)
        self.voicemail_safe = YesNoNotAsked("May we leave a voicemail?", now.voicemail_safe)
        self.text_safe = YesNoNotAsked("May we send a text?", now.text_safe)
        self.email_safe = YesNoNotAsked("May we send an email?", now.email_safe)
        self.letters_safe = YesNoNotAsked("May we write to their address?", now.letters_safe)
        self.safe_times = line("Safe times", now.safe_times)
        self.safe_times.setPlaceholderText("Such as weekdays before three")
        self.preferred_way = AskedBox("They prefer", _capitals(PreferredWay), now.preferred_way)
        names = ("telephone_safe", "voicemail_safe", "text_safe", "email_safe", "letters_safe", "safe_times")
        return {name: getattr(self, name) for name in (*names, "preferred_way")}

    def lay_out(self, editors: dict[str, QWidget]) -> None:
        labels = (
            *("May we r&ing?", "May we leave a v&oicemail?", "May we send a &text?"),
            *("May we send an &email?", "May we &write to their address?", "&Safe times"),
            "They pre&fer",
        )
        self.body.addLayout(labelled(labels, editors))
        who = "Who else may be rung stands under People, with the patient's agreement."
        self.body.addWidget(PlainLabel(who, TextRole.SECONDARY, wrap=True))

    def part(self) -> SafeContact:
        return SafeContact(
            telephone_safe=self.telephone_safe.answer(),
            voicemail_safe=self.voicemail_safe.answer(),
            text_safe=self.text_safe.answer(),
            email_safe=self.email_safe.answer(),
            letters_safe=self.letters_safe.answer(),
            safe_times=self.safe_times.text(),
            preferred_way=self.preferred_way.answer(),
        )


class NeedsForm(DetailsForm):
    """What somebody needs to understand us and be understood (Accessible Information Standard)."""

    KIND, TITLE, PART = "needs", "Communication needs", "needs"

    def make(self, details: Details) -> dict[str, QWidget]:
        now = details.needs
        self.language = ListedEdit("Interpreter's language", LANGUAGES)
        self.language.set_value(now.interpreter_language)
        self.dialect = line("Dialect", now.interpreter_dialect)
        self.interpreter = AskedBox(
            "Rather interpreted by", _capitals(InterpreterGender), now.interpreter_gender
        )
        self.formats = _needed("Information format", FORMAT_WORDS, now.information_formats)
        self.methods = _needed("Communication", METHOD_WORDS, now.communication_methods)
        self.professional = line("Communication professional", now.communication_professional)
        self.professional.setPlaceholderText("Such as a lipspeaker or a note taker")
        self.carer_support = line("Support from a carer", now.carer_support)
        self.asked_on = DateEdit(
            "Last asked on", self.page.today, DateNeeds(direction=Direction.PAST, optional=True)
        )
        self.asked_on.set_value(now.needs_reviewed_on or self.page.today)
        names = ("language", "dialect", "interpreter", "professional", "carer_support", "asked_on")
        return {name: getattr(self, name) for name in (*names, "formats", "methods")}

    def lay_out(self, editors: dict[str, QWidget]) -> None:
        labels = (
            *("&Interpreter's language", "&Dialect", "Rather interpreted b&y"),
            *("Co&mmunication professional", "&Support from a carer", "&Last asked on"),
        )
        many = ("formats", "methods")
        self.body.addLayout(labelled(labels, {k: v for k, v in editors.items() if k not in many}))
        hint = (
            "Leave the language open where no interpreter is needed: it reads “None needed” once the format"
            " and the way of talking are answered, and “Not asked” until then. Type t as the day when you"
            " asked again today."
        )
        self.body.addWidget(PlainLabel(hint, TextRole.SECONDARY, wrap=True))
        as_many = "As many as they need. Nothing ticked is not asked."
        self.body.addWidget(Field("Information &format", self.formats, hint=as_many))
        self.body.addWidget(Field("&Communication", self.methods, hint=as_many))

    def part(self) -> CommunicationNeeds:
        fit(self.language, self.asked_on)
        return CommunicationNeeds(
            interpreter_language=self.language.value(),
            interpreter_dialect=self.dialect.text(),
            interpreter_gender=self.interpreter.answer(),
            information_formats=self.formats.values(),
            communication_methods=self.methods.values(),
            communication_professional=self.professional.text(),
            carer_support=self.carer_support.text(),
            needs_reviewed_on=self.asked_on.value(),
        )


def line(name: str, text: str | None) -> LineEdit:
    """Return a line that holds what is recorded."""
    edit = LineEdit(name)
    edit.setText(text or "")
    edit.setCursorPosition(0)
    return edit


def labelled(labels: tuple[str, ...], editors: dict[str, QWidget]) -> QLayout:
    """Put editors under their labels, two to a line."""
    return field_grid([Field(label, each) for label, each in zip(labels, editors.values(), strict=True)])


def _capitals(kind: type[StrEnum]) -> dict[str, str]:
    return {each.value: capital(each.value) for each in kind}


def _needed(name: str, words: Mapping[str, str], recorded: tuple[str, ...]) -> ManyOf:
    """Return the needs of a list to tick; one recorded that is on no list stands as it was recorded."""
    others = {code: need_words(code) for code in recorded if code not in words}
    choices = {code: capital(said) for code, said in {**words, **others}.items()}
    boxes = ManyOf(name, choices, alone=USUAL, abreast=3)
    boxes.set_values(recorded)
    return boxes


def _written(editor: QWidget) -> object:
    """Return what stands in an editor, to tell whether it was touched."""
    if isinstance(editor, NoteEdit):
        return editor.toPlainText()
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    if isinstance(editor, ComboBox | YesNoNotAsked):
        return editor.value()
    return editor.text()  # type: ignore[attr-defined]  # every other editor is a line
