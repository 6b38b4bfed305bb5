"""SELECTs grouped by their owner: what every part of EpisodeFacts is read through."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from sqlalchemy import Row, Select

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

F = TypeVar("F")
Grouped: TypeAlias = dict[int, tuple[F, ...]]
# The columns of each SELECT stand beside the function that reads them, so their types are not said twice.
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
AnySelect: TypeAlias = Select[*tuple[Any, ...]]


def grouped(session: Session, query: AnySelect, make: Callable[[AnyRow], F]) -> Grouped[F]:
    """Run a SELECT whose first column is the owner's id and gather what is made of each row by owner."""
    found: defaultdict[int, list[F]] = defaultdict(list)
    for row in session.execute(query):
        found[row[0]].append(make(row))
    return {owner: tuple(items) for owner, items in found.items()}
