"""What one column of the caseload says of a row: the same words in the grid, the export and the tests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, fmt_date_long

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import TypeAlias

    from collabcare.domain.caseload import CaseloadRow

    Says: TypeAlias = Callable[[CaseloadRow], str]
    Lines: TypeAlias = tuple[str, str]
    """What a cell of two lines says; the export and a screen reader say both, one after the other."""


class Order(StrEnum):
    """What kind of thing a column is sorted by, for saying which way round it stands."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"


NEVER = "Never"
"""What a day says that has not come."""

_UP = {Order.TEXT: "A to Z", Order.DATE: "earliest first", Order.NUMBER: "lowest first"}
_DOWN = {Order.TEXT: "Z to A", Order.DATE: "latest first", Order.NUMBER: "highest first"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadColumn:
    """One column.

    Attributes:
        id: Its name in what is kept for each user; it never changes.
        title: The heading.
        means: What it says, in a sentence.
        text: What the cell says; blank where there is nothing to say.
        sort: What it is ordered by, None for blank, which comes last both ways; left out, the text.
        spoken: What a screen reader says, with months in full; left out, the text.
        order: What kind of thing it is ordered by.
    """

    id: str
    title: str
    means: str
    text: Says
    sort: Callable[[CaseloadRow], object] | None = None
    spoken: Says | None = None
    order: Order = Order.TEXT

    def way(self, *, descending: bool) -> str:
        """Say which way round the rows stand: ``latest first``."""
        return (_DOWN if descending else _UP)[self.order]


def joined(lines: Lines) -> str:
    """Return a cell of two lines as one, for the export and for who listens."""
    return ", ".join(line for line in lines if line)


def dated(
    column_id: str, title: str, means: str, day: Callable[[CaseloadRow], date | None], otherwise: str = NEVER
) -> CaseloadColumn:
    """Return a column of days of which "never" is an answer, read out as ``otherwise``."""

    def spoken(row: CaseloadRow) -> str:
        return fmt_date_long(on) if (on := day(row)) else otherwise

    return CaseloadColumn(
        id=column_id,
        title=title,
        means=means,
        text=lambda row: fmt_date(on) if (on := day(row)) else NEVER,
        sort=day,
        spoken=spoken,
        order=Order.DATE,
    )
