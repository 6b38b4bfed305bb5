"""Putting the rows of a table in the order of one column, or of two; blanks come last both ways."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.ui.models.rows import Column

RowT = TypeVar("RowT")
SortKey: TypeAlias = tuple[int, Qt.SortOrder]
"""The place of a column, and which way."""

_MARKS = ("\N{SUPERSCRIPT ONE}", "\N{SUPERSCRIPT TWO}")
_SPOKEN = ("sorted by first", "sorted by second")
_UP, _DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def in_order(rows: Sequence[RowT], columns: Sequence[Column[RowT]], keys: Sequence[SortKey]) -> list[RowT]:
    """Return the rows by the first key, then by the second, then as they came."""
    ordered = list(rows)
    for place, order in reversed(keys):  # sorting is stable
        keyed = [(columns[place].key(row), row) for row in ordered]
        filled = [pair for pair in keyed if pair[0] is not None]
        filled.sort(key=itemgetter(0), reverse=order is _DOWN)
        ordered = [row for _, row in filled] + [row for key, row in keyed if key is None]
    return ordered


def heading(title: str, place: int, keys: Sequence[SortKey], *, spoken: bool) -> str:
    """Return what a heading says: with two columns sorted by, which of them it is."""
    places = [each for each, _order in keys]
    if len(places) == 1 or place not in places:
        return title
    number = places.index(place)
    return f"{title}, {_SPOKEN[number]}" if spoken else f"{title} {_MARKS[number]}"


def turned(order: Qt.SortOrder) -> Qt.SortOrder:
    """Return the other way round."""
    return _UP if order is _DOWN else _DOWN


def next_second(shown: Sequence[int], keys: Sequence[SortKey], step: int) -> SortKey | None:
    """Return the second column to sort by after this one of those ``shown``, or before it; 0 turns it round.

    The first is passed over. None where there is no other column, or none to turn round.
    """
    first, second = keys[0][0], keys[1] if len(keys) > 1 else None
    if step == 0:
        return None if second is None else (second[0], turned(second[1]))
    others = [each for each in shown if each != first]
    if not others:
        return None
    if second is not None and second[0] in others:
        at = others.index(second[0]) + step
    else:
        after = sum(1 for each in shown[: shown.index(first)] if each != first) if first in shown else 0
        at = after if step > 0 else after - 1
    return others[at % len(others)], _UP
