"""The Recovery Star's stages."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import is_case
from collabcare.domain.recovery_star import stage, stage_change
from tests.builders import instruments

STAR = instruments()["rstar"]
STAGES = ("stuck", "accepting help", "believing", "learning", "self-reliance")


@given(st.integers(1, 10))
def test_two_steps_of_the_ladder_are_one_stage(rating: int) -> None:
    assert stage(STAR, rating) == STAGES[(rating - 1) // 2]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (3, 6, "accepting help → believing"),
        (6, 3, "believing → accepting help"),
        (3, 4, None),
        (8, 8, None),
    ],
    ids=["RS-W5", "the other way", "within a stage", "no change"],
)
def test_a_change_of_stage_is_named(first: int, last: int, words: str | None) -> None:
    assert stage_change(STAR, first, last) == words


@pytest.mark.parametrize("rating", [0, 11, True, 5.5, "5"], ids=repr)
def test_a_step_that_is_not_on_the_ladder_is_refused(rating: Any) -> None:  # noqa: ANN401 - not a rating
    with pytest.raises(RuleViolation, match=r"^Recovery Star areas run 1 to 10\.$"):
        stage(STAR, rating)
    with pytest.raises(RuleViolation, match=r"^Recovery Star areas run 1 to 10\.$"):
        stage_change(STAR, 5, rating)


def test_nothing_on_the_ladder_falls_short() -> None:
    """RS: 8 may be a person's top of the scale."""
    assert {is_case(STAR, total) for total in range(1, 11)} == {None}
    assert (STAR.caseness, STAR.reliable_change) == (None, None)
