"""A page of tables put into words, not yet drawn: what it is, for whom and as at when stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.calendar import LONDON
from collabcare.domain.counting import uncounted
from collabcare.domain.display import fmt_date, fmt_time

if TYPE_CHECKING:
    from datetime import date, datetime

    from collabcare.domain.counting import Counting


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Whose record it is from, when it was taken out and by whom; ``made_at`` is aware."""

    service: str
    made_at: datetime
    made_by: str
    is_demo: bool

    @property
    def day(self) -> date:
        """Return the London day it was made on."""
        return self.made_at.astimezone(LONDON).date()

    @property
    def words(self) -> str:
        """Return it in a sentence."""
        here = self.made_at.astimezone(LONDON)
        return f"Made {fmt_date(here.date())} {fmt_time(here)} for {self.made_by}."


@dataclass(frozen=True, slots=True, kw_only=True)
class TabledPart:
    """One table; ``shares`` are its columns' parts of the page's width, a line break in a cell is kept."""

    title: str
    about: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TabledPage:
    """A heading, some lines about it and its tables; ``foot`` stands at the foot of each page."""

    title: str
    stamp: Stamp
    about: tuple[str, ...]
    parts: tuple[TabledPart, ...]
    foot: str


def tabled_pdf(page: TabledPage, counting: Counting = uncounted) -> bytes:
    """Draw it on landscape A4, telling ``counting`` how many rows are done.

    Raises:
        RuleViolation: When a character has no print.
        Cancelled: When the user has stopped it.
    """
    from collabcare.documents.pdf.tabled_pages import draw_tables

    return draw_tables(page, counting)
