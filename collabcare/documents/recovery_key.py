"""The recovery key on one page: twelve words to print once and keep where the practice keeps its keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryKeyPage:
    """What the page says of the record it opens; the name is empty while the record has none yet."""

    service: str
    made_on: date
    record_name: str
    is_demo: bool = False


def recovery_key_pdf(words: Sequence[str], page: RecoveryKeyPage) -> bytes:
    """Draw the page; the words stand nowhere else, so it is printed or saved by whoever asked for it.

    Raises:
        RuleViolation: When a character of the service's or the record's name has no print.
    """
    from collabcare.documents.pdf.recovery_pages import recovery_pdf

    return recovery_pdf(words, page)
