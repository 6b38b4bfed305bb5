"""Which words of a note are looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.spelling import dictionary_form, words_to_check


@pytest.mark.parametrize(
    ("text", "looked_up"),
    [
        ("She slept better.", ["She", "slept", "better"]),
        ("Rang Ngozi today", ["Rang", "today"]),
        ("He said. Then rang", ["He", "said", "Then", "rang"]),
        ("He said “no.” Then", ["He", "said", "no", "Then"]),
        ("One\nTwo", ["One", "Two"]),
        ("PHQ-9 was 12, GP told", ["was", "told"]),
        ("well-being, isn’t", ["well", "being", "isn’t"]),
        ("a b@c.org www.nhs.uk ;plan 3pm x_y N/A or", ["or"]),
        ("", []),
    ],
)
def test_abbreviations_names_numbers_and_addresses_are_left_alone(text: str, looked_up: list[str]) -> None:
    assert [word.text for word in words_to_check(text)] == looked_up


@given(st.text(alphabet="aA é’'.-;@1\n", max_size=60))
def test_each_word_stands_where_it_says_and_none_overlap(text: str) -> None:
    end = 0
    for word in words_to_check(text):
        assert text[word.start : word.end] == word.text
        assert word.start >= end
        end = word.end


@pytest.mark.parametrize(
    ("word", "form"),
    [("Café", "cafe"), ("isn’t", "isn't"), ("patient’s", "patient"), ("Naïve", "naive"), ("walks", "walks")],
)
def test_a_word_is_looked_up_without_capitals_accents_and_possessive(word: str, form: str) -> None:
    assert dictionary_form(word) == form
