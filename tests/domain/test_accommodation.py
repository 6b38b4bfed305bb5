"""Where patients live, and where no letter goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.accommodation import (
    NAMED,
    AccommodationGroup,
    SettledAccommodation,
    accommodation,
    no_letters,
)
from collabcare.domain.errors import RuleViolation

LAST = {"MA": 9, "HM": 7, "MH": 9, "HS": 9, "CH": 9, "CJ": 12, "SH": 9, "ML": 0}
EVERY = {f"{group}{n:02d}" for group, last in LAST.items() for n in range(last + 1)} | {"OC96"}


@pytest.mark.parametrize("code", sorted(EVERY))
def test_every_code_of_the_list_is_known_by_name_or_group(code: str) -> None:
    found = accommodation(code.lower())
    assert (found.code, found.group.value) == (code, code[:2])
    assert found.label == NAMED.get(code, found.group.label)


def test_the_names_are_names_of_codes() -> None:
    assert NAMED.keys() <= EVERY
    assert (NAMED["HM04"], NAMED["CH02"]) == ("Sofa surfing", "Refuge")
    assert {group.value for group in AccommodationGroup} == {code[:2] for code in EVERY}
    assert {each.value for each in SettledAccommodation} == {"Y", "N", "Z"}


@pytest.mark.parametrize("code", sorted(EVERY))
def test_no_letter_to_the_homeless_or_to_a_refuge(code: str) -> None:
    unsuitable = code.startswith("HM") or code == "CH02"
    assert accommodation(code).letters_unsuitable is unsuitable
    prompt = no_letters(code)
    assert (prompt is not None) is unsuitable
    if prompt:
        assert "consider another way" in prompt.sentence
        assert ("refuge" in prompt.sentence) is (code == "CH02")
        assert str(prompt.used[0].value).startswith(code)
        assert "project's own" in prompt.source


def test_not_asked_says_nothing_about_letters() -> None:
    assert no_letters(None) is None


@pytest.mark.parametrize(
    "code", ["MA10", "HM08", "CJ13", "ML01", "OC95", "OC97", "XX01", "", "MA\u0660\u0661"]
)
def test_a_code_of_no_list_is_refused(code: str) -> None:
    with pytest.raises(RuleViolation, match="not an accommodation code"):
        accommodation(code)


@given(st.text(max_size=5))
def test_whatever_is_recorded_is_a_code_or_refused(code: str) -> None:
    try:
        assert accommodation(code).code in EVERY
    except RuleViolation as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - either ending is right
