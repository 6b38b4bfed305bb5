"""Where chips stand when they go on in another line: arithmetic that can be tried without a window."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence


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


def kept(
    count: int, current: int, fits: Callable[[list[int]], bool], rare: Collection[int] = ()
) -> tuple[list[int], list[int]]:
    """Share parts out into those that fit and those that do not.

    The last of the ``rare`` ones goes first, then the last of the others, and ``current`` never.
    """
    inside = list(range(count))
    leaving = sorted((n for n in inside if n != current), key=lambda n: (n not in rare, -n))
    for gone in leaving:
        if len(inside) == 1 or fits(inside):
            break
        inside.remove(gone)
    return inside, [number for number in range(count) if number not in inside]
