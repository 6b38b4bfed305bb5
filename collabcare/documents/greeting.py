"""How a letter greets somebody whose name is one piece of text: by the surname where it can be told."""

from __future__ import annotations

import re

_TITLES = frozenset({"dr", "doctor", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sister", "nurse"})
_NOBODY = "Doctor"
_INITIALS = 2
"""More capitals than these without a full stop are as well a surname, or letters after the name."""
_NAME = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_BEGINS_SURNAME = frozenset(
    {"abdul", "abu", "al", "ap", "bin", "binti", "da", "das", "de", "del", "della", "den", "der", "di", "dos"}
    | {"du", "el", "ibn", "la", "le", "mac", "mc", "ó", "san", "santa", "st", "ten", "ter"}
    | {"van", "vande", "vander", "von", "zu", "zur"}
)
"""Words that stand at the beginning of a surname of more than one word."""


def greeted(name: str) -> str:
    """Return how to greet ``name``, such as ``Dr Patel`` for ``Dr Anita Patel``.

    Given names are left out where one name stands before the surname, or initials do, or where a word such as
    ``van`` shows where the surname begins. Anything else is left as it was written, since a wrong surname is
    worse than a long one: two surnames without a hyphen look like a middle name and a surname.
    """
    words = name.split()
    if not words:
        return _NOBODY
    if len(words) == 1 or not _is_title(words[0]):
        return " ".join(words)
    surname = _surname(words[1:])
    return " ".join((words[0], *(surname or words[1:])))


def _surname(words: list[str]) -> list[str]:
    """Return the words of the surname, none where it cannot be told."""
    if not all(_NAME.fullmatch(word.rstrip(".")) for word in words) or any(map(_is_title, words)):
        return []
    names = [word for word in words if not _is_initials(word)]
    if not names or words[-1] is not names[-1] or names[0].isupper() is not names[-1].isupper():
        return []  # letters after the name, or the surname in capitals before it
    begins = next((at for at, word in enumerate(names) if _begins_surname(word)), None)
    if begins is not None:
        return names[begins:] if begins < len(names) - 1 else []
    return names[-1:] if len(names) <= len(("given", "surname")) else []


def _is_title(word: str) -> bool:
    return word.rstrip(".").casefold() in _TITLES


def _is_initials(word: str) -> bool:
    runs = [run for run in word.split(".") if run]
    return word.isupper() and all(len(run) <= _INITIALS for run in runs) and not _begins_surname(word)


def _begins_surname(word: str) -> bool:
    return word.rstrip(".").casefold() in _BEGINS_SURNAME
