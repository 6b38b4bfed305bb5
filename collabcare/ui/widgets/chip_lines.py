"""Where chips stand when they go on in another line: arithmetic that can be tried without a window."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Spot(NamedTuple):
    """Where one part stands: pixels from the left, and its line from 0."""

    left: int
    line: int


def flow(wides: Sequence[int], width: int, gap: int, *, divide_before: int = -1) -> list[Spot]:
    """Return a spot for each width; before the part ``divide_before`` there is room for a divider."""
    spots: list[Spot] = []
    left = line = 0
    for place, wide in enumerate(wides):
        left += 2 * gap if place == divide_before and left else 0
        if left and left + wide > width:
            left, line = 0, line + 1
        spots.append(Spot(left, line))
        left += wide + gap
    return spots


def kept(count: int, current: int, fits: Callable[[list[int]], bool]) -> tuple[list[int], list[int]]:
    """Share parts out into those that fit and those that do not: the last goes first, ``current`` never."""
    inside, out = list(range(count)), list[int]()
    while len(inside) > 1 and not fits(inside):
        gone = next(number for number in reversed(inside) if number != current)
        inside.remove(gone)
        out.insert(0, gone)
    return inside, out
