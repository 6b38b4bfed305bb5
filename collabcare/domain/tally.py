"""What the answers of one form add up to, before anything is said about it, and the arithmetic of totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Number: TypeAlias = int | Decimal
"""A total: whole where the form counts points, a Decimal where its number is a mean or a metric."""
Subscale: TypeAlias = int | Decimal | bool | str | None
Subscales: TypeAlias = Mapping[str, Subscale]

_HUNDREDTHS = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The number of one form; ``total`` is None when it has none, ``complete`` says if enough is there."""

    total: Number | None
    missing: int
    complete: bool
    prorated: bool = False
    subscales: Subscales = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def divide_half_up(numerator: int, denominator: int) -> int:
    """Divide and round half up; Python's own rounding would send 4.5 to 4 (a mild PHQ-9 to minimal)."""
    return (2 * numerator + denominator) // (2 * denominator)


def mean(values: Sequence[int]) -> Decimal:
    """Return the mean of at least one value in hundredths, halves up."""
    return hundredths(Decimal(sum(values)) / len(values))


def is_whole(value: object) -> bool:
    """Return whether a value is a whole number; a truth is none."""
    return isinstance(value, int) and not isinstance(value, bool)


def hundredths(value: Decimal) -> Decimal:
    """Round to hundredths, halves away from zero."""
    return value.quantize(_HUNDREDTHS, ROUND_HALF_UP)
