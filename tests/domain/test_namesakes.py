"""Whether somebody being taken on may be in the record already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.namesakes import Arriving, namesake_of
from tests.builders import day, facts, patient

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

ONE, OTHER = "9990000018", "9990000026"


def known(given_name: str = "Ngozi", nhs_number: str | None = ONE) -> EpisodeFacts:
    """Return somebody in the record."""
    return facts(patient=patient(given_name=given_name, nhs_number=nhs_number))


def test_nobody_is_nobody() -> None:
    assert namesake_of(Arriving(given_name="Ngozi", nhs_number=None), ()) is None


@pytest.mark.parametrize(
    ("typed", "recorded", "same"),
    [
        ("Ngozi", "Ngozi", True),
        ("NGOZI", "Ngozi", True),
        ("Zoe", "Zoë", True),
        ("Ng", "Ngozi", True),
        ("Ngozi Ada", "Ngozi", True),
        ("", "Ngozi", True),
        ("Ngozi", "", True),
        ("Ada", "Ngozi", False),
    ],
)
def test_a_first_name_may_be_missing_short_or_longer(typed: str, recorded: str, same: bool) -> None:
    found = namesake_of(Arriving(given_name=typed, nhs_number=None), [known(recorded)])
    assert found is not None
    assert found.same_first_name is found.is_likely is same


@pytest.mark.parametrize(
    ("typed", "recorded", "other"),
    [(None, ONE, False), (ONE, None, False), (None, None, False), (ONE, ONE, False), (OTHER, ONE, True)],
)
def test_another_number_is_another_person(typed: str | None, recorded: str | None, other: bool) -> None:
    found = namesake_of(Arriving(given_name="Ngozi", nhs_number=typed), [known(nhs_number=recorded)])
    assert found is not None
    assert found.other_number is other
    assert found.is_likely is not other
    assert ("another person" in found.sentence) is other


def test_the_likeliest_is_shown_and_the_others_counted() -> None:
    twins = [known("Ada"), known("Ngozi", None)]
    found = namesake_of(Arriving(given_name="Ngozi", nhs_number=OTHER), twins)
    assert found is not None
    assert found.facts is twins[1]
    assert found.sentence.endswith("1 more of this surname born that day: search for them.")


def test_the_sentence_says_who_and_until_when() -> None:
    ended = replace(known(), closed_on=day(3))
    found = namesake_of(Arriving(given_name="", nhs_number=None), [ended])
    assert found is not None
    assert found.sentence.startswith("Perhaps the same person: ")
    assert "NHS No. 999 000 0018, in our care until 08-Jan-2026." in found.sentence
    open_one = namesake_of(Arriving(given_name="", nhs_number=None), [known(nhs_number=None)])
    assert open_one is not None
    assert "in our care now." in open_one.sentence
    assert "NHS No." not in open_one.sentence


@given(st.text(), st.text(), st.sampled_from([None, ONE, OTHER]), st.sampled_from([None, ONE, OTHER]))
def test_whose_numbers_differ_is_never_taken_for_the_same(
    typed: str, recorded: str, number: str | None, theirs: str | None
) -> None:
    found = namesake_of(Arriving(given_name=typed, nhs_number=number), [known(recorded, theirs)])
    assert found is not None
    if number and theirs and number != theirs:
        assert not found.is_likely
