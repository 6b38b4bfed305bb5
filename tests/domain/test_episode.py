"""The legal moves of an episode."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.codes import ClosureReason
from collabcare.domain.episode import PHASE_WORDS, Phase, StepDirection, refuse_closing, step_direction
from collabcare.domain.errors import RuleViolation

SAYS_NO = {ClosureReason.PATIENT_REQUESTED, ClosureReason.REFUSED_TO_BE_SEEN}


@given(st.integers(1, 9), st.integers(1, 9))
def test_a_move_has_a_direction_or_is_none(from_step: int, to_step: int) -> None:
    if from_step == to_step:
        with pytest.raises(RuleViolation, match="on that step already"):
            step_direction(from_step, to_step)
    else:
        expected = StepDirection.UP if to_step > from_step else StepDirection.DOWN
        assert step_direction(from_step, to_step) is expected


def test_a_move_is_said_in_words() -> None:
    assert [direction.words for direction in StepDirection] == ["Stepped up", "Stepped down", "Started"]


@pytest.mark.parametrize(
    ("reason", "safety_open", "ladder_open"), list(product(ClosureReason, (False, True), (False, True)))
)
def test_an_ending_is_refused_whenever_it_would_drop_somebody(
    reason: ClosureReason, safety_open: bool, ladder_open: bool
) -> None:
    refused = reason is not ClosureReason.DIED and (
        reason is ClosureReason.DID_NOT_ATTEND or safety_open or (ladder_open and reason not in SAYS_NO)
    )
    if refused:
        with pytest.raises(RuleViolation):
            refuse_closing(reason, safety_open=safety_open, ladder_open=ladder_open)
    else:
        refuse_closing(reason, safety_open=safety_open, ladder_open=ladder_open)


def test_every_phase_has_its_words() -> None:
    assert set(PHASE_WORDS) == set(Phase)
