"""A note of a day, outside any contact: what a colleague said, what came by post, what to think of next time.

It is no contact: it moves no date, ends no search and asks for nothing. Like a contact it is never deleted; a
mistake is marked as entered in error, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

LONGEST_NOTE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFact:
    """One note; ``on`` is the day it is about."""

    id: int
    row_version: int = 1
    on: date
    text: str
    by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InErrorFact:
    """A contact or note marked as entered in error: what it said, why it does not stand, who marked it.

    ``by`` and ``marked_on`` are None where the record does not say.
    """

    key: str
    on: date
    what: str
    text: str
    reason: str
    by: str | None
    marked_on: date | None


def refuse_note(text: str, on: date, *, received_on: date, today: date) -> None:
    """Refuse a note that says nothing, or is about a day to come or one before the referral.

    Raises:
        RuleViolation: With what to check.
    """
    if not text:
        raise RuleViolation("Write the note first.")
    if on > today:
        raise RuleViolation("A note is about today or a day before. Check the date.")
    if on < received_on:
        raise RuleViolation("The note is dated before the referral was received. Check the date.")


def refuse_same_note(same: Iterable[tuple[date, str]], on: date, text: str) -> None:
    """Refuse a note that this user saved already; ``same`` are the days and texts of theirs that stand.

    Raises:
        RuleViolation: With what to look at.
    """
    if (on, text) in same:
        raise RuleViolation("You saved this note already. Nothing was saved twice.")
