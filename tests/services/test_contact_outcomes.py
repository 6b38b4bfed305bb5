"""What is recorded with the outcome of a contact, and what the codes do."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.attendance import CancellationReason
from collabcare.domain.codes import AppointmentType
from collabcare.domain.deaths import SEARCH_ENDED
from collabcare.domain.demographics import InterpreterAtContact
from collabcare.domain.ids import ContactId
from collabcare.domain.missed_thoughts import Answer, Ask
from collabcare.services.contacts import BookContact, Booking, book_contact, record_contact
from collabcare.services.deaths import RecordDeath, record_death
from tests.builders import MONDAY, day, pathway

if TYPE_CHECKING:
    from collabcare.domain.facts import ContactFact
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

SLOT = datetime.combine(MONDAY, time(10), UTC)


def record(practice: Practice, letter: str, episode: EpisodeId, login: str = "jo", **changes: Any) -> None:  # noqa: ANN401 - any field
    record_contact(practice.contact(letter, episode, MONDAY, **changes), practice.uow(login), pathway())


def last(practice: Practice, episode: EpisodeId) -> ContactFact:
    return practice.facts(episode).contacts[-1]


def test_what_it_was_for_and_with_whom_is_kept(practice: Practice) -> None:
    episode = practice.refer()
    record(
        practice,
        "A",
        episode,
        appointment_type=AppointmentType.REVIEW,
        group=True,
        joint=True,
        interpreter=InterpreterAtContact.PROFESSIONAL,
    )
    found = last(practice, episode)
    assert (found.appointment_type, found.group, found.joint, found.interpreter) == ("04", True, True, "1")


def test_an_outcome_that_does_not_say_leaves_the_booking_as_it_was(practice: Practice) -> None:
    episode = practice.refer()
    slot = Booking(on=MONDAY, at=time(10), appointment_type=AppointmentType.TREATMENT, group=True, joint=True)
    made = book_contact(BookContact(episode_id=episode, booking=slot), practice.uow()).made
    record(practice, "A", episode, contact_id=ContactId(made or 0), joint=False)
    found = last(practice, episode)
    assert (found.appointment_type, found.group, found.joint) == ("02", True, False)


def test_was_not_brought_is_a_missed_contact_that_asks_us_to_act_soon(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(7), time(18))
    missed = practice.contact("D", episode, day(7), was_not_brought=True)
    record_contact(missed, practice.uow(), pathway())
    facts = practice.facts(episode)
    assert (facts.contacts[-1].was_not_brought, facts.open_ladder is not None) == (True, True)
    with practice.refused("belongs to a missed appointment only"):
        record(practice, "A", episode, at=time(12), was_not_brought=True)


def test_a_miss_that_has_somebody_sought_is_saved_only_with_what_was_thought_about(
    practice: Practice,
) -> None:
    episode = practice.refer("A")
    practice.on(day(8), time(18))
    with practice.refused("each by itself: children and safeguarding thought about; told in the right"):
        record(practice, "D", episode, on=day(8), thought_of={Ask.GP: Answer.NO})
    assert practice.facts(episode).open_ladder is None
    answers = dict.fromkeys(Ask, Answer.NOT_KNOWN)
    record(practice, "D", episode, on=day(8), thought_of=answers, note="Rang")
    assert last(practice, episode).note.splitlines() == [
        "Rang",
        "Safety formulation and plan: none yet.",
        "Answers about safety: none yet.",
        "Children and safeguarding thought about: not known.",
        "Told in the right format and language: not known.",
        "GP aware: not known.",
    ]
    with practice.refused("each by itself"):
        record(practice, "D", episode, on=day(8), at=time(11, 0), thought_of={})


def test_who_was_seen_since_or_has_died_is_not_sought_so_nothing_has_to_be_answered(
    practice: Practice,
) -> None:
    seen = practice.refer(" A")
    practice.on(day(8))
    record(practice, "D", seen, on=day(1), thought_of={})
    died = practice.refer("A")
    practice.on(day(9))
    patient = practice.facts(died).patient
    dead = RecordDeath(patient_id=patient.patient_id, seen=patient.version, died_on=day(9), told_by="Her son")
    record_death(dead, practice.uow())
    record(practice, "D", died, on=day(8), thought_of={})
    assert practice.facts(seen).open_ladder is practice.facts(died).open_ladder is None


def test_word_after_the_slot_is_a_missed_contact_that_says_so(practice: Practice) -> None:
    """ATT-W2."""
    episode = practice.refer()
    record(practice, "D", episode, told_at=SLOT + timedelta(hours=1))
    assert last(practice, episode).contacted_after is True
    with practice.refused("so it was not cancelled"):
        record(practice, "C", episode, at=time(8), told_at=SLOT)


def test_word_before_the_slot_is_no_missed_contact(practice: Practice) -> None:
    """ATT-W1."""
    episode = practice.refer()
    with practice.refused("so it was not missed"):
        record(practice, "D", episode, told_at=SLOT - timedelta(hours=2))
    record(practice, "C", episode, told_at=SLOT - timedelta(hours=2))
    assert practice.facts(episode).open_ladder is None


def test_an_interpreter_who_did_not_come_is_not_held_against_the_patient(practice: Practice) -> None:
    episode = practice.refer("A")
    absent = InterpreterAtContact.DID_NOT_ATTEND
    with practice.refused("the patient did not miss it"):
        record(practice, "D", episode, at=time(12), interpreter=absent)
    record(practice, "P", episode, at=time(12), interpreter=absent)
    facts = practice.facts(episode)
    assert (facts.contacts[-1].interpreter, facts.ladders) == ("5", ())


@pytest.mark.parametrize("letter", ["C", "P"])
def test_a_cancellation_keeps_its_day_and_its_reason(practice: Practice, letter: str) -> None:
    episode = practice.refer()
    record(
        practice, letter, episode, cancelled_on=day(-2), cancellation_reason=CancellationReason.NON_CLINICAL
    )
    found = last(practice, episode)
    assert (found.cancelled_on, found.cancellation_reason) == (day(-2), "02")


CLINICAL = CancellationReason.CLINICAL
REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "a day without a reason": ("C", {"cancelled_on": MONDAY}, "whether the reason was clinical"),
    "a reason without a day": ("P", {"cancellation_reason": CLINICAL}, "Record the day it was cancelled"),
    "a reason of what was seen": ("A", {"cancellation_reason": CLINICAL}, "Only a cancelled appointment"),
    "cancelled tomorrow": (
        "P",
        {"cancelled_on": day(1), "cancellation_reason": CLINICAL},
        "still to come",
    ),
    "told after its day": (
        "C",
        {"cancelled_on": day(1), "cancellation_reason": CLINICAL},
        "so it was not cancelled",
    ),
    "in touch after what was seen": ("A", {"contacted_after": True}, "belongs to a missed appointment"),
}


@pytest.mark.parametrize(("letter", "changes", "words"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_go_together_is_refused(
    practice: Practice, letter: str, changes: dict[str, Any], words: str
) -> None:
    episode = practice.refer()
    with practice.refused(words):
        record(practice, letter, episode, **changes)


def test_two_people_recording_one_contact_record_it_once(practice: Practice) -> None:
    episode = practice.refer()
    practice.on(MONDAY, time(18))
    record(practice, "A", episode)
    for letter in "AD":
        with practice.refused("The outcome of 10:00 that day is recorded already"):
            record(practice, letter, episode, login="amina")
    record(practice, "A", episode, login="amina", at=time(11))
    assert len(practice.facts(episode).contacts) == 2


def test_without_a_time_only_the_same_words_of_another_are_the_same_contact(practice: Practice) -> None:
    episode = practice.refer()
    record(practice, "A", episode, at=None, note="Rang")
    with practice.refused("Somebody else recorded this contact already"):
        record(practice, "A", episode, login="amina", at=None, note="Rang")
    record(practice, "A", episode, login="amina", at=None, note="Rang again")


def test_a_contact_entered_in_error_is_in_nobodys_way(practice: Practice) -> None:
    episode = practice.refer("A")
    with practice.reading() as session:
        connection = session.connection()
        connection.exec_driver_sql("update contact set voided_reason = 'Another patient'")
        connection.exec_driver_sql("commit")
    practice.on(MONDAY, time(18))
    record(practice, "A", episode)


def test_nobody_who_died_misses_or_is_booked(practice: Practice) -> None:
    """ATT-W6: what they did not live to attend was cancelled on their behalf, and the search ended."""
    episode = practice.refer("AD")
    patient = practice.facts(episode).patient
    practice.on(day(9), time(18))
    dead = RecordDeath(
        patient_id=patient.patient_id, seen=patient.version, died_on=day(8), told_by="Her sister"
    )
    record_death(dead, practice.uow())
    assert practice.facts(episode).ladders[0].closed_because == SEARCH_ENDED
    with practice.refused("had died by then"):
        record_contact(practice.contact("D", episode, day(9)), practice.uow(), pathway())
    with practice.refused("nothing can be booked"):
        book_contact(BookContact(episode_id=episode, booking=Booking(on=day(10))), practice.uow())
    record_contact(practice.contact("C", episode, day(9)), practice.uow(), pathway())


def test_whoever_first_sees_a_patient_nobody_holds_holds_them(practice: Practice) -> None:
    episode = practice.refer(holder_id=None)
    record(practice, "D", episode, login="sam", at=time(8))
    assert practice.facts(episode).holder is None
    record(practice, "A", episode, login="sam")
    assert practice.facts(episode).holder == "Sam Brown"
