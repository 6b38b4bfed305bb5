"""Moving an appointment, on the real record: one act, the old time kept, and nothing cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.attendance import Side
from collabcare.domain.changes import Kind
from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.errors import NotAllowed, StaleRecord
from collabcare.domain.ids import ContactId
from collabcare.domain.loop_rates import loop_measures
from collabcare.domain.moving import Slot
from collabcare.domain.periods import Period
from collabcare.queries.loop import loop_episodes
from collabcare.queries.timeline import timeline
from collabcare.queries.timeline_entry import EntryKind
from collabcare.services.closing_reviews import OpenClosingReview, open_closing_review
from collabcare.services.contact_corrections import VoidContact, void_contact
from collabcare.services.contacts import Booking, record_contact
from collabcare.services.interpreters import NoteInterpreter, note_interpreter
from collabcare.services.moving import MoveAppointment, move_appointment
from collabcare.store.models import Contact
from tests.builders import MONDAY, day, pathway
from tests.builders_loop import loop_policy

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

THURSDAY = Booking(on=day(17), at=time(15, 30), mechanism=ConsultationMechanism.VIDEO, minutes=40)


def booked(practice: Practice, history: str = "A", on: date | None = None) -> EpisodeId:
    """Let this happen, and book an appointment at ten, in two weeks where no day is given."""
    episode = practice.refer(history)
    practice.happen("b", episode, on or day(14))
    return episode


def move(practice: Practice, episode: EpisodeId, login: str = "jo", **changes: Any) -> int | None:  # noqa: ANN401 - any field
    """Move the only booking there is, as the patient asked today."""
    (slot,) = (each for each in practice.facts(episode).contacts if each.status is None)
    asked = MoveAppointment(
        contact_id=slot.id,
        seen=slot.row_version,
        asked_by=Side.PATIENT,
        asked_on=practice.today,
        booking=THURSDAY,
    )
    return move_appointment(replace(asked, **changes), practice.uow(login)).made


def test_it_is_one_appointment_at_its_new_time_and_the_old_one_is_kept(practice: Practice) -> None:
    episode = booked(practice)
    practice.on(day(8))
    since = practice.audit()[-1].id
    made = move(practice, episode, "amina", note="Works\non Mondays now ")
    facts = practice.facts(episode)
    (slot,) = (each for each in facts.contacts if each.status is None)
    assert (slot.id, slot.on, slot.at, slot.mechanism, slot.minutes) == (
        *(made, day(17), time(15, 30)),
        *(ConsultationMechanism.VIDEO, 40),
    )
    assert slot.practitioner == "Jo Smith", "whoever was to hold it still is"
    (told,) = facts.moves
    assert (told.was, told.to) == (Slot(day(14), time(10, 0)), Slot(day(17), time(15, 30)))
    assert (told.moved_on, told.asked_by, told.note) == (day(8), Side.PATIENT, "Works\non Mondays now")
    assert [(line.kind, line.action, line.subject_id) for line in practice.audit(since)] == [
        (Kind.CONTACT, "Move appointment", told.id),
        (Kind.CONTACT, "Move appointment", made),
    ]


@pytest.mark.parametrize("side", Side)
def test_however_often_it_is_moved_nothing_counts_as_cancelled(practice: Practice, side: Side) -> None:
    """Codes 2 and 4 of the NHS Data Dictionary are of appointments that fell through; this one goes on."""
    episode = booked(practice)
    practice.on(day(8))
    for on in (day(15), day(16), day(17)):
        move(practice, episode, asked_by=side, booking=Booking(on=on))
    facts = practice.facts(episode)
    assert (len(facts.moves), [each.status for each in facts.contacts]) == (3, ["5", None])
    due = what_is_due(facts, practice.rulebook, today=practice.today)
    assert DueKind.REBOOK not in {each.kind for each in due}
    assert not any("ancelled" in each.why for each in due)


def test_a_cancellation_by_us_rebooked_at_once_leaves_nothing_to_rebook(practice: Practice) -> None:
    episode, other = booked(practice), booked(practice)
    practice.on(day(8))
    for who, following in ((episode, Booking(on=day(16))), (other, None)):
        slot = practice.facts(who).contacts[-1]
        cancelled = practice.contact("P", who, slot.on, contact_id=slot.id, next_booking=following)
        record_contact(cancelled, practice.uow(), pathway())
    kinds = [
        {each.kind for each in what_is_due(practice.facts(who), practice.rulebook, today=practice.today)}
        for who in (episode, other)
    ]
    assert [DueKind.REBOOK in each for each in kinds] == [False, True]


def test_the_contact_clock_is_as_it_was(practice: Practice) -> None:
    episode = booked(practice)
    practice.on(day(8))
    before = practice.facts(episode)
    move(practice, episode)
    after = practice.facts(episode)
    assert before.attended == after.attended
    assert (after.ladders, after.phase_since) == ((), before.phase_since)


def test_that_they_asked_calls_off_a_review_of_not_attending(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.on(day(8))
    open_closing_review(OpenClosingReview(episode_id=episode), practice.uow(), practice.rulebook)
    practice.happen("b", episode, day(14))
    move(practice, episode, asked_by=Side.SERVICE)
    assert practice.facts(episode).closing_reviews[-1].ended_on is None
    move(practice, episode, booking=Booking(on=day(18)))
    facts = practice.facts(episode)
    assert facts.closing_reviews[-1].ended_on == day(8)
    assert facts.open_ladder is not None, "a word about the diary is not yet a talk with them"


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a day gone by": ({"booking": Booking(on=day(7))}, "today or later"),
    "the same time": ({"booking": Booking(on=day(14), at=time(10, 0))}, "the time it has already"),
    "asked for tomorrow": ({"asked_on": day(9)}, "still to come"),
    "nothing of that number": ({"contact_id": ContactId(999)}, "is not in the record"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_moved_so(practice: Practice, changes: dict[str, Any], words: str) -> None:
    episode = booked(practice)
    practice.on(day(8))
    with practice.refused(words):
        move(practice, episode, **changes)


@pytest.mark.parametrize("side", Side)
def test_once_it_has_begun_it_is_not_moved_whenever_that_was_asked(practice: Practice, side: Side) -> None:
    """Dated back, a move would hide that nobody came."""
    episode = booked(practice)
    practice.on(day(14), time(10, 0))
    with practice.refused("has begun or passed, so it cannot be moved"):
        move(practice, episode, asked_by=side, asked_on=day(13))


def test_two_people_moving_it_at_once_move_it_once(practice: Practice) -> None:
    episode = booked(practice)
    practice.on(day(8))
    slot = practice.facts(episode).contacts[-1]
    move(practice, episode)
    with practice.refused("Somebody else changed this", StaleRecord):
        move(practice, episode, contact_id=slot.id, seen=slot.row_version)
    with practice.refused("moved to another time meanwhile"):
        move(practice, episode, contact_id=slot.id, seen=slot.row_version + 1)
    with practice.refused("moved to another time meanwhile"):
        command = practice.contact("A", episode, practice.today, contact_id=slot.id)
        record_contact(command, practice.uow(), pathway())
    with practice.refused("moved to another time meanwhile"):
        note_interpreter(NoteInterpreter(episode_id=episode, contact_id=slot.id, booked=True), practice.uow())
    with practice.refused("moved to another time meanwhile"):
        void_contact(
            VoidContact(contact_id=slot.id, seen=slot.row_version + 1, reason="Wrong"),
            practice.uow(),
            pathway(),
        )


def test_an_outcome_an_error_and_another_role_stand_in_the_way(practice: Practice) -> None:
    episode = booked(practice)
    practice.on(day(8))
    seen = practice.facts(episode).contacts[0]
    with practice.refused("recorded already, so it cannot be moved"):
        move(practice, episode, contact_id=seen.id, seen=seen.row_version)
    with practice.refused("may not record contact", NotAllowed):
        move(practice, episode, "rita")
    slot = practice.facts(episode).contacts[-1]
    void_contact(VoidContact(contact_id=slot.id, seen=1, reason="Wrong"), practice.uow(), pathway())
    with practice.refused("entered in error"):
        move_appointment(
            MoveAppointment(
                contact_id=slot.id, seen=2, asked_by=Side.PATIENT, asked_on=day(8), booking=THURSDAY
            ),
            practice.uow(),
        )


def test_a_new_time_entered_in_error_takes_the_move_back(practice: Practice) -> None:
    episode = booked(practice)
    practice.on(day(8))
    move(practice, episode)
    new = practice.facts(episode).contacts[-1]
    wrong = VoidContact(contact_id=new.id, seen=new.row_version, reason="Wrong")
    void_contact(wrong, practice.uow(), pathway())
    facts = practice.facts(episode)
    assert facts.moves == ()
    assert [(each.on, each.status) for each in facts.contacts] == [(MONDAY, "5"), (day(14), None)]
    move(practice, episode, booking=Booking(on=day(21)))
    assert [each.to.on for each in practice.facts(episode).moves] == [day(21)]


def test_a_new_time_that_was_kept_stays_moved_whatever_its_outcome(practice: Practice) -> None:
    episode = booked(practice)
    practice.on(day(8))
    made = ContactId(move(practice, episode) or 0)
    practice.on(day(17), time(18, 0))
    record_contact(practice.contact("A", episode, day(17), contact_id=made), practice.uow(), pathway())
    with practice.reading() as session:
        version = session.get_one(Contact, made).version
    void_contact(VoidContact(contact_id=made, seen=version, reason="Wrong"), practice.uow(), pathway())
    facts = practice.facts(episode)
    assert [each.to.on for each in facts.moves] == [day(17)]
    assert [each.on for each in facts.contacts] == [MONDAY, day(17)], "the old time does not come back"


def told(practice: Practice, facts: EpisodeFacts) -> list[tuple[date, str, str]]:
    """Return the entries about moves."""
    entries = timeline(facts, practice.rulebook, practice.today)
    return [(each.on, each.title, each.text) for each in entries if each.kind is EntryKind.MOVED]


def test_the_story_says_from_when_to_when_and_who_asked(practice: Practice) -> None:
    episode = booked(practice)
    practice.on(day(8))
    move(practice, episode, asked_by=Side.SERVICE, note="Jo is on a course")
    assert told(practice, practice.facts(episode)) == [
        (
            day(8),
            "Moved from Mon 19-Jan-2026 10:00 to Thu 22-Jan-2026 15:30, telephone",
            "We asked.\nJo is on a course",
        )
    ]


def test_the_measures_of_the_service_count_it_at_its_new_time(practice: Practice) -> None:
    episode = booked(practice, "D", on=day(5))
    practice.on(day(2))
    move(practice, episode, booking=Booking(on=day(6)))
    practice.on(day(3))
    move(practice, episode, asked_by=Side.SERVICE, booking=Booking(on=day(9)))
    practice.clock.set(datetime.combine(day(20), time(9), practice.clock.now().tzinfo))
    with practice.reading() as session:
        found = loop_episodes(session, MONDAY)
    counted = loop_measures(found, Period(MONDAY, day(20)), loop_policy(), today=day(20))
    slots = counted.appointments
    assert (slots.moved_by_patient, slots.moved_by_us, slots.unrecorded) == (1, 1, 1)
    assert [way.days.words for way in counted.ways if way.of_reached.numerator] == [
        "median 2 days (2 to 2), of 1"
    ]
