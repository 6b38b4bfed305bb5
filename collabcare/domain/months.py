"""Calendar months, for plans that count in months."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from datetime import date

_MONTHS = 12


def add_months(day: date, months: int) -> date:
    """Return the corresponding date ``months`` later, or the last day of a shorter month.

    Raises:
        RuleViolation: When that day is beyond any calendar.
    """
    year, month = divmod(day.month - 1 + months, _MONTHS)
    year, month = day.year + year, month + 1
    if not MINYEAR <= year <= MAXYEAR:
        raise RuleViolation("That day is too far away. Check the date.")
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
