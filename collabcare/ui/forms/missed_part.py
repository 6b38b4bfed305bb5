"""What a missed appointment asks for now, on one page: how fast and why, what is recorded, what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from collabcare.domain.demographics import InterpreterAtContact
from collabcare.domain.details_words import says_already
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.foresight import search_if_missed
from collabcare.domain.missed_thoughts import (
    ANSWERS,
    ASK_WORDS,
    Answer,
    Ask,
    MissedThought,
    missed_thoughts,
)
from collabcare.domain.reaching import ROUTE_WORDS, Route, Standing, safe_ways
from collabcare.ui.forms.crisis_panel import whom_to_ring
from collabcare.ui.forms.entry_form import refuse_at
from collabcare.ui.pages import PageName
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.cut_label import CutLabel
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.segmented import Packed, Segmented

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QLayout, QWidget

    from collabcare.domain.facts import ContactFact
    from collabcare.domain.reaching import SafeWays
    from collabcare.domain.search_today import SearchStep
    from collabcare.queries.patient_page import PatientPage

_BETWEEN = 3
_MARGINS = (12, 6)
_WHY_LINES = 3
"""The lines for the track and its reasons, each of which has a place in them by its name."""
_ANSWERS = tuple(Option(each, each.value.capitalize()) for each in ANSWERS)


class MissedPart(Card):
    """Shows what to think about now and asks what needs an answer; takes no room until it is shown.

    Where there is no safety formulation and no plan, nobody is asked whether they were read: it says so, and
    offers to write one.

    Signals:
        wants: What the user asks for instead, as :class:`PatientForm` says it.
        answered: The last question was answered by its digit.
    """

    wants = Signal(str)
    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("To think about now")
        self._step = CutLabel(role=TextRole.STRONG)
        self._why, self._ways = CutLabel(_WHY_LINES), CutLabel()
        self.asked = {ask: Segmented(words, _ANSWERS, packed=Packed.LOW) for ask, words in ASK_WORDS.items()}
        self._titles = {
            ask: PlainLabel(words, TextRole.STRONG, wrap=True) for ask, words in ASK_WORDS.items()
        }
        self.recorded = {ask: CutLabel(1 if ask is Ask.GP else 2) for ask in Ask}
        self._thoughts: tuple[MissedThought, ...] = ()
        self._is_sought = self._at_foot = False
        self.write = Button("Write one…", compact=True)
        self.write.setObjectName("contact_write_assessment")
        self.write.setToolTip("Go to the safety assessment; what you typed here is kept")
        self.write.clicked.connect(lambda: self.wants.emit(f"page:{PageName.SAFETY}:assessment"))
        self.write.hide()
        self._ring = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.ring = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.head = (self._step, self._ways, self._why, self._ring)
        self.body.addLayout(column(*self.head, gap=1))
        self.body.addLayout(column(*(self._question(ask) for ask in Ask), STRETCH, gap=_BETWEEN))
        theme = current_theme()
        sides, ends = (theme.px(each) for each in _MARGINS)
        self._whole.setContentsMargins(sides, ends, sides, ends)
        for each in self.asked.values():
            each.typed.connect(self._on_typed)
        self.hide()

    def first(self) -> QWidget | None:
        """Return the first question that has no answer yet, None when each has one or none is needed."""
        open_ones = (each for each in self.asked.values() if not each.isHidden() and each.value() is None)
        return next(open_ones, None)

    def refuse_unanswered(self, *, asked: bool) -> None:
        """Refuse to save, where this is ``asked``, while a question about who is now sought has no answer."""
        left = self.first() if asked and self._is_sought else None
        if left is not None:
            refuse_at(left, f"{left.accessibleName()}: answer it with 1 to 3, also “not known”.")

    def say_whom_to_ring_at(self, foot: bool) -> None:  # noqa: FBT001 - a slot
        """Say whom to ring at the foot of the form, where ``ring`` was put, or here under the next step."""
        self._at_foot = foot
        self._place_ring()

    def _place_ring(self) -> None:
        shown = bool(self._ring.text())
        self._ring.setVisible(shown and not self._at_foot)
        if self.ring.parentWidget() is not None:
            self.ring.setVisible(shown and self._at_foot and not self.isHidden())

    def _on_typed(self) -> None:
        after = self.first()
        if after is None:
            self.answered.emit()
        else:
            after.setFocus()

    def _question(self, ask: Ask) -> QLayout:
        choice = self.asked[ask]
        choice.setObjectName(f"contact_ask_{ask.value}")
        answer = [choice, self.write] if ask is Ask.SAFETY else [choice]
        line = row(self._titles[ask], *answer, gap=8)
        line.setStretch(0, 1)
        return column(line, self.recorded[ask], gap=0)

    def show_missed(self, page: PatientPage, contact: ContactFact | None) -> None:
        """Show what holds if this contact was missed; nothing without one. Said out loud when it changes."""
        before = self.text()
        self.setVisible(contact is not None)
        self._thoughts, self._is_sought = (), False
        if contact is None:
            self._place_ring()
            return
        search = search_if_missed(page.facts, contact, page.rulebook, today=page.today)
        died = page.facts.patient.died_on is not None
        theirs = contact.interpreter != InterpreterAtContact.DID_NOT_ATTEND
        self._is_sought = search is not None and not died and theirs
        self._step.say(*((_DIED,) if died else _step_words(search, page.today)))
        self._why.say(*_why_words(search))
        self._why.setVisible(search is not None)
        rung = None if search is None else search.rung
        number = page.facts.patient.number_to_ring or "No telephone number recorded"
        ways = safe_ways(page.facts, page.rulebook.reengagement.reach, rung)
        note = page.facts.patient.contact_note
        said = (f"{number}.", _as_sentence(note), ways.sentence, _not_to_be_used(ways, note))
        self._ways.say("" if died else " ".join(filter(None, said)))
        self._ways.setVisible(not died)
        self._thoughts = missed_thoughts(page.facts, page.rulebook, contact, today=page.today)
        for thought in self._thoughts:
            title = f"{thought.title}: none yet" if thought.none_yet else thought.title
            self._titles[thought.ask].setText(title)
            self.asked[thought.ask].setAccessibleName(thought.title)
            self.recorded[thought.ask].say(" ".join(thought.recorded))
            self.recorded[thought.ask].setVisible(bool(thought.recorded))
            self.asked[thought.ask].setVisible(not thought.none_yet)
        self.write.setVisible(any(each.none_yet and each.ask is Ask.SAFETY for each in self._thoughts))
        for label in (self._ring, self.ring):
            label.setText("" if died else whom_to_ring(page))
        self._place_ring()
        if self.text() != before:
            announce(self, self.text())

    def written(self) -> tuple[object, ...]:
        """Return what was answered, in order."""
        return tuple(self.answers().items())

    def answers(self) -> dict[Ask, Answer]:
        """Return what was answered; what was not is left out."""
        given = {ask: choice.value() for ask, choice in self.asked.items()}
        return {ask: value for ask, value in given.items() if isinstance(value, Answer)}

    def text(self) -> str:
        """Return all that is said, or nothing while nothing is shown."""
        if self.isHidden():
            return ""
        told = (
            each for pair in zip(self._titles.values(), self.recorded.values(), strict=True) for each in pair
        )
        labels = (self._step, self._why, self._ways, *told, self._ring)
        return "\n".join(label.whole_text() for label in labels)


_NEVER_HOME = (Route.VOICEMAIL, Route.TEXT, Route.EMAIL, Route.LETTER)


def _not_to_be_used(ways: SafeWays, note: str | None) -> str:
    """Return the ways that must not be used, in a few words, but for what the note says already."""
    barred = [
        ROUTE_WORDS[route].lower()
        for route in _NEVER_HOME
        if ways.way(route).standing is Standing.NOT_TO_BE_USED
        and not says_already(note, f"no {ROUTE_WORDS[route].lower()}")
    ]
    return f"Not to be used: {', '.join(barred)}." if barred else ""


def _as_sentence(note: str | None) -> str:
    said = " ".join((note or "").split())
    return said if not said or said.endswith((".", "!", "?")) else f"{said}."


_DIED = "They have died, so nobody is sought. Saving this only writes down what happened that day."


def _step_words(search: SearchStep | None, today: date) -> tuple[str, str]:
    """Return what to do next and by when, and the same with the day first for where there is little room."""
    if search is None:
        return "They have been seen since, so there is nobody to look for.", ""
    day = "today" if search.due_on == today else f"by {fmt_date(search.due_on, weekday=True)}"
    by = f"{day} by {fmt_time(search.due_at)}" if search.due_at is not None else day
    again = f"Missed {search.ladder.consecutive} in a row. " if search.ladder.consecutive > 1 else ""
    if search.also:
        return f"{again}{search.what}.", ""
    return f"{again}{search.what}: {by}.", f"{by[:1].upper()}{by[1:]}: {again}{search.what}."


def _why_words(search: SearchStep | None) -> tuple[str, str]:
    """Return the track with its reasons, and the same in short."""
    return ("", "") if search is None else (search.track.sentence, search.track.in_short)
