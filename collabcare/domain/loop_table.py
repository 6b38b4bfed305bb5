"""One table of a report: its words, counts and shares, before anybody says how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from collabcare.domain.shares import Share, Spread

Cell: TypeAlias = str | int | Share | Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopTable:
    """One table; the first cell of a row names it. ``about`` says in a sentence what is counted."""

    id: str
    title: str
    about: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
