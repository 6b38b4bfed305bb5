"""What may stand of a GP practice, and whether a letter can be posted to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.gp_practices import (
    GpPracticeDetails,
    checked_gp_practice,
    ods_code_problem,
    read_ods_code,
)


def test_a_practice_is_kept_tidily() -> None:
    typed = GpPracticeDetails(
        name=" Oak  Lane ", ods_code=" b82001 ", address=" 1 Oak Lane \n\n Leeds", postcode="ls3 3cc"
    )
    assert checked_gp_practice(typed) == GpPracticeDetails(
        name="Oak Lane", ods_code="B82001", address="1 Oak Lane\nLeeds", postcode="LS3 3CC", telephone=None
    )


def test_a_practice_needs_a_name() -> None:
    with pytest.raises(RuleViolation, match="Type the practice's name"):
        checked_gp_practice(GpPracticeDetails(name="  "))


@pytest.mark.parametrize(
    ("address", "postcode", "can"),
    [("1 Oak Lane", "LS3 3CC", True), ("", "LS3 3CC", False), ("1 Oak Lane", None, False), ("", None, False)],
)
def test_a_letter_needs_the_address_and_the_postcode(address: str, postcode: str | None, can: bool) -> None:
    assert GpPracticeDetails(name="Oak", address=address, postcode=postcode).can_be_written_to is can


@pytest.mark.parametrize("text", [None, "", "  "])
def test_no_ods_code_is_none(text: str | None) -> None:
    assert read_ods_code(text) is None


@pytest.mark.parametrize("text", ["B82001", "b82001", "B82 001", "Y02847"])
def test_an_ods_code_is_a_letter_and_five_digits(text: str) -> None:
    assert read_ods_code(text) == text.upper().replace(" ", "")
    assert ods_code_problem(text) == ""


@pytest.mark.parametrize("text", ["B8200", "B820011", "882001", "BB2001", "B8200l", "B8200\u0661"])
def test_another_shape_is_refused(text: str) -> None:
    assert ods_code_problem(text).startswith("The ODS code of a GP practice is a letter and five digits")


def test_too_long_a_code_is_refused() -> None:
    assert "too long" in ods_code_problem("B820011111")


@given(st.text(max_size=12))
def test_no_text_raises_anything_but_a_rule_violation(text: str) -> None:
    if not ods_code_problem(text):
        code = read_ods_code(text)
        assert code is None or (code[0].isalpha() and code[1:].isdigit() and len(code) == 6)
