"""Counts as they are shown: so many of so many, and a number of days in the middle of others.

A percentage never stands without the two numbers it comes from, and nobody to count is said in words: it is
not 0 per cent. Nothing is rounded to all or to none that is neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_days
from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALL = 100
_HALF = Decimal("0.5")
NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many.

    Raises:
        RuleViolation: When more are counted than there are.
    """

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        """Refuse what cannot have been counted."""
        if not 0 <= self.numerator <= self.denominator:
            raise RuleViolation("These counts contradict each other, so nothing can be told from them.")

    @property
    def percent(self) -> str:
        """Return it in whole per cent, halves up; nothing when there is nobody to count."""
        if self.denominator == 0:
            return ""
        whole = (2 * _ALL * self.numerator + self.denominator) // (2 * self.denominator)
        if whole == _ALL and self.numerator < self.denominator:
            return "over 99%"
        return "under 1%" if whole == 0 and self.numerator else f"{whole}%"

    @property
    def words(self) -> str:
        """Return it as every place shows it: ``12 of 20 (60%)``, and ``none`` for none of none."""
        if self.denominator == 0:
            return NOBODY
        return f"{self.numerator:,} of {self.denominator:,} ({self.percent})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How many numbers of days there are, the one in the middle, the least and the most."""

    count: int
    median: Decimal
    least: int
    most: int

    @property
    def words(self) -> str:
        """Return it as every place shows it: ``median 3 days (0 to 21), of 12``."""
        if self.count == 0:
            return NOBODY
        return f"median {self.median_words} ({self.least} to {self.most}), of {self.count:,}"

    @property
    def median_words(self) -> str:
        """Return the middle alone: ``3 days``."""
        return f"{self.median.normalize():f} days" if self.median != 1 else fmt_days(1)


NO_DAYS = Spread(count=0, median=Decimal(0), least=0, most=0)
"""Nothing to take the middle of."""


def spread(days: Iterable[int]) -> Spread:
    """Return the middle and the ends of numbers of days; the middle may lie half-way between two."""
    ordered = sorted(days)
    if not ordered:
        return NO_DAYS
    high = len(ordered) // 2
    low = (len(ordered) - 1) // 2
    return Spread(
        count=len(ordered),
        median=(ordered[low] + ordered[high]) * _HALF,
        least=ordered[0],
        most=ordered[-1],
    )
