"""Calendar months, for plans that count in months."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_MONTHS = 12


def add_months(day: date, months: int) -> date:
    """Return the corresponding date ``months`` later, or the last day of a shorter month."""
    year, month = divmod(day.month - 1 + months, _MONTHS)
    year, month = day.year + year, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
