"""One of several things to choose from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """A value, the words that offer it, a longer explanation for the tool tip, and the digit that chooses it.

    Without a digit of its own it is chosen by its place: the first by 1.
    """

    value: object
    text: str
    tip: str = ""
    key: str = ""
