"""A question for supervision, kept whole: asked first on a day, added to later, taken back with a reason.

The first question and its day stand until the case is discussed or the question is taken back; what is added
stands below it with its own day and name. A question taken back stays to be read in the story of the care.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.typed_dates import read_date

if TYPE_CHECKING:
    from datetime import date

_ADDED = re.compile(r"^Added (\d\d-[A-Z][a-z]{2}-\d{4}) by ", re.MULTILINE)


def with_added(question: str | None, more: str, *, on: date, by: str) -> str:
    """Return the question with what was added to it.

    Raises:
        RuleViolation: When nothing is added.
    """
    if not more:
        raise RuleViolation("The case is on the agenda already. Write what to add to the question.")
    return "\n".join(filter(None, (question, f"Added {fmt_date(on)} by {by}: {more}")))


def last_asked(question: str | None, asked_on: date, *, today: date) -> date:
    """Return the day something was asked last: the first day, or that of what was added since."""
    added = (read_date(each, today).day for each in _ADDED.findall(question or ""))
    return max((day for day in added if day is not None and asked_on < day <= today), default=asked_on)


def withdrawn_text(question: str | None, asked_on: date, reason: str) -> str:
    """Return what the story of the care keeps of a question that was taken back.

    Raises:
        RuleViolation: When there is no reason.
    """
    if not reason:
        raise RuleViolation("Write why it need not be discussed any more.")
    asked = f"Asked on {fmt_date(asked_on)}: {question}" if question else f"Asked on {fmt_date(asked_on)}."
    return f"Taken off the agenda of supervision.\nReason: {reason}\n{asked}"
