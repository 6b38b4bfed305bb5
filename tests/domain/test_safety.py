"""What is said about a safety question: answers and dates, never a level, and no answer is never "no"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.ids import MeasureId
from collabcare.domain.instruments import Safety
from collabcare.domain.safety import (
    NOT_ANSWERED,
    SAFETY_WORDS,
    SafetyOutcome,
    answer_line,
    answer_words,
    last_answer,
    last_talk,
    quoted_answer,
    safety_story,
)
from tests.builders import MONDAY, answered, day, facts, measure, phq9, prompt

if TYPE_CHECKING:
    from collabcare.domain.facts import MeasureFact


def form(item_9: int | None, on: int, number: int) -> MeasureFact:
    """Return a PHQ-9 with this answer to its last item."""
    return replace(answered(phq9(), 1, 1, 1, 1, 1, 1, 1, 1, item_9, on=day(on)), id=MeasureId(number))


def test_the_answer_stands_beside_the_one_before() -> None:
    asked = prompt(day(14), measure_id=MeasureId(2), answer=2)
    story = safety_story(
        facts(measures=(form(1, 0, 1), form(2, 14, 2)), safety_prompts=(asked,)), asked, phq9(), day(14)
    )
    assert story.asked == "PHQ-9 item 9 was answered “more than half the days” on Mon 19-Jan-2026."
    assert story.answers == "more than half the days (was: several days)"
    assert story.last_talk == "No safety conversation is recorded yet."


def test_a_blank_is_said_as_not_answered() -> None:
    asked = prompt(day(14), measure_id=MeasureId(2), asked=Safety.ASK, answer=None)
    story = safety_story(
        facts(measures=(form(1, 0, 1), form(None, 14, 2)), safety_prompts=(asked,)), asked, phq9(), day(14)
    )
    assert story.asked == "PHQ-9 item 9 was not answered on Mon 19-Jan-2026."
    assert story.answers == "not answered (was: several days)"


def test_an_answer_is_said_in_the_words_of_its_form() -> None:
    """A number stands only where the form's words may not be shown; no answer is never a zero."""
    assert [answer_words(phq9(), each) for each in (0, 1, 2, 3)] == [
        "not at all",
        "several days",
        "more than half the days",
        "nearly every day",
    ]
    wordless = replace(phq9(), options=())
    assert (answer_words(wordless, 2), quoted_answer(wordless, 2)) == ("2", "“2”")
    assert answer_words(phq9(), None) == quoted_answer(phq9(), None) == NOT_ANSWERED


def test_an_open_question_is_said_in_a_few_words() -> None:
    asked = prompt(day(14), measure_id=MeasureId(2), answer=2)
    of = facts(measures=(form(0, 0, 1), form(2, 14, 2)), safety_prompts=(asked,))
    assert answer_line(of, asked, phq9()) == "PHQ-9 item 9: more than half the days (was: not at all)"
    first = facts(measures=(form(2, 14, 2),), safety_prompts=(asked,))
    assert answer_line(first, asked, phq9()) == "PHQ-9 item 9: more than half the days"
    blank = prompt(day(14), measure_id=MeasureId(2), asked=Safety.ASK, answer=None)
    assert answer_line(of, blank, phq9()) == "PHQ-9 item 9: not answered – ask"


def test_a_first_answer_has_none_before_it() -> None:
    asked = prompt(measure_id=MeasureId(1))
    story = safety_story(facts(measures=(form(1, 0, 1),), safety_prompts=(asked,)), asked, phq9(), MONDAY)
    assert story.answers == ""


def test_a_total_copied_without_its_answers_is_no_answer_to_compare_with() -> None:
    total = measure(9, id=MeasureId(1), safety=Safety.ASK)
    asked = prompt(day(7), measure_id=MeasureId(2))
    of = facts(measures=(total, form(1, 7, 2)), safety_prompts=(asked,))
    assert safety_story(of, asked, phq9(), day(7)).answers == ""
    of_total = prompt(measure_id=MeasureId(1), asked=Safety.ASK, answer=None)
    assert safety_story(of, of_total, phq9(), day(7)).answers == ""


@pytest.mark.parametrize("outcome", [None, *SafetyOutcome])
def test_only_a_conversation_counts_as_one(outcome: SafetyOutcome | None) -> None:
    """Neither "already covered" nor "could not ask" is a talk that somebody had."""
    closed = prompt(outcome=outcome, closed_on=MONDAY)
    talked = last_talk(facts(safety_prompts=(closed,)), MONDAY) != "No safety conversation is recorded yet."
    assert talked is (outcome is SafetyOutcome.TALKED_TODAY)


def test_every_outcome_has_its_words() -> None:
    assert set(SAFETY_WORDS) == set(SafetyOutcome)


def test_days_since_the_last_conversation_are_counted() -> None:
    talked = prompt(outcome="talked_today", closed_on=MONDAY)
    assert last_talk(facts(safety_prompts=(talked,)), MONDAY + timedelta(days=12)) == (
        "Last safety conversation Mon 05-Jan-2026, 12 days ago."
    )
    assert last_talk(facts(safety_prompts=(talked,)), MONDAY).endswith("today.")


def test_the_latest_answer_is_told_with_what_is_still_open() -> None:
    open_one = facts(measures=(form(1, 0, 1),), safety_prompts=(prompt(measure_id=MeasureId(1)),))
    assert last_answer(open_one, phq9()) == (
        "PHQ-9 item 9 was answered “several days” on Mon 05-Jan-2026; no conversation about it yet."
    )
    assert last_answer(facts(measures=(form(0, 0, 1),)), phq9()).endswith(
        "answered “not at all” on Mon 05-Jan-2026."
    )
    assert last_answer(facts(measures=(form(None, 0, 1),)), phq9()).startswith(
        "PHQ-9 item 9 was not answered"
    )
    assert last_answer(facts(measures=(measure(12),)), phq9()) == "PHQ-9 item 9 has not been answered yet."
