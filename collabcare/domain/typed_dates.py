"""Dates as people type them: ``12/3``, ``12 mar``, ``12/03/2026``, ``+2w``, ``-2d``, ``t``, ``fri``.

British order, the day first. What could be two dates is asked about, never guessed (NHS CUI date input,
D+Tc-0004 to 0009): the answer is a day, or the reason in words why there is none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.months import add_months

NOT_A_DATE = "Not a date. Write it as 12/3, 12 mar, 12/03/2026, or +2w for two weeks from today."
_NEAR = timedelta(days=92)  # without a year, a date this close is the one meant
_LONGEST = len("wednesday 30th september 2026, ")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_YEARS_AHEAD = 20  # as far ahead as a year of two digits is read
_MONTHS_IN_YEAR = 12
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNKNOWN = "Not known"
_UNKNOWN = frozenset({"unknown", "not known", "unk", "nk", "n/k", "not sure", "don't know"})
_WORDS = {"t": 0, "today": 0, "tomorrow": 1, "tom": 1, "yesterday": -1, "yest": -1}
_STEP = re.compile(r"([+-])\s*(\d{1,4})\s*(d|w|m|y|days?|weeks?|months?|years?)?")
_RUN_OF_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_PARTS = re.compile(r"\d+|[a-z]+")
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b")


class Direction(StrEnum):
    """Which way from today a date must lie; today itself is always allowed."""

    EITHER = "either"
    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class TypedDate:
    """What was understood: a day, or the reason why there is none; neither for an empty text."""

    day: date | None
    problem: str = ""


class _Unclear(Exception):
    """The text is no date, or could be two; holds the sentence to show."""


@dataclass(frozen=True, slots=True)
class _Parts:
    day: int
    month: int
    year: int | None


def read_date(text: str, today: date, direction: Direction = Direction.EITHER) -> TypedDate:
    """Return the day ``text`` means to somebody typing it ``today``.

    ``direction`` says which way the date must lie; it decides the year where none is written.
    """
    plain = " ".join(text.casefold().split())
    if not plain:
        return TypedDate(None)
    if len(plain) > _LONGEST:
        return TypedDate(None, NOT_A_DATE)
    try:
        day = _meant(plain, today, direction)
        _refuse_wrong_way(day, today, direction)
    except _Unclear as reason:
        return TypedDate(None, str(reason))
    return TypedDate(day)


def says_unknown(text: str) -> bool:
    """Return whether somebody wrote that the date is not known, in words."""
    return " ".join(text.casefold().split()) in _UNKNOWN


def _meant(plain: str, today: date, direction: Direction) -> date:
    if plain in _WORDS:
        return today + timedelta(days=_WORDS[plain])
    if step := _STEP.fullmatch(plain):
        return _stepped(step, today)
    if (weekday := _index(plain, _DAY_NAMES, _FULL_DAYS)) is not None:
        return _nearest_weekday(weekday, today, direction)
    latest = today.year if direction is Direction.PAST else today.year + _YEARS_AHEAD
    if run := _RUN_OF_DIGITS.fullmatch(plain):
        return _with_year(_parts_in_order([*run.groups()], latest), today, direction)
    words = [word for word in _PARTS.findall(_ORDINAL.sub("", plain)) if word != "of"]
    if not words or re.search(r"[^\w\s/.,\-]", plain):
        raise _Unclear(NOT_A_DATE)
    claimed = _index(words[0], _DAY_NAMES, _FULL_DAYS)
    day = _with_year(_parts(words[1:] if claimed is not None else words, latest), today, direction)
    if claimed is not None and day.weekday() != claimed:
        raise _Unclear(
            f"{fmt_date(day)} is a {_FULL_DAYS[day.weekday()].capitalize()}. Check the day or the date."
        )
    return day


def _stepped(step: re.Match[str], today: date) -> date:
    sign, digits, unit = step.groups()
    if unit is None:
        raise _Unclear(f"Days, weeks or months? Write {sign}{digits}d, {sign}{digits}w or {sign}{digits}m.")
    count = int(sign + digits)
    try:
        if unit[0] in "dw":
            return today + timedelta(days=count * (7 if unit[0] == "w" else 1))
        return add_months(today, count * (_MONTHS_IN_YEAR if unit[0] == "y" else 1))
    except (OverflowError, RuleViolation):
        raise _Unclear("That is too far from today.") from None


def _nearest_weekday(weekday: int, today: date, direction: Direction) -> date:
    """Return the coming such day, or in the past the last one; today counts."""
    if direction is Direction.PAST:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _parts(words: list[str], latest: int) -> _Parts:
    """Tell day, month and year apart: by a month's name, by a leading year, else by British order."""
    named = [place for place, word in enumerate(words) if word.isalpha()]
    if len(words) not in {2, 3} or len(named) > 1 or (named and named[0] > 1):
        raise _Unclear(NOT_A_DATE)
    if named:
        name = words[named[0]]
        month = _index(name, _MONTH_NAMES, _FULL_MONTHS)
        if month is None:
            raise _Unclear(f"There is no month '{name}'.")
        numbers = [word for word in words if word.isdigit()]
        words = [numbers[0], str(month + 1), *numbers[1:]]
    elif len(words[0]) == len("2026"):  # 2026-03-12 can be read in one way only
        words = words[::-1]
    if len(words[0]) > len("12") or len(words[1]) > len("03"):
        raise _Unclear(NOT_A_DATE)
    return _parts_in_order(words, latest)


