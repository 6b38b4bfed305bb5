"""Where a user is in a table, in terms that still hold once it is made anew with larger text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlace:
    """A row, a cell and how far the table is scrolled.

    Attributes:
        key: What tells the row with the keyboard apart, None for none.
        column_id: The column the keyboard is in.
        chosen: What tells the chosen rows apart.
        down: How far it is scrolled down, in rows.
        across: How far it is scrolled to the right, in pixels at 100 %.
        seen: Whether the row with the keyboard is in view.
    """

    key: object
    column_id: str
    chosen: frozenset[object]
    down: float
    across: float
    seen: bool
