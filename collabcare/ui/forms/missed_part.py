"""What a missed appointment asks for now, on one page: how fast and why, what is recorded, what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.foresight import search_if_missed
from collabcare.domain.missed_thoughts import ASK_WORDS, Answer, Ask, missed_thoughts
from collabcare.domain.reaching import safe_ways
from collabcare.ui.forms.crisis_panel import whom_to_ring
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QLayout, QWidget

    from collabcare.domain.facts import ContactFact
    from collabcare.domain.search_today import SearchStep
    from collabcare.queries.patient_page import PatientPage

_ANSWERS = (Option(Answer.YES, "Yes"), Option(Answer.NO, "No"), Option(Answer.NOT_KNOWN, "Not known"))


class MissedPart(Card):
    """Shows what to think about now and asks what needs an answer; takes no room until it is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("To think about now")
        self._step = PlainLabel("", TextRole.STRONG, wrap=True)
        self._why = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._ways = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.asked = {ask: Segmented(words, _ANSWERS) for ask, words in ASK_WORDS.items()}
        self._recorded = {ask: PlainLabel("", TextRole.SECONDARY, wrap=True) for ask in Ask}
        self._ring = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.body.addLayout(column(self._step, self._why, self._ways, self._ring, gap=2))
        for ask in Ask:
            self.body.addLayout(self._question(ask))
        self.body.addStretch(1)
        self.hide()

    def _question(self, ask: Ask) -> QLayout:
        choice = self.asked[ask]
        choice.setObjectName(f"contact_ask_{ask.value}")
        title = PlainLabel(ASK_WORDS[ask], TextRole.STRONG, wrap=True)
        line = row(column(title, self._recorded[ask], gap=0), choice, gap=8)
        line.setStretch(0, 1)
        line.setAlignment(choice, Qt.AlignmentFlag.AlignTop)
        return line

    def show_missed(self, page: PatientPage, contact: ContactFact | None) -> None:
        """Show what holds if this contact was missed; nothing without one. Said out loud when it changes."""
        before = self.text()
        self.setVisible(contact is not None)
        if contact is None:
            return
        search = search_if_missed(page.facts, contact, page.rulebook, today=page.today)
        self._step.setText(_step_words(search, page.today))
        self._why.setText(_why_words(search))
        self._why.setVisible(search is not None)
        rung = None if search is None else search.rung
        number = page.facts.patient.telephone or "No telephone number recorded"
        ways = safe_ways(page.facts, page.rulebook.reengagement.reach, rung)
        note = page.facts.patient.contact_note
        self._ways.setText(" ".join(filter(None, (f"{number}.", ways.sentence, note))))
        for thought in missed_thoughts(page.facts, page.rulebook, contact, today=page.today):
            self._recorded[thought.ask].setText(" ".join(thought.recorded))
        self._ring.setText(whom_to_ring(page))
        if self.text() != before:
            announce(self, self.text())

    def answers(self) -> dict[Ask, Answer]:
        """Return what was answered; what was not is left out."""
        given = {ask: choice.value() for ask, choice in self.asked.items()}
        return {ask: value for ask, value in given.items() if isinstance(value, Answer)}

    def text(self) -> str:
        """Return all that is said, or nothing while nothing is shown."""
        if self.isHidden():
            return ""
        labels = (self._step, self._why, self._ways, *self._recorded.values(), self._ring)
        return "\n".join(label.whole_text() for label in labels)


def _step_words(search: SearchStep | None, today: date) -> str:
    if search is None:
        return "They have been seen since, so there is nobody to look for."
    day = "today" if search.due_on == today else f"by {fmt_date(search.due_on, weekday=True)}"
    by = f"{day} by {fmt_time(search.due_at)}" if search.due_at is not None else day
    again = f"Missed {search.ladder.consecutive} in a row. " if search.ladder.consecutive > 1 else ""
    return f"{again}{search.rung.what}: {by}."


def _why_words(search: SearchStep | None) -> str:
    return "" if search is None else search.track.sentence
