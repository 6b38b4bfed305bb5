"""Who a new patient is, how they are reached and where they are registered: what every referral brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.codes import Gender
from collabcare.domain.typed_dates import Direction
from collabcare.ui.forms.entry_form import needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.forms.practice_part import PracticePart
from collabcare.ui.forms.referral_part import CHOOSE, LABELS
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.nhs_number_edit import NhsNumberEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.telephone_edit import TelephoneEdit

if TYPE_CHECKING:
    from datetime import date

    from collabcare.queries.patient_page import NewcomerChoices

_NAMES = (
    *("nhs_number", "surname", "given_name", "title", "preferred_name", "born", "gender", "address"),
    *("postcode", "telephone", "contact_note", "gp_name"),
)


class PersonPart:
    """The editors of a person; the NHS number stands apart, because a known one makes the rest needless."""

    def __init__(self, choices: NewcomerChoices, today: date) -> None:
        self.nhs_number = NhsNumberEdit()
        self.surname = LineEdit("Surname")
        self.given_name = LineEdit("First name")
        self.given_name.setPlaceholderText("Empty for somebody who has one name")
        self.title = LineEdit("Title")
        self.title.setPlaceholderText("Ms, Mr, Mx, Dr")
        self.preferred_name = LineEdit("Preferred name")
        self.born = DateEdit("Born", today, DateNeeds(direction=Direction.PAST))
        self.born.edit.setPlaceholderText("14/7/1985")
        self.gender = ComboBox("Gender", [CHOOSE, *(Option(each, each.label) for each in Gender)])
        self.address = NoteEdit(
            "Address", placeholder="One line of the address to a line", lines=3, spelled=False
        )
        self.postcode = LineEdit("Postcode")
        self.telephone = TelephoneEdit("Telephone")
        self.contact_note = NoteEdit(
            "Before you ring",
            placeholder="How and when to reach them safely; voicemail or not; interpreter or format",
            lines=2,
        )
        self.practice_part = PracticePart(choices.practices, "GP practi&ce", label_width=LABELS)
        self.practice = self.practice_part.choice
        self.gp_name = LineEdit("GP")
        self.details = QWidget()
        self.details.setLayout(self._lines())
        self.gp = Card("GP")
        self.gp.body.addWidget(self.practice_part)
        self.gp.body.addLayout(labelled_lines(("GP", self.gp_name)))

    def editors(self) -> dict[str, QWidget]:
        """Return the editors by name."""
        return {name: getattr(self, name) for name in _NAMES} | self.practice_part.editors()

    def show(self, *, shown: bool) -> None:
        """Ask who they are, or not: somebody known is not asked again."""
        self.details.setVisible(shown)
        self.gp.setVisible(shown)

    def written(self) -> tuple[object, ...]:
        """Return what was typed and chosen."""
        texts = (self.surname, self.given_name, self.title, self.preferred_name, self.postcode)
        return (
            *(edit.text() for edit in (*texts, self.telephone, self.gp_name)),
            *(note.toPlainText() for note in (self.address, self.contact_note)),
            *(self.gender.value(), self.nhs_number.text(), self.born.text()),
            *self.practice_part.written(),
        )

    def who(self) -> tuple[date, Gender]:
        """Return the date of birth and the stated gender, once everything needed is there.

        Raises:
            RuleViolation: Naming what is missing; the keyboard goes there.
        """
        if not self.surname.text().strip():
            refuse_at(self.surname, "Type the surname. Somebody who has one name has it in Surname.")
        born, gender = needed_day(self.born), self.gender.value()
        if gender is None:
            refuse_at(self.gender, "Choose the gender the patient states.")
        return born, Gender(str(gender))

    def _lines(self) -> Lines:
        return labelled_lines(
            ("&Surname", self.surname),
            ("&First name", self.given_name),
            ("T&itle", self.title),
            ("Preferred name", self.preferred_name),
            ("&Born", self.born),
            ("G&ender", self.gender),
            ("&Address", self.address),
            ("Postcode", self.postcode),
            ("&Telephone", self.telephone),
            ("Before you ring", self.contact_note),
        )


def labelled_lines(*fields: tuple[str, QWidget]) -> Lines:
    """Put editors in lines behind their labels."""
    lines = Lines(label_width=LABELS)
    for label, editor in fields:
        lines.line(label, editor)
    return lines
