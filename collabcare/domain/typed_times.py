"""Times as people type them: ``930``, ``9:30``, ``14``, ``2.15pm``; shown on the 24-hour clock.

An hour from one to six with neither ``am`` nor ``pm`` is asked about: no practice sees people at two in the
morning, and a guess would put the appointment twelve hours out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

NOT_A_TIME = "Not a time. Write it as 9:30, 930 or 14."
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:. h]?(?P<minute>\d{2}))?\s*(?P<half>am|pm|a|p)?")
_WORDS = {"midday": time(12), "midnight": time(0)}
_NOON = 12
_LAST_HOUR, _LAST_MINUTE = 23, 59
_EARLIEST_UNASKED = 7


@dataclass(frozen=True, slots=True)
class TypedTime:
    """What was understood: a time, or the reason why there is none; neither for an empty text."""

    at: time | None
    problem: str = ""


def read_time(text: str) -> TypedTime:
    """Return the time of day ``text`` means."""
    plain = " ".join(text.casefold().split())
    if not plain:
        return TypedTime(None)
    if plain in _WORDS:
        return TypedTime(_WORDS[plain])
    found = _TIME.fullmatch(plain)
    if found is None:
        return TypedTime(None, NOT_A_TIME)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if minute > _LAST_MINUTE:
        return TypedTime(None, f"There is no minute {minute}.")
    if found["half"]:
        return _on_half_clock(hour, minute, found["half"])
    return _on_whole_clock(hour, minute, sure=found["hour"].startswith("0"))


def _on_whole_clock(hour: int, minute: int, *, sure: bool) -> TypedTime:
    if hour > _LAST_HOUR:
        return TypedTime(None, f"There is no hour {hour} on the 24-hour clock.")
    if 1 <= hour < _EARLIEST_UNASKED and not sure:
        return TypedTime(
            None, f"Morning or afternoon? Write {hour:02d}:{minute:02d} or {hour + 12}:{minute:02d}."
        )
    return TypedTime(time(hour, minute))


def _on_half_clock(hour: int, minute: int, half: str) -> TypedTime:
    if not 1 <= hour <= _NOON:
        return TypedTime(
            None, f"There is no {hour} {half[0]}m. Write the hour from 1 to 12, or leave out am and pm."
        )
    afternoon = _NOON if half[0] == "p" else 0
    return TypedTime(time(hour % _NOON + afternoon, minute))
