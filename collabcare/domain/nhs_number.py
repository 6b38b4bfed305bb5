"""NHS numbers: read in any form, checked, and written 3-3-4.

Check digit: weights 10 to 2 over the first nine digits, modulus 11 (NHS Data Dictionary, NHS NUMBER). The
arithmetic is the ``nhs-number`` package's; what this adds is the reason in words, and the refusal of
0000000000, which passes the arithmetic. Its ``is_valid`` is not used: it also refuses numbers whose check
digit fits but which Scotland would not have issued, and the reason shown would then be untrue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhs_number import calculate_checksum

from collabcare.domain.codes import Coded
from collabcare.domain.errors import RuleViolation
from collabcare.domain.suggestion import Suggestion, Used

LENGTH = 10
_IMPOSSIBLE_CHECK_DIGIT = 10
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−.,/·\u200b\u2060\ufeff]+")  # noqa: RUF001 - what word processors make of them
_NATIONAL_INSURANCE = re.compile(r"[A-Za-z]{2}\d{6}[A-Da-d]?")
_RULE = "NHS number, modulus 11"
_SOURCE = "NHS Data Dictionary, NHS NUMBER"


class NhsNumberStatus(Coded):
    """How far a number has been checked against the national register."""

    VERIFIED = "01", "Number present and verified"
    NOT_TRACED = "02", "Number present but not traced"
    TRACE_REQUIRED = "03", "Trace required"
    NO_OR_SEVERAL_MATCHES = "04", "Trace attempted, no match or several"
    CONFLICT = "05", "Trace needs to be resolved"
    IN_PROGRESS = "06", "Trace in progress"
    NOT_PRESENT = "07", "Number not present and trace not required"


@dataclass(frozen=True, slots=True)
class NhsNumberCheck:
    """Whether a number is valid, how it is written, and why not; ``display`` is None when it is not."""

    valid: bool
    display: str | None
    reason: str | None
    rule: str = _RULE
    source: str = _SOURCE


def check_nhs_number(text: str) -> NhsNumberCheck:
    """Return whether what was typed or pasted is a valid NHS number, and if not, why in one sentence."""
    digits = _SEPARATORS.sub("", text)
    reason = _fault(digits)
    return NhsNumberCheck(reason is None, None if reason else fmt_nhs_number(digits), reason)


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


def default_status(digits: str | None) -> NhsNumberStatus:
    """Return the status of a number nobody has traced: there is no link to the national register here."""
    return NhsNumberStatus.NOT_TRACED if digits else NhsNumberStatus.NOT_PRESENT


def ask_for_nhs_number(digits: str | None) -> Suggestion | None:
    """Return a prompt to find the number of somebody recorded without one; care never waits for it."""
    if digits:
        return None
    return Suggestion(
        sentence="No NHS number is recorded. Ask the GP practice, and check for a second record.",
        rule="NHS number not recorded",
        used=(Used("NHS number", None),),
        source=_SOURCE,
    )


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
    return _fault_of_ten(digits)


def _fault_of_ten(digits: str) -> str | None:
    if not int(digits):
        return "Ten noughts are nobody's NHS number, although the check digit fits."
    check = calculate_checksum(digits[:-1])
    if check == _IMPOSSIBLE_CHECK_DIGIT:
        return (
            "The check digit does not fit: these nine digits would need a check digit of 10, which no NHS"
            " number has. Check it against the GP record."
        )
    if check != int(digits[-1]):
        return "The check digit does not fit, so a digit is mistyped. Check it against the GP record."
    return None
