"""How a patient is: each questionnaire's latest score, its change, its chart and the chart as a table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from collabcare.domain.display import fmt_date, spoken_dates
from collabcare.domain.function import FUNCTION
from collabcare.domain.instruments import Instrument, chip_for
from collabcare.domain.outcomes import Reliable
from collabcare.domain.progress import Progress, progress
from collabcare.domain.score_chart import score_chart
from collabcare.ui.pages import PageName
from collabcare.ui.theme import Token
from collabcare.ui.views.patient_goals import GoalsCard
from collabcare.ui.views.reach_lines import ReachLines
from collabcare.ui.views.record_bar import why_not
from collabcare.ui.views.score_table import ScoreTable
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.look import TONE_TOKEN, Tone
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.score_chart import ScoreChartView

if TYPE_CHECKING:
    from collabcare.domain.acting import Role
    from collabcare.domain.facts import MeasureFact
    from collabcare.domain.rulebook import Rulebook
    from collabcare.queries.patient_page import PatientPage

_TONES = {
    Reliable.IMPROVEMENT: (Tone.GOOD, "check"),
    Reliable.DETERIORATION: (Tone.ATTENTION, "warning"),
    Reliable.NONE: (Tone.NEUTRAL, "no-change"),
}


class ScoresPanel(QWidget):
    """The cards at the right of a patient's page: goals, before you ring, then one card a questionnaire.

    What is about function comes before what is about symptoms.

    Signals:
        page_requested: The :class:`PageName` of another page about the patient.
        correction_requested: The number of the form the user wants to put right.
        interpreter_booked: The number of the appointment for which the user has booked an interpreter.
    """

    page_requested = Signal(object)
    correction_requested = Signal(object)
    interpreter_booked = Signal(object)

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self.setObjectName("patient_scores")
        self.before_you_ring = Card("Before you ring")
        self._reach: QWidget = QWidget()
        self.before_you_ring.body.addWidget(self._reach)
        self.cards: dict[str, ScoreCard] = {}
        self.goals: QWidget = QWidget()
        self.reach_and_goals = QWidget()
        self._first = column(self.goals, self.before_you_ring, gap=12)
        self.reach_and_goals.setLayout(self._first)
        self._column = column(self.reach_and_goals, gap=12)
        self.setLayout(self._column)

    def take_in_first(self) -> None:
        """Show the goals and what to know before ringing over the scores."""
        self._first.setDirection(QBoxLayout.Direction.TopToBottom)
        self._column.insertWidget(0, self.reach_and_goals)
        self.reach_and_goals.show()

    def give_first(self) -> QWidget:
        """Return what to know before ringing over the goals, to be shown elsewhere than over the scores."""
        self._first.setDirection(QBoxLayout.Direction.BottomToTop)
        return self.reach_and_goals

    def set_page(self, page: PatientPage) -> None:
        """Show how this patient is."""
        self._show_goals(page)
        self._show_reach(page)
        book = page.rulebook
        for place, name in enumerate(_in_order(book), start=self._column.indexOf(self.reach_and_goals) + 1):
            instrument = book.instruments[name]
            leading = name in book.pathway.measures
            if not leading and not page.facts.measures_of(name):
                if name in self.cards:
                    self.cards[name].hide()
                continue
            if name not in self.cards:
                self.cards[name] = ScoreCard(instrument)
                self.cards[name].correction_requested.connect(self.correction_requested)
                self._column.insertWidget(min(place, self._column.count()), self.cards[name])
            may_correct = not why_not("correction", self._role, page.facts)
            self.cards[name].set_page(page, may_correct=may_correct)
            self.cards[name].show()

    def _show_goals(self, page: PatientPage) -> None:
        goals = GoalsCard(page)
        goals.open_page.clicked.connect(partial(self.page_requested.emit, PageName.GOALS))
        focused = QApplication.focusWidget()
        held = focused is not None and self.goals.isAncestorOf(focused)
        self._first.replaceWidget(self.goals, goals)
        self.goals.hide()
        self.goals.deleteLater()
        self.goals = goals
        goals.show()
        if held:
            goals.open_page.setFocus()

    def _show_reach(self, page: PatientPage) -> None:
        reach = ReachLines(page, self._role)
        reach.interpreter_booked.connect(self.interpreter_booked)
        self.before_you_ring.body.replaceWidget(self._reach, reach)
        self._reach.hide()
        self._reach.deleteLater()
        self._reach = reach
        reach.show()


class ScoreCard(Card):
    """One questionnaire: figure, band, change, and the chart or its table twin (key T).

    Signals:
        correction_requested: The number of the form the user wants to put right.
    """

    correction_requested = Signal(object)

    def __init__(self, instrument: Instrument, parent: QWidget | None = None) -> None:
        self.as_table = Button("Table", ButtonKind.QUIET, compact=True)
        super().__init__(instrument.name, action=self.as_table, parent=parent)
        self._instrument = instrument
        self.as_table.setCheckable(True)
        self.as_table.setObjectName(f"score_table_{instrument.id}")
        self.as_table.setAccessibleName(f"{instrument.name} as a table")
        self.as_table.setToolTip("Show the scores as a table, or as a chart (T)")
        self.figure = PlainLabel("", TextRole.FIGURE)
        self.meaning = PlainLabel("", wrap=True)
        self.second_reading = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.change = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._mark = IconLabel("no-change", Token.TEXT_SECONDARY, 16)
        self.chart = ScoreChartView(f"{instrument.name} scores")
        self._table = QWidget()
        head = row(self.figure, self.meaning, gap=8)
        head.setStretch(1, 1)
        moved = row(self._mark, self.change, gap=6)
        moved.setAlignment(self._mark, Qt.AlignmentFlag.AlignTop)
        moved.setStretch(1, 1)
        self._moved = QWidget()
        self._moved.setLayout(moved)
        self.body.addLayout(head)
        for part in (self.second_reading, self._moved, self.chart, self._table):
            self.body.addWidget(part)
        self.as_table.toggled.connect(self._on_toggled)
        key = QShortcut(QKeySequence("T"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.as_table.toggle)

    def set_page(self, page: PatientPage, *, may_correct: bool) -> None:
        """Show this questionnaire's scores of one patient."""
        facts = page.facts
        measures = facts.measures_of(self._instrument.id)
        so_far = progress(facts, self._instrument)
        self.figure.setText(so_far.latest.split(" ")[0] if so_far.out_of else "")
        self.figure.setVisible(bool(so_far.out_of))
        self.meaning.setText(_meaning(so_far))
        self.meaning.setAccessibleName(
            spoken_dates(f"{self._instrument.name} {so_far.latest} {_meaning(so_far)}")
        )
        self.second_reading.setText(_second_reading(self._instrument, measures))
        self.second_reading.setVisible(bool(self.second_reading.text()))
        self._show_change(so_far)
        scene = score_chart(self._instrument, measures)
        self.chart.set_scene(scene)
        table = ScoreTable(self._instrument, scene, page, may_correct=may_correct)
        table.correction_requested.connect(self.correction_requested)
        self.body.replaceWidget(self._table, table)
        self._table.hide()
        self._table.deleteLater()
        self._table = table
        scored = any(measure.total is not None for measure in measures)
        self.as_table.setVisible(bool(measures))
        self.chart.setVisible(scored and not self.as_table.isChecked())
        table.setVisible(self.as_table.isChecked())

    def _show_change(self, so_far: Progress) -> None:
        self._moved.setVisible(bool(so_far.change))
        self.change.setText(so_far.change)
        self.change.setAccessibleName(spoken_dates(so_far.change))
        tone, drawing = _TONES[so_far.reliable or Reliable.NONE]
        self.change.set_tone(tone)
        self._mark.set_icon(drawing, TONE_TOKEN[tone])

    def _on_toggled(self, shown: bool) -> None:  # noqa: FBT001 - the truth a toggle signal carries
        self.as_table.setText("Chart" if shown else "Table")
        focused = QApplication.focusWidget()
        goes = self.chart if shown else self._table
        if focused is not None and (goes is focused or goes.isAncestorOf(focused)):
            self.as_table.setFocus()  # first: hiding what has the keyboard would give it to another card
        self.chart.setVisible(not shown)
        self._table.setVisible(shown)


def _meaning(so_far: Progress) -> str:
    if not so_far.latest:
        return "No score yet"
    blanks = so_far.latest.partition(" ")[2]
    meaning = f"{so_far.band} {blanks}".strip()
    said = ", ".join(part for part in (so_far.out_of, meaning) if part) if so_far.out_of else so_far.latest
    return f"{said}, on {fmt_date(so_far.latest_on)}"


def _second_reading(instrument: Instrument, measures: tuple[MeasureFact, ...]) -> str:
    """Say where the latest score falls in a second published split of the scale (NG222 for the PHQ-9)."""
    latest = measures[-1].total if measures else None
    if instrument.split is None or latest is None:
        return ""
    return f"{instrument.split.source}: {chip_for(instrument, latest)}"


def _in_order(book: Rulebook) -> list[str]:
    """Return the questionnaires as they are shown: function first, then what the service model follows."""
    names = [*book.pathway.measures, *(n for n in book.instruments if n not in book.pathway.measures)]
    return sorted(names, key=lambda name: name not in FUNCTION)
