"""A questionnaire's course in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.domain.outcomes import Reliable
from collabcare.domain.progress import progress
from tests.builders import answered, day, facts, gad7, measure, phq9

if TYPE_CHECKING:
    from collabcare.domain.instruments import Instrument


def test_no_score_says_nothing_and_zero_is_a_score() -> None:
    assert progress(facts(), phq9()).latest == ""
    nought = progress(facts(measures=(measure(0),)), phq9())
    assert (nought.latest, nought.out_of, nought.band) == ("0", "of 27", "minimal")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (18, 12, "−6 since 05-Jan-2026, reliable improvement"),
        (18, 14, "−4 since 05-Jan-2026, no reliable change"),
        (10, 17, "+7 since 05-Jan-2026, reliable deterioration"),
        (15, 9, "−6 since 05-Jan-2026, reliable improvement, now below the cut-off of 10"),
        (12, 12, "0 since 05-Jan-2026, no reliable change"),
        (14, 0, "−14 since 05-Jan-2026, reliable improvement, now below the cut-off of 10"),
        (10, 9, "−1 since 05-Jan-2026, no reliable change, now below the cut-off of 10"),
        (5, 0, "−5 since 05-Jan-2026, no reliable change"),
    ],
)
def test_the_change_is_said_in_plain_words(first: int, last: int, words: str) -> None:
    so_far = progress(facts(measures=(measure(first), measure(last, day(28)))), phq9())
    assert so_far.change == words


def test_where_higher_is_better_the_cut_off_is_crossed_upwards(wellbeing: Instrument) -> None:
    scores = (measure(20, instrument="wellbeing"), measure(30, day(28), instrument="wellbeing"))
    so_far = progress(facts(measures=scores), wellbeing)
    assert so_far.change == "+10 since 05-Jan-2026, reliable improvement, now above the cut-off of 24"


def test_one_score_has_no_change_and_another_instrument_does_not_count() -> None:
    mixed = facts(measures=(measure(18), measure(12, day(7), instrument="gad7")))
    assert progress(mixed, phq9()).change == ""
    assert progress(mixed, gad7()).latest == "12"
    assert progress(mixed, gad7()).reliable is None


def test_a_form_with_too_many_blanks_is_incomplete_and_never_nought() -> None:
    broken = answered(phq9(), 3, 3, 3, 3, None, None, None, 0, 0, on=day(28))
    so_far = progress(facts(measures=(measure(18), broken)), phq9())
    assert (so_far.latest, so_far.out_of, so_far.band) == ("Incomplete (3 missing)", "", "")
    assert so_far.reliable is None


def test_improvement_is_named_for_what_it_is() -> None:
    so_far = progress(facts(measures=(measure(18), measure(12, day(28)))), phq9())
    assert so_far.reliable is Reliable.IMPROVEMENT
