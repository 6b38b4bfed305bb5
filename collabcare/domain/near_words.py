"""How far a typed word is from a name: letters left out, doubled, wrong or in the wrong order.

A slip is one letter too many, too few, wrong, or two neighbours swapped. Only the beginning of a name has to
be typed, so that a slip is forgiven while one is still typing. Digits are never forgiven: a number that is
nearly somebody's is somebody else's.
"""

from __future__ import annotations

from typing import Final

WHOLE: Final = 0
"""The name is what was typed."""

BEGINS: Final = 2
"""The name begins with what was typed."""

INSIDE: Final = 4
"""What was typed is somewhere in the name."""

NEAR: Final = 1000
"""From here on it is a guess: each slip counts so much, more than all exact words of a search together."""

_OTHER_LETTER: Final = 30
_STILL_TYPING: Final = 10
_TOO_SHORT: Final = 3
_LONG: Final = 7
_BITS: Final = 32


def letters(word: str) -> int:
    """Return which letters are in ``word`` as bits: two words far apart in letters need not be compared."""
    bits = 0
    for letter in word:
        bits |= 1 << ord(letter) % _BITS
    return bits


def slips_allowed(typed: str) -> int:
    """Return how many slips a word of this length may have: none in one or two letters, or in a number."""
    if len(typed) < _TOO_SHORT or typed.isdigit():
        return 0
    return 2 if len(typed) >= _LONG else 1


def exact_rank(typed: str, word: str) -> int | None:
    """Return :data:`WHOLE`, :data:`BEGINS`, :data:`INSIDE`, or None when ``typed`` is not in ``word``.

    Both are folded.
    """
    if word.startswith(typed):
        return WHOLE if len(word) == len(typed) else BEGINS
    return INSIDE if typed in word else None


def near_rank(typed: str, word: str) -> int | None:
    """Return how far ``typed``, not found in ``word`` as it stands, is from it, or None when it is too far.

    More slips are further than fewer, another first letter is further than the same
    one, and a name of which only the beginning was typed is a little further than a whole one. Three letters
    are compared with whole names only, or every name would be near. A name of two letters is never near, and
    nobody gets both of the first two letters wrong. Both are folded; ``typed`` has three letters or more.
    """
    most = slips_allowed(typed)
    if len(word) < max(len(typed) - most, _TOO_SHORT) or not _starts_alike(typed, word):
        return None
    to_whole, to_beginning = _slips(typed, word[: len(typed) + most + 1], most)
    ranks = []
    if to_whole <= most and len(word) <= len(typed) + most:
        ranks.append(NEAR * to_whole)
    if to_beginning <= most and len(typed) > _TOO_SHORT:
        ranks.append(NEAR * to_beginning + _STILL_TYPING)
    if not ranks:
        return None
    return min(ranks) + (0 if typed[0] == word[0] else _OTHER_LETTER)


def _starts_alike(typed: str, word: str) -> bool:
    """Return whether at most one slip is in the first two letters; cheap, and rules most names out."""
    first, second = typed[0], typed[1]
    return first == word[0] or first in word[1:2] or second == word[0] or second in word[1:2]


def _slips(typed: str, word: str, most: int) -> tuple[int, int]:
    """Return the fewest slips to ``word`` and to any beginning of it; more than ``most`` are not counted."""
    before: list[int] = []
    row = list(range(len(word) + 1))
    for down, letter in enumerate(typed, start=1):
        now = [down]
        for along, other in enumerate(word, start=1):
            fewest = row[along - 1] if letter == other else 1 + min(row[along - 1], row[along], now[-1])
            swapped = down > 1 and along > 1 and letter == word[along - 2] and typed[down - 2] == other
            now.append(min(fewest, before[along - 2] + 1) if swapped else fewest)
        before, row = row, now
        if min(row) > most and min(before) > most:
            break
    return row[-1], min(row)
