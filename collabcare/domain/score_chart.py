"""The drawing of one instrument's scores, as numbers between 0 and 1: one drawing for screen and paper.

Points, never bars; time is proportional; the cut-off is drawn; the good direction is said. The screen
paints it with QPainter and the letter with reportlab shapes, from this one scene. What is drawn is also
there as rows, newest first: a form without a score has no height, so it stands on the axis of time.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date_long
from collabcare.domain.instruments import Instrument, Number, band_for, compared
from collabcare.domain.outcomes import standing_scores
from collabcare.domain.progress import good_direction
from collabcare.domain.prorated import fmt_score
from collabcare.domain.scoring import WORK_NOT_APPLICABLE, work_not_applicable
from collabcare.domain.time_axis import ChartTick, TimeAxis, time_axis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collabcare.domain.facts import MeasureFact

__all__ = ["ChartBlank", "ChartPoint", "ChartRow", "ChartTick", "ScoreChart", "score_chart"]

_MEAN_STEP = Decimal("0.01")
_APART = 0.04  # of the height: labels closer than this would lie on one another


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPoint:
    """One score: where it stands (0,0 is bottom left), how it reads out loud, and what it means."""

    x: float
    y: float
    value: Number
    day: date
    prorated: bool
    spoken: str
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartBlank:
    """A form too much of which is blank to score: its place on the axis of time, and how it reads."""

    x: float
    day: date
    words: str
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """One line of the same chart as a table; ``score`` is a dash where there is none."""

    day: date
    score: str
    meaning: str
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreChart:
    """Everything there is to draw for one instrument; without a cut-off there is no line and no label.

    ``unit`` says what the scale counts, and from where to where.
    """

    title: str
    points: tuple[ChartPoint, ...]
    cut_off: float | None
    cut_off_label: str
    good_direction: str
    x_ticks: tuple[ChartTick, ...]
    y_ticks: tuple[ChartTick, ...]
    description: str
    unit: str = ""
    blanks: tuple[ChartBlank, ...] = ()

    @property
    def readings(self) -> tuple[ChartPoint | ChartBlank, ...]:
        """Return what a cursor goes through, oldest first; a blank of the day of a score comes after it."""
        return tuple(sorted((*self.points, *self.blanks), key=lambda each: each.day))

    @property
    def rows(self) -> tuple[ChartRow, ...]:
        """Return what is drawn as the rows of a table, newest first."""
        return tuple(_row(each) for each in reversed(self.readings))


def score_chart(
    instrument: Instrument, measures: Sequence[MeasureFact], axis: TimeAxis | None = None
) -> ScoreChart:
    """Lay out an instrument's standing scores, oldest first; an empty chart has axes and no points.

    They are drawn on the scale that bands, cut-off and change go by, which the title names where it is not
    that of the form. ``axis`` is the time to draw them on where it is not their own.
    """
    scored = [(m, compared(instrument, m.total)) for m in standing_scores(measures) if m.total is not None]
    unscored = [measure for measure in measures if measure.total is None]
    if axis is None:
        axis = time_axis([*(measure.taken_on for measure, _value in scored), *(m.taken_on for m in unscored)])
    points = tuple(
        ChartPoint(
            x=axis.place(measure.taken_on),
            y=_height(instrument, value),
            value=value,
            day=measure.taken_on,
            prorated=measure.prorated,
            spoken=_spoken(instrument, measure, value),
            meaning=_meaning(instrument, measure),
        )
        for measure, value in scored
    )
    blanks = tuple(_blank(instrument, measure, axis) for measure in unscored)
    cut_off = instrument.caseness
    return ScoreChart(
        title=f"{instrument.name} (metric)" if instrument.conversion else instrument.name,
        points=points,
        cut_off=None if cut_off is None else _height(instrument, cut_off),
        cut_off_label="" if cut_off is None else f"Cut-off {cut_off}",
        good_direction=good_direction(instrument),
        x_ticks=axis.ticks if points else (),
        y_ticks=tuple(
            ChartTick(at=_height(instrument, value), label=_label(value)) for value in _y_values(instrument)
        ),
        description=_describe(instrument, points),
        unit=f"Score, {_label(instrument.total_min)} to {_label(instrument.total_max)}",
        blanks=blanks,
    )


def _blank(instrument: Instrument, measure: MeasureFact, axis: TimeAxis) -> ChartBlank:
    return ChartBlank(
        x=axis.place(measure.taken_on),
        day=measure.taken_on,
        words=f"No score: {measure.text[:1].lower()}{measure.text[1:]}",
        spoken=f"{fmt_date_long(measure.taken_on)}: {instrument.name} has no score, {measure.text}",
    )


def _row(drawn: ChartPoint | ChartBlank) -> ChartRow:
    if isinstance(drawn, ChartBlank):
        return ChartRow(day=drawn.day, score="\N{EN DASH}", meaning=drawn.words, spoken=drawn.spoken)
    spoken = f"{drawn.spoken}, {drawn.meaning}" if drawn.meaning else drawn.spoken
    return ChartRow(
        day=drawn.day,
        score=fmt_score(drawn.value, prorated=drawn.prorated),
        meaning=drawn.meaning,
        spoken=spoken,
    )


def _meaning(instrument: Instrument, measure: MeasureFact) -> str:
    """Say where a score falls on the scale and what a reader must know to trust it."""
    band = band_for(instrument, measure.total) if measure.total is not None else ""
    metric = f"{measure.total} on the form" if instrument.conversion else ""
    blanks = f"({measure.missing} missing)" if measure.missing else ""
    work = f"({WORK_NOT_APPLICABLE})" if work_not_applicable(instrument, measure.answers) else ""
    said = ", ".join(part for part in (band, metric) if part)
    return " ".join(part for part in (said, blanks, work) if part)


def _spoken(instrument: Instrument, measure: MeasureFact, value: Number) -> str:
    prorated = ", prorated" if measure.prorated else ""
    work = f", {WORK_NOT_APPLICABLE}" if work_not_applicable(instrument, measure.answers) else ""
    return f"{fmt_date_long(measure.taken_on)}: {instrument.name} {value}{prorated}{work}"


def _height(instrument: Instrument, value: Number) -> float:
    low, high = instrument.total_min, instrument.total_max
    return float((value - low) / (high - low))


def _y_values(instrument: Instrument) -> tuple[Number, ...]:
    """Return where the bands begin, between the ends of the scale; of two that touch the lower one."""
    step: Number = 0 if instrument.conversion else 1 if instrument.whole_totals else _MEAN_STEP
    kept: list[Number] = [instrument.total_min]
    for band in instrument.bands:
        start = band.upto + step
        if (
            _height(instrument, start) - _height(instrument, kept[-1]) >= _APART
            and start < instrument.total_max
        ):
            kept.append(start)
    return (*kept, instrument.total_max)


def _label(value: Number) -> str:
    """Write a place on the scale without idle noughts: ``2.5``, ``10``."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _words(point: ChartPoint) -> str:
    return fmt_score(point.value, prorated=point.prorated)


def _describe(instrument: Instrument, points: tuple[ChartPoint, ...]) -> str:
    if not points:
        return f"No {instrument.name} score yet."
    first, last = points[0], points[-1]
    if len(points) == 1:
        return f"One {instrument.name} score: {_words(last)} on {fmt_date_long(last.day)}."
    return (
        f"{len(points)} {instrument.name} scores, from {_words(first)} on {fmt_date_long(first.day)} "
        f"to {_words(last)} on {fmt_date_long(last.day)}."
    )
