"""The facts of a letter, in the words they are printed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from collabcare.documents.letter_facts import (
    HOW_WORDS,
    formal_name,
    letter_facts,
    moves_in_letter,
    postal_lines,
)
from collabcare.domain.codes import ConsultationMechanism, ReferralSource
from collabcare.domain.letters import LETTER_FACTS
from collabcare.domain.reengagement import AttemptOutcome, Channel
from tests.builders import attempt, contact, day, facts, ladder, move, patient
from tests.documents.letterbox import SITE, in_care, sought, source


def test_the_facts_are_exactly_those_a_letter_may_name() -> None:
    assert letter_facts(source(facts())).keys() == LETTER_FACTS.keys()
    assert letter_facts(source(in_care())).keys() == LETTER_FACTS.keys()
    assert letter_facts(source(sought())).keys() == LETTER_FACTS.keys()


def test_every_way_of_meeting_has_words() -> None:
    assert HOW_WORDS.keys() == set(ConsultationMechanism)


def test_somebody_in_care() -> None:
    found = letter_facts(source(in_care()))
    assert {name: found[name] for name in ("patient.formal", "patient.born", "care.seen_times")} == {
        "patient.formal": "Ms Okafor",
        "patient.born": "14 July 1985",
        "care.seen_times": "7",
    }
    assert found["patient.nhs_number"] == "999\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}0018"
    assert (found["next.on"], found["next.at"], found["next.how"]) == (
        "Monday 16 March 2026",
        "2:30pm",
        "by video",
    )
    assert (found["care.missed_once"], found["care.missed_times"]) == ("yes", "")
    assert found["missed.on"] == ""


def test_what_is_not_known_is_blank_and_never_a_zero_or_none() -> None:
    found = letter_facts(source(facts(patient=patient(telephone=None, nhs_number=None))))
    blank = {"patient.telephone", "patient.nhs_number", "care.seen_times", "care.seen_once", "next.on"}
    assert {found[name] for name in blank} == {""}
    assert not {"None", "0"} & set(found.values())


def test_somebody_we_are_trying_to_reach() -> None:
    found = letter_facts(source(sought(), day(28)))
    assert (found["missed.on"], found["missed.at"]) == ("Monday 26 January 2026", "10am")
    assert (found["attempts.times"], found["attempts.how"]) == ("3 times", "by telephone and by text message")
    assert found["missed.several"] == ""
    assert found["missed.by_telephone"] == "yes"


def test_only_attempts_to_reach_the_patient_are_counted() -> None:
    tried = (
        attempt(3, channel=Channel.GP_PRACTICE, outcome=AttemptOutcome.DISCUSSED),
        attempt(3, channel=Channel.SUPERVISION, outcome=AttemptOutcome.DISCUSSED),
        attempt(3, channel=Channel.VISIT),
    )
    found = letter_facts(source(facts("D", ladders=(ladder(attempts=tried),))))
    assert (found["attempts.times"], found["attempts.how"]) == ("once", "by a visit")


def test_a_search_that_is_over_is_no_longer_told() -> None:
    over = ladder(closed_on=day(3), closed_because="Reached")
    assert letter_facts(source(facts("D", ladders=(over,))))["missed.on"] == ""


@pytest.mark.parametrize(
    ("referrer", "by_gp", "by_patient"),
    [(ReferralSource.GP, "yes", ""), (ReferralSource.SELF, "", "yes"), (ReferralSource.HOUSING, "", "")],
)
def test_who_referred(referrer: ReferralSource, by_gp: str, by_patient: str) -> None:
    found = letter_facts(source(facts(referral_source=referrer)))
    assert (found["referral.by_gp"], found["referral.by_patient"]) == (by_gp, by_patient)


def test_a_letter_tells_of_every_move_the_gp_has_not_heard_of() -> None:
    start = move(day(0), from_step=None)
    told, first, second = (move(day(n)) for n in (1, 2, 3))
    told = replace(told, gp_informed_on=day(1))
    assert moves_in_letter(source(facts(step_moves=(start, told, first, second)))) == (first, second)
    assert moves_in_letter(source(facts(step_moves=(start, told)))) == (told,)
    assert moves_in_letter(source(facts(step_moves=(start,)))) == ()


@pytest.mark.parametrize(
    ("reason", "printed"), [("Better", "Better."), ("Better. ", "Better."), ("Why wait?", "Why wait?")]
)
def test_a_reason_ends_as_a_sentence(reason: str, printed: str) -> None:
    found = letter_facts(source(facts(step_moves=(move(reason=reason),))))
    assert found["move.reason"] == printed


@pytest.mark.parametrize(
    ("address", "postcode", "lines"),
    [
        (("4 Mill Lane", "Leeds"), "ls1 1aa", ("4 Mill Lane", "Leeds", "LS1 1AA")),
        (("4 Mill Lane", "LS1 1AA"), "LS1 1AA", ("4 Mill Lane", "LS1 1AA")),
        (("4 Mill Lane", "ls11aa"), "LS1 1AA", ("4 Mill Lane", "LS1 1AA")),
        (("4 Mill Lane", " "), None, ("4 Mill Lane",)),
        ((), None, ()),
    ],
)
def test_the_postcode_stands_last_and_once(
    address: tuple[str, ...], postcode: str | None, lines: tuple[str, ...]
) -> None:
    assert postal_lines(address, postcode) == lines


def test_somebody_without_a_title_is_addressed_in_full() -> None:
    assert formal_name(patient(title=None)) == "Ngozi Okafor"


def test_a_contact_booked_for_today_is_the_next_one() -> None:
    booked = contact("b", day(0), at=time(9, 5))
    found = letter_facts(source(facts(contacts=(booked,)), day(0)))
    assert (found["next.on"], found["next.at"]) == ("Monday 5 January 2026", "9:05am")


def test_a_service_without_a_telephone() -> None:
    assert letter_facts(source(facts(), site=replace(SITE, telephone=None)))["service.telephone"] == ""


def test_the_log_has_each_try_with_its_day_and_way_the_practice_and_all_searches_of_the_run() -> None:
    found = letter_facts(source(sought(), day(28)))
    assert found["attempts.log"] == (
        "26 January 2026 by telephone, 28 January 2026 by text message and 29 January 2026 by telephone"
    )
    assert letter_facts(source(in_care()))["attempts.log"] == ""
