"""Which letter a step asks for, and the step that sending it counts as."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.ids import ContactId
from collabcare.domain.reach_facts import HasteKind, ReachFacts
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_letters import (
    ATTEMPT_BY,
    GP_NOTICE,
    KEEP_IN_TOUCH,
    OFFER,
    format_met,
    letter_first,
    letters_of_step,
    rung_of_letter,
)
from collabcare.domain.search_today import search_step
from tests.builders import MONDAY, attempt, contact, day, facts, patient
from tests.builders_reach import does, haste, rules, sought

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.search_today import SearchStep

PROMPT = (haste(HasteKind.SAFEGUARDING),)
SENT = {"channel": Channel.LETTER, "outcome": AttemptOutcome.SENT}


def step(of: EpisodeFacts) -> SearchStep:
    found = search_step(of, rules(), today=MONDAY + timedelta(days=30))
    assert found is not None
    return found


def up_to(rung: int, *, prompt: bool = False) -> EpisodeFacts:
    """Return somebody sought, with every step before one done as it is to be done."""
    of = sought(attempts=tuple(each for n in range(1, rung) for each in does(n, prompt=prompt)))
    return replace(of, haste=PROMPT) if prompt else of


def booked(of: EpisodeFacts) -> EpisodeFacts:
    """Return somebody with an appointment to come."""
    return replace(of, contacts=(*of.contacts, contact("b", day(9), id=ContactId(9))))


@pytest.mark.parametrize(
    ("of", "letters", "first"),
    [
        pytest.param(up_to(1), (), "", id="Standard 1, a call"),
        pytest.param(up_to(3), (OFFER,), OFFER, id="Standard 3, the offer"),
        pytest.param(up_to(4), (GP_NOTICE,), "", id="Standard 4, the GP"),
        pytest.param(up_to(5), (KEEP_IN_TOUCH,), KEEP_IN_TOUCH, id="Standard 5, keeping in touch"),
        pytest.param(up_to(6), (), "", id="Standard 6, a review"),
        pytest.param(up_to(3, prompt=True), (GP_NOTICE,), "", id="Prompt 3, the GP"),
        pytest.param(up_to(4, prompt=True), (), "", id="Prompt 4, nothing to write of yet"),
        pytest.param(booked(up_to(4, prompt=True)), (OFFER,), OFFER, id="Prompt 4, a firm appointment"),
    ],
)
def test_a_step_asks_for_its_letter(of: EpisodeFacts, letters: tuple[str, ...], first: str) -> None:
    found = step(of)
    assert letters_of_step(of, rules(), found) == letters
    assert letter_first(of, rules(), found) == first


def test_somebody_without_a_telephone_is_written_to_where_a_step_begins_with_a_call() -> None:
    of = up_to(1)
    silent = replace(of, patient=patient(telephone=None))
    assert letter_first(silent, rules(), step(silent)) == OFFER
    two = replace(of, patient=patient(telephone=None, other_telephone="0113 496 0000"))
    assert letter_first(two, rules(), step(two)) == ""
    unsafe = replace(silent, reach=ReachFacts(letters_safe=False))
    assert letter_first(unsafe, rules(), step(unsafe)) == ""


@pytest.mark.parametrize(
    "reach",
    [
        pytest.param(ReachFacts(letters_safe=False), id="not safe"),
        pytest.param(ReachFacts(accommodation="HM06"), id="a refuge"),
    ],
)
def test_no_letter_is_asked_for_to_where_it_is_not_safe(reach: ReachFacts) -> None:
    of = replace(up_to(3), reach=reach)
    assert letters_of_step(of, rules(), step(of)) == ()
    assert letter_first(of, rules(), step(of)) == ""
    to_gp = replace(up_to(4), reach=reach)
    assert letters_of_step(to_gp, rules(), step(to_gp)) == (GP_NOTICE,)


def test_keeping_in_touch_counts_as_the_step_that_waits_whenever_it_goes() -> None:
    early = up_to(4)
    assert rung_of_letter(KEEP_IN_TOUCH, rules(), step(early)) == 5
    assert rung_of_letter(OFFER, rules(), step(early)) == 4
    after = replace(early, ladders=(replace(early.ladders[0], attempts=(attempt(5, MONDAY, **SENT),)),))
    assert step(after).rung.number == 1


@pytest.mark.parametrize(
    ("reach", "large", "met"),
    [
        pytest.param(ReachFacts(), False, False, id="nobody asked"),
        pytest.param(ReachFacts(information_formats=("standard",)), False, True, id="standard"),
        pytest.param(ReachFacts(information_formats=("standard",)), True, False, id="large for standard"),
        pytest.param(ReachFacts(information_formats=("large_print_16",)), True, True, id="16 pt"),
        pytest.param(ReachFacts(information_formats=("large_print_16",)), False, True, id="AIS-W1"),
        pytest.param(ReachFacts(information_formats=("large_print_24",)), True, True, id="24 pt"),
        pytest.param(ReachFacts(information_formats=("papyrus",)), False, False, id="nothing we know"),
        pytest.param(ReachFacts(information_formats=("braille",)), True, False, id="Braille"),
        pytest.param(
            ReachFacts(information_formats=("standard",), interpreter_language="pl"),
            False,
            False,
            id="Polish",
        ),
    ],
)
def test_what_we_print_is_the_format_needed_only_where_that_is_known(
    reach: ReachFacts, *, large: bool, met: bool
) -> None:
    assert format_met(facts(reach=reach), large_print=large) is met


def test_the_letters_of_a_search_are_logged_as_what_they_are() -> None:
    assert ATTEMPT_BY == {
        OFFER: Channel.LETTER,
        KEEP_IN_TOUCH: Channel.LETTER,
        GP_NOTICE: Channel.GP_PRACTICE,
    }
