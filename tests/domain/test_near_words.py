"""How far a typed word is from a name, against the plainest way to count slips."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from collabcare.domain.near_words import (
    BEGINS,
    INSIDE,
    NEAR,
    WHOLE,
    exact_rank,
    letters,
    near_rank,
    slips_allowed,
)

WORDS = st.text("abcdeo", min_size=3, max_size=9)


def slips(typed: str, word: str) -> int:
    """Count the fewest slips the plainest way: letter by letter from the end, every choice tried."""

    @cache
    def fewest(down: int, along: int) -> int:
        if not down or not along:
            return down + along
        ways = [
            fewest(down - 1, along) + 1,
            fewest(down, along - 1) + 1,
            fewest(down - 1, along - 1) + (typed[down - 1] != word[along - 1]),
        ]
        if down > 1 and along > 1 and typed[down - 2 : down] == word[along - 1] + word[along - 2]:
            ways.append(fewest(down - 2, along - 2) + 1)
        return min(ways)

    return fewest(len(typed), len(word))


@pytest.mark.parametrize(
    ("typed", "word", "rank"),
    [("li", "li", WHOLE), ("oka", "okafor", BEGINS), ("kaf", "okafor", INSIDE), ("kfa", "okafor", None)],
)
def test_a_word_is_there_as_a_whole_at_the_beginning_inside_or_not(
    typed: str, word: str, rank: int | None
) -> None:
    assert exact_rank(typed, word) == rank


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("okafro", "okafor"),  # two letters swapped
        ("okfor", "okafor"),  # one left out
        ("okkafor", "okafor"),  # one doubled
        ("okefor", "okafor"),  # one wrong
        ("pkafor", "okafor"),  # the first one wrong
        ("koafor", "okafor"),  # the first two swapped
        ("kafor", "kaforx"),
        ("zeo", "zoe"),
        ("okfa", "okafor"),  # still typing
        ("zielnsika", "zielinska"),  # two slips in a long name
    ],
)
def test_a_slip_is_forgiven(typed: str, word: str) -> None:
    rank = near_rank(typed, word)
    assert rank is not None
    assert rank >= NEAR or word.startswith(typed)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("smith", "jones"),
        ("okxyor", "okafor"),  # two slips in a short name
        ("ann", "antonia"),  # three letters are compared with whole names
        ("pqafor", "okafor"),  # neither of the first two letters
        ("okaforino", "okafor"),  # far too long
    ],
)
def test_too_many_slips_are_somebody_else(typed: str, word: str) -> None:
    assert near_rank(typed, word) is None


def test_fewer_slips_the_same_first_letter_and_a_whole_name_are_closer() -> None:
    def rank(typed: str, word: str) -> int:
        found = near_rank(typed, word)
        assert found is not None
        return found

    assert rank("okafro", "okafor") < rank("okafro", "okaforson")
    assert rank("okafro", "okaforson") < rank("pkafor", "okafor")
    assert rank("zielinskx", "zielinska") < rank("zielnisak", "zielinska")


@pytest.mark.parametrize(
    ("typed", "most"), [("ok", 0), ("zeo", 1), ("smiht", 1), ("okaforr", 2), ("999000", 0)]
)
def test_short_words_and_numbers_forgive_less(typed: str, most: int) -> None:
    assert slips_allowed(typed) == most


@given(WORDS, WORDS)
@example("abc", "acb")
@example("abcdabc", "bacdacb")
def test_the_slips_are_counted_as_the_plainest_way_counts_them(typed: str, word: str) -> None:
    alike = typed[0] in word[:2] or typed[1] in word[:2]
    assume(alike)
    most = slips_allowed(typed)
    whole = slips(typed, word)
    begun = min(slips(typed, word[:end]) for end in range(len(word) + 1))
    found = near_rank(typed, word)
    if whole <= most or (begun <= most and len(typed) > 3):
        assert found is not None
        assert found // NEAR == min(whole, begun if len(typed) > 3 else whole)
    else:
        assert found is None


@given(WORDS, WORDS)
def test_a_near_word_lacks_no_more_letters_than_there_are_slips(typed: str, word: str) -> None:
    """What lets most names be left out unread never leaves out one that is near."""
    if near_rank(typed, word) is not None:
        assert (letters(typed) & ~letters(word)).bit_count() <= slips_allowed(typed)


@given(st.text(min_size=3, max_size=20), st.text(min_size=1, max_size=20))
def test_any_text_is_ranked_without_a_fault(typed: str, word: str) -> None:
    near_rank(typed, word)
    exact_rank(typed, word)
