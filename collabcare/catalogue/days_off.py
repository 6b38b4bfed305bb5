"""The days the service does not work: England's bank holidays and the site's own closed days."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from collabcare.catalogue.bank_holidays import load_bank_holidays
from collabcare.domain.calendar import NationalCalendar, WorkingCalendar
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_YEARS_BEFORE, _YEARS_AFTER = 6, 6  # a search may be years old, and a letter's reply years away


def england_calendar(
    around: date, closed_days: Iterable[date] = (), open_days: Iterable[date] = ()
) -> WorkingCalendar:
    """Return the working calendar for the years before and after ``around``, with the site's own days.

    A substitute day and the holiday it stands for are both days off. ``open_days`` are worked although they
    are a weekend or a bank holiday (a Saturday clinic); a day that the site names as both closed and open is
    closed.
    """
    closed = frozenset(closed_days)
    opened = frozenset(open_days) - closed
    days_off = (national_calendar(around).bank_holidays | closed) - opened
    return WorkingCalendar(days_off=days_off, days_on=opened)


def national_calendar(around: date) -> NationalCalendar:
    """Return England's bank holidays of the same years, with no day of any site: what the law counts by."""
    years = range(max(around.year - _YEARS_BEFORE, 1), min(around.year + _YEARS_AFTER, 9999) + 1)
    known = _known()
    days = [known[year] if year in known else _worked_out(year) for year in years]
    return NationalCalendar(bank_holidays=frozenset().union(*days))


@cache
def _known() -> dict[int, frozenset[date]]:
    return load_bank_holidays(resources_dir() / "rules")


def _worked_out(year: int) -> frozenset[date]:
    """Return the bank holidays of a year that is not in the file, long ago or far ahead."""
    import holidays  # which loads those of every country

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=[year]))
