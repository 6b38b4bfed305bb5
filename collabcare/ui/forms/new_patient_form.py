"""Taking a patient on: who they are, how to reach them, their GP, and the referral that brings them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from collabcare.domain.acting import Role
from collabcare.domain.codes import Gender, ReferralReason, ReferralSource
from collabcare.domain.display import fmt_date
from collabcare.domain.ids import GpPracticeId, UserId
from collabcare.domain.typed_dates import Direction
from collabcare.services.patients import NewPatient
from collabcare.ui.forms.entry_form import EntryForm, fit, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.forms.practice_edit import PracticeEdit
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import STRETCH, column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.nhs_number_edit import NhsNumberEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.rulebook import Rulebook
    from collabcare.queries.patient_page import NewcomerChoices

_TWO_COLUMNS = 820
_LABELS = 112
_EDITORS = (
    *("nhs_number", "surname", "given_name", "title", "preferred_name", "born", "gender", "address"),
    *("postcode", "telephone", "contact_note", "practice", "gp_name", "received_on", "source"),
    *("referrer", "reason", "referral_note", "step", "holder"),
)
_CHOOSE = Option(None, "Choose")
_NO_PRACTICE_YET = GpPracticeId(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """The patient to add, and the name of their GP practice when it is not known yet."""

    patient: NewPatient
    new_practice: str


class NewPatientForm(EntryForm):
    """Edits a :class:`Newcomer`.

    Signals:
        nhs_number_typed: A valid NHS number, to be looked for in the record.
        known_requested: The user wants the patient who has that number.
    """

    KIND = "patient"
    TITLE = "New patient"
    SAVE = "Add patient"
    nhs_number_typed = Signal(str)
    known_requested = Signal(object)

    def __init__(self, choices: NewcomerChoices, acting: Acting, rulebook: Rulebook, today: date) -> None:
        super().__init__()
        self._choices, self._acting, self._rulebook = choices, acting, rulebook
        self._known: EpisodeFacts | None = None
        self._make_person(today)
        self._make_referral(today)
        self.known = InlineMessage()
        self._open_known = Button("Open", compact=True)
        self._open_known.setObjectName("patient_open_known")
        self.known.add_act(self._open_known)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(current_theme().px(16))
        self._lay_out()
        self.nhs_number.value_changed.connect(self._on_nhs_number)
        self._open_known.clicked.connect(self._on_open_known)
        self.start()

    def first(self) -> QWidget:
        return self.nhs_number

    def written(self) -> tuple[object, ...]:
        texts = (
            self.surname,
            self.given_name,
            self.title,
            self.preferred_name,
            self.postcode,
            self.telephone,
        )
        notes = (self.address, self.contact_note, self.referral_note)
        choices = (self.gender, self.source, self.reason, self.step, self.holder)
        return (
            *(edit.text() for edit in (*texts, self.gp_name, self.referrer)),
            *(note.toPlainText() for note in notes),
            *(choice.value() for choice in choices),
            *(edit.text() for edit in (self.nhs_number, self.born, self.received_on)),
            self.practice.text(),
        )

    def command(self) -> Newcomer:
        fit(self.nhs_number)
        if self._known is not None:
            refuse_at(self.nhs_number, "A patient with this NHS number is in the record already. Open them.")
        for edit, what in ((self.surname, "the surname"), (self.given_name, "the first name")):
            if not edit.text().strip():
                refuse_at(edit, f"Type {what}.")
        born, gender = needed_day(self.born), self.gender.value()
        if gender is None:
            refuse_at(self.gender, "Choose the gender the patient states.")
        if not self.practice.text():
            refuse_at(self.practice, "Choose the GP practice, or type its name.")
        received_on, reason = needed_day(self.received_on), self.reason.value()
        if reason is None:
            refuse_at(self.reason, "Choose the main reason for the referral.")
        patient = NewPatient(
            nhs_number=self.nhs_number.value() or "",
            surname=self.surname.text(),
            given_name=self.given_name.text(),
            title=self.title.text(),
            preferred_name=self.preferred_name.text(),
            birth_date=born,
            gender=Gender(str(gender)),
            address=self.address.toPlainText(),
            postcode=self.postcode.text(),
            telephone=self.telephone.text(),
            contact_note=self.contact_note.text(),
            gp_practice_id=self.practice.known_id() or _NO_PRACTICE_YET,
            gp_name=self.gp_name.text(),
            received_on=received_on,
            source=ReferralSource(str(self.source.value())),
            reason=ReferralReason(str(reason)),
            referrer=self.referrer.text(),
            referral_note=self.referral_note.text(),
            step=int(str(self.step.value())),
            holder_id=_holder(self.holder.value()),
        )
        return Newcomer(
            patient=patient, new_practice="" if self.practice.known_id() else self.practice.text()
        )

    def show_known(self, facts: EpisodeFacts | None) -> None:
        """Say beside the field that somebody has this NHS number already, or take that back."""
        self._known = facts
        if facts is None:
            self.known.clear()
            return
        patient = facts.patient
        self.known.show_attention(
            f"In the record already: {patient.name}, born {fmt_date(patient.birth_date)}."
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)  # also asks for the height anew
        wide = self.width() >= current_theme().px(_TWO_COLUMNS)
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def _make_person(self, today: date) -> None:
        self.nhs_number = NhsNumberEdit()
        self.surname = LineEdit("Surname")
        self.given_name = LineEdit("First name")
        self.title = LineEdit("Title")
        self.title.setPlaceholderText("Ms, Mr, Mx, Dr")
        self.preferred_name = LineEdit("Preferred name")
        self.born = DateEdit("Born", today, DateNeeds(direction=Direction.PAST))
        self.born.edit.setPlaceholderText("14/7/1985")
        self.gender = ComboBox("Gender", [_CHOOSE, *(Option(each, each.label) for each in Gender)])
        self.address = NoteEdit("Address", placeholder="One line of the address to a line", lines=3)
        self.postcode = LineEdit("Postcode")
        self.telephone = LineEdit("Telephone")
        self.contact_note = NoteEdit(
            "Before you ring",
            placeholder="How and when to reach them safely; voicemail or not; interpreter or format",
            lines=2,
        )

    def _make_referral(self, today: date) -> None:
        self.practice = PracticeEdit(self._choices.practices)
        self.gp_name = LineEdit("GP")
        self.received_on = DateEdit("Referral received on", today, DateNeeds(direction=Direction.PAST))
        self.received_on.set_value(today)
        self.source = ComboBox("Referred by", [Option(each, each.label) for each in ReferralSource])
        self.referrer = LineEdit("Name of the referrer")
        self.reason = ComboBox("Reason", [_CHOOSE, *(Option(each, each.label) for each in ReferralReason)])
        self.referral_note = NoteEdit("Referral note", placeholder="Why now, and what is hoped for", lines=3)
        steps = self._rulebook.pathway.steps
        self.step = ComboBox("Step", [Option(s.number, f"{s.number}  {s.name}") for s in steps])
        self.holder = ComboBox("Held by", self._holders())
        self.holder.set_value(self._acting.user_id)

    def _holders(self) -> list[Option]:
        clinical = (Role.PRACTITIONER, Role.SUPERVISOR)
        found = [user for user in self._choices.users if user.active and user.role in clinical]
        return [*(Option(user.id, user.name) for user in found), Option(None, "Nobody yet, waiting")]

    def _lay_out(self) -> None:
        self._named(**{name: getattr(self, name) for name in _EDITORS})
        left, right = QWidget(), QWidget()
        left.setLayout(column(_card("Who", self._person()), STRETCH, gap=16))
        gp = _lines(("GP practi&ce", self.practice), ("GP", self.gp_name))
        right.setLayout(column(_card("GP", gp), _card("Referral", self._referral()), STRETCH, gap=16))
        self._columns.addWidget(left, 1)
        self._columns.addWidget(right, 1)
        self.body.addLayout(self._columns)

    def _person(self) -> Lines:
        person = Lines(label_width=_LABELS)
        person.line("NHS number", self.nhs_number)
        person.under(self.known)
        for label, editor in (
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
        ):
            person.line(label, editor)
        return person

    def _referral(self) -> Lines:
        return _lines(
            ("Receive&d on", self.received_on),
            ("Referred b&y", self.source),
            ("By name", self.referrer),
            ("Reaso&n", self.reason),
            ("N&ote", self.referral_note),
            ("Step", self.step),
            ("He&ld by", self.holder),
        )

    def _on_nhs_number(self) -> None:
        self.show_known(None)
        digits = self.nhs_number.value()
        if digits is not None:
            self.nhs_number_typed.emit(digits)

    def _on_open_known(self) -> None:
        if self._known is not None:
            self.known_requested.emit(self._known.episode_id)


def _lines(*fields: tuple[str, QWidget]) -> Lines:
    lines = Lines(label_width=_LABELS)
    for label, editor in fields:
        lines.line(label, editor)
    return lines


def _card(title: str, lines: Lines) -> Card:
    card = Card(title)
    card.body.addLayout(lines)
    return card


def _holder(value: object) -> UserId | None:
    return UserId(value) if isinstance(value, int) else None
