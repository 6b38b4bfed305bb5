"""Ratios of two pieces of work, taken in pairs in one run."""

from __future__ import annotations

from statistics import quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PAIRS = 3
MOST_PAIRS = 25


def best_ratio(ours: Callable[[], float], bare: Callable[[], float], limit: float) -> float:
    """Return our time over the bare one; more pairs are run while it is over the limit."""
    found: list[tuple[float, float]] = []
    while len(found) < PAIRS or (best_of(found) > limit and len(found) < MOST_PAIRS):
        found.append((ours(), bare()))
    return best_of(found)


def best_of(pairs: list[tuple[float, float]]) -> float:
    """Return the better of two estimates: our best over the bare best, and the lower quartile of the pairs.

    The first is spoilt when the computer was fast only while a bare one ran; two of a pair share its mood.
    """
    bests = min(pair[0] for pair in pairs) / min(pair[1] for pair in pairs)
    return min(bests, quantiles((ours / bare for ours, bare in pairs), n=4)[0])
