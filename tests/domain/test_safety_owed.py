"""The assessment that a talk leads to: due from that day, done late all the same, never gone by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.codes import ClosureReason
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.safety import SafetyOutcome
from collabcare.domain.safety_owed import assessment_to_write, refuse_closing_unassessed, talks_unassessed
from tests.builders import day, facts, prompt, rulebook
from tests.builders_safety import assessment
from tests.domain.whats_due import only

if TYPE_CHECKING:
    from collabcare.domain.facts import SafetyPromptFact

OWED = DueKind.SAFETY_ASSESSMENT


def talked(on: int, **changes: object) -> SafetyPromptFact:
    """Return a conversation held on a day."""
    held = {"outcome": SafetyOutcome.TALKED_TODAY, "closed_on": day(on), **changes}
    return prompt(day(on), **held)


def test_a_talk_is_followed_by_an_assessment_to_write() -> None:
    of = facts("A", safety_prompts=(talked(1),))
    words = "Safety was talked about on Tue 06-Jan-2026. Write the safety assessment: none is recorded since"
    assert only(of, day(1), OWED) == [(OWED, day(1), words)]
    [due] = [each for each in what_is_due(of, rulebook(), today=day(400)) if each.kind is OWED]
    assert due.when(day(400)) == "399 days overdue"
    assert [(used.name, used.value) for used in due.used] == [
        ("Talked on", day(1)),
        ("Latest assessment", None),
    ]


@pytest.mark.parametrize(
    ("assessed", "left"),
    [((), [1, 5]), ((0,), [1, 5]), ((1,), [5]), ((3,), [5]), ((0, 5), []), ((9,), [])],
)
def test_one_of_that_day_or_later_follows_it_also_late(assessed: tuple[int, ...], left: list[int]) -> None:
    of = facts(
        "A",
        safety_prompts=(talked(5), talked(1)),
        safety_assessments=tuple(
            assessment(day(on), version=place, review_on=day(on + 28)) for place, on in enumerate(assessed, 1)
        ),
    )
    assert [each.closed_on for each in talks_unassessed(of)] == [day(on) for on in left]
    due = assessment_to_write(of)
    assert (due and due.due_on) == (day(left[0]) if left else None)
    if due and assessed:
        assert due.sentence.endswith(f"since; the latest is of {day(assessed[-1]):%d-%b-%Y}")


@pytest.mark.parametrize("outcome", [SafetyOutcome.ALREADY_COVERED, SafetyOutcome.COULD_NOT_ASK, None])
def test_only_a_talk_leads_to_one(outcome: SafetyOutcome | None) -> None:
    of = facts("A", safety_prompts=(talked(1, outcome=outcome),))
    assert assessment_to_write(of) is None
    refuse_closing_unassessed(of, ClosureReason.TREATMENT_COMPLETED)


def test_a_closed_episode_and_the_dead_are_not_asked_for_it() -> None:
    held = {"safety_prompts": (talked(1),)}
    assert only(facts("A", phase=Phase.CLOSED, closed_on=day(2), **held), day(3), OWED) == []
    assert only(facts("A", phase=Phase.PAUSED, **held), day(3), OWED) != []


@pytest.mark.parametrize("reason", ClosureReason)
def test_care_does_not_end_while_it_is_owed(reason: ClosureReason) -> None:
    of = facts("A", safety_prompts=(talked(1),))
    if reason is ClosureReason.DIED:
        refuse_closing_unassessed(of, reason)
    else:
        with pytest.raises(RuleViolation, match="talked about on 06-Jan-2026 and the assessment is not"):
            refuse_closing_unassessed(of, reason)


@given(talks=st.lists(st.integers(0, 30), max_size=4), assessed=st.lists(st.integers(0, 30), max_size=3))
def test_it_is_due_exactly_while_a_talk_is_younger_than_every_assessment(
    talks: list[int], assessed: list[int]
) -> None:
    of = facts(
        "A",
        safety_prompts=tuple(talked(on) for on in talks),
        safety_assessments=tuple(
            assessment(day(on), version=place, review_on=day(on + 28)) for place, on in enumerate(assessed, 1)
        ),
    )
    owed = sorted(on for on in talks if all(on > each for each in assessed))
    due = assessment_to_write(of)
    assert (due and due.due_on) == (day(owed[0]) if owed else None)
