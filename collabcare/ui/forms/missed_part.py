"""What a missed appointment asks for now, on one page: how fast and why, what is recorded, what is asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy

from collabcare.domain.demographics import InterpreterAtContact
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
from collabcare.domain.reaching import safe_ways
from collabcare.ui.forms.crisis_panel import whom_to_ring
from collabcare.ui.forms.entry_form import refuse_at
from collabcare.ui.forms.fitting_area import FittingArea
from collabcare.ui.pages import PageName
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QLayout, QWidget

    from collabcare.domain.facts import ContactFact
    from collabcare.domain.search_today import SearchStep
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.forms.two_sides import TwoSides

_BETWEEN = 1
_LEAST = 190
"""The least height of what is asked where it scrolls alone."""
_SHORT = 66
"""The characters that stand in a line beside the answers on a small screen."""
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
        self._step = PlainLabel("", TextRole.STRONG, wrap=True)
        self._why = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._ways = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.asked = {ask: Segmented(words, _ANSWERS, numbered=True) for ask, words in ASK_WORDS.items()}
        self._titles = {
            ask: PlainLabel(words, TextRole.STRONG, wrap=True) for ask, words in ASK_WORDS.items()
        }
        self._recorded = {ask: PlainLabel("", TextRole.SECONDARY, wrap=True) for ask in Ask}
        self._beside = {ask: PlainLabel("", TextRole.SECONDARY, wrap=True) for ask in Ask}
        self._thoughts: tuple[MissedThought, ...] = ()
        self._is_sought = False
        self.write = Button("Write one…", compact=True)
        self.write.setObjectName("contact_write_assessment")
        self.write.setToolTip("Go to the safety assessment; what you typed here is kept")
        self.write.clicked.connect(lambda: self.wants.emit(f"page:{PageName.SAFETY}:assessment"))
        self.write.hide()
        self._ring = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.head = (self._step, self._ways, self._why, self._ring)
        self.body.addLayout(column(*self.head, gap=1))
        self.questions = _Questions(column(*(self._question(ask) for ask in Ask), STRETCH, gap=_BETWEEN))
        self.body.addWidget(self.questions, 1)
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

    def scroll_beside(self, sides: TwoSides, rest: QWidget) -> Callable[[], int]:
        """Let what is asked scroll alone while beside the rest; return what more it would take."""
        self.questions.scroll_alone(sides.beside)
        sides.parted.connect(self.questions.scroll_alone)
        return partial(self.more_than, rest)

    def more_than(self, beside: QWidget) -> int:
        """Return the height it would take besides, with everything in view, where ``beside`` is no higher."""
        if self.isHidden() or not (unmet := self.questions.unmet()):
            return 0
        now = self.heightForWidth(self.width())
        return max(now + unmet - max(now, beside.sizeHint().height()), 0)

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
        line = row(column(self._titles[ask], self._beside[ask], gap=0), *answer, gap=8)
        line.setStretch(0, 1)
        return column(line, self._recorded[ask], gap=0)

    def _say_recorded(self, ask: Ask, told: str) -> None:
        """Put what is recorded beside the answers where it is short: everything is to stand on one screen."""
        short = len(told) <= _SHORT
        for label, text in ((self._beside[ask], told if short else ""), (self._recorded[ask], told)):
            label.setText(text)
            label.setVisible(bool(text))
        self._recorded[ask].setVisible(bool(told) and not short)

    def show_missed(self, page: PatientPage, contact: ContactFact | None) -> None:
        """Show what holds if this contact was missed; nothing without one. Said out loud when it changes."""
        before = self.text()
        self.setVisible(contact is not None)
        self._thoughts, self._is_sought = (), False
        if contact is None:
            return
        search = search_if_missed(page.facts, contact, page.rulebook, today=page.today)
        died = page.facts.patient.died_on is not None
        theirs = contact.interpreter != InterpreterAtContact.DID_NOT_ATTEND
        self._is_sought = search is not None and not died and theirs
        self._step.setText(_DIED if died else _step_words(search, page.today))
        self._why.setText(_why_words(search))
        self._why.setVisible(search is not None)
        rung = None if search is None else search.rung
        number = page.facts.patient.number_to_ring or "No telephone number recorded"
        ways = safe_ways(page.facts, page.rulebook.reengagement.reach, rung)
        note = page.facts.patient.contact_note
        self._ways.setText("" if died else " ".join(filter(None, (f"{number}.", ways.sentence, note))))
        self._thoughts = missed_thoughts(page.facts, page.rulebook, contact, today=page.today)
        for thought in self._thoughts:
            title = f"{thought.title}: none yet" if thought.none_yet else thought.title
            self._titles[thought.ask].setText(title)
            self.asked[thought.ask].setAccessibleName(thought.title)
            self._say_recorded(thought.ask, " ".join(thought.recorded))
            self.asked[thought.ask].setVisible(not thought.none_yet)
        self.write.setVisible(any(each.none_yet and each.ask is Ask.SAFETY for each in self._thoughts))
        self._ring.setText("" if died else whom_to_ring(page))
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
            each for pair in zip(self._titles.values(), self._recorded.values(), strict=True) for each in pair
        )
        labels = (self._step, self._why, self._ways, *told, self._ring)
        return "\n".join(label.whole_text() for label in labels)


class _Questions(FittingArea):
    """What is asked, which scrolls alone beside the outcome: that and whom to ring stay in view."""

    def __init__(self, contents: QLayout) -> None:
        super().__init__(contents, least=_LEAST)
        self._alone = False
        contents.setContentsMargins(0, 0, 0, 0)

    def scroll_alone(self, alone: bool) -> None:  # noqa: FBT001 - a slot
        """Make do with the room there is, or be as high as what is asked."""
        self._alone = alone
        vertical = QSizePolicy.Policy.Expanding if alone else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), hint.height() - self.unmet())

    def unmet(self) -> int:
        """Return how much higher it would be with everything in view."""
        return max(super().sizeHint().height() - current_theme().px(_LEAST), 0) if self._alone else 0


_DIED = "They have died, so nobody is sought. Saving this only writes down what happened that day."


def _step_words(search: SearchStep | None, today: date) -> str:
    if search is None:
        return "They have been seen since, so there is nobody to look for."
    day = "today" if search.due_on == today else f"by {fmt_date(search.due_on, weekday=True)}"
    by = f"{day} by {fmt_time(search.due_at)}" if search.due_at is not None else day
    again = f"Missed {search.ladder.consecutive} in a row. " if search.ladder.consecutive > 1 else ""
    return f"{again}{search.what}." if search.also else f"{again}{search.what}: {by}."


def _why_words(search: SearchStep | None) -> str:
    return "" if search is None else search.track.sentence
