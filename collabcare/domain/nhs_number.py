"""NHS numbers: read in any form, checked, and written 3-3-4.

Check digit: weights 10 to 2 over the first nine digits, modulus 11 (NHS Data Dictionary, NHS NUMBER). The
arithmetic is the ``nhs-number`` package's; what this adds is the reason in words, and the refusal of
0000000000, which passes the arithmetic. Its ``is_valid`` is not used: it also refuses numbers whose check
digit fits but which Scotland would not have issued, and the reason shown would then be untrue.
"""

from __future__ import annotations

import re

from nhs_number import calculate_checksum

from collabcare.domain.errors import RuleViolation

LENGTH = 10
_SEPARATORS = re.compile(r"[\s\-–—.,/·]+")
_NATIONAL_INSURANCE = re.compile(r"[A-Za-z]{2}\d{6}[A-Da-d]?")


def parse_nhs_number(text: str) -> str:
    """Return the ten digits of an NHS number typed or pasted in any form.

    Raises:
        RuleViolation: With the reason, when it is not a valid NHS number.
    """
    digits = _SEPARATORS.sub("", text)
    if reason := _fault(digits):
        raise RuleViolation(reason)
    return digits


def fault_in_nhs_number(text: str) -> str | None:
    """Return why ``text`` is not a valid NHS number, or None when it is."""
    return _fault(_SEPARATORS.sub("", text))


def fmt_nhs_number(digits: str | None) -> str:
    """Write an NHS number 3-3-4: ``943 476 5919``; nothing recorded is said in words."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if digits else "Not Known"


def _fault(digits: str) -> str | None:
    if not digits:
        return "Type the NHS number: ten digits."
    if _NATIONAL_INSURANCE.fullmatch(digits):
        return "This looks like a National Insurance number. An NHS number is ten digits."
    if not (digits.isascii() and digits.isdigit()):
        return "An NHS number has digits only."
    if len(digits) != LENGTH:
        short = "short" if len(digits) < LENGTH else "long"
        return f"Too {short}: an NHS number has ten digits, this has {len(digits)}."
    if not int(digits) or calculate_checksum(digits[:-1]) != int(digits[-1]):
        return "The check digit does not fit, so a digit is mistyped. Check it against the GP record."
    return None
