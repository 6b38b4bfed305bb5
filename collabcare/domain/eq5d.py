"""An EQ-5D-5L as it is written: five digits from 1 to 5, and the visual scale, which may be left blank.

No index is worked out: the choice of a value set belongs to whoever analyses the figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collabcare.domain.instruments import Instrument


def profile_answers(instrument: Instrument, profile: str, vas: int | None) -> tuple[int | None, ...]:
    """Return the answers for :func:`~collabcare.domain.instruments.score` of a profile such as ``21344``.

    Raises:
        RuleViolation: When the profile is not so many digits, each within range.
    """
    low, high, count = instrument.item_min, instrument.item_max, instrument.item_count
    fits = len(profile) == count and profile.isascii() and profile.isdigit()
    if not fits or not all(low <= int(digit) <= high for digit in profile):
        raise RuleViolation(f"An {instrument.name} profile is {count} digits, each from {low} to {high}.")
    return (*(int(digit) for digit in profile), vas)
