"""A dictionary of British English with the words of mental health care, read when a note is first written.

The words are SCOWL's (see resources/spelling/LICENCE.txt) and our own list of clinical ones; the library that
looks them up and suggests others is slow to import, so it is imported here and not at the start.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from collabcare.domain.spelling import Word, dictionary_form, words_to_check

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MOST = 5


class Speller:
    """Tells words that are in no list, and suggests others that are one slip away."""

    def __init__(self, words: Iterable[str]) -> None:
        from spellchecker import SpellChecker

        self._lists = SpellChecker(language=None, distance=1)
        self._lists.word_frequency.load_words(words)

    def misspelt(self, text: str, own: frozenset[str] = frozenset()) -> tuple[Word, ...]:
        """Return the words of a text that neither the lists nor the user's ``own`` words have."""
        return tuple(
            word
            for word in words_to_check(text)
            if (form := dictionary_form(word.text)) not in self._lists and form not in own
        )

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Return a few words that may have been meant, those that begin alike first."""
        form = dictionary_form(word)
        near = self._lists.candidates(form) or set()
        known = sorted((each for each in near if each in self._lists), key=lambda each: _likeness(each, form))
        capital = word[:1].isupper()
        return tuple(each[:1].upper() + each[1:] if capital else each for each in known[:_MOST])


def _likeness(word: str, form: str) -> tuple[bool, bool, bool, bool, str]:
    """Return a key for the likelier slip first: one of two letters, one left out, two that changed places."""
    return (
        _single(word) != _single(form),
        word[:1] != form[:1],
        not _within(form, word),
        _other(word, form),
        word,
    )


def _single(word: str) -> str:
    return "".join(each for each, _ in groupby(word))


def _within(form: str, word: str) -> bool:
    """Return whether ``word`` has the letters of ``form`` in their order."""
    rest = iter(word)
    return all(letter in rest for letter in form)


def _other(word: str, form: str) -> bool:
    return sorted(word) != sorted(form)


@cache
def load_speller(folder: Path) -> Speller:
    """Read every list of words in a folder, once."""
    return Speller(
        dictionary_form(word)
        for name in ("british.txt", "clinical.txt")
        for word in (folder / name).read_text(encoding="utf-8").split()
    )
