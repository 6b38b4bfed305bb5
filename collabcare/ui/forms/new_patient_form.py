"""Taking a patient on: who they are, how to reach them, their GP, and the referral that brings them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from collabcare.domain.codes import ReferralReason
from collabcare.domain.eligibility import eligibility_warnings
from collabcare.domain.ids import GpPracticeId
from collabcare.domain.namesakes import Arriving
from collabcare.domain.relapse_prevention import way_back
from collabcare.services.patients import NewPatient, ReferAgain
from collabcare.ui.forms.entry_form import EntryForm, fit, refuse_at
from collabcare.ui.forms.known_part import KnownPeople
from collabcare.ui.forms.person_part import PersonPart, labelled_lines
from collabcare.ui.forms.referral_part import ReferralPart
from collabcare.ui.forms.to_consider import ToConsider
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import STRETCH, column

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.suggestion import Suggestion
    from collabcare.queries.patient_page import NewcomerChoices
    from collabcare.services.gp_practices import ChangeGpPractice
    from collabcare.services.patients import NewGpPractice

_TWO_COLUMNS = 820
_NO_PRACTICE_YET = GpPracticeId(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """The patient to add, and what is to be kept of their GP practice besides, when that is not all known."""

    patient: NewPatient
    practice: NewGpPractice | ChangeGpPractice | None


class NewPatientForm(EntryForm):
    """Edits a :class:`Newcomer`, or a :class:`ReferAgain` of somebody who was in our care before.

    Signals:
        nhs_number_typed: A valid NHS number, to be looked for in the record.
        name_typed: A surname and a date of birth, to be looked for in the record.
        known_requested: The user wants the patient who has that number, or that name.
    """

    KIND = "patient"
    TITLE = "New patient"
    SAVE = "Add patient"
    nhs_number_typed = Signal(str)
    name_typed = Signal(str, object)
    known_requested = Signal(object)

    def __init__(self, choices: NewcomerChoices, acting: Acting, rulebook: Rulebook, today: date) -> None:
        super().__init__()
        self._rulebook, self._today = rulebook, today
        self.people = people = KnownPeople(self)
        self.known, self.namesake = people.by_number, people.by_name
        self._looked_for: tuple[str, date | None] = ("", None)
        self._person = person = PersonPart(choices, today)
        self.nhs_number, self.born, self.gender = person.nhs_number, person.born, person.gender
        self.surname, self.given_name, self.title = person.surname, person.given_name, person.title
        self.preferred_name, self.address = person.preferred_name, person.address
        self.postcode, self.telephone = person.postcode, person.telephone
        self.practice_part = person.practice_part
        self.contact_note, self.practice, self.gp_name = person.contact_note, person.practice, person.gp_name
        self.referral = part = ReferralPart(choices, acting, rulebook, today)
        self.received_on, self.source, self.referrer = part.received_on, part.source, part.referrer
        self.reason, self.referral_note = part.reason, part.referral_note
        self.step, self.holder = part.step, part.holder
        self.consider = ToConsider()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(current_theme().px(16))
        self._lay_out()
        self.nhs_number.value_changed.connect(self._on_nhs_number)
        self.born.value_changed.connect(self._reconsider)
        for changed in (self.born.value_changed, self.surname.textChanged):
            changed.connect(self._on_name)
        self.given_name.textChanged.connect(self._judge)
        part.changed.connect(self._reconsider)
        people.open_requested.connect(self.known_requested)
        people.again_wanted.connect(self._on_again)
        self.start()

    def first(self) -> QWidget:
        return self.nhs_number

    def written(self) -> tuple[object, ...]:
        return (*self._person.written(), *self.referral.written())

    def command(self) -> Newcomer | ReferAgain:
        fit(self.nhs_number)
        if self.people.again is not None:
            return self._returner(self.people.again)
        if self.people.number is not None:
            refuse_at(self.nhs_number, "A patient with this NHS number is in the record already. Open them.")
        return self._newcomer()

    def doubt(self) -> str:
        return "" if self.people.again is not None else self.people.doubt()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)  # also asks for the height anew
        wide = self.width() >= current_theme().px(_TWO_COLUMNS)
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def _newcomer(self) -> Newcomer:
        born, gender = self._person.who()
        referral = self.referral
        practice = self._person.practice_part.to_keep()
        patient = NewPatient(
            nhs_number=self.nhs_number.value() or "",
            surname=self.surname.text(),
            given_name=self.given_name.text(),
            title=self.title.text(),
            preferred_name=self.preferred_name.text(),
            birth_date=born,
            gender=gender,
            address=self.address.toPlainText(),
            postcode=self.postcode.text(),
            telephone=self.telephone.text(),
            contact_note=self.contact_note.text(),
            gp_practice_id=self.practice.known_id() or _NO_PRACTICE_YET,
            gp_name=self.gp_name.text(),
            received_on=referral.day(),
            received_time=referral.time(),
            response_priority=referral.asked_priority(),
            source=referral.chosen_source(),
            reason=referral.chosen_reason(),
            referrer=referral.referrer.text(),
            referral_note=referral.referral_note.text(),
            step=referral.chosen_step(),
            holder_id=referral.chosen_holder(),
        )
        return Newcomer(patient=patient, practice=practice)

    def _returner(self, known: EpisodeFacts) -> ReferAgain:
        referral = self.referral
        return ReferAgain(
            patient_id=known.patient.patient_id,
            seen=known.patient.version,
            received_on=referral.day(),
            received_time=referral.time(),
            response_priority=referral.asked_priority(),
            source=referral.chosen_source(),
            reason=referral.chosen_reason(),
            referrer=referral.referrer.text(),
            referral_note=referral.referral_note.text(),
            step=referral.chosen_step(),
            holder_id=referral.chosen_holder(),
        )

    def _lay_out(self) -> None:
        self._named(**self._person.editors(), **self.referral.editors())
        number = labelled_lines(("NHS number", self.nhs_number))
        who = Card("Who")
        who.body.addLayout(number)
        for bar in (self.known, self.namesake):
            who.body.addWidget(bar)
        who.body.addWidget(self._person.details)
        left, right = QWidget(), QWidget()
        left.setLayout(column(who, STRETCH, gap=16))
        right.setLayout(column(self._person.gp, self.referral, self.consider, STRETCH, gap=16))
        self._columns.addWidget(left, 1)
        self._columns.addWidget(right, 1)
        self.body.addLayout(self._columns)

    def _on_nhs_number(self) -> None:
        self._take_again(None)
        self.people.show_number(None)
        self._judge()
        digits = self.nhs_number.value()
        if digits is not None:
            self.nhs_number_typed.emit(digits)

    def _on_name(self) -> None:
        surname, born = self.surname.text().strip(), self.born.value()
        if (surname, born) == self._looked_for:
            return  # the date was only written out in full
        self._looked_for = surname, born
        self.people.show_names(())
        if surname and born is not None:
            self.name_typed.emit(surname, born)

    def _judge(self) -> None:
        self.people.judge(Arriving(given_name=self.given_name.text(), nhs_number=self.nhs_number.value()))

    def refer_again(self, known: EpisodeFacts) -> None:
        """Begin with somebody who was in our care: only their new referral is asked for."""
        self.people.show_number(known)
        self._on_again(known)

    def _on_again(self, known: EpisodeFacts | None) -> None:
        """Ask for the referral alone: who they are and where they are registered is known."""
        self._take_again(known)
        (self.source if known is not None else self.surname).setFocus()

    def _take_again(self, known: EpisodeFacts | None) -> None:
        if self.people.again is known:
            return
        self.people.take_again(known)
        self._person.show(shown=known is None)
        self.save.setText("Refer again" if known is not None else self.SAVE)
        if known is None:
            self.referral.begin_anew()
        else:
            self.referral.go_on_from(known)
        self._reconsider()

    def _reconsider(self) -> None:
        """Say what the service model and the way back make of what is typed so far."""
        known = self.people.again
        received_on = self.received_on.value()
        found: list[Suggestion] = []
        if known is not None and known.closed_on is not None and received_on is not None:
            back_on = max(received_on, known.closed_on)
            found.append(way_back(known.closed_on, back_on, self._rulebook.relapse).suggestion)
        born = known.patient.birth_date if known is not None else self.born.value()
        reason = self.reason.value()
        if born is not None and born <= self._today and reason is not None:
            found += eligibility_warnings(
                self._rulebook.pathway,
                birth_date=born,
                referral_source=self.referral.chosen_source(),
                referral_reason=ReferralReason(str(reason)),
                today=self._today,
            )
        self.consider.show_these(found)
