"""What a letter to the GP would pass over in silence."""

from __future__ import annotations

from typing import Any

import pytest

from collabcare.domain.instruments import Safety
from collabcare.domain.letter_safety import safety_not_told
from collabcare.domain.safety import SafetyOutcome
from tests.builders import day, facts, instruments, prompt
from tests.builders_letters import letter
from tests.builders_safety import assessment

TALKED = prompt(day(10), answer=2, outcome=SafetyOutcome.TALKED_TODAY, closed_on=day(10))


def said(**known: Any) -> str:  # noqa: ANN401 - any field of the facts
    """Return what is said on day 14 about somebody of whom that is known."""
    return safety_not_told(facts(**known), instruments(), today=day(14))


def test_an_answer_and_the_conversation_about_it_are_to_be_told() -> None:
    assert said(safety_prompts=(TALKED,)) == (
        "PHQ-9 item 9 was answered “more than half the days” on 15-Jan-2026; "
        "safety was talked about on 15-Jan-2026"
    )


def test_an_answer_nobody_has_talked_about_says_so() -> None:
    assert said(safety_prompts=(prompt(day(10)),)) == (
        "PHQ-9 item 9 was answered “several days” on 15-Jan-2026 and no conversation about it is recorded yet"
    )


def test_an_assessment_is_a_conversation() -> None:
    assert said(safety_assessments=(assessment(day(3)),)) == "safety was talked about on 08-Jan-2026"


@pytest.mark.parametrize(("written", "told"), [(9, False), (10, False), (11, True)])
def test_only_what_came_since_the_last_letter_to_the_gp(written: int, told: bool) -> None:
    known = said(safety_prompts=(TALKED,), letters=(letter("gp_review", day(written)),))
    assert (known == "") is told


def test_an_answer_still_to_be_talked_about_is_said_again_in_every_letter() -> None:
    assert said(safety_prompts=(prompt(day(10)),), letters=(letter("gp_review", day(12)),))
    blank = prompt(day(10), asked=Safety.ASK, answer=None)
    assert said(safety_prompts=(blank,), letters=(letter("gp_review", day(12)),)) == (
        "PHQ-9 item 9 was not answered on 15-Jan-2026 and no conversation about it is recorded yet"
    )


def test_a_letter_to_the_patient_tells_the_gp_nothing() -> None:
    assert said(safety_prompts=(TALKED,), letters=(letter("patient_missed", day(12)),))


def test_nothing_is_made_of_a_blank_once_it_is_closed_or_of_no_question() -> None:
    closed = prompt(
        day(8), asked=Safety.ASK, answer=None, outcome=SafetyOutcome.ALREADY_COVERED, closed_on=day(10)
    )
    assert "not answered" not in said(safety_prompts=(closed,))
    assert not said()
