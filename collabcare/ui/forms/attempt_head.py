"""What to know before trying to reach somebody: the step that is due, what was tried, how to do it safely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.calendar import LONDON
from collabcare.domain.course import course_of
from collabcare.domain.decided import decided_words
from collabcare.domain.display import fmt_count, fmt_date, fmt_time
from collabcare.domain.first_appointment import first_miss
from collabcare.domain.missed_because import why_of
from collabcare.domain.missed_thoughts import safety_recorded
from collabcare.domain.reaching import safe_ways
from collabcare.domain.routes import tried_words
from collabcare.domain.search_letters import GP_NOTICE, letters_of_step
from collabcare.ui.forms.crisis_panel import whom_to_ring
from collabcare.ui.forms.two_sides import TwoSides
from collabcare.ui.forms.ways_part import WaysPart
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import STRETCH, column
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import AttemptFact
    from collabcare.domain.reaching import SafeWays
    from collabcare.domain.search_today import SearchStep
    from collabcare.queries.patient_page import PatientPage

_SHOWN = 3
_TWO_COLUMNS = 560


def search_now(page: PatientPage) -> SearchStep | None:
    """Return the step of the open search to act on, None when nobody is sought."""
    return course_of(page.facts, page.rulebook, page.today).search


def ways_now(page: PatientPage, step: SearchStep | None) -> SafeWays:
    """Return the safe ways to reach this patient, best first for the step."""
    return safe_ways(page.facts, page.rulebook.reengagement.reach, (step.also or step.rung) if step else None)


class AttemptHead(QWidget):
    """Tells the step, the track and why, the tries so far and the safe ways; leads to what else can be done.

    Signals:
        wants: What the user asks for instead, as :class:`PatientForm` says it.
    """

    wants = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = PlainLabel("", TextRole.STRONG, wrap=True)
        self._when = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._tried = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._safety = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._ring = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._ring.setObjectName("attempt_ring")
        self.ways = WaysPart()
        self.write = _act("Write the letter", "attempt_write", "letter")
        self.tell_gp = _act("Write to the GP", "attempt_tell_gp", "letter")
        self.reply = _act("They got in touch", "attempt_reply", "message")
        self.put_off = _act("Put off", "attempt_put_off", "clock")
        self._letter = ""
        self.write.clicked.connect(lambda: self.wants.emit(f"letter:{self._letter}"))
        self.tell_gp.clicked.connect(lambda: self.wants.emit(f"letter:{GP_NOTICE}"))
        self.reply.clicked.connect(lambda: self.wants.emit("reply"))
        self.put_off.clicked.connect(lambda: self.wants.emit("put_off"))
        acts = FlowBox(self.write, self.tell_gp, self.reply, self.put_off, gap=4)
        first, second = QWidget(), QWidget()
        first.setLayout(column(self._when, self._tried, self._safety, STRETCH, gap=6))
        second.setLayout(column(self.ways, self._ring, STRETCH, gap=6))
        sides = TwoSides(second, first, room=_TWO_COLUMNS)
        self.setLayout(column(self._step, acts, sides, gap=6))

    def show_step(self, page: PatientPage) -> None:
        """Show where the search stands."""
        step = search_now(page)
        self._ring.setText(whom_to_ring(page))
        for button in (self.write, self.tell_gp, self.reply, self.put_off):
            button.setVisible(step is not None)
        self.ways.setVisible(step is not None)
        if step is None:
            self._step.setText("Nobody is being sought.")
            self._when.setText("")
            self._tried.setText("")
            self._safety.setText("")
            return
        self._step.setText(f"{step.what}.")
        more = (
            each.sentence for each in first_miss(page.facts, step.rung.number, page.rulebook.reengagement)
        )
        self._when.setText(" ".join((due_words(step, page.today), step.track.sentence, *more)))
        self._tried.setText(_tried_words(step))
        self._safety.setText("\n".join(safety_recorded(page.facts, page.rulebook, page.today)))
        self.ways.show_ways(page.facts, ways_now(page, step))
        letters = letters_of_step(page.facts, page.rulebook.search, step)
        self._letter = next((kind for kind in letters if kind != GP_NOTICE), "")
        self.write.setVisible(bool(self._letter))
        self.tell_gp.setVisible(GP_NOTICE in letters)


def due_words(step: SearchStep, today: date) -> str:
    """Say when a step is due and for which missed appointment."""
    missed = fmt_date(step.ladder.missed_on, weekday=True)
    day = "today" if step.due_on == today else fmt_date(step.due_on, weekday=True)
    at = f" {fmt_time(step.due_at)}" if step.due_at is not None else ""
    hidden = f" {step.because}." if step.because else ""
    return f"Due {day}{at}. Did not attend {missed}. {step.gone_by}".rstrip() + hidden


def attempt_words(attempt: AttemptFact) -> str:
    """Say one try in a line, such as ``16-Nov-2026 11:05, call: no answer. J. Smith``.

    What was written down on a later day than it happened has no time of its own.
    """
    made = attempt.at.astimezone(LONDON)
    at = f" {fmt_time(made)}" if made.date() == attempt.on else ""
    who = f" ({attempt.spoke_to})" if attempt.spoke_to else ""
    promised = f", promised {fmt_date(attempt.promised_on)}" if attempt.promised_on else ""
    why = why_of(attempt)
    because = f" {why.sentence}" if why else ""
    decided = f" {decided_words(attempt.decided, attempt.decided_words)}" if attempt.decided else ""
    said = f"{fmt_date(attempt.on)}{at}, {tried_words(attempt)}{who}{promised}"
    return f"{said}. {attempt.by}.{because}{decided}"


def already_words(attempt: AttemptFact) -> str:
    """Ask whether what is about to be logged is another try than this one."""
    return f"Logged already: {attempt_words(attempt)} Is this another one? Then save once more."


def _tried_words(step: SearchStep) -> str:
    attempts = step.ladder.attempts
    if not attempts:
        return "No attempt so far."
    told = [attempt_words(each) for each in reversed(attempts[-_SHOWN:])]
    return "\n".join((f"{fmt_count(len(attempts), 'attempt')} so far, the latest first:", *told))


def _act(words: str, name: str, icon: str) -> Button:
    button = Button(words, ButtonKind.QUIET, icon_name=icon, compact=True)
    button.setObjectName(name)
    return button
