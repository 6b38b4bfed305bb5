"""Days and times typed on the command line."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date, time


def day(text: str) -> date:
    """Read an ISO date."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"'{text}' is not a date such as 2026-11-20") from error


def clock_time(text: str) -> time:
    """Read a time of day."""
    try:
        at = time.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"'{text}' is not a time such as 16:00") from error
    if at.tzinfo is not None:
        raise ArgumentTypeError(f"'{text}' is not a time such as 16:00")
    return at
