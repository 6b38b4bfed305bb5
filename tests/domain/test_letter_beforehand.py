"""What stands in a letter to the GP before its author writes: the recorded words, never a level."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from collabcare.domain.ids import MeasureId
from collabcare.domain.instruments import Safety
from collabcare.domain.letter_beforehand import written_beforehand
from collabcare.domain.safety import SafetyOutcome
from collabcare.domain.safety_facts import PlanStatus, SafetyTalk, TalkKind
from tests.builders import day, facts, instruments, prompt
from tests.builders_letters import letter
from tests.builders_safety import assessment, plan
from tests.builders_story import medicine
from tests.documents.letterbox import kinds

SAID = "She thinks of it at night. Agreed: she rings her sister first, then the crisis team"
TALKED = prompt(day(10), answer=2, outcome=SafetyOutcome.TALKED_TODAY, closed_on=day(10), note=SAID)


def written(kind: str = "gp_review", **known: Any) -> dict[str, str]:  # noqa: ANN401 - any field of the facts
    """Return what stands in a letter on day 14 about somebody of whom that is known."""
    return written_beforehand(kinds()[kind], facts(**known), instruments(), today=day(14))


@pytest.mark.parametrize(
    "kind", ["gp_review", "gp_step_change", "gp_discharge", "gp_not_attending", "gp_closing_unreached"]
)
def test_what_was_asked_said_and_agreed_stands_in_every_letter_to_the_gp(kind: str) -> None:
    assert written(kind, safety_prompts=(TALKED,))["safety"].splitlines() == [
        "PHQ-9 item 9 was answered “more than half the days” on 15 January 2026.",
        f"We talked about it on 15 January 2026: {SAID}.",
    ]


def test_a_letter_to_the_patient_begins_empty() -> None:
    assert not written("patient_missed", safety_prompts=(TALKED,), medication=(medicine(),))


def test_nothing_on_record_is_nothing_written_and_never_that_all_is_well() -> None:
    assert not written()


def test_an_answer_nobody_has_talked_about_is_told_as_that() -> None:
    assert written(safety_prompts=(prompt(day(10)),))["safety"].splitlines() == [
        "PHQ-9 item 9 was answered “several days” on 15 January 2026.",
        "We are still to talk about this.",
    ]


def test_what_is_still_to_be_talked_about_is_told_in_every_letter_until_it_has_been() -> None:
    blank = prompt(day(10), asked=Safety.ASK, answer=None)
    told = written(safety_prompts=(blank,), letters=(letter("gp_review", day(12)),))
    assert told["safety"].splitlines() == [
        "PHQ-9 item 9 was not answered on 15 January 2026.",
        "We are still to talk about this.",
    ]


def test_a_blank_is_told_as_that_and_what_came_of_it() -> None:
    blank = replace(TALKED, asked=Safety.ASK, answer=None, note="")
    assert written(safety_prompts=(blank,))["safety"].splitlines() == [
        "PHQ-9 item 9 was not answered on 15 January 2026.",
        "We talked about it on 15 January 2026.",
    ]


@pytest.mark.parametrize(
    ("covered_by", "words"),
    [
        (None, "We had talked about it already: Still holds."),
        (
            SafetyTalk(TalkKind.CONVERSATION, 1, day(7)),
            "We had talked about it already in our conversation of 12 January 2026: Still holds.",
        ),
        (
            SafetyTalk(TalkKind.ASSESSMENT, 1, day(7)),
            "We had talked about it already in the safety assessment of 12 January 2026: Still holds.",
        ),
    ],
)
def test_what_was_covered_already_says_by_what(covered_by: SafetyTalk | None, words: str) -> None:
    covered = replace(
        TALKED, outcome=SafetyOutcome.ALREADY_COVERED, covered_by=covered_by, note="Still holds."
    )
    assert written(safety_prompts=(covered,))["safety"].splitlines()[1] == words


@pytest.mark.parametrize(("issued", "told"), [(9, True), (10, True), (11, False)])
def test_only_what_came_since_the_last_letter_to_the_gp(issued: int, *, told: bool) -> None:
    known = written(
        safety_prompts=(TALKED, replace(TALKED, measure_id=MeasureId(2))),
        safety_assessments=(assessment(day(10), action_now="Her sister keeps the tablets"),),
        safety_plans=(plan(made_on=day(10)),),
        letters=(letter("gp_review", day(issued)),),
    )
    assert ("safety" in known) is told


def test_what_was_decided_and_that_there_is_a_plan() -> None:
    known = written(
        safety_assessments=(
            assessment(day(10), action_now="Her sister keeps the tablets"),
            assessment(day(11), action_now=" "),
        ),
        safety_plans=(plan(made_on=day(10)), plan(PlanStatus.DRAFT, made_on=day(11))),
    )
    assert known["safety"].splitlines() == [
        "Agreed on 15 January 2026: Her sister keeps the tablets.",
        "There is a safety plan, of 15 January 2026.",
    ]


def test_medicines_taken_now_are_told_as_they_were_told_to_us() -> None:
    taken = medicine(dose="50 mg daily", taking="In the morning; a little sick")
    older = medicine(id=2, name="Amitriptyline", dose="", started_on=None)
    stopped = medicine(id=3, name="Diazepam", ended_on=day(12))
    assert written(medication=(taken, older, stopped))["medication"].splitlines() == [
        "Amitriptyline (told by the patient).",
        "Sertraline 50 mg daily, since 15 January 2026 (told by the patient). In the morning; a little sick.",
    ]
