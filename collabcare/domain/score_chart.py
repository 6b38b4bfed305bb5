"""The drawing of one instrument's scores, as numbers between 0 and 1: one drawing for screen and paper.

Points, never bars; time is proportional; the cut-off is drawn; the good direction is said. The screen
paints it with QPainter and the letter with reportlab shapes, from this one scene.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, fmt_date_long
from collabcare.domain.instruments import Instrument, Number, compared
from collabcare.domain.outcomes import standing_scores
from collabcare.domain.progress import good_direction
from collabcare.domain.scoring import WORK_NOT_APPLICABLE, work_not_applicable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.facts import MeasureFact

_SHORTEST_SPAN = timedelta(days=28)
_MEAN_STEP = Decimal("0.01")
_APART = 0.04  # of the height: labels closer than this would lie on one another


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPoint:
    """One score: where it stands (0,0 is bottom left), how it reads out loud, and its value."""

    x: float
    y: float
    value: Number
    day: date
    prorated: bool
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTick:
    """A mark on an axis: its place from 0 to 1, its words, and its day on the axis of time."""

    at: float
    label: str
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreChart:
    """Everything there is to draw for one instrument; without a cut-off there is no line and no label."""

    title: str
    points: tuple[ChartPoint, ...]
    cut_off: float | None
    cut_off_label: str
    good_direction: str
    x_ticks: tuple[ChartTick, ...]
    y_ticks: tuple[ChartTick, ...]
    description: str


def score_chart(instrument: Instrument, measures: Sequence[MeasureFact]) -> ScoreChart:
    """Lay out an instrument's standing scores, oldest first; an empty chart has axes and no points.

    They are drawn on the scale that bands, cut-off and change go by, which the title names where it is not
    that of the form.
    """
    scored = [(m, compared(instrument, m.total)) for m in standing_scores(measures) if m.total is not None]
    first, last = _span([measure.taken_on for measure, _value in scored])
    span = (last - first).days
    points = tuple(
        ChartPoint(
            x=(measure.taken_on - first).days / span,
            y=_height(instrument, value),
            value=value,
            day=measure.taken_on,
            prorated=measure.prorated,
            spoken=_spoken(instrument, measure, value),
        )
        for measure, value in scored
    )
    cut_off = instrument.caseness
    return ScoreChart(
        title=f"{instrument.name} (metric)" if instrument.conversion else instrument.name,
        points=points,
        cut_off=None if cut_off is None else _height(instrument, cut_off),
        cut_off_label="" if cut_off is None else f"Cut-off {cut_off}",
        good_direction=good_direction(instrument),
        x_ticks=_x_ticks(first, last) if points else (),
        y_ticks=tuple(
            ChartTick(at=_height(instrument, value), label=_label(value)) for value in _y_values(instrument)
        ),
        description=_describe(instrument, points),
    )


def _spoken(instrument: Instrument, measure: MeasureFact, value: Number) -> str:
    prorated = ", prorated" if measure.prorated else ""
    work = f", {WORK_NOT_APPLICABLE}" if work_not_applicable(instrument, measure.answers) else ""
    return f"{fmt_date_long(measure.taken_on)}: {instrument.name} {value}{prorated}{work}"


def _span(days: list[date]) -> tuple[date, date]:
    """Return the first and last day of the axis: it is never so short that two scores stand far apart."""
    first = days[0] if days else date.min
    return first, max([first + _SHORTEST_SPAN, *days])


def _height(instrument: Instrument, value: Number) -> float:
    low, high = instrument.total_min, instrument.total_max
    return float((value - low) / (high - low))


def _x_ticks(first: date, last: date) -> tuple[ChartTick, ...]:
    middle = first + (last - first) / 2
    return tuple(
        ChartTick(at=at, label=fmt_date(day), day=day)
        for at, day in ((0.0, first), (0.5, middle), (1.0, last))
    )


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


def _describe(instrument: Instrument, points: tuple[ChartPoint, ...]) -> str:
    if not points:
        return f"No {instrument.name} score yet."
    first, last = points[0], points[-1]
    if len(points) == 1:
        return f"One {instrument.name} score: {last.value} on {fmt_date_long(last.day)}."
    return (
        f"{len(points)} {instrument.name} scores, from {first.value} on {fmt_date_long(first.day)} "
        f"to {last.value} on {fmt_date_long(last.day)}."
    )
