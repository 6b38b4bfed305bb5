"""Days as the service counts them: London dates, working days, whole weeks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collections.abc import Iterable

LONDON = ZoneInfo("Europe/London")
_WORKS = (False, True, True, True, True, True, False)  # day 1 of the calendar was a Monday: 0 is Sunday
_LAST = date.max.toordinal()
_TOO_FAR = "That is outside the calendar. Check the date."


def london_date(instant: datetime) -> date:
    """Return the date on an English wall at ``instant`` (aware)."""
    return instant.astimezone(LONDON).date()


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Monday to Friday except ``days_off`` (bank holidays, closed days), and the days in ``days_on``.

    A day in both (the site opens on a bank holiday) is worked. Whoever learns of a day off late makes a new
    calendar, and every date counted with it is new: no date is kept anywhere.
    """

    days_off: frozenset[date]
    days_on: frozenset[date] = frozenset()
    _off: frozenset[int] = field(init=False, repr=False, compare=False)
    _on: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Number the days once: dates are counted thousands of times for one caseload."""
        object.__setattr__(self, "_off", frozenset(day.toordinal() for day in self.days_off))
        object.__setattr__(self, "_on", frozenset(day.toordinal() for day in self.days_on))

    def is_working_day(self, day: date) -> bool:
        """Return whether the service works on ``day``."""
        return self._works(day.toordinal())

    def this_or_next(self, day: date) -> date:
        """Return ``day`` if it is a working day, else the first one after it.

        Raises:
            RuleViolation: When there is none before the last day that can be written.
        """
        number = day.toordinal()
        if self._works(number):
            return day
        while not self._works(number):
            number += 1
        return _dated(number)

    def this_or_previous(self, day: date) -> date:
        """Return ``day`` if it is a working day, else the last one before it.

        Raises:
            RuleViolation: When there is none after the first day that can be written.
        """
        number = day.toordinal()
        while not self._works(number):
            number -= 1
        return _dated(number)

    def nth_after(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day`` (1 = the next one).

        Raises:
            RuleViolation: When ``count`` is below 1 or leads past the last day that can be written.
        """
        if count < 1:
            raise RuleViolation("Working days are counted from 1.")
        if count > _LAST:
            raise RuleViolation(_TOO_FAR)
        number = day.toordinal()
        works, off, on = _WORKS, self._off, self._on
        while count:
            number += 1
            if (works[number % 7] and number not in off) or number in on:
                count -= 1
        return _dated(number)

    def without(self, days: Iterable[date]) -> WorkingCalendar:
        """Return this calendar with further days on which nothing is expected."""
        more = frozenset(days)
        return WorkingCalendar(days_off=self.days_off | more, days_on=self.days_on - more)

    def _works(self, number: int) -> bool:
        return (_WORKS[number % 7] and number not in self._off) or number in self._on


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalCalendar:
    """Monday to Friday except the bank holidays: what the law counts by, whatever days a site keeps.

    It is no :class:`WorkingCalendar` and cannot be made from one, so that no day on which only the site is
    shut can put off a date that people are owed.
    """

    bank_holidays: frozenset[date]

    def this_or_next(self, day: date) -> date:
        """Return ``day`` if it is a working day in England, else the first one after it.

        Raises:
            RuleViolation: When there is none before the last day that can be written.
        """
        return WorkingCalendar(days_off=self.bank_holidays).this_or_next(day)


def days_after(day: date, count: int) -> date:
    """Return the day ``count`` calendar days after ``day``.

    Raises:
        RuleViolation: When that is a day no calendar can write.
    """
    return _dated(day.toordinal() + count)


def _dated(number: int) -> date:
    if not 1 <= number <= _LAST:
        raise RuleViolation(_TOO_FAR)
    return date.fromordinal(number)


def age_on(birth_date: date, day: date) -> int:
    """Return whole years of age on ``day``; a 29 February birthday is reached on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
