"""What is shown, in words; and text on its way into a spreadsheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.caseload_columns import caseload_columns
from collabcare.domain.caseload_filters import CaseloadFilter, Whose
from collabcare.domain.caseload_layout import Asked
from collabcare.domain.caseload_words import asked_words, chosen_sentence, shown_sentence, sorted_words
from collabcare.domain.ids import UserId
from collabcare.domain.spreadsheet import FORMULA_STARTS, harmless
from tests.builders import rulebook

POLICY = rulebook().caseload


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked(), ""),
        (Asked(whose=Whose.MINE), "mine"),
        (Asked(whose=Whose.NOBODYS, filter=CaseloadFilter.OVERDUE), "held by nobody, overdue"),
        (
            Asked(whose=Whose.COLLEAGUES, colleague=UserId(3), filter=CaseloadFilter.NO_CONTACT),
            "held by Sam Brown, no contact in 14 days",
        ),
        (Asked(search="  elm "), "“elm”"),
        (Asked(practice="Elm Tree Surgery", search="x"), "registered with Elm Tree Surgery, “x”"),
    ],
)
def test_what_was_asked(asked: Asked, words: str) -> None:
    assert asked_words(asked, POLICY, "Sam Brown") == words


def test_the_sentence_says_how_many_of_how_many_and_why() -> None:
    assert shown_sentence(12, 87, "overdue") == "Showing 12 of 87 – overdue"
    assert shown_sentence(1200, 1200, "") == "Showing 1,200 of 1,200"
    assert chosen_sentence(3, 87, "mine") == "3 chosen of 87 – from mine"
    assert chosen_sentence(3, 87, "") == "3 chosen of 87"


def test_how_it_is_sorted() -> None:
    due = next(each for each in caseload_columns(rulebook()) if each.id == "due")
    assert sorted_words((due, True)) == "Sorted by Due, latest first"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\n=1",
        "\N{NO-BREAK SPACE}=1",
        "\N{FULLWIDTH EQUALS SIGN}1",
        "=cmd|'/c'!A1",
    ],
)
def test_a_formula_becomes_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@given(st.text(max_size=20))
def test_no_text_comes_out_as_a_formula_and_none_is_changed_otherwise(text: str) -> None:
    made = harmless(text)
    assert made.removeprefix("'") == text.removeprefix("'") or made == f"'{text}"
    assert not made.lstrip(" \n\N{NO-BREAK SPACE}").startswith(FORMULA_STARTS)


@pytest.mark.parametrize("text", ["", "O'BRIEN, Siobhán", "−9 (−50%)", "1 day overdue"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert harmless(text) == text
