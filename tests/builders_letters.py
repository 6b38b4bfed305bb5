"""Letters as they were issued, for the tests of what is due and what is met by which letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.facts import LetterFact
from collabcare.domain.ids import LetterId

if TYPE_CHECKING:
    from datetime import date


def letter(kind: str, on: date, number: int = 1) -> LetterFact:
    """Return a letter of a kind as issued on a day."""
    return LetterFact(id=LetterId(number), kind=kind, title=kind, issued_on=on, recipient="Dr A Khan")
