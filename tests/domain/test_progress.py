"""A questionnaire's course in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.outcomes import Reliable
from collabcare.domain.progress import good_direction, progress
from tests.builders import answered, day, facts, gad7, instruments, measure, phq9

if TYPE_CHECKING:
    from collabcare.domain.instruments import Instrument, Number


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
        pytest.param(
            5, 0, "−5 since 05-Jan-2026, no reliable change, room for change too small", id="CHG-W4"
        ),
        (5, 11, "+6 since 05-Jan-2026, reliable deterioration"),
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


def test_a_prorated_score_is_said_to_be_one() -> None:
    scores = (measure(14), measure(9, day(28), prorated=True, missing=1))
    assert progress(facts(measures=scores), phq9()).change == (
        "−5 since 05-Jan-2026, prorated, no reliable change, now below the cut-off of 10"
    )


OTHERS = {
    "SWE-W4": ("swemwbs", (20, 25), "+3.76 on the metric scale since 05-Jan-2026, reliable improvement"),
    "REQ-W4": ("reqol10", (20, 24), "+4 since 05-Jan-2026, no reliable change"),
    "ReQoL crossed": (
        "reqol10",
        (20, 25),
        "+5 since 05-Jan-2026, reliable improvement, now above the cut-off of 24",
    ),
    "DIALOG better": ("dialog", (Decimal("4.00"), Decimal("4.47")), "+0.47 since 05-Jan-2026, better"),
    "DIALOG crossed": (
        "dialog",
        (Decimal("3.90"), Decimal("4.00")),
        "+0.10 since 05-Jan-2026, better, now at or above the cut-off of 4",
    ),
    "Recovery Star worse": ("rstar", (Decimal("5.00"), Decimal("4.50")), "−0.50 since 05-Jan-2026, worse"),
    "Recovery Star the same": ("rstar", (Decimal("5.00"), Decimal("5.00")), "0 since 05-Jan-2026, no change"),
}


@pytest.mark.parametrize(("name", "totals", "says"), OTHERS.values(), ids=OTHERS)
def test_each_instrument_says_what_its_numbers_allow(
    name: str, totals: tuple[Number, Number], says: str
) -> None:
    first, last = totals
    scores = (measure(first, instrument=name), measure(last, day(28), instrument=name))
    said = progress(facts(measures=scores), instruments()[name]).change
    assert said.startswith(says)


def test_a_score_is_out_of_what_its_form_can_give() -> None:
    """SWEMWBS beside its metric; WSAS out of 32 where work does not apply."""
    metric = progress(facts(measures=(measure(22, instrument="swemwbs"),)), instruments()["swemwbs"])
    assert (metric.latest, metric.out_of) == ("22", "of 35 (metric 19.98)")
    without_work = measure(20, instrument="wsas", answers=(9, 5, 5, 5, 5))
    assert progress(facts(measures=(without_work,)), instruments()["wsas"]).out_of == "of 32 (work n/a)"
    with_work = measure(20, instrument="wsas", answers=(0, 5, 5, 5, 5))
    assert progress(facts(measures=(with_work,)), instruments()["wsas"]).out_of == "of 40"


def test_forms_that_cannot_be_compared_say_so() -> None:
    scores = (
        measure(20, instrument="wsas", answers=(9, 5, 5, 5, 5)),
        measure(20, day(28), instrument="wsas", answers=(0, 5, 5, 5, 5)),
    )
    so_far = progress(facts(measures=scores), instruments()["wsas"])
    assert so_far.change.startswith("Not comparable: ")
    assert so_far.reliable is None


def test_the_good_direction_is_labelled() -> None:
    assert good_direction(phq9()) == "Lower is better"
    assert good_direction(instruments()["reqol10"]) == "Higher is better"
