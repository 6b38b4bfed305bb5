"""The four rates over finished courses: their denominators, and who is left out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.talking_therapies import Outcome, TwoMeasures, outcome
from collabcare.domain.talking_therapies_rates import Counts, Rate, counted, is_finished, rates, rates_of
from tests.builders import contact, day, facts, gad7, phq9
from tests.builders_change import talking_therapies

if TYPE_CHECKING:
    from collabcare.domain.facts import ContactFact, EpisodeFacts

Pair = tuple[int, int]
BOTH = TwoMeasures(depression=phq9(), anxiety=gad7(), policy=talking_therapies())


def shown(counts: Counts) -> list[str]:
    """Return the four rates in words."""
    return [rate.words for rate in rates(counts, talking_therapies()).all]


@pytest.mark.parametrize(
    ("counts", "place", "expected"),
    [
        pytest.param(Counts(finished=20, not_at_caseness=4, recovered=8), 0, "50.0% (8 of 16)", id="RATE-W1"),
        pytest.param(Counts(finished=5, not_at_caseness=5), 0, "–", id="RATE-W2"),
        pytest.param(
            Counts(finished=20, not_at_caseness=4, recovered=8, reliably_recovered=6, improved=6),
            1,
            "37.5% (6 of 16)",
            id="RATE-W3",
        ),
        pytest.param(Counts(finished=20, improved=11), 2, "55.0% (11 of 20)", id="RATE-W4"),
        (Counts(finished=20, deteriorated=1), 3, "5.0% (1 of 20)"),
        (Counts(finished=0), 2, "–"),
        (Counts(finished=3, improved=2), 2, "66.7% (2 of 3)"),
        (Counts(finished=5, not_at_caseness=5, improved=2), 2, "40.0% (2 of 5)"),
        (Counts(finished=5), 2, "0.0% (0 of 5)"),
    ],
)
def test_a_rate(counts: Counts, place: int, expected: str) -> None:
    assert shown(counts)[place] == expected


def test_a_denominator_of_nought_gives_no_rate_and_never_nought_per_cent() -> None:
    assert Rate(name="recovery", numerator=0, denominator=0).percent is None
    assert shown(Counts(finished=0)) == ["–"] * 4


def test_halves_are_rounded_up() -> None:
    assert Rate(name="recovery", numerator=1, denominator=16).percent == Decimal("6.3")


def ended(kinds: str, *, closed: bool = True, letters: str = "") -> EpisodeFacts:
    """Return an episode whose weekly contacts are of these kinds: one digit each, ``?`` for not recorded."""
    held: list[ContactFact] = [
        contact(letter, day(7 * place), appointment_type=None if kind == "?" else f"0{kind}")
        for place, (kind, letter) in enumerate(zip(kinds, letters or "A" * len(kinds), strict=True))
    ]
    return facts(contacts=tuple(held), closed_on=day(200) if closed else None)


@pytest.mark.parametrize(
    ("kinds", "letters", "closed", "expected"),
    [
        pytest.param("3", "A", True, False, id="RATE-W5"),
        ("32", "AA", True, True),
        ("25", "AL", True, True),
        ("32", "AA", False, False),
        ("32", "AD", True, False),
        ("1467", "AAAA", True, False),
        ("14?2", "AAAA", True, None),
        ("??", "AA", True, None),
        ("?", "A", True, False),
        ("22?", "AAA", True, True),
        ("", "", True, False),
    ],
)
def test_a_course_is_finished_after_two_attended_treatment_contacts(
    kinds: str, letters: str, closed: bool, expected: bool | None
) -> None:
    assert is_finished(ended(kinds, closed=closed, letters=letters), talking_therapies()) is expected


def test_courses_that_are_not_finished_are_left_out_of_all_four() -> None:
    recovered, worse = outcome((15, 8), (12, 6), BOTH), outcome((9, 15), (7, 7), BOTH)
    courses: list[tuple[EpisodeFacts, Outcome]] = [
        (ended("32"), recovered),
        (ended("22"), worse),
        (ended("22"), outcome(None, None, BOTH)),
        (ended("3"), recovered),
        (ended("32", closed=False), recovered),
        (ended("??"), recovered),
    ]
    found = rates_of(courses, talking_therapies())
    assert [(rate.numerator, rate.denominator) for rate in found.all] == [(1, 2), (1, 2), (1, 3), (1, 3)]
    assert found.not_counted == 1
    assert found.sentence == (
        "TT-equivalent: recovery 50.0% (1 of 2); reliable recovery 50.0% (1 of 2); "
        "reliable improvement 33.3% (1 of 3); reliable deterioration 33.3% (1 of 3); "
        "1 not counted, kind of contact not recorded."
    )
    assert "not counted" not in rates_of(courses[:3], talking_therapies()).sentence
    assert (found.rule, found.source) == (talking_therapies().rule, talking_therapies().source)


@pytest.mark.parametrize(
    "wrong",
    [
        Counts(finished=-1),
        Counts(finished=1, not_at_caseness=2),
        Counts(finished=5, not_at_caseness=3, recovered=3),
        Counts(finished=5, recovered=1, reliably_recovered=2, improved=2),
        Counts(finished=5, recovered=2, reliably_recovered=2, improved=1),
        Counts(finished=2, improved=2, deteriorated=1),
        Counts(finished=2, improved=-1),
    ],
)
def test_counts_that_contradict_each_other_are_refused(wrong: Counts) -> None:
    with pytest.raises(RuleViolation, match="contradict"):
        rates(wrong, talking_therapies())


totals = st.none() | st.tuples(st.integers(0, 21), st.integers(0, 21))


@given(st.lists(st.tuples(totals, totals), max_size=20))
def test_rates_lie_between_none_and_all(
    pairs: list[tuple[tuple[int, int] | None, tuple[int, int] | None]],
) -> None:
    outcomes = [outcome(phq, gad, BOTH) for phq, gad in pairs]
    found = rates(counted(outcomes), talking_therapies())
    for rate in found.all:
        assert 0 <= rate.numerator <= rate.denominator <= len(outcomes)
        assert (rate.percent is None) == (rate.denominator == 0)
    assert found.reliable_recovery.numerator <= found.recovery.numerator
