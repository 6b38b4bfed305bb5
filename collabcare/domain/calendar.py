"""Days as the service counts them: London dates, working days, whole weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from collabcare.domain.errors import RuleViolation

LONDON = ZoneInfo("Europe/London")
_SATURDAY = 5
_DAY = timedelta(days=1)


def london_date(instant: datetime) -> date:
    """Return the date on an English wall at ``instant`` (aware)."""
    return instant.astimezone(LONDON).date()


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Monday to Friday except ``days_off`` (bank holidays and the site's own closed days)."""

    days_off: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        """Return whether the service works on ``day``."""
        return day.weekday() < _SATURDAY and day not in self.days_off

    def this_or_next(self, day: date) -> date:
        """Return ``day`` if it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def nth_after(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day`` (1 = the next one)."""
        if count < 1:
            raise RuleViolation("Working days are counted from 1.")
        while count:
            day += _DAY
            count -= self.is_working_day(day)
        return day


def age_on(birth_date: date, day: date) -> int:
    """Return whole years of age on ``day``; a 29 February birthday is reached on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
