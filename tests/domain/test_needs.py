"""When to ask about communication needs, and an appointment that needs an interpreter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.needs import interpreter_to_book, interpreter_words, needs_to_ask, needs_to_share
from collabcare.domain.reach_facts import ReachFacts
from tests.builders import MONDAY
from tests.builders_reach import policy

POLICY = policy().reach
ASKED = ReachFacts(
    information_formats=("standard",), communication_methods=("none_needed",), needs_reviewed_on=MONDAY
)
POLISH = ReachFacts(interpreter_language="pl", needs_reviewed_on=MONDAY)


def test_nobody_asked_yet() -> None:
    """AIS-W4: no preference recorded asks for the question."""
    found = needs_to_ask(ReachFacts(), POLICY, today=MONDAY)
    assert found is not None
    assert "Nobody has asked" in found.sentence
    assert found.source == POLICY.source


@pytest.mark.parametrize(
    ("reach", "about"),
    [
        (replace(ASKED, information_formats=()), "about the format of letters yet"),
        (replace(ASKED, communication_methods=()), "about the way of talking together yet"),
        (POLISH, "about the format of letters and the way of talking together yet"),
        (ReachFacts(information_formats=("braille",)), "about the way of talking together yet"),
        (replace(ASKED, needs_reviewed_on=None), "Nobody noted when"),
    ],
)
def test_what_was_left_out_when_somebody_asked_is_still_to_ask(reach: ReachFacts, about: str) -> None:
    """AIS-W4: a day on which needs were asked about is no answer about the format."""
    found = needs_to_ask(reach, POLICY, today=MONDAY)
    assert found is not None
    assert about in found.sentence


@pytest.mark.parametrize(
    ("today", "again"),
    [
        (date(2026, 3, 1), False),
        (date(2027, 1, 31), False),
        (date(2027, 2, 1), True),
        (date(2030, 1, 1), True),
    ],
)
def test_an_answer_holds_for_a_year(today: date, again: bool) -> None:
    reach = replace(ASKED, needs_reviewed_on=date(2026, 1, 31))
    found = needs_to_ask(reach, POLICY, today=today)
    assert (found is not None) is again
    if found is not None:
        assert "31-Jan-2026" in found.sentence


@given(asked=st.dates(date(2020, 1, 1), date(2030, 1, 1)), days=st.integers(0, 1000))
def test_what_is_to_be_asked_again_stays_so_until_it_is(asked: date, days: int) -> None:
    reach = replace(ASKED, needs_reviewed_on=asked)
    first = date.fromordinal(asked.toordinal() + days)
    later = date.fromordinal(first.toordinal() + 1)
    if needs_to_ask(reach, POLICY, today=first) is not None:
        assert needs_to_ask(reach, POLICY, today=later) is not None


@pytest.mark.parametrize("booked", [None, False])
def test_an_interpreter_is_needed_and_none_is_booked(booked: bool | None) -> None:
    """AIS-W5; nobody noted it is no yes."""
    found = interpreter_to_book(POLISH, POLICY, booked=booked, on=MONDAY)
    assert found is not None
    assert found.sentence == "They need an interpreter (Polish), and none is booked."
    assert [used.words for used in found.used][-1] == (
        "Interpreter booked: not recorded" if booked is None else "Interpreter booked: no"
    )


def test_no_warning_where_none_is_needed_or_one_is_booked() -> None:
    assert interpreter_to_book(ReachFacts(), POLICY, booked=None) is None
    assert interpreter_to_book(POLISH, POLICY, booked=True) is None


def test_an_interpreter_in_words() -> None:
    assert interpreter_words(ReachFacts()) == ""
    whole = replace(POLISH, interpreter_dialect="Silesian", interpreter_gender="a woman")
    assert interpreter_words(whole) == "Polish, Silesian, rather a woman"
    assert interpreter_words(replace(POLISH, interpreter_gender="either")) == "Polish"


def test_what_is_needed_is_told_to_who_cares_for_them_as_well() -> None:
    assert needs_to_share(ReachFacts()) == ""
    assert needs_to_share(ASKED) == ""
    several = ReachFacts(
        information_formats=("large_print_18", "bsl_video"),
        communication_methods=("bsl", "writing"),
        interpreter_language="q4",
        carer_support="her sister",
    )
    assert needs_to_share(several) == (
        "interpreter: British Sign Language; letters and leaflets: large print 18 pt, BSL video; "
        "talking together: BSL, writing notes; support from a carer: her sister"
    )
