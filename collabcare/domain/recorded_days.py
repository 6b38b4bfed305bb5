"""The day something recorded happened on: never in the future, never before the referral it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from datetime import date


def refuse_day(what: str, on: date, *, received_on: date, today: date) -> None:
    """Refuse a day that has not come yet or was before the referral; ``what`` begins the sentence.

    Raises:
        RuleViolation: With what to check.
    """
    if on > today:
        raise RuleViolation(f"{what} cannot be dated in the future. Check the date.")
    if on < received_on:
        raise RuleViolation(f"{what} is dated before the referral was received. Check the date.")
