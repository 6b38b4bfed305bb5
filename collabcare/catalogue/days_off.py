"""The days the service does not work: England's bank holidays, and the site's own closed days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import holidays

from collabcare.domain.calendar import WorkingCalendar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


def england_calendar(around: date, closed_days: Iterable[date] = ()) -> WorkingCalendar:
    """Return the working calendar for the years before and after ``around``, plus the site's own days.

    Bank holidays are the ``holidays`` package's for England; a substitute day and the holiday it stands
    for are both days off.
    """
    years = range(around.year - 2, around.year + 4)
    bank_holidays = holidays.country_holidays("GB", subdiv="ENG", years=years)
    return WorkingCalendar(days_off=frozenset(bank_holidays) | frozenset(closed_days))
