"""What a service model says of itself beyond the numbers every rule needs: people, times, routes.

Part of :class:`collabcare.domain.pathway.Pathway`. Each carries the quotation it was read from; what a
source does not state is not here at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_count

if TYPE_CHECKING:
    from collabcare.domain.quotation import Quotation


class Span(StrEnum):
    """What a length of time is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"

    def of(self, count: int) -> str:
        """Return so many of them in words: ``1 week``, ``6 weeks``."""
        return fmt_count(count, self.value.removesuffix("s"), self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something the source states in words: it informs, and no rule acts on it."""

    name: str
    quotation: Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A kind of appointment; what the source leaves out (minutes, how many, days apart) is None."""

    name: str
    least_minutes: int | None
    most_minutes: int | None
    how_many: int | None
    days_apart: int | None
    quotation: Quotation

    @property
    def words(self) -> str:
        """Return its figures in words."""
        said = []
        if self.how_many is not None:
            said.append(f"{self.how_many} of them")
        if self.least_minutes is not None:
            to = "" if self.most_minutes in {None, self.least_minutes} else f" to {self.most_minutes}"
            said.append(f"{self.least_minutes}{to} minutes")
        if self.days_apart is not None:
            said.append(f"at least {Span.DAYS.of(self.days_apart)} apart")
        return ", ".join(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewInterval:
    """How often the source says that supervision or a case review is held."""

    name: str
    every: int
    at_most_every: int | None
    span: Span
    quotation: Quotation

    @property
    def words(self) -> str:
        """Return the interval in words: ``every 2 to 4 weeks``."""
        if self.at_most_every is not None:
            return f"every {self.every} to {self.span.of(self.at_most_every)}"
        return f"every {self.span.of(self.every)}"
