"""NHS numbers, against our own arithmetic."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.nhs_number import (
    NhsNumberStatus,
    ask_for_nhs_number,
    check_nhs_number,
    default_status,
    fault_in_nhs_number,
    fmt_nhs_number,
    parse_nhs_number,
)
from tests.builders import check_digit, nhs_numbers

VALID = {
    "NHS-W1": "943 476 5919",
    **{
        f"NHS-W8 {last}": f"99900000{last}" for last in ("18", "26", "34", "42", "50", "69", "77", "85", "93")
    },
}
INVALID = {
    "NHS-W2": ("9434765918", "The check digit does not fit"),
    "NHS-W4": ("9991234567", "would need a check digit of 10, which no NHS number has"),
    "NHS-W6": ("0000000000", "Ten noughts are nobody's NHS number"),
    "NHS-W7 nine digits": ("943476591", "Too short: an NHS number has ten digits, this has 9."),
    "NHS-W7 nine and a letter": ("943476591A", "digits only"),
    "eleven digits": ("94347659191", "Too long"),
    "nothing": ("", "Type the NHS number"),
    "only separators": (" - ", "Type the NHS number"),
    "National Insurance": ("QQ 12 34 56 C", "National Insurance number"),
    "a spreadsheet's rounding": ("9.43E+09", "digits only"),
    "full-width digits": ("".join(chr(0xFF10 + int(digit)) for digit in "9434765919"), "digits only"),
    "a lost leading nought": ("12345678", "Too short"),
    "old format": ("ABC123/45", "digits only"),
}


@pytest.mark.parametrize("typed", VALID.values(), ids=VALID)
def test_a_valid_number_is_read(typed: str) -> None:
    assert parse_nhs_number(typed) == typed.replace(" ", "")
    assert fault_in_nhs_number(typed) is None


@pytest.mark.parametrize(("typed", "words"), INVALID.values(), ids=INVALID)
def test_an_invalid_number_is_refused_with_the_reason(typed: str, words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        parse_nhs_number(typed)
    assert words in (fault_in_nhs_number(typed) or "")


@pytest.mark.parametrize(
    "typed",
    [
        "9434765919",
        "943-476-5919",
        " 943.476.5919 ",
        "943\u2013476\u20135919",
        "943\n476\n5919",
        "943\u00a0476\u00a05919",
    ],
)
def test_any_separators_are_accepted(typed: str) -> None:
    assert parse_nhs_number(typed) == "9434765919"


def test_it_is_written_3_3_4_and_its_absence_in_words() -> None:
    assert fmt_nhs_number("9434765919") == "943 476 5919"
    assert fmt_nhs_number(None) == "Not Known"
    assert parse_nhs_number(fmt_nhs_number("9434765919")) == "9434765919"


def test_ten_thousand_random_numbers_agree_with_modulus_11() -> None:
    """I04: against arithmetic of our own, not the library's."""
    chance = Random(11)  # noqa: S311 - the same numbers each time, and nothing secret
    for _ in range(10_000):
        digits = f"{chance.randrange(1, 10**10):010d}"
        expected = check_digit(digits[:9]) == int(digits[9])
        assert (fault_in_nhs_number(digits) is None) is expected, digits


def test_every_number_we_make_up_for_synthetic_people_is_valid_and_theirs() -> None:
    made = nhs_numbers()
    for _ in range(500):
        number = next(made)
        assert number.startswith("999")
        assert fault_in_nhs_number(number) is None


@given(st.integers(0, 999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_mistyped_digit_is_always_noticed(nine: int, place: int, shift: int) -> None:
    digits = f"{nine:09d}"
    check = check_digit(digits)
    if check == 10 or not nine:
        return
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    assert fault_in_nhs_number(f"{digits}{check}") is None
    assert fault_in_nhs_number(f"{wrong}{check}") is not None


@given(st.text())
def test_whatever_is_typed_is_a_number_or_a_sentence(typed: str) -> None:
    fault = fault_in_nhs_number(typed)
    assert fault is None or fault.endswith(".")


@pytest.mark.parametrize("digit", "123456789")
def test_a_number_of_one_digit_passes_the_arithmetic(digit: str) -> None:
    """All ten alike fit the check digit by arithmetic; only zeros are refused by rule."""
    assert fault_in_nhs_number(digit * 10) is None


@pytest.mark.parametrize("typed", VALID.values(), ids=VALID)
def test_a_check_of_a_valid_number_shows_it_and_gives_no_reason(typed: str) -> None:
    check = check_nhs_number(typed)
    assert (check.valid, check.display, check.reason) == (True, fmt_nhs_number(parse_nhs_number(typed)), None)
    assert (check.rule, check.source) == ("NHS number, modulus 11", "NHS Data Dictionary, NHS NUMBER")


@pytest.mark.parametrize(("typed", "words"), INVALID.values(), ids=INVALID)
def test_a_check_of_an_invalid_number_says_why_and_never_shows_it_as_one(typed: str, words: str) -> None:
    check = check_nhs_number(typed)
    assert (check.valid, check.display) == (False, None)
    assert words in (check.reason or "")


@given(st.integers(0, 999_999_999))
def test_nine_digits_that_would_need_a_check_digit_of_10_are_told_so(nine: int) -> None:
    digits = f"{nine:09d}"
    told = ["check digit of 10" in (fault_in_nhs_number(f"{digits}{last}") or "") for last in range(10)]
    assert told == [check_digit(digits) == 10] * 10


def test_a_number_nobody_has_traced_says_so() -> None:
    assert [status.value for status in NhsNumberStatus] == ["01", "02", "03", "04", "05", "06", "07"]
    assert default_status("9434765919") is NhsNumberStatus.NOT_TRACED
    assert default_status(None) is NhsNumberStatus.NOT_PRESENT


def test_a_missing_number_is_allowed_and_asked_for() -> None:
    asked = ask_for_nhs_number(None)
    assert asked is not None
    assert asked.used[0].words == "NHS number: not recorded"
    assert ask_for_nhs_number("9434765919") is None
