"""Languages: the real list, and the five that are seen or felt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.languages import ISO_639_1, LANGUAGES, language


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"),
        ("PL", "Polish"),
        (" ur ", "Urdu"),
        ("pa", "Punjabi"),
        ("ps", "Pashto"),
        ("cy", "Welsh"),
        ("q1", "Braille"),
        ("q2", "American Sign Language"),
        ("q3", "Australian Sign Language"),
        ("q4", "British Sign Language"),
        ("q5", "Makaton"),
    ],
)
def test_a_code_is_a_language(code: str, name: str) -> None:
    assert language(code) == name


@pytest.mark.parametrize("code", ["", "e", "eng", "xx", "q6", "q0", "bh", "iw", "in", "ji", "mo", "sh"])
def test_a_code_that_is_not_in_the_list_is_refused(code: str) -> None:
    with pytest.raises(RuleViolation, match="not a language code"):
        language(code)


def test_the_list_is_the_standard_s() -> None:
    assert len(ISO_639_1) == 183
    assert all(len(code) == 2 and code.isalpha() and code.islower() for code in ISO_639_1)
    assert list(ISO_639_1) == sorted(ISO_639_1)
    assert len(set(LANGUAGES.values())) == len(LANGUAGES) == 188


@given(st.text(max_size=3))
def test_whatever_is_typed_is_a_language_or_refused(code: str) -> None:
    try:
        assert language(code) in LANGUAGES.values()
    except RuleViolation as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - either ending is right
