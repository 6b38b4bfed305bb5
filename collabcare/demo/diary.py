"""The diary of the demo's practitioners: working days, and a free time on one of them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from collabcare.domain.calendar import LONDON, WorkingCalendar

TIMES = (
    time(9),
    time(9, 45),
    time(10, 30),
    time(11, 15),
    time(12),
    time(13, 30),
    time(14, 15),
    time(15),
    time(15, 45),
    time(16, 30),
)


class Diary:
    """Gives out times. Nobody is booked twice at once until the day is full, as in a caseload too large."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.calendar = calendar
        self._taken: defaultdict[tuple[str, date], set[time]] = defaultdict(set)

    def on_or_before(self, day: date) -> date:
        """Return ``day`` if it is a working day, else the last one before it."""
        while not self.calendar.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def nth_before(self, day: date, count: int) -> date:
        """Return the ``count``-th working day before ``day`` (1 = the last one)."""
        for _ in range(count):
            day = self.on_or_before(day - timedelta(days=1))
        return day

    def booked(self, practitioner: str, day: date) -> int:
        """Return how many times of a day are taken."""
        return len(self._taken.get((practitioner, day), ()))

    def take(self, practitioner: str, day: date, wanted: int) -> time:
        """Take the wanted time of the day (an index into TIMES) or the next one that is free."""
        taken = self._taken[practitioner, day]
        choices = [TIMES[(wanted + step) % len(TIMES)] for step in range(len(TIMES))]
        at = next((choice for choice in choices if choice not in taken), choices[0])
        taken.add(at)
        return at


def london(day: date, at: time, minutes: int = 0) -> datetime:
    """Return the instant some minutes after a time of day in England."""
    return datetime.combine(day, at, LONDON) + timedelta(minutes=minutes)
