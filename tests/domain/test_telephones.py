"""Telephone numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.telephones import mobile_of, telephone_doubt, telephone_problem, typed_telephone


@pytest.mark.parametrize(
    "text", ["0770090o12", "07700 900123 (mum)", "ring 01632 960123", "O1632 960123", "x"]
)
def test_a_letter_is_refused_and_the_number_named(text: str) -> None:
    said = f"A telephone number has no letters in it: look at “{text}”."
    assert telephone_problem(text) == said
    with pytest.raises(RuleViolation, match="no letters in it"):
        typed_telephone(text)


@pytest.mark.parametrize(
    "text",
    [
        *("07700 900123", "(01632) 960123", "+44 7700 900123", "0044 1632 960123", "+353 1 234 5678"),
        *("01632 960123 ext 45", "01632 960123 x45", "01632 960123 Extension 4", "016977 2345"),
        *("01632 960123 / 07700 900123", ""),
    ],
)
def test_a_whole_number_is_kept_as_typed_and_not_asked_about(text: str) -> None:
    assert telephone_problem(text) == telephone_doubt(text) == ""
    assert (typed_telephone(f" {text} ") or "") == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0770", "“0770” has 4 digits; a mobile number has 11. Save again to keep it as it is."),
        ("07700 90012", "“07700 90012” has 10 digits; a mobile number has 11."),
        ("960123", "“960123” has 6 digits; a telephone number has 10 or 11."),
        ("01632 9601 ext 45", "“01632 9601 ext 45” has 9 digits; a telephone number has 10 or 11."),
        ("+44 77", "“+44 77” has 4 digits; a number with its country has at least 8."),
        ("1", "“1” has 1 digit; a telephone number has 10 or 11."),
        ("-", "“-” has 0 digits; a telephone number has 10 or 11."),
    ],
)
def test_too_few_digits_are_asked_about_and_can_be_kept(text: str, said: str) -> None:
    assert telephone_doubt(text).startswith(said)
    assert typed_telephone(text) == text


@given(st.text(max_size=30))
def test_nothing_typed_raises_anything_but_a_plain_sentence(text: str) -> None:
    telephone_doubt(text)
    try:
        kept = typed_telephone(text)
    except RuleViolation:
        return
    assert kept is None or not telephone_problem(kept)


@pytest.mark.parametrize(
    ("numbers", "mobile"),
    [
        (("07700 900123",), "07700 900123"),
        (("0113 496 0123", "+44 7700 900123"), "+44 7700 900123"),
        (("+44 (0)7700 900123",), "+44 (0)7700 900123"),
        (("0113 496 0123", None), None),
        (("+33 6 12 34 56 78", ""), None),
        (("07700 9001",), None),
    ],
)
def test_a_mobile_is_known_by_its_digits(numbers: tuple[str | None, ...], mobile: str | None) -> None:
    assert mobile_of(*numbers) == mobile
