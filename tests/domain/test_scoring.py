"""The forms that are added up, PHQ-9 and GAD-7 apart: worked examples, then properties of every form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import (
    Direction,
    Instrument,
    Safety,
    is_case,
    score,
    score_total,
)
from collabcare.domain.scoring import (
    Method,
    comparable,
    derived_answers,
    with_setting,
    work_not_applicable,
)
from tests.builders import gad7, instruments, phq9

NA = 9
"""Work that does not apply, as the WSAS is written."""

Answers = list[int | None]
Expected = tuple[int | None, str | None, bool | None]
"""Total, band and whether it is a case."""

ALL = tuple(instruments())


def of(name: str) -> Instrument:
    """Return one questionnaire as shipped."""
    return instruments()[name]


def core10(*scored: int | None) -> Answers:
    """Return the answers on the form for item values that are already turned."""
    return [
        4 - value if value is not None and item in {2, 3} else value for item, value in enumerate(scored, 1)
    ]


SHORT = {
    "PHQ2-W1": ("phq2", [1, 1], (2, None, False)),
    "PHQ2-W2": ("phq2", [1, 2], (3, None, True)),
    "PHQ2-W3": ("phq2", [3, 3], (6, None, True)),
    "PHQ2-W4": ("phq2", [2, 0], (2, None, False)),
    "PHQ2-W5": ("phq2", [None, 3], (None, None, None)),
    "GAD2 1,1": ("gad2", [1, 1], (2, None, False)),
    "GAD2 1,2": ("gad2", [1, 2], (3, None, True)),
    "GAD2 0,3": ("gad2", [0, 3], (3, None, True)),
    "GAD2 3,3": ("gad2", [3, 3], (6, None, True)),
    "GAD2 blank": ("gad2", [None, 3], (None, None, None)),
}
WSAS = {
    "WSAS-W1": ([2, 2, 2, 2, 1], (9, "sub-clinical", False), 40),
    "WSAS-W2": ([2, 2, 2, 2, 2], (10, "significant impairment", True), 40),
    "WSAS-W3": ([4, 4, 4, 4, 4], (20, "significant impairment", True), 40),
    "WSAS-W5": ([NA, 5, 5, 5, 5], (20, "significant impairment", True), 32),
    "above 20": ([5, 4, 4, 4, 4], (21, "moderately severe or worse", True), 40),
    "work blank": ([None, 5, 5, 5, 5], (None, None, None), 40),
    "another blank and no work": ([NA, None, 5, 5, 5], (None, None, None), 32),
    "no work and nothing else": ([NA, 0, 0, 0, 0], (0, "sub-clinical", False), 32),
}
CORE10 = {
    "CORE-W1": (core10(*[1] * 10), (10, "low", False)),
    "CORE-W2": (core10(2, *[1] * 9), (11, "mild", True)),
    "CORE-W3": ([0] * 10, (8, "low", False)),
    "CORE-W4": (core10(*[2] * 9, None), (20, "moderate to severe", True)),
    "CORE-W6": (core10(2, *[1] * 8, None), (11, "mild", True)),
    "CORE-W7": (core10(*[1] * 8, None, None), (None, None, None)),
    "healthy to the end": (core10(*[1] * 5, *[0] * 5), (5, "healthy", False)),
    "everything": (core10(*[4] * 10), (40, "severe", True)),
    "a turned item blank": (core10(1, None, *[1] * 8), (10, "low", False)),
}
AUDITC = {
    "AUD-W1": ([0, 0, 0], (0, "lower", False)),
    "AUD-W2": ([4, 1, 0], (5, "increasing", True)),
    "AUD-W3": ([2, 1, 1], (4, "lower", False)),
    "AUD-W4": ([4, 2, 2], (8, "higher", True)),
    "AUD-W5": ([4, 4, 4], (12, "possible dependence", True)),
    "AUD-W6": ([0, None, None], (0, "lower", False)),
    "AUD-W7": ([2, 1, None], (None, None, None)),
    "first blank": ([None, 0, 0], (None, None, None)),
    "ten is still higher": ([4, 4, 2], (10, "higher", True)),
}
SUMS = {
    **SHORT,
    **{key: ("core10", row[0], row[1]) for key, row in CORE10.items()},
    **{key: ("auditc", row[0], row[1]) for key, row in AUDITC.items()},
}


@pytest.mark.parametrize(("name", "answers", "expected"), SUMS.values(), ids=SUMS)
def test_a_sum_scores_as_published(name: str, answers: Answers, expected: Expected) -> None:
    scored = score(of(name), answers)
    assert (scored.total, scored.band, scored.case) == expected
    assert scored.complete == (expected[0] is not None)


@pytest.mark.parametrize(("answers", "expected", "out_of"), WSAS.values(), ids=WSAS)
def test_a_wsas_without_work_has_a_lower_top(answers: Answers, expected: Expected, out_of: int) -> None:
    scored = score(of("wsas"), answers)
    assert (scored.total, scored.band, scored.case, scored.out_of) == (*expected, out_of)
    assert scored.notes == (("work n/a", "bands apply to 0 to 40") if answers[0] == NA else ())
    assert not scored.prorated


def test_only_work_may_not_apply() -> None:
    with pytest.raises(RuleViolation, match=r"^WSAS item 2: answers run 0 to 8, or blank\.$"):
        score(of("wsas"), [0, NA, 0, 0, 0])
    with pytest.raises(RuleViolation, match="item 1"):
        score(of("wsas"), [10, 0, 0, 0, 0])


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        ([0] * 5, [1] * 5, True),
        ([NA, 0, 0, 0, 0], [NA, 1, 1, 1, 1], True),
        ([NA, 0, 0, 0, 0], [0] * 5, False),
        ([0] * 5, [NA, 0, 0, 0, 0], False),
        ([0] * 5, [], True),
        ([NA, 0, 0, 0, 0], [], False),
        ([], [], True),
    ],
    ids=["both", "neither", "only later", "only first", "copied", "copied after none", "both copied"],
)
def test_a_wsas_is_compared_only_with_one_of_its_kind(first: Answers, last: Answers, fits: bool) -> None:
    assert comparable(of("wsas"), first, last) is fits
    assert comparable(phq9(), [NA], [0])
    assert not work_not_applicable(phq9(), [NA])


@pytest.mark.parametrize(
    ("answer", "expected"), [(0, Safety.NONE), (1, Safety.PROMPT), (4, Safety.PROMPT), (None, Safety.ASK)]
)
def test_item_6_of_a_core10_asks_whatever_the_total(answer: int | None, expected: Safety) -> None:
    scored = score(of("core10"), [0, 4, 4, 0, 0, answer, 0, 0, 0, 0])
    assert (scored.safety, scored.safety_answer) == (expected, answer)


def test_a_form_that_says_never_and_yet_how_much_is_pointed_out() -> None:
    scored = score(of("auditc"), [0, 2, None])
    assert (scored.total, scored.notes) == (2, ("answer 1 does not fit answer 2 – check the form",))


@pytest.mark.parametrize(
    ("name", "answers", "note"),
    [
        ("auditc", [4, 1, 0], "It is never a reason to exclude."),
        ("phq2", [1, 2], "Offer the PHQ-9."),
        ("gad2", [1, 2], "Offer the GAD-7."),
    ],
    ids=["AUD-W2", "PHQ2-W2", "GAD-2"],
)
def test_a_positive_screen_says_what_to_consider(name: str, answers: Answers, note: str) -> None:
    assert score(of(name), answers).notes[-1].endswith(note)
    assert score_total(of(name), 6).notes[-1].endswith(note)
    assert score_total(of(name), 0).notes == ()


SETTINGS = {
    "PHQ2-W4": ("phq2", "more_sensitive", 2, False, True),
    "PCL-W4": ("pcl5", "nhs_talking_therapies", 32, False, True),
    "GAD-7 for the disorder": ("gad7", "generalised_anxiety", 9, True, False),
    "CORE-10 for depression": ("core10", "depression", 12, True, False),
}


@pytest.mark.parametrize(("name", "setting", "total", "shipped", "set_so"), SETTINGS.values(), ids=SETTINGS)
def test_a_site_may_use_another_published_cut_off(
    name: str, setting: str, total: int, shipped: bool, set_so: bool
) -> None:
    assert is_case(of(name), total) is shipped
    assert is_case(with_setting(of(name), setting), total) is set_so


def test_the_national_export_takes_a_change_of_5_for_a_core10() -> None:
    assert (of("core10").reliable_change, with_setting(of("core10"), "mhsds").reliable_change) == (6, 5)
    assert with_setting(of("core10"), "mhsds").caseness == 11


def test_a_setting_that_is_none_is_refused() -> None:
    with pytest.raises(RuleViolation, match=r"^PHQ-9 has no setting called x\.$"):
        with_setting(phq9(), "x")


@given(st.lists(st.none() | st.integers(0, 3), min_size=9, max_size=9))
def test_a_full_form_answers_its_short_one(answers: Answers) -> None:
    assert derived_answers(of("phq2"), answers) == tuple(answers[:2])
    assert derived_answers(of("gad2"), answers[:7]) == tuple(answers[:2])
    assert (of("phq2").derived_from, of("gad2").derived_from) == (phq9().id, gad7().id)


@pytest.mark.parametrize(("name", "full"), [("phq9", [1] * 9), ("phq2", [1]), ("phq2", [])])
def test_a_short_form_is_not_read_from_another_form(name: str, full: Answers) -> None:
    with pytest.raises(RuleViolation, match="cannot be read from these answers"):
        derived_answers(of(name), full)


REQOL = {"REQ-W1": (24, "below general population", True), "REQ-W2": (25, "within general population", False)}


@pytest.mark.parametrize(("total", "band", "case"), REQOL.values(), ids=REQOL)
def test_a_reqol_total_is_set_beside_the_general_population(total: int, band: str, case: bool) -> None:
    scored = score_total(of("reqol10"), total)
    assert (scored.band, scored.case) == (band, case)
    assert score(of("reqol10"), [4] * 6 + [total - 24, 0, 0, 0]).band == band


@pytest.mark.parametrize("total", [41, -1], ids=["REQ-W6", "below"])
def test_a_reqol_total_the_form_cannot_give_is_refused(total: int) -> None:
    with pytest.raises(RuleViolation, match=r"^ReQoL-10 totals run 0 to 40\.$"):
        score_total(of("reqol10"), total)


@pytest.mark.parametrize("name", ALL)
def test_a_total_can_be_copied_for_every_instrument(name: str) -> None:
    instrument = of(name)
    scored = score_total(instrument, instrument.total_max)
    assert (scored.total, scored.complete, scored.missing) == (instrument.total_max, True, 0)
    assert scored.safety is (Safety.ASK if name in {"phq9", "core10"} else Safety.NONE)
    assert (scored.case is None) == (instrument.caseness is None)


@given(st.sampled_from(ALL), st.data())
def test_a_filled_form_has_a_total_its_instrument_can_give(name: str, data: st.DataObject) -> None:
    instrument = of(name)
    ranges = [instrument.item_range(item + 1) for item in range(instrument.answer_count)]
    answers = [data.draw(st.none() | st.integers(low, high)) for low, high in ranges]
    scored = score(instrument, answers)
    if scored.total is not None:
        assert instrument.total_min <= scored.total <= instrument.total_max
        assert score_total(instrument, scored.total).band == scored.band
    assert scored.complete or scored.total is None
    assert scored.missing <= answers.count(None)


@given(st.sampled_from(ALL), st.lists(st.none() | st.integers(-2, 101) | st.floats(), max_size=20))
def test_any_other_form_is_refused_in_words(name: str, answers: list[int | None]) -> None:
    """Whatever is typed, nothing but a refusal comes out, and it names the instrument."""
    said = ""
    try:
        score(of(name), answers)
    except RuleViolation as refusal:
        said = str(refusal)
    assert said == "" or said.startswith(of(name).name)


@given(st.lists(st.integers(0, 4), min_size=10, max_size=10))
def test_a_core10_turns_two_items_and_no_other(answers: list[int]) -> None:
    naive = sum(answers) - 2 * (answers[1] + answers[2]) + 8
    assert score(of("core10"), answers).total == naive


def test_every_method_is_used_and_every_direction_is_as_published() -> None:
    assert {instrument.method for instrument in instruments().values()} == set(Method)
    better = {name for name in ALL if of(name).direction is Direction.HIGHER_IS_BETTER}
    assert better == {"reqol10", "dialog", "swemwbs", "gbo", "eq5d5l", "rstar"}
