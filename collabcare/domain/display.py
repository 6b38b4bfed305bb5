"""How names, dates and numbers are written: one definition for screens, letters and exports.

Dates on screen are ``06-Aug-2026`` and in letters ``6 August 2026``. The month table is our own because
the operating system's British short months include "Sept", which clinical display rules do not allow.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, time
    from decimal import Decimal

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK = 7
NOT_RECORDED = "Not recorded"
_IN_FULL = {month[:3]: month for month in _MONTHS}
_LONG_DATE = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}}\b")
_SHORT_DATE = re.compile(rf"\b(\d{{2}})-({'|'.join(_IN_FULL)})-(\d{{4}})\b")


def fmt_date(day: date | None, *, weekday: bool = False) -> str:
    """Write a date for a clinical screen: ``06-Aug-2026``, or ``Thu 06-Aug-2026``."""
    if day is None:
        return NOT_RECORDED
    text = f"{day.day:02d}-{_MONTHS[day.month - 1][:3]}-{day.year:04d}"
    return f"{_DAYS[day.weekday()][:3]} {text}" if weekday else text


def fmt_date_long(day: date, *, weekday: bool = False) -> str:
    """Write a date for a letter or a screen reader: ``6 August 2026``, or ``Thursday 6 August 2026``."""
    text = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_DAYS[day.weekday()]} {text}" if weekday else text


def spoken_dates(text: str) -> str:
    """Return ``text`` with each short date in full, for screen readers, which stumble over short months."""
    return _SHORT_DATE.sub(lambda found: f"{int(found[1])} {_IN_FULL[found[2]]} {found[3]}", text)


def unbroken_dates(text: str) -> str:
    """Return ``text`` with hyphens in its short dates at which no line breaks."""
    return _SHORT_DATE.sub(lambda found: found[0].replace("-", "\N{NON-BREAKING HYPHEN}"), text)


def dates_on_one_line(text: str) -> str:
    """Return ``text`` with spaces in the dates of a letter at which no line breaks."""
    return _LONG_DATE.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


def fmt_time(at: time | datetime) -> str:
    """Write a time on the 24-hour clock: ``17:30``."""
    return f"{at.hour:02d}:{at.minute:02d}"


def fmt_time_letter(at: time) -> str:
    """Write a time as a letter to a patient says it: ``5:30pm``, ``10am``, ``midday``."""
    if at.minute == 0 and at.hour % 12 == 0:
        return "midday" if at.hour else "midnight"
    hour = at.hour % 12 or 12
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{hour}{minutes}{'am' if at.hour < 12 else 'pm'}"  # noqa: PLR2004 - the clock has twelve hours


def fmt_name(surname: str, given_name: str, title: str | None = None) -> str:
    """Write a name for a banner or list: ``OKAFOR, Ngozi (Ms)``."""
    text = f"{surname.upper()}, {given_name}" if given_name else surname.upper()
    return f"{text} ({title})" if title else text


def fmt_name_letter(given_name: str, surname: str, title: str | None = None) -> str:
    """Write a name as it stands on an envelope: ``Ms Ngozi Okafor``."""
    return " ".join(part for part in (title, given_name, surname) if part)


def fmt_days(count: int) -> str:
    """Write a number of days: ``1 day``, ``9 days``."""
    return f"{count} day" if count == 1 else f"{count} days"


def fmt_count(count: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun: ``1 letter``, ``3 letters``."""
    return f"{count:,} {one}" if count == 1 else f"{count:,} {many or one + 's'}"


def lower_first(words: str) -> str:
    """Return words as they go on in the middle of a sentence: ``GP to be told`` stays as it is."""
    return words if words[1:2].isupper() else f"{words[:1].lower()}{words[1:]}"


def fmt_lasting(since: date, today: date) -> str:
    """Write how long something has lasted: ``since today``, ``4 days``, and from a week on ``6 weeks``."""
    days = max((today - since).days, 0)
    if days == 0:
        return "since today"
    return fmt_days(days) if days < _WEEK else fmt_count(days // _WEEK, "week")


def fmt_change(change: int | Decimal) -> str:
    """Write a change of score with its sign and a true minus: ``+3``, ``−6``, ``0``."""
    if change == 0:
        return "0"
    return f"+{change}" if change > 0 else f"\N{MINUS SIGN}{-change}"
