"""Telephone numbers as people type them: letters are refused, too few digits are asked about.

Kept as typed, in spaces and all. Short numbers such as 111 belong to the crisis lines, which are not read
here: nobody's own telephone has three digits.
"""

from __future__ import annotations

import re

from collabcare.domain.errors import RuleViolation
from collabcare.domain.typed_text import typed_line

LONGEST_TELEPHONE = 100
_EXTENSION = re.compile(r"\s*\b(?:extension|extn?|x)\.?\s*\d+", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_ABROAD = ("+", "00")
_LEAST_ABROAD = 8
_LEAST_HERE, _MOBILE_DIGITS = 10, 11
_MOBILE = "07"
_IS_MOBILE = re.compile(r"(?:(?:00)?440?|0)7\d{9}")
"""Ofcom, National Telephone Numbering Plan: ten or eleven digits with the first 0, eleven for a mobile."""


def telephone_problem(text: str) -> str:
    """Return why a text cannot be a telephone number, or nothing; an extension is no fault."""
    plain = _EXTENSION.sub("", text)
    if not _LETTER.search(plain):
        return ""
    return f"A telephone number has no letters in it: look at “{text.strip()}”."


def mobile_of(*numbers: str | None) -> str | None:
    """Return the first British mobile, which takes text messages; of a number abroad nobody can tell."""
    return next((each for each in numbers if each and _IS_MOBILE.fullmatch(_digits(each))), None)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, _EXTENSION.sub("", text)))


def telephone_doubt(text: str) -> str:
    """Return what to ask about a number with too few digits, or nothing."""
    plain = _EXTENSION.sub("", text).strip()
    digits = "".join(filter(str.isdigit, plain))
    if not plain:
        return ""
    if plain.startswith(_ABROAD):
        short = len(digits) < _LEAST_ABROAD
        usual = "a number with its country has at least 8"
    elif digits.startswith(_MOBILE):
        short = len(digits) < _MOBILE_DIGITS
        usual = "a mobile number has 11"
    else:
        short = len(digits) < _LEAST_HERE
        usual = "a telephone number has 10 or 11"
    if not short:
        return ""
    count = "1 digit" if len(digits) == 1 else f"{len(digits)} digits"
    return f"“{text.strip()}” has {count}; {usual}. Save again to keep it as it is."


def typed_telephone(text: str | None, what: str = "The telephone number") -> str | None:
    """Return a telephone number as it is kept, None when it is blank.

    Raises:
        RuleViolation: When it is too long, ``what`` beginning the sentence, or has letters in it.
    """
    line = typed_line(text or "", what, LONGEST_TELEPHONE)
    if problem := telephone_problem(line):
        raise RuleViolation(problem)
    return line or None
