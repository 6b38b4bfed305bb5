"""One of several things to choose from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """A value, the words that offer it, and a longer explanation for the tool tip."""

    value: object
    text: str
    tip: str = ""
