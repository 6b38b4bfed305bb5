"""The stretch of time a report is about: the last weeks or months up to today, or two days somebody chose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.calendar import days_after
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.months import add_months

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class LastWhile(StrEnum):
    """A period that ends today."""

    WEEKS = "weeks"
    QUARTER = "quarter"
    YEAR = "year"


LAST_WORDS: Mapping[LastWhile, str] = {
    LastWhile.WEEKS: "Last 4 weeks",
    LastWhile.QUARTER: "Last 3 months",
    LastWhile.YEAR: "Last 12 months",
}
_DAYS = 28
_MONTHS = {LastWhile.QUARTER: 3, LastWhile.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with both ends in it.

    Raises:
        RuleViolation: When it ends before it begins.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period of no days."""
        if self.last < self.first:
            raise RuleViolation("The period ends before it begins. Check the two dates.")

    @property
    def words(self) -> str:
        """Return it as every place writes it."""
        return f"{fmt_date(self.first)} to {fmt_date(self.last)}"

    def has(self, day: date) -> bool:
        """Return whether a day is in it."""
        return self.first <= day <= self.last


def last_while(chosen: LastWhile, today: date) -> Period:
    """Return the period of a choice: today is the last day of it, and it holds whole weeks or months."""
    if chosen is LastWhile.WEEKS:
        return Period(days_after(today, 1 - _DAYS), today)
    return Period(days_after(add_months(today, -_MONTHS[chosen]), 1), today)


def refuse_period(period: Period, today: date) -> None:
    """Refuse a period that ends after today: nothing has come of those days yet.

    Raises:
        RuleViolation: With the day it may end on.
    """
    if period.last > today:
        raise RuleViolation(f"The period ends in the future. End it on {fmt_date(today)} or before.")
