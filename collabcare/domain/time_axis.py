"""The axis of time under a chart: proportional, and never so short that two days stand far apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST_DAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTick:
    """A mark on an axis: its place from 0 to 1, its words, and its day on the axis of time."""

    at: float
    label: str
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAxis:
    """From the first day, at 0, to the last, at 1; ``last`` is after ``first``."""

    first: date
    last: date

    def place(self, day: date) -> float:
        """Return where a day stands; outside 0 to 1 if it lies outside the axis."""
        return (day - self.first).days / (self.last - self.first).days

    def holds(self, day: date) -> bool:
        """Return whether a day lies on the axis."""
        return self.first <= day <= self.last

    @property
    def ticks(self) -> tuple[ChartTick, ...]:
        """Return the first day, the one in the middle and the last."""
        middle = self.first + (self.last - self.first) / 2
        return tuple(
            ChartTick(at=at, label=fmt_date(day), day=day)
            for at, day in ((0.0, self.first), (0.5, middle), (1.0, self.last))
        )


def time_axis(days: Iterable[date]) -> TimeAxis:
    """Return the axis that holds all of these days, four weeks long at least."""
    on = sorted(days)
    first = on[0].toordinal() if on else date.min.toordinal()
    first = min(first, date.max.toordinal() - SHORTEST_DAYS)
    last = max(first + SHORTEST_DAYS, on[-1].toordinal() if on else first)
    return TimeAxis(first=date.fromordinal(first), last=date.fromordinal(last))
