"""SELECTs grouped by their owner: what every part of EpisodeFacts is read through."""

from __future__ import annotations

import gc
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from sqlalchemy import Row, Select

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from enum import StrEnum

    from sqlalchemy.orm import Session

F = TypeVar("F")
E = TypeVar("E", bound="StrEnum")
Grouped: TypeAlias = dict[int, tuple[F, ...]]
# The columns of each SELECT stand beside the function that reads them, so their types are not said twice.
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
AnySelect: TypeAlias = Select[*tuple[Any, ...]]


def grouped(session: Session, query: AnySelect, make: Callable[[AnyRow], F]) -> Grouped[F]:
    """Run a SELECT whose first column is the owner's id and gather what is made of each row by owner.

    It runs on the session's connection, past the ORM, which would wrap every row once more. Whoever calls
    this flushes the session first.
    """
    found: defaultdict[int, list[F]] = defaultdict(list)
    for row in session.connection().execute(query).all():
        found[row[0]].append(make(row))
    return {owner: tuple(items) for owner, items in found.items()}


def by_code(kind: type[E]) -> dict[str, E]:
    """Return the members of a closed set by their code: a look-up costs a tenth of asking the class."""
    return {member.value: member for member in kind}


def by_code_or_none(kind: type[E]) -> dict[str | None, E | None]:
    """Return the same with None for what is not recorded."""
    found: dict[str | None, E | None] = {None: None}
    found.update(by_code(kind))
    return found


@contextmanager
def collector_resting() -> Iterator[None]:
    """Keep the cyclic garbage collector out while very many objects are made at once.

    None of them is garbage or in a cycle, and without this it looks through all of them again and again as
    their number grows: a third of the time that reading a thousand patients takes.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
