"""Appointment slots."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta


def slot_end(start: time | None, minutes: int | None) -> time | None:
    """Return when a slot ended, None when its start is not known; never past midnight."""
    if start is None:
        return None
    end = datetime.combine(date.min, start) + timedelta(minutes=minutes or 0)
    return end.time() if end.date() == date.min else time.max
