"""A day of death that can be, and what it leaves for a person to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from collabcare.domain.another_person import begins_at
from collabcare.domain.attendance import CancellationReason
from collabcare.domain.case_people import Account, CasePeople, DeathNoted
from collabcare.domain.deaths import (
    died_unseen,
    refuse_death,
    refuse_ending_unseen,
    refuse_second_death,
    refuse_taking_back,
    what_follows,
)
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import UserId
from tests.builders import MONDAY, day, facts

BORN = date(1985, 7, 14)


@pytest.mark.parametrize(
    ("on", "words"),
    [(day(8), "in the future"), (date(1985, 7, 13), "before the date of birth"), (day(6), "attended")],
)
def test_a_day_of_death_that_cannot_be(on: date, words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        refuse_death(on, [facts("AA")], birth_date=BORN, today=day(7))


@pytest.mark.parametrize("history", ["AA", "AD", "AC", "A", ""])
def test_a_death_on_the_last_day_they_were_seen_or_after_it_can_be(history: str) -> None:
    refuse_death(day(7), [facts(history)], birth_date=BORN, today=day(7))


def test_a_missed_appointment_after_it_does_not_speak_against_it() -> None:
    refuse_death(MONDAY, [facts("AD")], birth_date=BORN, today=day(7))


def test_a_death_is_recorded_once_and_taken_back_only_then() -> None:
    refuse_second_death(None)
    refuse_taking_back(MONDAY, ended_with_it=False)
    with pytest.raises(RuleViolation, match="recorded already"):
        refuse_second_death(MONDAY)
    with pytest.raises(RuleViolation, match="nothing to take back"):
        refuse_taking_back(None, ended_with_it=False)
    with pytest.raises(RuleViolation, match="A supervisor who did not end it"):
        refuse_taking_back(MONDAY, ended_with_it=True)


@pytest.mark.parametrize(
    ("history", "diary"),
    [("A", ""), ("Ab", "1 appointment will be"), ("ADb", "2 appointments will be")],
)
def test_what_follows_says_that_nothing_is_closed(history: str, diary: str) -> None:
    suggestion = what_follows(facts(history), day(5))
    assert diary in suggestion.sentence
    assert "This episode stays open until you close it" in suggestion.sentence
    assert suggestion.rule
    assert suggestion.source
    assert suggestion.used[0].value == day(5)


@pytest.mark.parametrize(("history", "unseen"), [("", False), ("AC", False), ("AD", True), ("ADA", False)])
def test_who_was_not_seen_since_a_miss_died_unseen(history: str, *, unseen: bool) -> None:
    assert died_unseen(facts(history)) is unseen


@pytest.mark.parametrize(
    ("history", "died_on", "unseen"),
    [("Ab", day(8), True), ("Ab", None, False), ("Ab", day(6), False), ("AbA", day(14), False)],
)
def test_what_nobody_wrote_up_before_a_death_may_have_been_missed(
    history: str, died_on: date | None, *, unseen: bool
) -> None:
    of = facts(history)
    assert died_unseen(replace(of, patient=replace(of.patient, died_on=died_on))) is unseen


def test_another_person_than_whoever_recorded_it_ends_care() -> None:
    jo, sam, lee, now = UserId(2), UserId(3), UserId(4), begins_at(day(9), time(9))
    made = (Account(lee, jo, begins_at(day(8), None)), Account(sam, jo, begins_at(day(1), None)))
    of = facts("AD", people=CasePeople(accounts=made, death=DeathNoted(frozenset({jo}), now)))
    died = replace(of, patient=replace(of.patient, died_on=day(8)))
    refuse_ending_unseen(died, sam, now=now)
    with pytest.raises(RuleViolation, match="Record the death first"):
        refuse_ending_unseen(of, sam, now=now)
    for one in (jo, lee):
        with pytest.raises(RuleViolation, match="somebody other than whoever recorded the death"):
            refuse_ending_unseen(died, one, now=now)
    seen = facts("ADA", people=of.people)
    refuse_ending_unseen(replace(seen, patient=replace(seen.patient, died_on=day(20))), jo, now=now)


@pytest.mark.parametrize(("hour", "unseen"), [(9, False), (11, True), (None, True)])
def test_what_had_begun_when_the_death_cancelled_it_may_have_been_missed(
    hour: int | None, *, unseen: bool
) -> None:
    of = facts("AC")
    gone = replace(of.contacts[1], cancelled_on=day(7), cancellation_reason=CancellationReason.CLINICAL)
    noted = DeathNoted(at=None if hour is None else begins_at(day(7), time(hour)))
    died = replace(of, contacts=(of.contacts[0], gone), patient=replace(of.patient, died_on=day(7)))
    assert died_unseen(replace(died, people=CasePeople(death=noted))) is unseen
    in_advance = replace(gone, cancelled_on=day(6))
    assert not died_unseen(replace(died, contacts=(of.contacts[0], in_advance)))
