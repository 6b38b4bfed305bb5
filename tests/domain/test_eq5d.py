"""The EQ-5D-5L: a profile of five digits, and a visual scale that may be blank."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.eq5d import profile_answers
from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import score
from tests.builders import instruments

EQ5D = instruments()["eq5d5l"]


@pytest.mark.parametrize(
    ("profile", "vas"),
    [("11111", 90), ("55555", 0), ("21344", None)],
    ids=["EQ-W1", "EQ-W2", "EQ-W6"],
)
def test_profile_and_scale_are_kept_as_they_are(profile: str, vas: int | None) -> None:
    scored = score(EQ5D, profile_answers(EQ5D, profile, vas))
    assert scored.subscales == {"profile": profile, "vas": vas}
    assert (scored.total, scored.complete, scored.missing, scored.band) == (vas, True, 0, None)


@pytest.mark.parametrize(
    "profile",
    ["1111", "11116", "", "11110", "111111", "1111a", "-1111", "\u0661" * 5, "1111\u00b2"],
    ids=["EQ-W3", "EQ-W4", "blank", "0", "six", "a letter", "a sign", "other digits", "a power"],
)
def test_a_profile_is_five_digits_from_1_to_5(profile: str) -> None:
    with pytest.raises(RuleViolation, match=r"^An EQ-5D-5L profile is 5 digits, each from 1 to 5\.$"):
        profile_answers(EQ5D, profile, 50)


@pytest.mark.parametrize("vas", [101, -1, 50.5], ids=["EQ-W5", "below", "half"])
def test_a_scale_beyond_its_ends_is_refused(vas: int) -> None:
    with pytest.raises(RuleViolation, match=r"^EQ-5D-5L item 6: answers run 0 to 100, or blank\.$"):
        score(EQ5D, profile_answers(EQ5D, "11111", vas))


def test_a_blank_digit_leaves_it_incomplete_and_the_scale_is_kept() -> None:
    scored = score(EQ5D, [1, None, 1, 1, 1, 70])
    assert (scored.total, scored.complete, scored.missing) == (None, False, 1)
    assert scored.subscales == {"profile": None, "vas": 70}


@given(st.text(max_size=8))
def test_whatever_is_typed_is_a_profile_or_is_refused(typed: str) -> None:
    fits = len(typed) == 5 and set(typed) <= set("12345")
    try:
        read = profile_answers(EQ5D, typed, None)
    except RuleViolation:
        assert not fits
    else:
        assert "".join(str(digit) for digit in read[:5]) == typed
