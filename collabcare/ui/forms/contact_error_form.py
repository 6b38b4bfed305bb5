"""A contact, booking, note or milestone that was entered in error: which one, and what was wrong with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.another_person import begins_at
from collabcare.domain.contact_corrections import why_not_taken_back
from collabcare.domain.course import course_of
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.milestones import MILESTONE_WORDS
from collabcare.services.contact_corrections import VoidContact
from collabcare.services.milestones import VoidMilestone
from collabcare.services.notes import VoidNote
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import PatientForm, refuse_at
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import ContactFact
    from collabcare.domain.ids import ContactId
    from collabcare.domain.notes import NoteFact
    from collabcare.domain.plan_facts import MilestoneFact
    from collabcare.queries.patient_page import PatientPage

_LATEST = 10
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_START = 40
_KEPT = "It stays in the record with your reason. It counts no more, and what it caused is taken back."
_TAKE_BACK = (
    Option(False, "Its outcome: it stays booked", "Only its outcome: the appointment stays booked"),
    Option(True, "All of it: there was none", "All of it: there was no such appointment"),
)
_STAYS = "It stands as it was booked, without an outcome, until somebody records what became of it."
_NONE = (
    "If it was ever recorded as missed, this is for a supervisor who neither holds the case nor recorded it."
)


class ContactErrorForm(PatientForm):
    """Edits a :class:`VoidContact`, :class:`VoidNote` or :class:`VoidMilestone` for one of the latest."""

    KIND = "contact_error"
    TITLE = "Contact, note or milestone entered in error"
    SAVE = "Mark as entered in error"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self._offered: tuple[ContactFact, ...] = ()
        self._notes: tuple[NoteFact, ...] = ()
        self._milestones: tuple[MilestoneFact, ...] = ()
        self.which = ComboBox("Which one")
        self.never_was = ChoiceGrid("What to take back", _TAKE_BACK, columns=2)
        self.reason = NoteEdit("What was wrong", placeholder="Such as: entered for another patient", lines=2)
        self._named(which=self.which, never_was=self.never_was, reason=self.reason)
        self._follows = PlainLabel(_STAYS, TextRole.SECONDARY, wrap=True)
        self._others = PlainLabel("", TextRole.STRONG, wrap=True)
        self._what = Field("Take &back", self.never_was)
        self.body.addWidget(Field("Whi&ch one", self.which))
        self.body.addWidget(self._what)
        self.body.addWidget(self._follows)
        self.body.addWidget(self._others)
        self.body.addWidget(Field("&What was wrong", self.reason, hint=_KEPT))
        self.which.currentIndexChanged.connect(self._ask)
        self.never_was.chosen.connect(self._say)
        self.never_was.typed.connect(self.reason.setFocus)
        self._offer()
        self.start()

    def choose_contact(self, contact_id: ContactId) -> None:
        """Choose the contact this is about, if it is one of those offered."""
        if any(each.id == contact_id for each in self._offered):
            self.which.set_value(contact_id)

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        self._offer()

    def first(self) -> QWidget:
        return self.which

    def written(self) -> tuple[object, ...]:
        return self.which.value(), self.never_was.value(), self.reason.toPlainText()

    def command(self) -> VoidContact | VoidNote | VoidMilestone:
        value, reason = self.which.value(), self.reason.text()
        contacts = [each for each in self._offered if each.id == value]
        notes = [each for each in self._notes if _note_key(each) == value]
        milestones = [each for each in self._milestones if _milestone_key(each) == value]
        if not contacts and not notes and not milestones:
            refuse_at(self.which, "Choose what was entered in error.")
        if not reason:
            refuse_at(self.reason, "Say what was wrong: it stays in the record with your reason.")
        for note in notes:
            return VoidNote(note_id=note.id, seen=note.row_version, reason=reason)
        for milestone in milestones:
            return VoidMilestone(milestone_id=milestone.id, seen=milestone.row_version, reason=reason)
        contact, never_was = contacts[0], contacts[0].status is None or self.never_was.value() is True
        if others := self._for_others(contact):
            refuse_at(self.never_was if contact.status else self.which, others)
        return VoidContact(
            contact_id=contact.id, seen=contact.row_version, reason=reason, never_was=never_was
        )

    def doubt(self) -> str:
        """Say what follows where somebody who is sought would have nothing booked any more."""
        facts, value = self.page.facts, self.which.value()
        coming = any(each.id == value and each.status is None for each in self._offered)
        if not coming or facts.open_ladder is None:
            return ""
        without = replace(facts, contacts=tuple(each for each in facts.contacts if each.id != value))
        step = course_of(without, self.page.rulebook, self.page.today).search
        due = "" if step is None else f": {step.what}, by {fmt_date(step.due_on, weekday=True)}"
        return (
            f"They are being sought. Without this appointment the search goes on{due}. Then save once more."
        )

    def _ask(self) -> None:
        """Ask what is to be taken back of a contact with an outcome: first that, which leaves it booked."""
        held = any(each.id == self.which.value() and each.status is not None for each in self._offered)
        self._what.setVisible(held)
        self.never_was.set_value(False)
        self._say()

    def _say(self) -> None:
        """Say what follows, or beforehand who else can do it."""
        chosen = next((each for each in self._offered if each.id == self.which.value()), None)
        others = "" if chosen is None else self._for_others(chosen)
        self._others.setText(others)
        self._others.setVisible(bool(others))
        self._follows.setText(_NONE if self.never_was.value() else _STAYS)
        self._follows.setVisible(chosen is not None and chosen.status is not None and not others)

    def _for_others(self, contact: ContactFact) -> str:
        now, never_was = begins_at(self.page.today, None), self.never_was.value() is True
        return why_not_taken_back(contact, self.page.facts, self.acting, never_was=never_was, now=now)

    def _offer(self) -> None:
        """Offer what was recorded last, the latest of each first; what was chosen stays chosen."""
        chosen = self.which.value()
        recorded = self.page.beside.recorded
        latest = sorted(
            self.page.facts.contacts, key=lambda each: (recorded.get(each.id, _LONG_AGO), each.id)
        )
        self._offered = tuple(reversed(latest[-_LATEST:]))
        self._notes = tuple(reversed(self.page.beside.notes[-_LATEST:]))
        may = allowed(self.acting.role, Permission.PLAN_CARE)
        self._milestones = tuple(reversed(self.page.facts.milestones[-_LATEST:])) if may else ()
        options = [Option(each.id, _words(each)) for each in self._offered]
        options += [Option(_note_key(each), _note_words(each)) for each in self._notes]
        options += [Option(_milestone_key(each), _milestone_words(each)) for each in self._milestones]
        with QSignalBlocker(self.which):
            self.which.set_options([Option(None, "Choose"), *options])
            self.which.set_value(chosen if any(each.value == chosen for each in options) else None)
        if self.which.value() is None or self.which.value() != chosen:
            self._ask()


def _note_key(note: NoteFact) -> str:
    return f"note:{note.id}"


def _milestone_key(milestone: MilestoneFact) -> str:
    return f"milestone:{milestone.id}"


def _milestone_words(milestone: MilestoneFact) -> str:
    return f"{MILESTONE_WORDS[milestone.kind]}, {fmt_date(milestone.reached_on, weekday=True)}"


def _note_words(note: NoteFact) -> str:
    start = " ".join(note.text.split())
    cut = f"{start[:_START]}…" if len(start) > _START else start
    return f"Note, {fmt_date(note.on, weekday=True)}: {cut}"


def _words(contact: ContactFact) -> str:
    what = "Booked" if contact.status is None else contact.status.label
    at = f" {fmt_time(contact.at)}" if contact.at else ""
    return f"{what}, {fmt_date(contact.on, weekday=True)}{at}, {contact.mechanism.label.lower()}"
