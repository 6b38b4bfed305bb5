"""So many of so many, and numbers of days: how they are shown, and what is never rounded away."""

from __future__ import annotations

from decimal import Decimal
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.shares import Share, spread


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [
        (12, 20, "12 of 20 (60%)"),
        (0, 20, "0 of 20 (0%)"),
        (20, 20, "20 of 20 (100%)"),
        (0, 0, "none"),
        (1, 8, "1 of 8 (13%)"),
        (1, 300, "1 of 300 (under 1%)"),
        (299, 300, "299 of 300 (over 99%)"),
        (1200, 2400, "1,200 of 2,400 (50%)"),
    ],
)
def test_a_share_is_its_two_numbers_with_the_percentage(numerator: int, denominator: int, words: str) -> None:
    assert Share(numerator, denominator).words == words


def test_nobody_to_count_is_no_percentage() -> None:
    assert Share(0, 0).percent == ""


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 2), (3, 2), (1, 0)])
def test_what_cannot_have_been_counted_is_refused(numerator: int, denominator: int) -> None:
    with pytest.raises(RuleViolation, match="contradict"):
        Share(numerator, denominator)


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_all_and_none_are_said_of_nothing_else(denominator: int, left: int) -> None:
    share = Share(max(denominator - left, 0), denominator)
    assert (share.percent == "100%") == (share.numerator == denominator)
    assert (share.percent == "0%") == (share.numerator == 0)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], "none"),
        ([3], "median 3 days (3 to 3), of 1"),
        ([1], "median 1 day (1 to 1), of 1"),
        ([21, 0, 3], "median 3 days (0 to 21), of 3"),
        ([2, 3], "median 2.5 days (2 to 3), of 2"),
        ([10, 10], "median 10 days (10 to 10), of 2"),
        ([0, 0], "median 0 days (0 to 0), of 2"),
    ],
)
def test_days_are_said_by_the_middle_and_the_ends(days: list[int], words: str) -> None:
    assert spread(days).words == words


@given(st.lists(st.integers(0, 800), min_size=1))
def test_the_middle_is_the_median(days: list[int]) -> None:
    found = spread(days)
    assert found.median == Decimal(str(median(days)))
    assert (found.count, found.least, found.most) == (len(days), min(days), max(days))
