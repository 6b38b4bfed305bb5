"""How names are searched: ``zoe`` finds Zoë, ``lukasz`` finds Łukasz, ``obrien`` finds O'Brien."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that have no accent to take off, as people without them on the keyboard type them.
_TYPED_AS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ŧ": "t", "\u0131": "i"}
)
_LEFT_OUT = str.maketrans("", "", "'’‘`.\u00b4\u02bc")  # the apostrophes people type


@lru_cache(maxsize=8192)  # every list of names is put in order by it, the same names again and again
def fold(text: str) -> str:
    """Return ``text`` as it is compared in a search: no case, no accents, no apostrophes."""
    if text.isascii():
        return text.casefold().translate(_LEFT_OUT)
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return plain.translate(_TYPED_AS).translate(_LEFT_OUT)


def matches(needle: str, folded: str) -> bool:
    """Return whether every word of ``needle`` (as typed) is found in ``folded`` (already folded)."""
    return all(word in folded for word in fold(needle).split())
