"""Who patients say they are: the right codes, and not asked is never an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.codes import AttendanceStatus, Coded
from collabcare.domain.contact_outcome import refuse_interpreter_as_absence
from collabcare.domain.demographics import (
    Disability,
    Employment,
    EthnicCategory,
    GenderIdentity,
    InterpreterAtContact,
    Question,
    SameAsBirth,
    SexualOrientation,
    after_interpreter_missed,
    ask_prompt,
    ethnic_category,
    refuse_disabilities,
    work_not_applicable,
)
from collabcare.domain.errors import RuleViolation

CODES: dict[type[Coded], set[str]] = {
    EthnicCategory: {*"ABCDEFGHJKLMNPRSZ", "99"},
    GenderIdentity: {"1", "2", "3", "4", "Z"},
    SameAsBirth: {"Y", "N", "Z"},
    Employment: {"01", "02", "03", "04", "05", "06", "07", "08", "ZZ"},
    SexualOrientation: {"1", "2", "3", "4", "U", "Z"},
    Disability: {*(f"{n:02d}" for n in range(1, 11)), "XX", "NN", "ZZ"},
    InterpreterAtContact: {"1", "2", "3", "4", "5"},
}


@pytest.mark.parametrize("kind", CODES, ids=lambda kind: kind.__name__)
def test_each_list_has_its_national_codes_each_with_words_of_its_own(kind: type[Coded]) -> None:
    assert {member.value for member in kind} == CODES[kind]
    assert len({member.label for member in kind}) == len(kind)


@pytest.mark.parametrize(
    ("code", "declined", "category"),
    [
        pytest.param(None, True, "Z", id="DEM-W1"),
        pytest.param(None, False, "99", id="DEM-W2"),
        pytest.param("A2", False, "A", id="DEM-W4"),
        pytest.param("", False, "99", id="blank"),
        pytest.param(" ", True, "Z", id="blank and declined"),
        pytest.param("sB", False, "S", id="another local sub-code"),
        pytest.param("z", False, "Z", id="small letters"),
        pytest.param("99", False, "99", id="99 is no sub-code"),
        pytest.param("C", True, "C", id="an answer stands"),
    ],
)
def test_an_ethnic_category_is_read_as_it_was_answered(
    code: str | None, declined: bool, category: str
) -> None:
    assert ethnic_category(code, declined=declined).value == category


@pytest.mark.parametrize(
    "code", [pytest.param("Q", id="DEM-W3"), "I", "O", "Q1", "T", "A22", "Z1", "9", "98", "White"]
)
def test_a_category_that_is_not_used_is_refused(code: str) -> None:
    with pytest.raises(RuleViolation, match="not a code for ethnic category"):
        ethnic_category(code)


@given(st.text(max_size=3))
def test_whatever_is_recorded_is_a_category_or_refused(code: str) -> None:
    try:
        assert ethnic_category(code) in EthnicCategory
    except RuleViolation as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - either ending is right


@pytest.mark.parametrize(
    ("question", "code", "asked"),
    [
        pytest.param(Question.ETHNICITY, "99", False, id="DEM-W2"),
        pytest.param(Question.ETHNICITY, "Z", True, id="DEM-W1"),
        (Question.ETHNICITY, None, False),
        (Question.ETHNICITY, "A2", True),
        (Question.GENDER, "X", False),
        (Question.GENDER, "9", True),
        (Question.EMPLOYMENT, " ", False),
        (Question.EMPLOYMENT, "ZZ", True),
        (Question.EMPLOYMENT, "99", True),
    ],
)
def test_what_nobody_asked_is_asked_and_preferring_not_to_say_is_an_answer(
    question: Question, code: str | None, asked: bool
) -> None:
    prompt = ask_prompt(question, code)
    assert (prompt is None) is asked
    if prompt:
        assert question.value in prompt.sentence
        assert "Consider asking" in prompt.sentence
        assert prompt.used[0].value is None


@pytest.mark.parametrize("code", [None, *Employment])
def test_work_may_not_apply_to_homemakers_and_the_retired_only(code: str | None) -> None:
    prompt = work_not_applicable(code)
    assert (prompt is not None) is (code in {"05", "08"})
    if prompt:
        assert "Consider" in prompt.sentence
        assert "project's own" in prompt.source


def test_an_employment_code_of_no_list_is_refused() -> None:
    with pytest.raises(RuleViolation, match="employment status"):
        work_not_applicable("5")


@pytest.mark.parametrize(
    "codes",
    [
        [],
        [Disability.NONE],
        [Disability.NOT_STATED],
        [Disability.NONE, Disability.NONE],
        [Disability.SIGHT, Disability.HEARING],
    ],
)
def test_answers_about_disability_that_go_together(codes: list[Disability]) -> None:
    refuse_disabilities(codes)


@pytest.mark.parametrize(
    "codes",
    [
        [Disability.SIGHT, Disability.NONE],
        [Disability.NOT_STATED, Disability.SPEECH],
        [Disability.NONE, Disability.NOT_STATED],
    ],
)
def test_answers_about_disability_that_contradict_each_other(codes: list[Disability]) -> None:
    with pytest.raises(RuleViolation, match="cannot stand beside another answer"):
        refuse_disabilities(codes)


@pytest.mark.parametrize("interpreter", [None, *InterpreterAtContact])
def test_an_interpreter_who_does_not_come_is_booked_again(interpreter: InterpreterAtContact | None) -> None:
    prompt = after_interpreter_missed(interpreter)
    absent = interpreter is InterpreterAtContact.DID_NOT_ATTEND
    assert (prompt is not None and "Offer another appointment" in prompt.sentence) is absent


@pytest.mark.parametrize("code", [pytest.param("5", id="DEM-W5")])
def test_an_interpreter_booked_who_did_not_attend_is_rebooked_and_nobody_missed_anything(code: str) -> None:
    interpreter = InterpreterAtContact(code)
    assert interpreter.label == "Booked but did not attend"
    offer = after_interpreter_missed(interpreter)
    assert offer is not None
    assert "Offer another appointment, and book an interpreter" in offer.sentence
    with pytest.raises(RuleViolation, match="the patient did not miss it"):
        refuse_interpreter_as_absence(AttendanceStatus.DID_NOT_ATTEND, interpreter)
