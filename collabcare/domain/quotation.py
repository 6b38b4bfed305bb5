"""Where a service model's figure comes from: the words of its source, and how certain they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How a figure was come by."""

    FOUNDING = "founding"
    PUBLISHED = "published"
    MEMORY = "memory"

    @property
    def words(self) -> str:
        """Return the certainty as a page says it."""
        return {
            "founding": "stated in the papers this project is founded on",
            "published": "published source",
            "memory": "from memory, not verified",
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """What the source of a figure says; words between inner quotation marks are the source's very own."""

    words: str
    certainty: Certainty
    source: str

    @property
    def cited(self) -> str:
        """Return the quotation with its source, as a page or a suggestion gives it."""
        return f"“{self.words}” ({self.source}; {self.certainty.words})"