def _parts_in_order(words: list[str], latest: int) -> _Parts:
    """Read day, month and perhaps year, and refuse what no calendar has."""
    day, month = int(words[0]), int(words[1])
    if not 1 <= month <= _MONTHS_IN_YEAR:
        turned = 1 <= day <= _MONTHS_IN_YEAR and 1 <= month <= 31  # noqa: PLR2004 - the longest month
        hint = f" Write the day first: {month}/{day}." if turned else ""
        raise _Unclear(f"There is no month {month}.{hint}")
    year = _full_year(words[2], latest) if len(words) > 2 else None  # noqa: PLR2004 - day, month, year
    longest = monthrange(year if year is not None else 2024, month)[1]  # 2024: a leap year
    if not 1 <= day <= longest:
        name = _FULL_MONTHS[month - 1].capitalize()
        raise _Unclear(
            f"{name} {year} has {longest} days." if year else f"{name} has at most {longest} days."
        )
    return _Parts(day, month, year)


def _full_year(written: str, latest: int) -> int:
    """Read a year of four digits, or of two: then it is the last such year up to ``latest``."""
    year = int(written)
    if len(written) == len("26"):
        return year + 2000 if year + 2000 <= latest else year + 1900
    if len(written) != len("2026") or not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise _Unclear(f"Check the year: {written}.")
    return year


def _with_year(parts: _Parts, today: date, direction: Direction) -> date:
    if parts.year is not None:
        return date(parts.year, parts.month, parts.day)
    before, after = _either_side(parts, today)
    if direction is Direction.PAST:
        return before
    if direction is Direction.FUTURE:
        return after
    nearest = min(before, after, key=lambda day: abs(day - today))
    if abs(nearest - today) > _NEAR:
        raise _Unclear(f"{fmt_date(before)} or {fmt_date(after)}? Add the year.")
    return nearest


def _either_side(parts: _Parts, today: date) -> tuple[date, date]:
    """Return the last such date up to today and the first from today on; 29 February may be years off."""
    possible = [
        date(year, parts.month, parts.day)
        for year in range(today.year - 8, today.year + 9)
        if parts.day <= monthrange(year, parts.month)[1]
    ]
    return max(d for d in possible if d <= today), min(d for d in possible if d >= today)


def _refuse_wrong_way(day: date, today: date, direction: Direction) -> None:
    if direction is Direction.PAST and day > today:
        raise _Unclear(f"{fmt_date(day)} is in the future.")
    if direction is Direction.FUTURE and day < today:
        raise _Unclear(f"{fmt_date(day)} is in the past.")


def _index(word: str, short: tuple[str, ...], full: tuple[str, ...]) -> int | None:
    """Return which name ``word`` is or begins with at least three letters of, such as ``sept``."""
    for number, (three, whole) in enumerate(zip(short, full, strict=True)):
        if word.startswith(three) and whole.startswith(word):
            return number
    return None
