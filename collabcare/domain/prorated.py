"""How a score is written that was made up from a form with a blank: never as a bare number.

Where a whole line has room :func:`collabcare.domain.instruments.fmt_total` says how many answers are missing,
too; these two are for a cell, a table and a picture.
"""

from __future__ import annotations

from typing import Final

MARK: Final = "*"
"""What stands after a prorated score where no word has room; whoever shows it says what it means."""

WORD: Final = "prorated"


def fmt_score(value: object, *, prorated: bool) -> str:
    """Write a score in words: ``11``, ``11 (prorated)``."""
    return f"{value} ({WORD})" if prorated else str(value)


def marked_score(value: object, *, prorated: bool) -> str:
    """Write a score where only a mark has room: ``11``, ``11*``."""
    return f"{value}{MARK}" if prorated else str(value)
