"""What an outcome other than a missed appointment makes necessary, unfolded when it is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.contact_outcome import not_begun
from collabcare.domain.demographics import InterpreterAtContact, after_interpreter_missed
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.foresight import effect_if_recorded
from collabcare.domain.was_not_brought import asked_if_missed
from collabcare.ui.theme import Token, current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.card import CARD_MARGIN, Card
from collabcare.ui.widgets.cut_label import CutLabel
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.look import set_look
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from collabcare.domain.facts import ContactFact
    from collabcare.queries.patient_page import PatientPage


@dataclass(frozen=True, slots=True)
class Thought:
    """One thing to think about: a drawing and a sentence or two; with ``short`` it is told in one line."""

    icon: str
    text: str
    short: str = ""


def thoughts(
    page: PatientPage, status: AttendanceStatus | None, contact: ContactFact | None, now: datetime | None
) -> tuple[Thought, ...]:
    """Return what an outcome asks for now; a missed appointment has a page of its own for it.

    ``now`` is the time, None where nobody knows it: of what has not begun it is said before anything is typed
    that no one has missed it yet.
    """
    if contact is not None and status is not None and now is not None:
        early = not_begun(status, contact.on, contact.at, now=now)
        if early:
            begins = f"{fmt_date(contact.on, weekday=True)} {fmt_time(contact.at)}" if contact.at else ""
            return (Thought("clock", early, f"It begins {begins}: nobody has missed it yet"),)
    return tuple(_thoughts(page, status, contact))


def _thoughts(
    page: PatientPage, status: AttendanceStatus | None, contact: ContactFact | None
) -> Iterator[Thought]:
    if contact is None or status is None:
        return
    if status is AttendanceStatus.DID_NOT_ATTEND:
        if contact.interpreter == InterpreterAtContact.DID_NOT_ATTEND:
            yield Thought("info", _INTERPRETER_MISSED, "The interpreter did not come: “Cancelled by us”")
        elif (asked := asked_if_missed(page.facts, contact, page.rulebook)) is not None:
            why = asked.sentence.partition(". ")[0]
            told = f"{asked.sentence} Tick “Was not brought” below."
            yield Thought("info", told, f"{why}: were they brought?")
        return
    effect = effect_if_recorded(page.facts, contact, status, page.rulebook, today=page.today)
    if effect.rebook_by is not None:
        by = fmt_date(effect.rebook_by, weekday=True)
        yield Thought("calendar", f"{effect.sentence} Book it by {by}: here, if it is agreed.")
    interpreter = InterpreterAtContact(contact.interpreter) if contact.interpreter else None
    if (missed := after_interpreter_missed(interpreter)) is not None:
        yield Thought("info", missed.sentence)


_INTERPRETER_MISSED = (
    "The interpreter did not come, so the patient did not miss it. Choose “Cancelled by us”, and rebook with"
    " an interpreter."
)


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
        slight = all(bool(each.short) for each in found)
        self._title.setVisible(not slight)
        set_look(self, "slight", slight)
        edge = 0 if slight else current_theme().px(CARD_MARGIN)
        self._whole.setContentsMargins(edge, edge, edge, edge)
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
    words = PlainLabel(thought.text, TextRole.BODY, wrap=True) if not thought.short else _in_one_line(thought)
    mark = IconLabel(thought.icon, Token.TEXT_SECONDARY, 16)
    inside = row(mark, words)
    inside.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    inside.setStretch(1, 1)
    line.setLayout(inside)
    return line


def _in_one_line(thought: Thought) -> CutLabel:
    words = CutLabel(1, TextRole.BODY)
    words.say(thought.text, thought.short)
    return words
