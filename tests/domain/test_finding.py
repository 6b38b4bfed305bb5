"""Finding what is meant among many: fifty slips at ten thousand patients, and what comes first."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.finding import Finder, split, typed_words

Person = tuple[str, str, str]

_STARTS = ("An", "Bo", "Da", "Fe", "Gri", "Ha", "Ka", "Lo", "Mar", "Ni", "Pe", "Ro", "Sta", "Ul", "Wi")
_MIDDLES = ("bel", "din", "gar", "kel", "lin", "mon", "ner", "ral", "sen", "ver")
_ENDS = ("", "by", "don", "ford", "ham", "ing", "ley", "man", "ridge", "son", "ton", "wick", "worth")
_GIVEN = (
    "Adam",
    "Alice",
    "Ben",
    "Clara",
    "David",
    "Emma",
    "Farah",
    "George",
    "Hannah",
    "Imran",
    "Joan",
    "Kate",
)

KNOWN: tuple[Person, ...] = (
    ("Okafor", "Ngozi", "9990000018"),
    ("Wójcik", "Łukasz", "9990000026"),
    ("O'Brien", "Siân", "9990000034"),
    ("Nguyễn", "Thị Mai", "9990000042"),
    ("Li", "Mei", "9990000050"),
    ("van der Meer", "Zoë", "9990000069"),
    ("Smith-Jones", "Oluwaseun", "9990000077"),
    ("Adébáyọ̀", "Temi", "9990000085"),
    ("Sørensen", "Bjørn", "9990000093"),
    ("Papadopoulos", "Eleni", "9990000107"),
    ("McDonald", "Catriona", "9990000115"),
    ("Chaudhry", "Aisha", "9990000123"),
    ("Featherstonehaugh", "Quentin", "9990000131"),
    ("Mbeki", "Thandiwe", "9990000158"),
)

SLIPS = (
    *(("okafro", "Okafor"), ("okfaor", "Okafor"), ("koafor", "Okafor"), ("okafor ngoiz", "Okafor")),
    *(("papadopuolos", "Papadopoulos"), ("chuadhry", "Chaudhry"), ("catroina", "McDonald")),
    *(("okfor", "Okafor"), ("okaor", "Okafor"), ("kafor", "Okafor"), ("papadopolos", "Papadopoulos")),
    *(("chaudry", "Chaudhry"), ("mcdonld", "McDonald"), ("thandwe", "Mbeki"), ("sorensn", "Sørensen")),
    *(
        ("okkafor", "Okafor"),
        ("okafoor", "Okafor"),
        ("mcdonnald", "McDonald"),
        ("papaddopoulos", "Papadopoulos"),
    ),
    *(("chaudhrry", "Chaudhry"), ("wojccik", "Wójcik"), ("ellenii", "Papadopoulos")),
    *(("okefor", "Okafor"), ("pkafor", "Okafor"), ("okafot", "Okafor"), ("chaudhty", "Chaudhry")),
    *(("nguyem", "Nguyễn"), ("mbeko", "Mbeki"), ("quenton", "Featherstonehaugh")),
    *(("wojcik", "Wójcik"), ("lukasz", "Wójcik"), ("sian", "O'Brien"), ("nguyen", "Nguyễn")),
    *(("zoe", "van der Meer"), ("adebayo", "Adébáyọ̀"), ("sorensen", "Sørensen"), ("bjorn", "Sørensen")),
    *(("ok ng", "Okafor"), ("ng ok", "Okafor"), ("th mb", "Mbeki"), ("pap el", "Papadopoulos")),
    *(("me li", "Li"), ("van zo", "van der Meer"), ("smit olu", "Smith-Jones")),
    *(("99900000", "Okafor"), ("999 000 0026", "Wójcik"), ("000107", "Papadopoulos"), ("0000158", "Mbeki")),
    *(
        ("obrien", "O'Brien"),
        ("o brien", "O'Brien"),
        ("vandermeer", "van der Meer"),
        ("smith jones", "Smith-Jones"),
    ),
    *(("fetherstonhaugh", "Featherstonehaugh"), ("okafor, ngozi", "Okafor"), ("zeo", "van der Meer")),
)


def crowd(count: int) -> list[Person]:
    """Return so many people in the order of their names, those we know among them."""
    chance = Random(6)  # noqa: S311 - names, not secrets
    surnames = ["".join(parts) for parts in product(_STARTS, _MIDDLES, _ENDS)]
    people = [
        (chance.choice(surnames), chance.choice(_GIVEN), str(chance.randrange(4 * 10**9, 5 * 10**9)))
        for _ in range(count - len(KNOWN))
    ]
    return sorted([*people, *KNOWN])


@pytest.fixture(scope="module")
def everybody() -> Finder[Person]:
    return Finder(crowd(10_000), lambda person: person)


def test_there_are_fifty_slips() -> None:
    assert len(set(SLIPS)) >= 50


@pytest.mark.parametrize(("typed", "surname"), SLIPS)
def test_whoever_is_meant_is_among_the_first_five(
    everybody: Finder[Person], typed: str, surname: str
) -> None:
    assert surname in [found.thing[0] for found in everybody.find(typed, 5)]


NAMES = (("Ann", "Brown"), ("Brown", "Ann"), ("Browne", "Bo"), ("Lebrown", "Cy"), ("Brawn", "Di"))


def names(typed: str, most: int = 9) -> list[str]:
    """Return who is found in a small crowd, in order."""
    finder = Finder(NAMES, lambda person: person, later=lambda person: person[1] == "Cy")
    return [" ".join(found.thing) for found in finder.find(typed, most)]


def test_whole_names_come_before_beginnings_others_last_and_guesses_after_all() -> None:
    assert names("brown") == ["Brown Ann", "Ann Brown", "Browne Bo", "Lebrown Cy", "Brawn Di"]


def test_guesses_are_only_made_while_there_is_room() -> None:
    assert names("brown", 4) == ["Brown Ann", "Ann Brown", "Browne Bo", "Lebrown Cy"]
    assert names("brown", 0) == []


def test_every_word_typed_has_to_be_there() -> None:
    assert names("brown ann") == ["Ann Brown", "Brown Ann"]
    assert names("brown zed") == []


def test_what_is_found_by_another_word_is_told_apart() -> None:
    finder = Finder([("Print summary", "caseload")], lambda words: words, inside=False)
    assert [found.aside for found in finder.find("caseload", 3)] == [1]
    assert [found.aside for found in finder.find("print", 3)] == [0]
    assert [(found.aside, found.is_guess) for found in finder.find("caseloda summary", 3)] == [(1, True)]


def test_a_middle_counts_only_where_it_is_wanted() -> None:
    finder = Finder([("Lock",)], lambda words: words, inside=False)
    assert finder.find("ock", 3) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Okafor", ["okafor"]),
        ("van der Meer", ["van", "der", "meer", "vandermeer"]),
        ("Smith-Jones", ["smith", "jones", "smithjones"]),
        ("", []),
    ],
)
def test_a_name_is_searched_by_its_words_and_run_together(text: str, words: list[str]) -> None:
    assert split(text) == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [("943 476 5919", ["9434765919"]), ("ok 943 47 ng", ["ok", "94347", "ng"]), ("Smith-J", ["smith", "j"])],
)
def test_digits_with_spaces_are_one_number(typed: str, words: list[str]) -> None:
    assert typed_words(typed) == words


@given(st.text(max_size=30), st.lists(st.text(max_size=12), max_size=4))
def test_nothing_typed_is_a_fault_and_nobody_is_found_twice(typed: str, people: list[str]) -> None:
    finder = Finder(people, str.split)
    places = [id(found.thing) for found in finder.find(typed, 3)]
    assert len(places) <= 3


@given(st.sampled_from(KNOWN), st.data())
def test_any_beginning_of_a_surname_finds_its_owner(person: Person, data: st.DataObject) -> None:
    finder = Finder(KNOWN, lambda each: each)
    end = data.draw(st.integers(1, len(person[0])))
    if person[0][:end].strip():
        assert person in [found.thing for found in finder.find(person[0][:end], len(KNOWN))]
