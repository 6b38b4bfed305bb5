"""What a screen reader says of a part that shows words: the same, with the months in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import spoken_dates

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_OWN_NAME, _OWN_DESCRIPTION = "spoken_name", "spoken_description"


def speak_words(part: QWidget, words: str) -> None:
    """Name ``part`` by its words where a screen reader would stumble over a date in them.

    A name somebody gave it stays.
    """
    own = str(part.property(_OWN_NAME) or "")
    if part.accessibleName() in {"", own}:
        name = _where_other(words)
        if name != part.accessibleName():
            part.setAccessibleName(name)
        part.setProperty(_OWN_NAME, name)


def speak_tip(part: QWidget, tip: str) -> None:
    """Describe ``part`` by its tool tip in the same way; a description somebody gave it stays."""
    own = str(part.property(_OWN_DESCRIPTION) or "")
    if part.accessibleDescription() in {"", own}:
        description = _where_other(tip)
        if description != part.accessibleDescription():
            part.setAccessibleDescription(description)
        part.setProperty(_OWN_DESCRIPTION, description)


def _where_other(words: str) -> str:
    spoken = spoken_dates(words)
    return "" if spoken == words else spoken
