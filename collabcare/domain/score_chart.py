"""The drawing of one instrument's scores, as numbers between 0 and 1: one drawing for screen and paper.

Points, never bars; time is proportional; the cut-off is drawn; the good direction is said. The screen
paints it with QPainter and the letter with reportlab shapes, from this one scene.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, fmt_date_long
from collabcare.domain.instruments import Direction, Instrument
from collabcare.domain.outcomes import standing_scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.facts import MeasureFact

_SHORTEST_SPAN = timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPoint:
    """One score: where it stands (0,0 is bottom left), how it reads out loud, and its value."""

    x: float
    y: float
    value: int
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
    """Everything there is to draw for one instrument."""

    title: str
    points: tuple[ChartPoint, ...]
    cut_off: float
    cut_off_label: str
    good_direction: str
    x_ticks: tuple[ChartTick, ...]
    y_ticks: tuple[ChartTick, ...]
    description: str


def score_chart(instrument: Instrument, measures: Sequence[MeasureFact]) -> ScoreChart:
    """Lay out an instrument's standing scores, oldest first; an empty chart has axes and no points."""
    scored = [(m.taken_on, m.total, m.prorated) for m in standing_scores(measures) if m.total is not None]
    first, last = _span([day for day, _total, _prorated in scored])
    span = (last - first).days
    points = tuple(
        ChartPoint(
            x=(day - first).days / span,
            y=_height(instrument, total),
            value=total,
            day=day,
            prorated=prorated,
            spoken=f"{fmt_date_long(day)}: {instrument.name} {total}{', prorated' if prorated else ''}",
        )
        for day, total, prorated in scored
    )
    worse_up = instrument.direction is Direction.HIGHER_IS_WORSE
    return ScoreChart(
        title=instrument.name,
        points=points,
        cut_off=_height(instrument, instrument.caseness),
        cut_off_label=f"Cut-off {instrument.caseness}",
        good_direction="Lower is better" if worse_up else "Higher is better",
        x_ticks=_x_ticks(first, last) if points else (),
        y_ticks=tuple(
            ChartTick(at=_height(instrument, value), label=str(value)) for value in _y_values(instrument)
        ),
        description=_describe(instrument, points),
    )


def _span(days: list[date]) -> tuple[date, date]:
    """Return the first and last day of the axis: it is never so short that two scores stand far apart."""
    first = days[0] if days else date.min
    return first, max([first + _SHORTEST_SPAN, *days])


def _height(instrument: Instrument, total: int) -> float:
    return (total - instrument.total_min) / (instrument.total_max - instrument.total_min)


def _x_ticks(first: date, last: date) -> tuple[ChartTick, ...]:
    middle = first + (last - first) / 2
    return tuple(
        ChartTick(at=at, label=fmt_date(day), day=day)
        for at, day in ((0.0, first), (0.5, middle), (1.0, last))
    )


def _y_values(instrument: Instrument) -> tuple[int, ...]:
    starts = [band.upto + 1 for band in instrument.bands if band.upto < instrument.total_max]
    return (instrument.total_min, *starts, instrument.total_max)


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
