"""What can be recorded for a patient now: the bar of forms, and why one is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.episode import Phase
from collabcare.domain.letter_formats import letters_to_arrange
from collabcare.domain.own_words import search_to_answer
from collabcare.domain.waits import asked_milestones
from collabcare.ui.forms.fitting_area import RING
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.segmented import Packed, Segmented

if TYPE_CHECKING:
    from collabcare.domain.acting import Role
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.pathway import Pathway

LETTER = "letter"
AGAIN = "page:new patient"
"""Opens the page on which somebody is referred again."""
_NEEDS = {
    "contact": Permission.RECORD_CONTACT,
    "contact_error": Permission.RECORD_CONTACT,
    "booking": Permission.RECORD_CONTACT,
    "move": Permission.RECORD_CONTACT,
    "note": Permission.WRITE_NOTE,
    "milestone": Permission.PLAN_CARE,
    "attempt": Permission.LOG_ATTEMPT,
    "reply": Permission.LOG_ATTEMPT,
    "put_off": Permission.LOG_ATTEMPT,
    "measure": Permission.RECORD_MEASURE,
    "correction": Permission.RECORD_MEASURE,
    "safety": Permission.RECORD_SAFETY_CONVERSATION,
    "step": Permission.MOVE_STEP,
    "supervision": Permission.REQUEST_SUPERVISION,
    LETTER: Permission.ISSUE_LETTER,
    "letter_end": Permission.ISSUE_LETTER,
}
_OF_A_LATE_FORM = frozenset({"measure", "safety"})
_AFTER_THE_END = _OF_A_LATE_FORM | {LETTER}
"""What is still recorded once care has ended: a form that came by post, the talk it asks for, a letter."""
_OF_A_SEARCH = frozenset({"attempt", "reply", "put_off"})
_BAR = (
    Option("contact", "Contact"),
    Option("attempt", "Attempt"),
    Option("measure", "Measure"),
    Option("safety", "Safety"),
    Option("step", "Step"),
    Option("supervision", "Supervision"),
    Option(LETTER, "Letter"),
    Option("note", "Note"),
)


def why_not(kind: str, role: Role, facts: EpisodeFacts) -> str:
    """Return why a form cannot be opened for this patient now, or nothing."""
    if not allowed(role, _NEEDS[kind]):
        return f"Your role may not {_NEEDS[kind].value}."
    if facts.phase is Phase.CLOSED and kind not in _AFTER_THE_END:
        return "This episode of care is closed, so nothing can be added to it."
    if facts.patient.died_on is not None and kind in _OF_A_LATE_FORM and facts.phase is Phase.CLOSED:
        return "This patient has died, so nothing is asked any more."
    search = search_to_answer(facts) if kind == "reply" else facts.open_ladder
    if kind in _OF_A_SEARCH and search is None:
        return "Nobody is being sought: there is no missed appointment to follow up."
    return _nothing_there(kind, facts)


def _nothing_there(kind: str, facts: EpisodeFacts) -> str:
    """Return what a form is about that this patient has none of, or nothing."""
    if kind == "correction" and not facts.measures:
        return "There is no measure to correct yet."
    if kind == "move" and all(contact.status is not None for contact in facts.contacts):
        return "Nothing is booked that could be moved."
    if kind == "safety" and not facts.open_safety_prompts:
        return "No safety conversation is open for this patient."
    if kind == "letter_end" and not letters_to_arrange(facts.letters):
        return "No letter is waiting to be made elsewhere."
    return ""


def nothing_asked(kind: str, facts: EpisodeFacts, pathway: Pathway) -> str:
    """Return why no milestone is asked for here, or nothing; other forms are none of it."""
    if kind != "milestone":
        return ""
    asked = asked_milestones(facts, pathway)
    if not asked:
        return f"{pathway.name} asks for no milestones."
    if not any(each.is_open for each in asked):
        return "The record has all that is asked for already: see the waits under Now."
    return ""


def where_else(kind: str, role: Role, facts: EpisodeFacts) -> str:
    """Return where to record what a form is for when there is nothing for the form itself, or nothing.

    What somebody says of their own accord is a safety conversation too, and no answer of a form asked for it:
    it is written down as a safety assessment, as ``safety:assessment`` names it.
    """
    may = facts.phase is not Phase.CLOSED and allowed(role, Permission.PLAN_SAFETY)
    return "safety:assessment" if kind == "safety" and may and not facts.open_safety_prompts else ""


class RecordBar(QWidget):
    """Offers the forms that apply, as one choice: number keys and arrows, one Tab stop.

    Signals:
        chosen: The kind of form the user chose.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: tuple[Option, ...] = ()
        self.choice = Segmented("Record", _BAR, leads_on=False, packed=Packed.CLOSE)
        self._holder = column(self.choice, gap=0)
        self._holder.setContentsMargins(current_theme().px(RING), 0, 0, 0)  # in line with the fields below
        self.setLayout(self._holder)

    def offer(self, role: Role, facts: EpisodeFacts) -> None:
        """Show what applies to this patient; while that stays the same the bar is left alone."""
        kinds = tuple(option for option in _BAR if not why_not(str(option.value), role, facts))
        self.setVisible(bool(kinds))
        if not kinds or kinds == self._kinds:
            return
        self._kinds = kinds
        old, self.choice = self.choice, Segmented("Record", kinds, leads_on=False, packed=Packed.CLOSE)
        self.choice.set_value(old.value())
        held_keyboard = any(part.hasFocus() for part in old.findChildren(QWidget))
        self._holder.replaceWidget(old, self.choice)
        old.hide()
        old.deleteLater()
        self.choice.chosen.connect(self.chosen)
        if held_keyboard:
            self.choice.setFocus()

    def set_value(self, kind: str) -> None:
        """Mark the form that is open, or none."""
        self.choice.set_value(kind or None)
