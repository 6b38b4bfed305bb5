"""Who looks after whose patients while somebody is away: from a day on, to a day or until it is ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from collabcare.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverFact:
    """One arrangement; it ends after ``until_on``, or on the day somebody ended it, whichever is first."""

    id: int
    row_version: int
    covered_id: UserId
    covered: str
    by_id: UserId
    by: str
    from_on: date
    until_on: date | None
    ended_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether it holds on a day; the day on which it was ended is no part of it."""
        if self.ended_on is not None and day >= self.ended_on:
            return False
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    @property
    def words(self) -> str:
        """Say who covers whom, and when."""
        until = f" to {fmt_date(self.until_on)}" if self.until_on else ", until it is ended"
        return f"{self.by} covers {self.covered}, {fmt_date(self.from_on)}{until}"


def covered_by(user_id: UserId, covers: Iterable[CoverFact], *, today: date) -> dict[UserId, str]:
    """Return whom this user covers today, by number with the name."""
    return {
        cover.covered_id: cover.covered
        for cover in covers
        if cover.by_id == user_id and cover.holds_on(today)
    }


def refuse_cover(asked: CoverFact, covers: Iterable[CoverFact], *, today: date) -> None:
    """Refuse cover by oneself, for days gone by, backwards, or that is there already.

    Raises:
        RuleViolation: With what to choose instead.
    """
    if asked.covered_id == asked.by_id:
        raise RuleViolation("Choose somebody else to cover.")
    if asked.until_on is not None and asked.until_on < asked.from_on:
        raise RuleViolation("The last day is before the first. Choose a later one.")
    if asked.until_on is not None and asked.until_on < today:
        raise RuleViolation("Those days have passed. Choose a last day of today or later.")
    for other in covers:
        same = (other.covered_id, other.by_id) == (asked.covered_id, asked.by_id)
        if same and other.ended_on is None and _overlap(asked, other):
            raise RuleViolation(f"That is arranged already: {other.words}.")


def _overlap(one: CoverFact, other: CoverFact) -> bool:
    return (other.until_on is None or one.from_on <= other.until_on) and (
        one.until_on is None or other.from_on <= one.until_on
    )
