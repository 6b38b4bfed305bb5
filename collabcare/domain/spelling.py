"""Which words of a note are looked up in a dictionary, and where they stand.

Abbreviations, names in the middle of a sentence, numbers, addresses of mail and of pages are left alone:
marks that are wrong more often than right are not looked at.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_LEFT_ALONE = re.compile(r"[@\d_\\/]|www\.|^;")
_ENDS = frozenset(".!?:")
_SHORTEST = 2


class Word(NamedTuple):
    """A word as it is written, from which character to before which."""

    start: int
    end: int
    text: str


def words_to_check(text: str) -> Iterator[Word]:
    """Yield the words of a text that a dictionary can say something about, in order."""
    begins = True
    end = 0
    for chunk in _CHUNK.finditer(text):
        begins = begins or "\n" in text[end : chunk.start()]
        if not _LEFT_ALONE.search(chunk.group()):
            for found in _LETTERS.finditer(chunk.group()):
                word = found.group()
                if len(word) >= _SHORTEST and _is_plain(word, begins=begins):
                    start = chunk.start() + found.start()
                    yield Word(start, start + len(word), word)
                begins = False
        end = chunk.end()
        begins = chunk.group().rstrip("”’)\"'")[-1:] in _ENDS


def dictionary_form(word: str) -> str:
    """Return a word as it stands in the lists: small, without accents or possessive."""
    apart = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).removesuffix("'s")


def _is_plain(word: str, *, begins: bool) -> bool:
    """Return whether a word is no abbreviation and no name; the first of a sentence may have a capital."""
    return word.islower() or (begins and word[1:].islower())
