"""The Recovery Star's stages on its ladder from 1 to 10 (Triangle).

A person's top of the scale may be 8, so nothing below 9 is ever spoken of as falling short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import band_for
from collabcare.domain.tally import is_whole

if TYPE_CHECKING:
    from collabcare.domain.instruments import Instrument


def stage(instrument: Instrument, rating: int) -> str:
    """Return the stage one area stands at.

    Raises:
        RuleViolation: When the rating is not on the ladder.
    """
    low, high = instrument.item_min, instrument.item_max
    if not is_whole(rating) or not low <= rating <= high:
        raise RuleViolation(f"{instrument.name} areas run {low} to {high}.")
    return band_for(instrument, rating)


def stage_change(instrument: Instrument, first: int, last: int) -> str | None:
    """Say from which stage to which one area has moved; None while it is at the same.

    Raises:
        RuleViolation: When a rating is not on the ladder.
    """
    before, after = stage(instrument, first), stage(instrument, last)
    return None if before == after else f"{before} → {after}"
