"""Booking contacts, recording how they ended, and the search for who did not attend."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from collabcare.domain.changes import Kind
from collabcare.domain.codes import AttendanceStatus, ConsultationMechanism
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.ids import ContactId, EpisodeId, LadderId
from collabcare.domain.missed_run import missed_and_not_seen
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.services.contacts import (
    LONGEST_NOTE,
    BookContact,
    Booking,
    book_contact,
    record_contact,
)
from collabcare.services.searches import LogAttempt, log_attempt
from collabcare.store.models import Contact
from tests.builders import MONDAY, day, pathway, rulebook

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def attempt(practice: Practice, episode: EpisodeId, **changes: Any) -> LogAttempt:  # noqa: ANN401 - any field
    """Return a call without an answer on the first rung of the open search."""
    ladder = practice.facts(episode).open_ladder
    made = LogAttempt(
        episode_id=episode,
        ladder_id=ladder.id if ladder else LadderId(1),
        rung=1,
        channel=Channel.CALL,
        outcome=AttemptOutcome.NO_ANSWER,
        note="Rang at noon",
    )
    return replace(made, **changes)


def kinds_due(practice: Practice, episode: EpisodeId) -> set[DueKind]:
    """Return the kinds of thing due today or later."""
    found = what_is_due(practice.facts(episode), rulebook(), today=practice.today)
    return {due.kind for due in found}


# how contacts end


@pytest.mark.parametrize("letter", ["A", "L"])
def test_a_first_contact_that_is_attended_starts_treatment(practice: Practice, letter: str) -> None:
    facts = practice.facts(practice.refer(letter))
    assert (facts.phase, facts.phase_since, len(facts.attended)) == (Phase.ACTIVE, MONDAY, 1)


@pytest.mark.parametrize("letter", ["D", "C", "P", "N"])
def test_a_first_contact_that_is_not_attended_leaves_the_patient_waiting(
    practice: Practice, letter: str
) -> None:
    facts = practice.facts(practice.refer(letter))
    assert (facts.phase, facts.attended) == (Phase.ALLOCATED, ())


def test_only_a_dna_opens_a_search(practice: Practice) -> None:
    """ATT-W1, W3 and W4: a cancellation by either side and a late arrival are not a DNA."""
    opened = {letter: practice.facts(practice.refer("A" + letter)).open_ladder for letter in "ALCPND"}
    assert {letter for letter, ladder in opened.items() if ladder} == {"D"}


def test_everything_typed_is_kept_and_signed(practice: Practice) -> None:
    episode = practice.refer()
    command = practice.contact(
        "A",
        episode,
        MONDAY,
        at=time(9, 5),
        minutes=25,
        mechanism=ConsultationMechanism.VIDEO,
        note="  Łukasz & <none> said:\r\nbetter.  ",
    )
    record_contact(command, practice.uow(), pathway())
    (found,) = practice.facts(episode).contacts
    assert (found.on, found.at, found.minutes, found.mechanism) == (MONDAY, time(9, 5), 25, "11")
    assert (found.note, found.practitioner, found.cancelled_on) == (
        "Łukasz & <none> said:\nbetter.",
        "Jo Smith",
        None,
    )


def test_the_outcome_of_a_booking_is_written_on_the_booking(practice: Practice) -> None:
    episode = practice.refer("b")
    booked = practice.last_contact(episode)
    command = practice.contact("A", episode, MONDAY, contact_id=ContactId(booked.id))
    record_contact(command, practice.uow(), pathway())
    (found,) = practice.facts(episode).contacts
    assert (found.id, found.status) == (booked.id, AttendanceStatus.ATTENDED_ON_TIME)
    with practice.refused("recorded already"):
        record_contact(command, practice.uow(), pathway())


def test_a_cancellation_ahead_of_its_day_is_kept_with_the_day_it_was_made(practice: Practice) -> None:
    episode = practice.refer("A   b")
    booked = practice.last_contact(episode)
    practice.on(day(10))
    command = practice.contact("C", episode, day(28), contact_id=ContactId(booked.id))
    record_contact(command, practice.uow(), pathway())
    found = practice.facts(episode).contacts[-1]
    assert (found.on, found.cancelled_on) == (day(28), day(10))


def test_a_cancellation_recorded_late_was_not_made_after_its_own_day(practice: Practice) -> None:
    """Otherwise the five working days for rebooking would begin when somebody gets round to typing."""
    episode = practice.refer("A")
    practice.on(day(20))
    record_contact(practice.contact("P", episode, day(7)), practice.uow(), pathway())
    assert practice.facts(episode).contacts[-1].cancelled_on == day(7)


REFUSED_CONTACTS = {
    "future": ({"on": day(1)}, "A contact in the future has no outcome yet"),
    "before birth": ({"on": date(1985, 7, 13)}, "before the patient was born"),
    "WAIT-W8 before the referral": ({"on": MONDAY - timedelta(days=8)}, "before the referral was received"),
    "no minutes": ({"minutes": None}, "how many minutes"),
    "0 minutes": ({"minutes": 0}, "Minutes run 1 to 600"),
    "601 minutes": ({"minutes": 601}, "Minutes run 1 to 600"),
    "a note too long": ({"note": "x" * (LONGEST_NOTE + 1)}, "The note is too long: 20,001 characters"),
    "no such booking": ({"contact_id": ContactId(99)}, "not in the record"),
    "no such episode": ({"episode_id": EpisodeId(99)}, "not in the record"),
    "next contact in the past": ({"next_booking": Booking(on=day(-1))}, "for today or later"),
    "next contact in three years": ({"next_booking": Booking(on=day(1000))}, "within two years"),
    "next contact of no length": ({"next_booking": Booking(on=day(7), minutes=0)}, "Minutes run 1 to 600"),
    "next contact of a day": ({"next_booking": Booking(on=day(7), minutes=1440)}, "Minutes run 1 to 600"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED_CONTACTS.values(), ids=REFUSED_CONTACTS)
def test_a_contact_that_cannot_be_is_refused_without_a_trace(
    practice: Practice, changes: dict[str, object], words: str
) -> None:
    episode = practice.refer()
    with practice.refused(words):
        record_contact(practice.contact("A", episode, MONDAY, **changes), practice.uow(), pathway())


@pytest.mark.parametrize("letter", ["A", "L", "D", "N"])
def test_what_lies_ahead_cannot_have_happened(practice: Practice, letter: str) -> None:
    episode = practice.refer()
    with practice.refused("A contact in the future has no outcome yet"):
        record_contact(practice.contact(letter, episode, day(1)), practice.uow(), pathway())


def test_the_booking_of_another_patient_is_out_of_reach(practice: Practice) -> None:
    mine, other = practice.refer("b"), practice.refer("b", surname="Li")
    booking = ContactId(practice.last_contact(other).id)
    with practice.refused("recorded already"):
        record_contact(practice.contact("A", mine, MONDAY, contact_id=booking), practice.uow(), pathway())


def test_a_missed_contact_needs_no_minutes(practice: Practice) -> None:
    episode = practice.refer()
    record_contact(practice.contact("D", episode, MONDAY, minutes=None), practice.uow(), pathway())
    assert practice.facts(episode).contacts[0].minutes is None


# the search


def test_a_dna_opens_the_ladder_in_the_same_transaction(practice: Practice) -> None:
    episode = practice.refer("AD")
    ladder = practice.facts(episode).open_ladder
    assert ladder is not None
    assert (ladder.missed_on, ladder.slot_ended, ladder.first_rung, ladder.consecutive) == (
        day(7),
        time(10, 30),
        1,
        1,
    )
    assert DueKind.REENGAGE in kinds_due(practice, episode)


def test_a_second_dna_starts_at_the_second_rung_and_counts_two_in_a_row(practice: Practice) -> None:
    """DNA-W8: missed, reached by phone, rebooked, missed again."""
    episode = practice.refer("AD")
    log_attempt(
        attempt(practice, episode, outcome=AttemptOutcome.SPOKE, next_booking=Booking(on=day(14))),
        practice.uow(),
        rulebook(),
    )
    practice.on(day(14), time(18))
    booked = ContactId(practice.last_contact(episode).id)
    record_contact(practice.contact("D", episode, day(14), contact_id=booked), practice.uow(), pathway())
    first, second = practice.facts(episode).ladders
    assert (first.closed_on, first.closed_because) == (day(7), "Reached")
    assert (second.first_rung, second.consecutive, second.closed_on) == (2, 2, None)


def test_a_second_dna_during_the_search_goes_on_as_one_search(practice: Practice) -> None:
    first, second = practice.facts(practice.refer("ADD")).ladders
    assert (first.closed_on, first.closed_because) == (day(14), "Did not attend again")
    assert (second.missed_on, second.consecutive) == (day(14), 2)


@pytest.mark.parametrize(("history", "consecutive"), [("DAD", 1), ("DCD", 2), ("DPND", 2), ("DDDD", 4)])
def test_only_being_seen_ends_a_run(practice: Practice, history: str, consecutive: int) -> None:
    ladder = practice.facts(practice.refer(history)).open_ladder
    assert ladder is not None
    assert ladder.consecutive == consecutive


def test_being_seen_ends_the_search(practice: Practice) -> None:
    facts = practice.facts(practice.refer("ADA"))
    (ladder,) = facts.ladders
    assert (ladder.closed_on, ladder.closed_because) == (day(14), "Attended")
    assert facts.open_ladder is None


def test_having_been_seen_before_the_miss_does_not_end_the_search(practice: Practice) -> None:
    """A contact of last week, typed in after the DNA, is not the patient coming back."""
    episode = practice.refer("  D")
    record_contact(practice.contact("A", episode, day(7)), practice.uow(), pathway())
    assert practice.facts(episode).open_ladder is not None


def test_a_dna_recorded_after_the_patient_was_seen_again_opens_no_search(practice: Practice) -> None:
    episode = practice.refer("A A")
    record_contact(practice.contact("D", episode, day(7)), practice.uow(), pathway())
    facts = practice.facts(episode)
    assert [c.status for c in facts.contacts] == ["5", "3", "5"]
    assert facts.ladders == ()


def test_a_dna_recorded_late_is_counted_in_the_search_that_a_later_one_opened(practice: Practice) -> None:
    """Missed on day 7 and 14, typed in the wrong way round: one search, from day 14, two in a row."""
    episode = practice.refer("A D")
    record_contact(practice.contact("D", episode, day(7)), practice.uow(), pathway())
    (ladder,) = practice.facts(episode).ladders
    assert (ladder.missed_on, ladder.consecutive, ladder.closed_on) == (day(14), 2, None)


def test_a_dna_recorded_late_opens_no_search_once_a_later_one_was_followed_up(practice: Practice) -> None:
    episode = practice.refer("A D")
    log_attempt(attempt(practice, episode, outcome=AttemptOutcome.SPOKE), practice.uow(), rulebook())
    record_contact(practice.contact("D", episode, day(7)), practice.uow(), pathway())
    (ladder,) = practice.facts(episode).ladders
    assert (ladder.missed_on, ladder.closed_because) == (day(14), "Reached")


SAME_DAY = {
    "seen after the miss": ([("D", time(9)), ("A", time(15))], False),
    "seen after the miss, typed in first": ([("A", time(15)), ("D", time(9))], False),
    "seen before the miss": ([("A", time(9)), ("D", time(15))], True),
    "seen before the miss, typed in last": ([("D", time(15)), ("A", time(9))], True),
    "seen in the morning, the time of the miss not known": ([("A", time(9)), ("D", None)], True),
    "the same, the miss typed in first": ([("D", None), ("A", time(9))], True),
    "times not known, the miss typed in last": ([("A", None), ("D", None)], True),
    "times not known, the miss typed in first": ([("D", None), ("A", None)], False),
}


@pytest.mark.parametrize(("happened", "searched"), SAME_DAY.values(), ids=SAME_DAY)
def test_on_one_day_the_times_decide_whether_the_patient_is_still_sought(
    practice: Practice, happened: list[tuple[str, time | None]], searched: bool
) -> None:
    episode = practice.refer()
    for letter, at in happened:
        practice.happen(letter, episode, MONDAY, at=at)
    facts = practice.facts(episode)
    assert (facts.open_ladder.consecutive if facts.open_ladder else 0) == int(searched)
    assert (missed_and_not_seen(facts, today=MONDAY) is not None) is searched


@pytest.mark.parametrize("outcome", AttemptOutcome)
def test_only_reaching_the_patient_ends_the_search(practice: Practice, outcome: AttemptOutcome) -> None:
    channel = {AttemptOutcome.SENT: Channel.LETTER, AttemptOutcome.DISCUSSED: Channel.GP_PRACTICE}
    episode = practice.refer("AD")
    command = attempt(practice, episode, outcome=outcome, channel=channel.get(outcome, Channel.CALL))
    changes = log_attempt(command, practice.uow(), rulebook())
    assert changes.kinds == {Kind.ATTEMPT}
    (ladder,) = practice.facts(episode).ladders
    assert (ladder.closed_on is not None) is outcome.reached
    (made,) = ladder.attempts
    assert (made.rung, made.on, made.outcome, made.by) == (1, day(7), outcome, "Jo Smith")


def test_twenty_attempts_without_an_answer_leave_the_search_open(practice: Practice) -> None:
    episode = practice.refer("AD")
    for number in range(20):
        practice.on(day(7 + number))
        log_attempt(attempt(practice, episode, rung=min(number + 1, 6)), practice.uow(), rulebook())
    ladder = practice.facts(episode).open_ladder
    assert ladder is not None
    assert len(ladder.attempts) == 20


REFUSED_ATTEMPTS = {
    "talking to the GP practice reaches nobody": (
        {"channel": Channel.GP_PRACTICE, "outcome": AttemptOutcome.SPOKE},
        "cannot come of",
    ),
    "a call is no letter": ({"outcome": AttemptOutcome.SENT}, "cannot come of"),
    "no such search": ({"ladder_id": LadderId(9)}, "not in the record"),
    "a note too long": ({"note": "x" * (LONGEST_NOTE + 1)}, "The note is too long"),
    "next contact in the past": (
        {"outcome": AttemptOutcome.SPOKE, "next_booking": Booking(on=day(6))},
        "for today or later",
    ),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED_ATTEMPTS.values(), ids=REFUSED_ATTEMPTS)
def test_an_attempt_that_cannot_be_is_refused_without_a_trace(
    practice: Practice, changes: dict[str, object], words: str
) -> None:
    episode = practice.refer("AD")
    with practice.refused(words):
        log_attempt(attempt(practice, episode, **changes), practice.uow(), rulebook())


def test_there_is_nothing_to_log_once_the_patient_was_reached(practice: Practice) -> None:
    episode = practice.refer("AD")
    command = attempt(practice, episode, outcome=AttemptOutcome.SPOKE)
    log_attempt(command, practice.uow(), rulebook())
    with practice.refused("has been reached already"):
        log_attempt(command, practice.uow(), rulebook())


def test_the_search_for_another_patient_is_out_of_reach(practice: Practice) -> None:
    mine, other = practice.refer("AD"), practice.refer("AD", surname="Li")
    command = attempt(practice, other, episode_id=mine)
    with practice.refused("has been reached already"):
        log_attempt(command, practice.uow(), rulebook())


def test_reached_and_nothing_booked_asks_for_a_new_appointment(practice: Practice) -> None:
    episode = practice.refer("AD")
    log_attempt(attempt(practice, episode, outcome=AttemptOutcome.SPOKE), practice.uow(), rulebook())
    assert DueKind.REBOOK in kinds_due(practice, episode)


# bookings


def test_a_booking_is_for_the_holder_and_has_no_outcome_yet(practice: Practice) -> None:
    """ATT-W5: what is to come has no attendance code, and never 0."""
    episode = practice.refer()
    booking = Booking(on=day(3), at=time(14), mechanism=ConsultationMechanism.VIDEO, minutes=40)
    book_contact(BookContact(episode_id=episode, booking=booking), practice.uow("amina"))
    (found,) = practice.facts(episode).contacts
    assert (found.on, found.at, found.minutes, found.status) == (day(3), time(14), 40, None)
    assert (found.practitioner, found.mechanism) == ("Jo Smith", ConsultationMechanism.VIDEO)


def test_a_booking_for_nobodys_patient_is_for_who_books_it(practice: Practice) -> None:
    episode = practice.refer(holder_id=None)
    book_contact(BookContact(episode_id=episode, booking=Booking(on=day(0))), practice.uow("sam"))
    assert practice.facts(episode).contacts[0].practitioner == "Sam Brown"


def test_a_booking_is_named_in_the_audit_trail(practice: Practice) -> None:
    episode = practice.refer()
    changes = book_contact(BookContact(episode_id=episode, booking=Booking(on=day(1))), practice.uow())
    line = practice.audit()[-1]
    assert (line.action, line.kind) == ("Book contact", Kind.CONTACT)
    assert line.subject_id == changes.made == practice.last_contact(episode).id


def test_a_next_contact_is_booked_with_the_outcome(practice: Practice) -> None:
    episode = practice.refer()
    command = practice.contact("A", episode, MONDAY, next_booking=Booking(on=day(7), at=time(9)))
    record_contact(command, practice.uow(), pathway())
    assert [c.on for c in practice.facts(episode).contacts] == [day(0), day(7)]
    assert DueKind.CONTACT not in kinds_due(practice, episode)


@pytest.mark.parametrize(("on", "words"), [(day(-1), "for today or later"), (day(731), "within two years")])
def test_a_booking_lies_between_today_and_two_years_ahead(practice: Practice, on: date, words: str) -> None:
    episode = practice.refer()
    with practice.refused(words):
        book_contact(BookContact(episode_id=episode, booking=Booking(on=on)), practice.uow())


def test_today_is_a_london_day(practice: Practice) -> None:
    """Half past eleven at night in UTC is tomorrow in London's summer."""
    episode = practice.refer()
    practice.on(date(2026, 7, 6), time(23, 30))
    book_contact(BookContact(episode_id=episode, booking=Booking(on=date(2026, 7, 7))), practice.uow())
    with practice.refused("for today or later"):
        book_contact(BookContact(episode_id=episode, booking=Booking(on=date(2026, 7, 6))), practice.uow())
    with practice.reading() as session:
        assert session.scalars(select(Contact.on_date)).all() == [date(2026, 7, 7)]
