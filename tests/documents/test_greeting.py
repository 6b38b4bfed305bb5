"""How somebody whose name is one piece of text is greeted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.documents.greeting import greeted


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Dr Edmund Tye", "Dr Tye"),
        ("Mrs Edith Tye", "Mrs Tye"),
        ("Prof. Anne Smith-Jones", "Prof. Smith-Jones"),
        ("Miss Aoife O’Brien", "Miss O’Brien"),
        ("Dr Zoë Ó Briain", "Dr Ó Briain"),
        ("Dr A Khan", "Dr Khan"),
        ("Dr. A. B. Khan", "Dr. Khan"),
        ("Dr JP Khan", "Dr Khan"),
        ("Dr A.B.C. Khan", "Dr Khan"),
        ("Dr Anita K. Patel", "Dr Patel"),
        ("Dr  Khan ", "Dr Khan"),
        ("Prof Sue van der Berg", "Prof van der Berg"),
        ("Dr A Van Dyke", "Dr Van Dyke"),
        ("Dr Van Dyke", "Dr Van Dyke"),
        ("Dr Oliver St. John", "Dr St. John"),
        ("Dr Mohammed Al Rashid", "Dr Al Rashid"),
        ("Dr Juan de la Cruz García", "Dr de la Cruz García"),
    ],
)
def test_a_surname_that_can_be_told_stands_alone(name: str, greeting: str) -> None:
    assert greeted(name) == greeting


@pytest.mark.parametrize(
    "name",
    [
        "Dr María García López",  # two surnames, or a middle name
        "Dr TYE Edmund",
        "Dr Edmund Tye MBE",
        "Dr Edmund Tye FRCGP",
        "Dr Anna La",
        "Dr Tye and Dr Khan",
        "Dr Tye & Khan",
        "Dr Edmund Tye, senior partner",
        "Duty Doctor",
        "Dr Duty Doctor",
        "Amina Khan",
        "Nurse Practitioner",
        "Dr A. B.",
        "Dr",
    ],
)
def test_where_it_cannot_be_told_the_name_stays_whole(name: str) -> None:
    assert greeted(name) == name


@given(st.text(max_size=40))
def test_only_words_of_the_name_are_used_in_their_order(name: str) -> None:
    words, left = greeted(name).split(), iter(name.split() or ["Doctor"])
    assert words
    assert all(word in left for word in words)
