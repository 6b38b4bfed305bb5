"""The forms whose number is a mean or a metric: worked examples, then properties."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import Instrument, band_for, compared, score, score_total
from tests.builders import instruments, phq9

Answers = list[int | None]


def of(name: str) -> Instrument:
    """Return one questionnaire as shipped."""
    return instruments()[name]


METRIC = {
    "SWE-W1": (21, "19.25", "low", True),
    "SWE-W2": (22, "19.98", "medium", False),
    "SWE-W3": (30, "27.03", "medium", False),
    "SWE-W3 raw 31": (31, "28.13", "high", False),
    "SWE-W4": (20, "18.59", "low", True),
    "SWE-W4 raw 25": (25, "22.35", "medium", False),
    "lowest": (7, "7.00", "low", True),
    "highest": (35, "35.00", "high", False),
}


@pytest.mark.parametrize(("raw", "metric", "band", "case"), METRIC.values(), ids=METRIC)
def test_a_swemwbs_is_read_on_its_metric_and_both_are_kept(
    raw: int, metric: str, band: str, case: bool
) -> None:
    scored = score_total(of("swemwbs"), raw)
    assert (scored.total, scored.metric, scored.band, scored.case) == (raw, Decimal(metric), band, case)
    assert str(compared(of("swemwbs"), raw)) == metric


def test_seven_threes_are_21_and_six_answers_have_no_metric() -> None:
    """SWE-W1 and SWE-W7."""
    whole, part = score(of("swemwbs"), [3] * 7), score(of("swemwbs"), [3] * 6 + [None])
    assert (whole.total, whole.metric) == (21, Decimal("19.25"))
    assert (part.total, part.metric, part.complete, part.missing) == (None, None, False, 1)


@pytest.mark.parametrize("raw", [6, 36], ids=["SWE-W8", "SWE-W8 raw 36"])
def test_a_raw_total_outside_the_table_is_refused(raw: int) -> None:
    with pytest.raises(RuleViolation, match=r"^SWEMWBS totals run 7 to 35\.$"):
        score_total(of("swemwbs"), raw)


@given(st.integers(7, 34))
def test_the_metric_rises_with_the_raw_total_and_meets_it_at_both_ends(raw: int) -> None:
    swemwbs = of("swemwbs")
    assert compared(swemwbs, raw) < compared(swemwbs, raw + 1)
    assert [compared(swemwbs, end) for end in (7, 35)] == [7, 35]


DIALOG = {
    "DIA-W1": ([4] * 8 + [5] * 3, "4.00", "5.00", "neutral", False),
    "DIA-W3": ([4] * 6 + [None] * 2 + [5] * 3, "4.00", "5.00", "neutral", False),
    "DIA-W4": ([4] * 5 + [None] * 3 + [5] * 3, None, "5.00", None, None),
    "two of three": ([4] * 8 + [5, 6, None], "4.00", "5.50", "neutral", False),
    "one of three": ([4] * 8 + [5, None, None], "4.00", None, "neutral", False),
    "below 4": ([4] * 7 + [3] + [5] * 3, "3.88", "5.00", "dissatisfaction", True),
    "above 4": ([4] * 7 + [5] + [5] * 3, "4.13", "5.00", "satisfaction", False),
    "nothing": ([None] * 11, None, None, None, None),
}


@pytest.mark.parametrize(("answers", "prom", "prem", "band", "case"), DIALOG.values(), ids=DIALOG)
def test_a_dialog_has_two_means_of_what_was_answered(
    answers: Answers, prom: str | None, prem: str | None, band: str | None, case: bool | None
) -> None:
    scored = score(of("dialog"), answers)
    means = {"prom": None if prom is None else Decimal(prom), "prem": None if prem is None else Decimal(prem)}
    assert scored.subscales == means
    assert (scored.total, scored.band, scored.case) == (means["prom"], band, case)
    assert scored.missing == answers.count(None)
    assert not scored.prorated


@pytest.mark.parametrize("wrong", [8, 0], ids=["DIA-W6", "DIA-W6 0"])
def test_a_dialog_answer_off_its_scale_is_refused(wrong: int) -> None:
    with pytest.raises(RuleViolation, match=r"^DIALOG item 4: answers run 1 to 7, or blank\.$"):
        score(of("dialog"), [4, 4, 4, wrong, *[4] * 7])


def test_a_dialog_names_what_the_patient_is_least_content_with() -> None:
    scored = score(of("dialog"), [4, 3, 4, 4, 1, 4, None, 4, 5, 5, 5])
    assert scored.notes == ("3 or below: physical health, leisure",)
    assert band_for(of("dialog"), Decimal("5.00")) == "satisfaction"


STAR = {
    "RS-W1": ([5] * 10, "5.00", "believing"),
    "RS-W2": ([5] * 8 + [9, None], "5.44", "believing"),
    "RS-W3": ([5] * 7 + [None] * 3, None, None),
    "eight of ten": ([8] * 8 + [None] * 2, "8.00", "learning"),
}


@pytest.mark.parametrize(("answers", "total", "band"), STAR.values(), ids=STAR)
def test_a_recovery_star_is_the_mean_of_what_was_answered(
    answers: Answers, total: str | None, band: str | None
) -> None:
    scored = score(of("rstar"), answers)
    assert (scored.total, scored.band) == (None if total is None else Decimal(total), band)
    assert scored.case is None


@pytest.mark.parametrize("wrong", [0, 11], ids=["RS-W4", "above"])
def test_a_recovery_star_area_off_the_ladder_is_refused(wrong: int) -> None:
    with pytest.raises(RuleViolation, match=r"^Recovery Star item 10: answers run 1 to 10"):
        score(of("rstar"), [*[5] * 9, wrong])


def test_goals_not_rated_are_left_out_of_the_mean() -> None:
    assert score(of("gbo"), [5, 8, None]).total == Decimal("6.50")
    assert score(of("gbo"), [None] * 3).total is None


def test_a_category_is_no_number() -> None:
    answered, blank = score(of("fft"), [2]), score(of("fft"), [None])
    assert (answered.total, answered.subscales, answered.complete) == (None, {"category": "Good"}, True)
    assert (blank.total, blank.subscales, blank.complete, blank.missing) == (
        None,
        {"category": None},
        False,
        1,
    )


@pytest.mark.parametrize(
    ("name", "total", "kept"),
    [("dialog", Decimal("4.125"), "4.13"), ("dialog", 4, "4.00"), ("rstar", Decimal("5.5"), "5.50")],
)
def test_a_copied_mean_is_kept_in_hundredths(name: str, total: Decimal | int, kept: str) -> None:
    assert str(score_total(of(name), total).total) == kept


@pytest.mark.parametrize(
    "wrong", [Decimal("NaN"), Decimal("Infinity"), Decimal("7.01"), Decimal("0.99"), True]
)
def test_a_copied_mean_off_the_scale_is_refused(wrong: Decimal) -> None:
    with pytest.raises(RuleViolation, match=r"^DIALOG totals run 1 to 7\.$"):
        score_total(of("dialog"), wrong)


def test_a_copied_total_of_points_is_whole() -> None:
    with pytest.raises(RuleViolation, match="totals run"):
        score_total(phq9(), Decimal("9.5"))


@given(st.lists(st.integers(1, 7), min_size=8, max_size=8))
def test_a_mean_is_that_of_the_decimals(answers: list[int]) -> None:
    exact = (Decimal(sum(answers)) / 8).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert score(of("dialog"), [*answers, 1, 1, 1]).total == exact
