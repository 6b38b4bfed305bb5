"""Scoring: every worked example, then the same rule against a naive oracle."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import (
    Direction,
    Safety,
    asks_about_function,
    band_for,
    chip_for,
    divide_half_up,
    fmt_total,
    function_words,
    is_case,
    score,
    score_total,
)
from tests.builders import gad7, phq9

if TYPE_CHECKING:
    from collabcare.domain.instruments import Instrument

MILD, MODERATE, SEVERE = "mild", "moderate", "severe"
NONE, PROMPT, ASK = Safety.NONE, Safety.PROMPT, Safety.ASK

Expected = tuple[int | None, int, str | None, bool | None]
"""Total, blanks, band and whether it is a case."""

CHIPS = {
    "PHQ-W4": (15, "less severe"),
    "at 16": (16, "more severe"),
    "nothing": (0, "less severe"),
    "everything": (27, "more severe"),
}
PHQ9_ROWS = {
    "PHQ-W1": ("000000000", (0, 0, "minimal", False), NONE),  # nothing at all
    "PHQ-W2": ("111111111", (9, 0, MILD, False), PROMPT),  # below the cut-off, and item 9 still asks
    "PHQ-W4": ("222222210", (15, 0, "moderately severe", True), NONE),  # fifteen
    "PHQ-W5": ("333333333", (27, 0, SEVERE, True), PROMPT),  # all
    "PHQ-W6": ("322-11100", (11, 1, MODERATE, True), NONE),  # one blank
    "PHQ-W8": ("11110000-", (5, 1, MILD, False), ASK),  # 4.5 goes up
    "PHQ-W9": ("3333---00", (None, 3, None, None), NONE),  # three blanks
    "SAFE-W1": ("220000000", (4, 0, "minimal", False), NONE),  # item 9 is 0
    "SAFE-W2": ("110000001", (3, 0, "minimal", False), PROMPT),  # item 9 is 1 in a total of 3
    "SAFE-W3": ("22222222-", (18, 1, "moderately severe", True), ASK),  # item 9 blank
    "two blanks are the most": ("--2222222", (18, 2, "moderately severe", True), PROMPT),
    "incomplete, and item 9 still asks": ("3333---01", (None, 3, None, None), PROMPT),
    "incomplete, and item 9 blank": ("3333-----", (None, 5, None, None), ASK),
    "nothing but blanks": ("---------", (None, 9, None, None), ASK),
    "eight ones and a blank are nine": ("11111111-", (9, 1, MILD, False), ASK),
    "4": ("111100000", (4, 0, "minimal", False), NONE),
    "5": ("111110000", (5, 0, MILD, False), NONE),
    "10": ("222220000", (10, 0, MODERATE, True), NONE),
    "14": ("222222200", (14, 0, MODERATE, True), NONE),
    "19": ("333333100", (19, 0, "moderately severe", True), NONE),
    "20": ("333333200", (20, 0, SEVERE, True), NONE),
}
GAD7_ROWS = {
    "GAD-W1": ("1111111", 7, 0, MILD, False),
    "GAD-W3": ("2221111", 10, 0, MODERATE, True),
    "GAD-W4": ("3333333", 21, 0, SEVERE, True),
    "GAD-W5": ("111111-", 7, 1, MILD, False),  # prorated below the cut-off
    "GAD-W6": ("211111-", 8, 1, MILD, True),  # prorated above the cut-off
    "GAD-W8": ("11111--", None, 2, None, None),  # two blanks
    "4": ("1111000", 4, 0, "minimal", False),
    "5": ("1111100", 5, 0, MILD, False),
    "8": ("2111111", 8, 0, MILD, True),
    "9": ("2211111", 9, 0, MILD, True),
    "14": ("2222222", 14, 0, MODERATE, True),
    "15": ("3222222", 15, 0, SEVERE, True),
}


def answers(marks: str) -> list[int | None]:
    """Read answers as the record writes them: a digit each, ``-`` for a blank."""
    return [None if mark == "-" else int(mark) for mark in marks]


@pytest.mark.parametrize(("marks", "expected", "safety"), PHQ9_ROWS.values(), ids=PHQ9_ROWS)
def test_a_phq9_scores_as_published(marks: str, expected: Expected, safety: Safety) -> None:
    scored = score(phq9(), answers(marks))
    assert (scored.total, scored.missing, scored.band, scored.case) == expected
    assert (scored.safety, scored.safety_answer) == (safety, answers(marks)[8])
    assert scored.complete == (expected[0] is not None)
    assert scored.prorated == (scored.complete and "-" in marks)


@pytest.mark.parametrize(("marks", "total", "missing", "band", "case"), GAD7_ROWS.values(), ids=GAD7_ROWS)
def test_a_gad7_scores_as_published(
    marks: str, total: int | None, missing: int, band: str | None, case: bool | None
) -> None:
    scored = score(gad7(), answers(marks))
    assert (scored.total, scored.missing, scored.band, scored.case) == (total, missing, band, case)
    assert (scored.safety, scored.safety_answer) == (Safety.NONE, None)


@pytest.mark.parametrize(("total", "chip"), CHIPS.values(), ids=CHIPS)
def test_a_phq9_has_a_second_reading_that_splits_it_at_16(total: int, chip: str) -> None:
    """NICE NG222, beside the bands and in place of none."""
    assert (chip_for(phq9(), total), score_total(phq9(), total).chip) == (chip, chip)
    assert chip_for(gad7(), min(total, 21)) is None


def test_a_score_says_by_what_rule_it_was_made() -> None:
    for scored in (score(phq9(), [0] * 9), score_total(phq9(), 9)):
        assert (scored.rule, scored.source, scored.out_of) == ("PHQ-9 scoring", phq9().source, 27)


@pytest.mark.parametrize("wrong", [4, -1, 99, True, 1.0, "2", float("nan")], ids=repr)
@pytest.mark.parametrize("place", [0, 8])
def test_an_answer_that_is_not_on_the_form_is_refused_by_item(wrong: int, place: int) -> None:
    """PHQ-W10, and everything else that is not 0, 1, 2 or 3."""
    given_answers: list[int | None] = [0] * 9
    given_answers[place] = wrong
    with pytest.raises(RuleViolation, match=rf"^PHQ-9 item {place + 1}: answers run 0 to 3, or blank\.$"):
        score(phq9(), given_answers)


@pytest.mark.parametrize("count", [0, 8, 10, 500])
def test_a_form_of_another_length_is_refused(count: int) -> None:
    with pytest.raises(RuleViolation, match=f"PHQ-9 has 9 items; {count} were given"):
        score(phq9(), [0] * count)


@pytest.mark.parametrize("total", [0, 9, 10, 27])
def test_a_copied_total_is_kept_and_its_safety_item_has_to_be_asked(total: int) -> None:
    scored = score_total(phq9(), total)
    assert (scored.total, scored.missing, scored.prorated, scored.safety_answer) == (total, 0, False, None)
    assert scored.safety is Safety.ASK
    assert scored.case == (total >= 10)


def test_a_copied_total_of_a_form_without_a_safety_item_asks_nothing() -> None:
    assert score_total(gad7(), 21).safety is Safety.NONE
    assert score_total(gad7(), 21).notes == ()


def test_the_rules_about_single_answers_say_that_a_copied_total_has_none() -> None:
    assert score_total(phq9(), 3).notes == ("answers not available – ask",)


@pytest.mark.parametrize("total", [-1, 28, True, 9.5, "9"], ids=repr)
def test_a_total_the_form_cannot_give_is_refused(total: int) -> None:
    with pytest.raises(RuleViolation, match=r"^PHQ-9 totals run 0 to 27\.$"):
        score_total(phq9(), total)


@pytest.mark.parametrize(
    ("marks", "asks"),
    [("000000000", False), ("000000001", True), ("---------", False), ("1--------", True)],
    ids=["PHQ-W1", "item 9", "blank", "one answer"],
)
def test_the_question_on_function_is_asked_once_any_answer_is_above_nothing(marks: str, asks: bool) -> None:
    assert asks_about_function(phq9(), answers(marks)) is asks


def test_a_form_without_a_question_on_function_never_asks_it() -> None:
    assert not asks_about_function(gad7(), answers("3333333"))


@pytest.mark.parametrize(
    ("marks", "given_answer", "words"),
    [
        ("000000000", None, ""),
        ("100000000", None, "function not recorded"),
        ("100000000", 0, "Not difficult at all"),
        ("111111111", 3, "Extremely difficult"),
    ],
    ids=["PHQ-W1", "left blank", "0", "3"],
)
def test_function_left_blank_is_said_not_to_be_recorded(
    marks: str, given_answer: int | None, words: str
) -> None:
    assert function_words(phq9(), answers(marks), given_answer) == words


@pytest.mark.parametrize(
    ("total", "missing", "words"),
    [
        (0, 0, "0"),
        (11, 1, "11 (prorated, 1 missing)"),
        (18, 2, "18 (prorated, 2 missing)"),
        (None, 3, "Incomplete (3 missing)"),
        (None, 0, "No total"),
        (Decimal("4.00"), 0, "4.00"),
    ],
)
def test_a_total_is_shown_with_what_is_missing(total: int | Decimal | None, missing: int, words: str) -> None:
    assert fmt_total(total, missing=missing) == words


def test_a_mean_is_not_called_prorated() -> None:
    assert fmt_total(Decimal("4.00"), missing=2, prorated=False) == "4.00 (2 missing)"


def oracle(instrument: Instrument, given_answers: list[int | None], allowed: int) -> int | None:
    """Score naively: the mean of the answers times the number of items, rounded half up in decimals."""
    known = [Decimal(a) for a in given_answers if a is not None]
    if len(given_answers) - len(known) > allowed:
        return None
    return int((sum(known, Decimal(0)) * len(given_answers) / len(known)).quantize(Decimal(1), ROUND_HALF_UP))


def forms(instrument: Instrument) -> st.SearchStrategy[list[int | None]]:
    """Every way to fill a form in."""
    size = len(instrument.items)
    return st.lists(st.none() | st.integers(0, 3), min_size=size, max_size=size)


@given(forms(phq9()))
@example([1, 1, 1, 1, 0, 0, 0, 0, None])
def test_a_phq9_total_is_the_mean_of_what_was_answered(given_answers: list[int | None]) -> None:
    assert score(phq9(), given_answers).total == oracle(phq9(), given_answers, allowed=2)


@given(forms(gad7()))
def test_a_gad7_total_is_the_mean_of_what_was_answered(given_answers: list[int | None]) -> None:
    assert score(gad7(), given_answers).total == oracle(gad7(), given_answers, allowed=1)


@given(forms(phq9()), st.integers(0, 8))
def test_a_worse_answer_never_lowers_the_total(given_answers: list[int | None], place: int) -> None:
    before = score(phq9(), given_answers).total
    worse = list(given_answers)
    known = worse[place]
    worse[place] = None if known is None else min(known + 1, 3)
    after = score(phq9(), worse).total
    assert (before is None) == (after is None)
    assert before is None or after is None or after >= before


@given(forms(phq9()), st.integers(0, 8))
def test_a_blank_is_never_counted_as_nothing(given_answers: list[int | None], place: int) -> None:
    """Writing 0 where there was a blank never raises the total: the blank stood for the mean, not for 0."""
    blank = [*given_answers[:place], None, *given_answers[place + 1 :]]
    nothing = [*given_answers[:place], 0, *given_answers[place + 1 :]]
    with_blank, with_nothing = score(phq9(), blank), score(phq9(), nothing)
    assert with_blank.missing == with_nothing.missing + 1
    if with_blank.total is not None:
        assert with_nothing.total is not None
        assert with_blank.total >= with_nothing.total


@given(forms(phq9()))
def test_what_item_9_asks_depends_on_item_9_alone(given_answers: list[int | None]) -> None:
    answer = given_answers[8]
    expected = Safety.ASK if answer is None else Safety.PROMPT if answer else Safety.NONE
    scored = score(phq9(), given_answers)
    assert (scored.safety, scored.safety_answer) == (expected, answer)


@given(forms(phq9()))
def test_total_band_and_case_are_all_there_or_all_missing(given_answers: list[int | None]) -> None:
    scored = score(phq9(), given_answers)
    present = {scored.total is not None, scored.band is not None, scored.case is not None, scored.complete}
    assert len(present) == 1
    assert scored.total is None or 0 <= scored.total <= 27


@given(st.integers(0, 10_000), st.integers(1, 100))
def test_halves_go_up(numerator: int, denominator: int) -> None:
    exact = (Decimal(numerator) / Decimal(denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    assert divide_half_up(numerator, denominator) == int(exact)


@given(st.integers(0, 26))
def test_bands_rise_with_the_total(total: int) -> None:
    order = [band.label for band in phq9().bands]
    assert order.index(band_for(phq9(), total)) <= order.index(band_for(phq9(), total + 1))


def test_on_a_scale_where_higher_is_better_a_low_total_is_the_case(wellbeing: Instrument) -> None:
    assert wellbeing.direction is Direction.HIGHER_IS_BETTER
    assert [is_case(wellbeing, total) for total in (24, 25)] == [True, False]


def test_a_scale_that_starts_at_1_counts_from_there(wellbeing: Instrument) -> None:
    assert (wellbeing.item_min, wellbeing.item_max, wellbeing.total_min, wellbeing.total_max) == (
        1,
        5,
        10,
        50,
    )
    assert score(wellbeing, [1] * 10).total == 10
    with pytest.raises(RuleViolation, match="item 1: answers run 1 to 5"):
        score(wellbeing, [0] * 10)
    with pytest.raises(RuleViolation, match="totals run 10 to 50"):
        score_total(wellbeing, 9)
