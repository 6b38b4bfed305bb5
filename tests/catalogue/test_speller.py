"""The dictionary: British, with the words of mental health care, and a few words that may have been meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from collabcare.catalogue.speller import Speller, load_speller
from collabcare.paths import resources_dir

CLINICAL = Path(__file__).parents[1] / "data" / "clinical_words.txt"
FEWEST = 200

SPELLER = load_speller(resources_dir() / "spelling")


def wrong(text: str) -> list[str]:
    return [word.text for word in SPELLER.misspelt(text)]


def test_words_of_medicines_and_of_our_work_are_not_marked() -> None:
    words = CLINICAL.read_text(encoding="utf-8").split()
    assert len(set(words)) >= FEWEST
    assert wrong(" ".join(words)) == []


@pytest.mark.parametrize(
    "text",
    [
        "She was referred by her GP with low mood and anhedonia, and takes sertraline 50 mg.",
        "He’s sleeping better; doesn’t ruminate. Agreed to behavioural activation and a rebooked call.",
        "The patient’s programme of counselling in the community centre, organised by neighbours.",
        "Naïve to antidepressants. Met in a café. The carers' group meets on Wednesday.",
    ],
)
def test_british_sentences_are_left_alone(text: str) -> None:
    assert wrong(text) == []


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("behaviuor", "behaviour"),
        ("color", "colour"),
        ("realize", "realise"),
        ("apointment", "appointment"),
        ("depresion", "depression"),
        ("sertralin", "sertraline"),
        ("Recieve", "Receive"),
        ("doesnt", "doesn't"),
    ],
)
def test_a_slip_and_an_american_spelling_are_marked_and_put_right(slip: str, meant: str) -> None:
    assert wrong(slip) == [slip]
    assert SPELLER.suggestions(slip)[0] == meant


def test_nothing_near_means_no_suggestion_and_never_more_than_five() -> None:
    assert SPELLER.suggestions("qqxzzyw") == ()
    assert len(SPELLER.suggestions("bav")) == 5


def test_a_users_own_words_are_known() -> None:
    assert SPELLER.misspelt("saltmere", frozenset({"saltmere"})) == ()
    assert [word.text for word in Speller(["only"]).misspelt("only this")] == ["this"]


def test_the_notice_of_the_words_is_there() -> None:
    notice = (resources_dir() / "spelling" / "LICENCE.txt").read_text(encoding="utf-8")
    assert "by Kevin Atkinson" in notice
    assert "J Ross Beresford" in notice
