"""Talking-Therapies-equivalent outcomes: two measures deciding together, and what one alone can tell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.outcomes import Reliable
from collabcare.domain.talking_therapies import MIXED, Outcome, TwoMeasures, outcome, outcome_of
from tests.builders import day, facts, gad7, instruments, measure, phq9
from tests.builders_change import talking_therapies

Y, N, U = True, False, None
Pair = tuple[int, int]
BOTH = TwoMeasures(depression=phq9(), anxiety=gad7(), policy=talking_therapies())

# phq, gad, then: caseness, recovered, reliable improvement, reliable deterioration, reliable recovery, mixed
OUTCOMES = [
    pytest.param((15, 8), (12, 6), (Y, Y, Y, N, Y, N), id="TT-W1"),
    pytest.param((10, 9), (7, 7), (Y, Y, N, N, N, N), id="TT-W2"),
    pytest.param((9, 3), (7, 3), (N, U, Y, N, U, N), id="TT-W3"),
    pytest.param((9, 9), (8, 4), (Y, Y, Y, N, Y, N), id="a case by anxiety alone"),
    pytest.param((16, 10), (14, 10), (Y, N, Y, N, N, N), id="TT-W5"),
    pytest.param((12, 18), (9, 9), (Y, N, N, Y, N, N), id="TT-W6"),
    pytest.param((15, 9), (8, 12), (Y, N, N, N, N, Y), id="mixed"),
    pytest.param((14, 9), (8, 8), (Y, N, N, N, N, N), id="TT-W8"),
    pytest.param((9, 15), (7, 7), (N, U, N, Y, U, N), id="TT-W9"),
    pytest.param((12, 5), (2, 7), (Y, Y, N, N, N, Y), id="mixed, and below both at the end"),
    pytest.param((14, 6), None, (Y, U, Y, N, U, U), id="TT-W11"),
    pytest.param(None, (8, 4), (Y, U, Y, N, U, U), id="GAD-7 only"),
    pytest.param((9, 3), None, (U, U, Y, N, U, U), id="PHQ-9 only, below its cut-off"),
    pytest.param((9, 15), None, (U, U, N, Y, U, U), id="PHQ-9 only, worse"),
    pytest.param(None, (7, 6), (U, U, N, N, U, U), id="GAD-7 only, no change"),
    pytest.param(None, None, (U, U, U, U, U, U), id="neither"),
    pytest.param((10, 10), (0, 0), (Y, N, N, N, N, N), id="at the cut-off of one"),
    pytest.param((9, 9), (7, 7), (N, U, N, N, U, N), id="below both"),
    pytest.param((20, 4), (16, 4), (Y, Y, Y, N, Y, N), id="both better"),
    pytest.param((4, 20), (4, 16), (N, U, N, Y, U, N), id="both worse"),
]


def answers(found: Outcome) -> tuple[bool | None, ...]:
    """Return the six answers of an outcome."""
    return (
        found.caseness,
        found.recovered,
        found.reliable_improvement,
        found.reliable_deterioration,
        found.reliable_recovery,
        found.mixed,
    )


@pytest.mark.parametrize(("phq", "gad", "expected"), OUTCOMES)
def test_an_outcome(phq: Pair | None, gad: Pair | None, expected: tuple[bool | None, ...]) -> None:
    found = outcome(phq, gad, BOTH)
    assert answers(found) == expected
    assert found.rule == "talking_therapies_equivalent"
    assert found.source == talking_therapies().source
    assert found.sentence.startswith("TT-equivalent (")


def test_every_unknown_has_a_sentence_that_says_whether_it_is_unknown_or_does_not_apply() -> None:
    assert outcome((15, 8), (12, 6), BOTH).notes == ()
    assert outcome((9, 3), (7, 3), BOTH).notes == (
        "Recovery and reliable recovery do not apply: not at caseness at the start.",
    )
    assert outcome((14, 6), None, BOTH).notes == (
        "Recovery, reliable recovery and mixed change are unknown: GAD-7 has no first and last score.",
    )
    assert outcome((9, 3), None, BOTH).notes[0] == ("Caseness is unknown: GAD-7 has no first and last score.")
    assert [note.split(" are ")[0].split(" is ")[0] for note in outcome(None, None, BOTH).notes] == [
        "Caseness",
        "Recovery, reliable recovery and mixed change",
        "Reliable improvement and deterioration",
    ]


@pytest.mark.parametrize(
    ("phq", "gad", "says"),
    [
        (
            (15, 8),
            (12, 6),
            "GAD-7): at caseness at the start; moved to recovery; reliable improvement",
        ),
        ((12, 18), (9, 9), "at caseness at the start; not moved to recovery; reliable deterioration"),
        ((9, 9), (7, 7), "not at caseness at the start; no reliable change"),
        ((14, 6), None, "(PHQ-9 only): at caseness at the start; reliable improvement"),
        (None, (7, 7), "(GAD-7 only): caseness at the start unknown; no reliable change"),
        (None, None, "(no measure with two scores): caseness at the start unknown; reliable change unknown"),
        ((15, 9), (8, 12), f"at caseness at the start; not moved to recovery; {MIXED}"),
    ],
)
def test_an_outcome_is_said_in_one_sentence(phq: Pair | None, gad: Pair | None, says: str) -> None:
    assert f"{says}." in outcome(phq, gad, BOTH).sentence


def test_a_mixed_change_is_for_review_and_counts_differently_in_each_return() -> None:
    mixed = outcome((15, 9), (8, 12), BOTH)
    assert (mixed.for_talking_therapies, mixed.for_mhsds) == (Reliable.NONE, Reliable.DETERIORATION)
    assert mixed.notes[-1].startswith("Mixed - review: ")


@pytest.mark.parametrize(
    ("phq", "expected"),
    [
        ((15, 9), Reliable.IMPROVEMENT),
        ((9, 15), Reliable.DETERIORATION),
        ((9, 9), Reliable.NONE),
        (None, None),
    ],
)
def test_any_other_change_counts_alike_in_both_returns(phq: Pair | None, expected: Reliable | None) -> None:
    found = outcome(phq, None, BOTH)
    assert (found.for_talking_therapies, found.for_mhsds) == (expected, expected)


def test_the_scores_used_are_named_and_a_missing_one_is_not_recorded() -> None:
    assert [used.words for used in outcome((14, 6), None, BOTH).used] == [
        "PHQ-9 first score: 14",
        "PHQ-9 last score: 6",
        "GAD-7 first score: not recorded",
        "GAD-7 last score: not recorded",
    ]


@pytest.mark.parametrize(
    ("first", "caseness"),
    [pytest.param(33, True, id="PCL-W4-33"), pytest.param(32, True, id="PCL-W4-TT32"), (31, False)],
)
def test_an_anxiety_specific_measure_may_stand_in_by_the_cut_off_talking_therapies_uses(
    first: int, caseness: bool
) -> None:
    specific = TwoMeasures(depression=phq9(), anxiety=instruments()["pcl5"], policy=talking_therapies())
    found = outcome((5, 5), (first, first - 10), specific)
    assert (found.caseness, found.reliable_improvement) == (caseness, True)
    assert found.basis == "PHQ-9 and PCL-5"


def test_a_measure_without_the_numbers_is_refused() -> None:
    dialog = TwoMeasures(depression=phq9(), anxiety=instruments()["rstar"], policy=talking_therapies())
    with pytest.raises(RuleViolation, match="no reliable change"):
        outcome(None, (3, 4), dialog)
    bare = replace(BOTH, depression=replace(phq9(), caseness=None))
    with pytest.raises(RuleViolation, match="no cut-off"):
        outcome((12, 4), None, bare)


@pytest.mark.parametrize(("phq", "gad"), [((28, 3), None), (None, (22, 3)), ((3, -1), (3, 3))])
def test_totals_that_cannot_be_are_refused(phq: Pair | None, gad: Pair | None) -> None:
    with pytest.raises(RuleViolation, match="totals run"):
        outcome(phq, gad, BOTH)


phqs = st.none() | st.tuples(st.integers(0, 27), st.integers(0, 27))
gads = st.none() | st.tuples(st.integers(0, 21), st.integers(0, 21))


@given(phqs, gads)
def test_an_outcome_follows_the_definitions(phq: Pair | None, gad: Pair | None) -> None:
    """The definitions, written out once more from the text."""
    found = outcome(phq, gad, BOTH)
    up = [p[0] - p[1] >= limit for p, limit in ((phq, 6), (gad, 4)) if p]
    down = [p[1] - p[0] >= limit for p, limit in ((phq, 6), (gad, 4)) if p]
    at_start = [p[0] >= limit for p, limit in ((phq, 10), (gad, 8)) if p]
    at_end = [p[1] >= limit for p, limit in ((phq, 10), (gad, 8)) if p]
    assert found.caseness is (True if any(at_start) else False if len(at_start) == 2 else None)
    assert found.reliable_improvement == ((any(up) and not any(down)) if up else None)
    assert found.reliable_deterioration == ((any(down) and not any(up)) if up else None)
    if phq and gad:
        recovered = not any(at_end) if found.caseness else None
        assert found.recovered is recovered
        assert found.mixed == (any(up) and any(down))
        assert found.reliable_recovery == (
            None if recovered is None else recovered and found.reliable_improvement
        )
    else:
        assert (found.recovered, found.mixed, found.reliable_recovery) == (None, None, None)
    assert not (found.reliable_improvement and found.reliable_deterioration)
    assert not (found.mixed and (found.reliable_improvement or found.reliable_deterioration))


@given(phqs, gads)
def test_going_the_other_way_turns_improvement_into_deterioration(phq: Pair | None, gad: Pair | None) -> None:
    there = outcome(phq, gad, BOTH)
    back = outcome(phq and phq[::-1], gad and gad[::-1], BOTH)
    assert there.reliable_improvement == back.reliable_deterioration
    assert there.mixed == back.mixed


def test_an_episode_is_judged_by_its_first_and_last_scores() -> None:
    scores = (
        measure(15),
        measure(12, instrument="gad7"),
        measure(10, day(14)),
        measure(8, day(28)),
        measure(6, day(28), instrument="gad7"),
    )
    found = outcome_of(facts("A", measures=scores), instruments(), talking_therapies())
    assert answers(found) == (Y, Y, Y, N, Y, N)


def test_an_episode_with_one_score_of_each_has_no_outcome() -> None:
    scores = (measure(15), measure(12, instrument="gad7"))
    found = outcome_of(facts("A", measures=scores), instruments(), talking_therapies())
    assert answers(found) == (U, U, U, U, U, U)
    assert found.basis == "no measure with two scores"


def test_two_scores_of_an_anxiety_specific_measure_go_before_the_gad7() -> None:
    gad = (measure(12, instrument="gad7"), measure(11, day(28), instrument="gad7"))
    one = (*gad, measure(50, instrument="pcl5"))
    two = (*one, measure(20, day(28), instrument="pcl5"))
    by_gad = outcome_of(facts("A", measures=one), instruments(), talking_therapies())
    by_pcl = outcome_of(facts("A", measures=two), instruments(), talking_therapies())
    assert (by_gad.basis, by_gad.reliable_improvement) == ("GAD-7 only", False)
    assert (by_pcl.basis, by_pcl.reliable_improvement) == ("PCL-5 only", True)
