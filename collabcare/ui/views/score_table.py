"""One questionnaire's scores as a table, newest first, each to be put right where it was entered wrongly."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from collabcare.domain.display import fmt_date, fmt_date_long
from collabcare.queries.corrected_forms import earlier_versions
from collabcare.ui.theme import current_theme
from collabcare.ui.views.suggested import quiet
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collabcare.domain.facts import MeasureFact
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.score_chart import ChartRow, ScoreChart
    from collabcare.queries.corrected_forms import CorrectedForm
    from collabcare.queries.patient_page import PatientPage


class ScoreTable(QWidget):
    """What the chart shows, with what each form was entered as before it was put right.

    Signals:
        correction_requested: The number of the form the user wants to put right.
    """

    correction_requested = Signal(object)

    def __init__(
        self, instrument: Instrument, scene: ScoreChart, page: PatientPage, *, may_correct: bool
    ) -> None:
        super().__init__()
        self._instrument = instrument
        self.setAccessibleName(f"{instrument.name} scores, newest first")
        theme = current_theme()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(2, 1)
        measures = page.facts.measures_of(instrument.id)
        for shown in scene.rows:
            measure = _measure_of(shown, measures)
            self._add(shown, measure if may_correct else None)
            for earlier in earlier_versions(page.corrected, measure.id) if measure else ():
                self._note(_put_right(earlier))

    def _add(self, shown: ChartRow, measure: MeasureFact | None) -> None:
        day = PlainLabel(fmt_date(shown.day), TextRole.SECONDARY)
        day.setAccessibleName(fmt_date_long(shown.day))
        meaning = PlainLabel(shown.meaning, TextRole.SECONDARY, wrap=True)
        meaning.setAccessibleName(shown.spoken)
        parts: list[QWidget] = [day, PlainLabel(shown.score, TextRole.STRONG), meaning]
        if measure is not None:
            parts.append(self._correct(measure, shown))
        line = self._grid.rowCount()
        for place, part in enumerate(parts):
            self._grid.addWidget(part, line, place, Qt.AlignmentFlag.AlignTop)

    def _note(self, words: str) -> None:
        self._grid.addWidget(quiet(words), self._grid.rowCount(), 0, 1, 4)

    def _correct(self, measure: MeasureFact, shown: ChartRow) -> Button:
        button = Button("Correct…", ButtonKind.QUIET, compact=True)
        button.setObjectName(f"correct_{measure.id}")
        button.setAccessibleName(f"Correct {self._instrument.name} of {fmt_date_long(shown.day)}")
        button.clicked.connect(partial(self.correction_requested.emit, measure.id))
        return button


def _measure_of(shown: ChartRow, measures: tuple[MeasureFact, ...]) -> MeasureFact | None:
    """Return the form a row shows: of two for one day the one entered later."""
    blank = shown.score == "\N{EN DASH}"
    found = [each for each in measures if each.taken_on == shown.day and (each.total is None) == blank]
    return found[-1] if found else None


def _put_right(earlier: CorrectedForm) -> str:
    """Say what a form was entered as, and why it was put right."""
    when = f" under {fmt_date(earlier.taken_on)}"
    answers = " ".join("\N{EN DASH}" if each is None else str(each) for each in earlier.answers)
    said = f"Entered first as {earlier.text}{when}{f' ({answers})' if answers else ''}."
    return f"{said} Put right: {' '.join(earlier.reason.split())}"
