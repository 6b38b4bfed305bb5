"""What an outcome makes necessary, unfolded in the form the moment it is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from collabcare.domain.codes import CANCELLED, AttendanceStatus
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.foresight import search_if_missed
from collabcare.domain.safety import last_answer, last_talk
from collabcare.ui.theme import Token
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collabcare.domain.facts import ContactFact
    from collabcare.queries.patient_page import PatientPage

_RANKS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}


@dataclass(frozen=True, slots=True)
class Thought:
    """One thing to think about: a drawing and a sentence or two."""

    icon: str
    text: str


def thoughts(
    page: PatientPage, status: AttendanceStatus | None, contact: ContactFact | None
) -> tuple[Thought, ...]:
    """Return what an outcome asks for now; nothing for a patient who was seen."""
    if status is AttendanceStatus.DID_NOT_ATTEND and contact is not None:
        return (_next_step(page, contact), *_safety(page), *_how_to_reach(page), _communicated(contact))
    if status in CANCELLED or status is AttendanceStatus.ARRIVED_LATE_NOT_SEEN:
        return (_rebook(page, status),)
    return ()


def _next_step(page: PatientPage, contact: ContactFact) -> Thought:
    book = page.rulebook
    ahead = search_if_missed(page.facts, contact, book.pathway, book.calendar)
    if ahead is None:
        return Thought("info", "They have been seen since, so there is nobody to look for.")
    first = f"{ahead.first.what}, by {fmt_date(ahead.first.due_on, weekday=True)}."
    if ahead.consecutive > 1:
        rank = _RANKS.get(ahead.consecutive, f"{ahead.consecutive}th")
        return Thought("phone", f"The {rank} time in a row. {first}")
    return Thought("phone", first)


def _safety(page: PatientPage) -> tuple[Thought, ...]:
    book = page.rulebook
    asked = [
        each
        for each in book.instruments.values()
        if each.safety_item and (each.id in book.pathway.measures or page.facts.measures_of(each.id))
    ]
    answers = " ".join(last_answer(page.facts, each) for each in asked)
    return (Thought("message", f"{answers} {last_talk(page.facts, page.today)}".strip()),)


def _how_to_reach(page: PatientPage) -> tuple[Thought, ...]:
    patient = page.facts.patient
    number = patient.telephone or "No telephone number recorded"
    note = patient.contact_note
    return (Thought("info", f"{number}. {note}" if note else f"{number}. Nothing noted about how to ring."),)


def _communicated(contact: ContactFact) -> Thought:
    slot = f"{fmt_date(contact.on, weekday=True)} {fmt_time(contact.at) if contact.at else ''}".strip()
    return Thought(
        "calendar",
        f"Was {slot} given to them in a way they could read, hear and keep? "
        "Not attending is not assumed to be their choice.",
    )


def _rebook(page: PatientPage, status: AttendanceStatus | None) -> Thought:
    by = page.rulebook.calendar.nth_after(page.today, page.rulebook.pathway.rebook_working_days)
    ours = status is AttendanceStatus.CANCELLED_BY_PROVIDER
    owed = "We owe them another appointment" if ours else "Offer another appointment"
    return Thought("calendar", f"{owed} by {fmt_date(by, weekday=True)}: book it here if it is agreed.")


class ThinkNow(Card):
    """Shows thoughts, or takes no room while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("To think about now", parent=parent)
        self._shown: tuple[Thought, ...] = ()
        self._holder = QWidget()
        self.body.addWidget(self._holder)
        self.hide()

    def show_thoughts(self, found: tuple[Thought, ...]) -> None:
        """Show these and no others; said out loud once when they change."""
        if found == self._shown:
            return
        self._shown = found
        holder = QWidget()
        holder.setLayout(column(*(_line(thought) for thought in found)))
        self.body.replaceWidget(self._holder, holder)
        self._holder.deleteLater()
        self._holder = holder
        holder.show()
        self.setVisible(bool(found))
        announce(self, self.text())

    def text(self) -> str:
        """Return all that is said."""
        return "\n".join(thought.text for thought in self._shown)


def _line(thought: Thought) -> QWidget:
    line = QWidget()
    words = PlainLabel(thought.text, TextRole.BODY, wrap=True)
    mark = IconLabel(thought.icon, Token.TEXT_SECONDARY, 16)
    inside = row(mark, words)
    inside.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    inside.setStretch(1, 1)
    line.setLayout(inside)
    return line
