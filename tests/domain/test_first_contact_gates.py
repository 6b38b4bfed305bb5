"""What Bradford asks for before a referral and before the first contact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.first_contact_gates import GateState, gates_missing, gates_standing
from collabcare.domain.plan_facts import MilestoneKind
from tests.builders import day, facts
from tests.builders_pathways import milestone, model, models

GATES = model("bradford").gates
FILE, TEAM = MilestoneKind.FILE_REVIEW, MilestoneKind.MDT_REVIEW
PASSED, MISSING, LATE = GateState.PASSED, GateState.MISSING, GateState.LATE
REFERRED = -7

CASES: dict[str, tuple[str, dict[MilestoneKind, int], list[GateState]]] = {
    "nothing recorded": ("", {}, [MISSING, MISSING]),
    "file reviewed on the day of the referral": ("", {FILE: REFERRED}, [PASSED, MISSING]),
    "file reviewed after it": ("", {FILE: REFERRED + 1}, [LATE, MISSING]),
    "both in time": ("A", {FILE: REFERRED - 3, TEAM: 0}, [PASSED, PASSED]),
    "team review after the first contact": ("A", {FILE: REFERRED, TEAM: 1}, [PASSED, LATE]),
    "a missed appointment is no first contact": ("D", {FILE: REFERRED, TEAM: 1}, [PASSED, PASSED]),
    "team review yet to come": ("", {FILE: REFERRED, TEAM: 40}, [PASSED, MISSING]),
}


@pytest.mark.parametrize(("history", "held", "states"), CASES.values(), ids=CASES)
def test_each_gate_is_passed_missing_or_late(
    history: str, held: dict[MilestoneKind, int], states: list[GateState]
) -> None:
    of = facts(history, milestones=tuple(milestone(kind, day(on)) for kind, on in held.items()))
    standing = gates_standing(of, GATES, today=day(30))
    assert [each.state for each in standing] == states
    assert [each.suggestion is None for each in standing] == [state is PASSED for state in states]
    missing = gates_missing(of, GATES, today=day(30))
    assert [gate in missing for gate in GATES] == [state is MISSING for state in states]


def said(history: str, *held: tuple[MilestoneKind, int]) -> list[str]:
    """Return what the gates say on the 30th day."""
    of = facts(history, milestones=tuple(milestone(kind, day(on)) for kind, on in held))
    return [s.suggestion.sentence for s in gates_standing(of, GATES, today=day(30)) if s.suggestion]


def test_what_a_gate_says() -> None:
    assert said("") == [
        (
            "The GP's own review of the file is not recorded. Consider seeing to it with the GP practice: "
            "this service asks for it before a referral."
        ),
        "Review by the whole team is not recorded. Consider seeing to it before the first contact.",
    ]
    assert said("A", (FILE, -6)) == [
        (
            "The GP's own review of the file was done on 30-Dec-2025, after the referral on 29-Dec-2025. "
            "Consider raising it in supervision."
        ),
        "Review by the whole team is not recorded. Consider seeing to it now: the first contact is past.",
    ]


def test_a_gate_says_which_facts_it_used() -> None:
    standing = gates_standing(facts("A"), GATES, today=day(30))
    used = [[fact.words for fact in each.suggestion.used] for each in standing if each.suggestion]
    assert used == [
        ["The GP's own review of the file: not recorded", "Referral: 29-Dec-2025"],
        ["Review by the whole team: not recorded", "First contact: 05-Jan-2026"],
    ]


@given(
    st.text("ADCb ", max_size=5),
    st.lists(st.tuples(st.sampled_from(MilestoneKind), st.integers(-30, 60)), max_size=6),
    st.integers(-40, 80),
)
def test_a_gate_never_opens_with_its_condition_missing(
    history: str, held: list[tuple[MilestoneKind, int]], today: int
) -> None:
    of = facts(history, milestones=tuple(milestone(kind, day(on)) for kind, on in held))
    for each in gates_standing(of, GATES, today=day(today)):
        there = [on for kind, on in held if kind is each.gate.milestone and on <= today]
        assert (each.state is MISSING) == (not there)
        assert each.reached_on == (day(min(there)) if there else None)


def test_only_bradford_has_gates() -> None:
    assert [name for name, each in models().items() if each.gates] == ["bradford"]
