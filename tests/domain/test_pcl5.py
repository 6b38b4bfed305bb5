"""The PCL-5: its total, its clusters and the provisional pattern."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.instruments import is_case, score, score_total
from tests.builders import instruments

PCL5 = instruments()["pcl5"]
PROVISIONAL = ("provisional pattern – needs clinical interview",)
PATTERN = {
    "PCL-W1": ([1] * 20, 20, (0, 0, 0, 0), False, False),
    "PCL-W2": ([2] * 20, 40, (5, 2, 7, 6), True, True),
    "just met": ([2, *[0] * 4, 2, 0, 2, 2, *[0] * 5, 2, 2, *[0] * 4], 12, (1, 1, 2, 2), True, False),
    "one of D": ([2, *[0] * 4, 2, 0, 2, 1, *[0] * 5, 2, 2, *[0] * 4], 11, (1, 1, 1, 2), False, False),
    "one of E": ([2, *[0] * 4, 2, 0, 2, 2, *[0] * 5, 2, 1, *[0] * 4], 11, (1, 1, 2, 1), False, False),
    "no C": ([4] * 5 + [1] * 2 + [4] * 13, 74, (5, 0, 7, 6), False, True),
}


@pytest.mark.parametrize(("answers", "total", "counts", "pattern", "case"), PATTERN.values(), ids=PATTERN)
def test_the_pattern_needs_so_many_symptoms_of_each_cluster(
    answers: list[int], total: int, counts: tuple[int, ...], pattern: bool, case: bool
) -> None:
    scored = score(PCL5, answers)
    assert scored.subscales == {**dict(zip("bcde", counts, strict=True)), "pattern": pattern}
    assert (scored.total, scored.case, scored.band) == (total, case, None)
    assert scored.notes == (PROVISIONAL if pattern else ())


@pytest.mark.parametrize(("total", "case"), [(33, True), (32, False)], ids=["PCL-W4", "PCL-W4 below"])
def test_the_cut_off_is_33(total: int, case: bool) -> None:
    assert is_case(PCL5, total) is case


def test_a_blank_leaves_total_and_pattern_unknown() -> None:
    """PCL-W7; the other clusters are still counted."""
    scored = score(PCL5, [*[2] * 19, None])
    assert (scored.total, scored.complete, scored.missing) == (None, False, 1)
    assert scored.subscales == {"b": 5, "c": 2, "d": 7, "e": None, "pattern": None}
    assert scored.notes == ()


def test_a_copied_total_has_no_pattern() -> None:
    scored = score_total(PCL5, 40)
    assert (scored.subscales, scored.notes) == ({}, ("answers not available – ask",))


@given(st.lists(st.integers(0, 4), min_size=20, max_size=20), st.integers(0, 19))
def test_a_worse_answer_never_takes_the_pattern_away(answers: list[int], place: int) -> None:
    worse = [min(answer + 1, 4) if at == place else answer for at, answer in enumerate(answers)]
    before, after = score(PCL5, answers), score(PCL5, worse)
    assert before.total == sum(answers)
    assert bool(before.subscales["pattern"]) <= bool(after.subscales["pattern"])
