"""What changed between a first and a later score of one instrument.

Fixed-threshold reliable change, as NHS Talking Therapies uses it: no site-specific index is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.instruments import Direction, Instrument, is_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.facts import MeasureFact


class Reliable(StrEnum):
    """Whether a change is larger than the instrument's measurement error."""

    IMPROVEMENT = "improvement"
    DETERIORATION = "deterioration"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The change between two scores; positive is better whichever way the scale runs."""

    first: int
    last: int
    change: int
    reliable: Reliable
    crossed: bool
    significant: bool
    no_room: bool


def change_between(instrument: Instrument, first: int, last: int) -> Change:
    """Compare two totals of one instrument."""
    better_by = int(instrument.direction) * (first - last)
    reliable = Reliable.NONE
    if better_by >= instrument.reliable_change:
        reliable = Reliable.IMPROVEMENT
    elif -better_by >= instrument.reliable_change:
        reliable = Reliable.DETERIORATION
    crossed = is_case(instrument, first) and not is_case(instrument, last)
    return Change(
        first=first,
        last=last,
        change=better_by,
        reliable=reliable,
        crossed=crossed,
        significant=crossed and reliable is Reliable.IMPROVEMENT,
        no_room=_room(instrument, first) < instrument.reliable_change,
    )


def standing_scores(measures: Sequence[MeasureFact]) -> tuple[MeasureFact, ...]:
    """Return the complete scores of one instrument, one a day, oldest first.

    Two scores on one date are a correction, not a pair: the one entered later stands for that day. A form
    with too many blanks says nothing and corrects nothing. ``measures`` are of one instrument, oldest first.
    """
    return tuple({m.taken_on: m for m in measures if m.total is not None}.values())


def first_and_latest(measures: Sequence[MeasureFact]) -> tuple[MeasureFact, MeasureFact] | None:
    """Return the first and most recent standing scores of one instrument.

    None when there are not yet two dates to compare. ``measures`` are of one instrument, oldest first.
    """
    standing = standing_scores(measures)
    return (standing[0], standing[-1]) if len(standing) > 1 else None


def _room(instrument: Instrument, first: int) -> int:
    if instrument.direction is Direction.HIGHER_IS_WORSE:
        return first - instrument.total_min
    return instrument.total_max - first
