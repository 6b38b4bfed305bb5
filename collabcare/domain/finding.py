"""Finds what somebody means among many things that have names, while they type and although they slip."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from collabcare.domain.near_words import BEGINS, INSIDE, NEAR, exact_rank, letters, near_rank, slips_allowed
from collabcare.domain.searching import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")

_SCALE: Final = 64
"""Distances are kept times this, and the remainder counts the words found aside: one sum adds both."""

_ASIDE: Final = _SCALE + 1
"""A word found aside is a little further, and counted."""


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """One thing found, how far its words are from what was typed, and how many were found in other words.

    Less is closer. Other words are all but the first given for the thing: a word for it rather than its name.
    """

    thing: T
    far: int
    aside: int = 0

    @property
    def is_guess(self) -> bool:
        """Return whether it was found only by forgiving a slip."""
        return self.far >= NEAR


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, and the places of the things it is the first name of, or one of the others."""

    text: str
    letters: int
    first: tuple[int, ...]
    others: tuple[int, ...]


class Finder(Generic[T]):
    """Things with words, ready to be searched; what is made once is not made again for each letter typed."""

    def __init__(
        self,
        things: Sequence[T],
        words: Callable[[T], Iterable[str]],
        *,
        later: Callable[[T], bool] = lambda _thing: False,
        inside: bool = True,
    ) -> None:
        """Take the things in the order in which equals are listed.

        Args:
            things: What can be found.
            words: What a thing can be found by, the most telling first; each is folded and split here.
            later: Whether a thing comes after those that fit as well, whatever their order.
            inside: Whether a word may also be found by its middle.
        """
        self.things = tuple(things)
        self._furthest = INSIDE if inside else BEGINS
        self._later = tuple(later(thing) for thing in self.things)
        first: defaultdict[str, list[int]] = defaultdict(list)
        others: defaultdict[str, list[int]] = defaultdict(list)
        for place, thing in enumerate(self.things):
            for rank, text in enumerate(words(thing)):
                for word in split(text):
                    (others if rank else first)[word].append(place)
        made = [
            _Word(text, letters(text), tuple(first.get(text, ())), tuple(others.get(text, ())))
            for text in {**first, **others}
        ]
        self._names = [word for word in made if not word.text.isdigit()]
        self._numbers = [word for word in made if word.text.isdigit()]

    def find(self, typed: str, most: int) -> list[Found[T]]:
        """Return at most ``most`` things in which every word typed is found, closest first.

        Guesses, found by forgiving slips, come last, and only while there is room for them.
        """
        parts = typed_words(typed)
        if not parts or most < 1:
            return []
        far = self._all_of(parts, guess=False)
        if len(far) < most and any(slips_allowed(part) for part in parts):
            far = self._all_of(parts, guess=True)

        def order(place: int) -> tuple[bool, bool, int, int]:
            return far[place] >= NEAR * _SCALE, self._later[place], far[place], place

        places = nsmallest(most, far, key=order)
        return [Found(self.things[place], *divmod(far[place], _SCALE)) for place in places]

    def _all_of(self, parts: Sequence[str], *, guess: bool) -> dict[int, int]:
        """Return how far each thing is that has every part, by its place."""
        far = self._having(parts[0], guess=guess)
        for part in parts[1:]:
            more = self._having(part, guess=guess)
            far = {place: so_far + more[place] for place, so_far in far.items() if place in more}
        return far

    def _having(self, part: str, *, guess: bool) -> dict[int, int]:
        """Return how far each thing is that has this part, by its place; see :data:`_SCALE`."""
        far: dict[int, int] = {}
        allowed = slips_allowed(part)
        mine = letters(part)
        for word in self._numbers if part.isdigit() else self._names:
            rank = exact_rank(part, word.text)
            if rank is not None and rank > self._furthest:
                continue
            if rank is None and guess and allowed and (mine & ~word.letters).bit_count() <= allowed:
                rank = near_rank(part, word.text)
            if rank is None:
                continue
            first, other = rank * _SCALE, rank * _SCALE + _ASIDE
            for place in word.first:
                if far.get(place, first) >= first:
                    far[place] = first
            for place in word.others:
                if far.get(place, other) >= other:
                    far[place] = other
        return far


def split(text: str) -> list[str]:
    """Return the words of a name as they are searched, and the name run together when it has several."""
    words = _apart(fold(text))
    return [*words, "".join(words)] if len(words) > 1 else words


def typed_words(typed: str) -> list[str]:
    """Return the words typed, folded; digits typed with spaces are read as one number."""
    words: list[str] = []
    for word in _apart(fold(typed)):
        if words and word.isdigit() and words[-1].isdigit():
            words[-1] += word
        else:
            words.append(word)
    return words


def _apart(folded: str) -> list[str]:
    return folded.replace("-", " ").replace(",", " ").replace(":", " ").split()
