"""Names are found as people type them, whatever their accents, case and apostrophes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.searching import fold, matches


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zoe", "Zoë"),
        ("lukasz", "Łukasz"),
        ("obrien", "O’Brien"),
        ("o'brien", "OBRIEN"),
        ("strasse", "Straße"),
        ("sorensen", "Sørensen"),
        ("aegir", "Ægir"),
        ("ADEBAYO", "Adébáyọ̀"),
        ("NÍ DHOMH", "Ní Dhomhnaill"),
        ("ngozi ok", "OKAFOR, Ngozi"),
    ],
)
def test_a_name_is_found_as_it_is_typed(typed: str, name: str) -> None:
    assert matches(typed, fold(name))


def test_every_word_typed_has_to_be_there() -> None:
    assert not matches("okafor mei", fold("OKAFOR, Ngozi"))


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
