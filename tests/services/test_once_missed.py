"""What may become of an appointment once recorded as missed: no way from there to closed alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.attendance import CancellationReason, Side
from collabcare.domain.closure import Ending
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reengagement import AttemptOutcome
from collabcare.services.contacts import BookContact, Booking, book_contact, record_contact
from collabcare.services.episodes import allocate
from collabcare.services.moving import MoveAppointment, move_appointment
from collabcare.services.reminders import record_reminder
from tests.builders import day, pathway
from tests.services.ending_acts import close, ending
from tests.services.loop_commands import reminder
from tests.services.test_contact_corrections import attempt, void
from tests.services.test_deaths import die, take_back

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import ContactFact
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

NEVER = "Only a supervisor who neither holds the case nor recorded it as missed can say that there never was"
ONLY = "Record that they were seen, or that they did not attend; anything else is for a supervisor"
SLOT = (day(7), time(10, 0))


def taken_back(practice: Practice) -> EpisodeId:
    """Somebody seen once and then recorded as missed, whose practitioner took that back."""
    episode = practice.refer("AD")
    void(practice, episode, -1)
    return episode


def booked(practice: Practice, episode: EpisodeId) -> ContactFact:
    """Return the appointment without an outcome."""
    (found,) = (each for each in practice.facts(episode).contacts if each.status is None)
    return found


def record(practice: Practice, episode: EpisodeId, letter: str, login: str = "jo", **changes: Any) -> None:  # noqa: ANN401 - any field
    """Record what became of it."""
    slot = booked(practice, episode)
    command = practice.contact(letter, episode, slot.on, contact_id=slot.id, at=slot.at, **changes)
    record_contact(command, practice.uow(login), pathway())


def no_ending(practice: Practice, episode: EpisodeId) -> None:
    """Expect that whoever holds the case ends it in no way."""
    for chosen in set(Ending) - {Ending.DIED}:
        with pytest.raises(RuleViolation):
            close(practice, ending(practice, episode, ending=chosen))


def test_a_wrong_outcome_leaves_the_appointment_booked_with_its_reminders(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(14))
    slot = Booking(on=day(21), at=time(16, 30), minutes=20, place="Elm Tree", interpreter_booked=True)
    made = book_contact(BookContact(episode_id=episode, booking=slot), practice.uow()).made
    record_reminder(reminder(practice), practice.uow(), practice.rulebook)
    practice.on(day(21), time(16, 45))
    record(practice, episode, "D", minutes=20)
    void(practice, episode, -1)
    again = booked(practice, episode)
    assert again.id != made
    assert (again.on, again.at, again.minutes, again.place) == (day(21), time(16, 30), 20, "Elm Tree")
    assert (again.mechanism, again.interpreter_booked) == (slot.mechanism, True)
    facts = practice.facts(episode)
    assert [(each.contact_id, each.days_before) for each in facts.reminders] == [(again.id, 7)]
    assert facts.open_ladder is None
    practice.on(day(22))
    due = {each.kind for each in what_is_due(practice.facts(episode), practice.rulebook, today=day(22))}
    assert DueKind.OUTCOME in due
    no_ending(practice, episode)


def test_attended_pressed_as_missed_is_put_right_alone_and_at_once(practice: Practice) -> None:
    episode = taken_back(practice)
    record(practice, episode, "A")
    facts = practice.facts(episode)
    assert facts.contacts[-1].status is AttendanceStatus.ATTENDED_ON_TIME
    assert facts.open_ladder is None


def test_missed_after_all_has_them_sought_again(practice: Practice) -> None:
    episode = taken_back(practice)
    record(practice, episode, "D")
    found = practice.facts(episode).open_ladder
    assert found is not None
    assert (found.missed_on, found.consecutive) == (day(7), 1)


@pytest.mark.parametrize("tried", [True, False])
def test_that_there_never_was_one_is_for_another_supervisor_whether_or_not_anybody_tried(
    practice: Practice, *, tried: bool
) -> None:
    episode = practice.refer("AD")
    if tried:
        attempt(practice, episode, AttemptOutcome.NO_ANSWER)
    with practice.refused("We have tried to reach them" if tried else NEVER):
        void(practice, episode, -1, never_was=True)
    void(practice, episode, -1, "amina", never_was=True)
    assert [each.status for each in practice.facts(episode).contacts] == ["5"]


def test_the_appointment_left_of_a_miss_is_erased_by_another_supervisor_only(practice: Practice) -> None:
    episode = taken_back(practice)
    for never_was in (True, False):
        with practice.refused(NEVER):
            void(practice, episode, -1, never_was=never_was)
    void(practice, episode, -1, "amina")
    assert [each.status for each in practice.facts(episode).contacts] == ["5"]


def test_a_supervisor_who_recorded_it_and_gave_the_case_away_is_no_other(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(7), time(18))
    record_contact(practice.contact("D", episode, day(7)), practice.uow("amina"), pathway())
    allocate(episode, practice.user("jo"), practice.uow("amina"))
    with practice.refused(NEVER):
        void(practice, episode, -1, "amina", never_was=True)


@pytest.mark.parametrize("letter", ["P", "C", "N"])
def test_cancelled_or_too_late_is_no_way_from_missed_to_closed(practice: Practice, letter: str) -> None:
    episode = taken_back(practice)
    why: dict[str, Any] = {}
    if letter != "N":
        why = {"cancelled_on": day(7), "cancellation_reason": CancellationReason.NON_CLINICAL}
    with practice.refused(ONLY):
        record(practice, episode, letter, **why)
    no_ending(practice, episode)
    record(practice, episode, letter, "amina", **why)
    assert practice.facts(episode).contacts[-1].status is not None


def test_seen_and_then_not_is_still_once_missed(practice: Practice) -> None:
    episode = taken_back(practice)
    record(practice, episode, "A")
    with practice.refused(NEVER):
        void(practice, episode, -1, never_was=True)
    void(practice, episode, -1)
    with practice.refused(ONLY):
        record(practice, episode, "P")
    no_ending(practice, episode)


def test_it_is_moved_to_no_other_time(practice: Practice) -> None:
    episode = taken_back(practice)
    slot = booked(practice, episode)
    later = MoveAppointment(
        contact_id=slot.id,
        seen=slot.row_version,
        asked_by=Side.PATIENT,
        asked_on=day(6),
        booking=Booking(on=day(300)),
    )
    with practice.refused("had begun and cannot be moved"):
        move_appointment(later, practice.uow())


@pytest.mark.parametrize("other", [day(6), day(-3)])
def test_the_outcome_of_another_day_leaves_it_standing(practice: Practice, other: date) -> None:
    episode = taken_back(practice)
    slot = booked(practice, episode)
    command = practice.contact("A", episode, other, contact_id=slot.id)
    record_contact(command, practice.uow(), pathway())
    assert booked(practice, episode).id == slot.id
    no_ending(practice, episode)


def test_a_miss_without_a_time_is_not_recorded_beside_what_is_booked_that_day(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(8))
    practice.happen("b", episode, day(8), at=time(16, 30))
    command = practice.contact("D", episode, day(8), at=None)
    with practice.refused("booked for that day at 16:30. Choose it, or type the time of the one they missed"):
        record_contact(command, practice.uow(), pathway())
    record_contact(replace(command, at=time(9, 0)), practice.uow(), pathway())
    assert booked(practice, episode).at == time(16, 30)


def test_a_death_recorded_and_taken_back_leaves_it_without_an_outcome(practice: Practice) -> None:
    episode = taken_back(practice)
    practice.on(day(9))
    die(practice, episode, day(6))
    take_back(practice, episode)
    assert (booked(practice, episode).on, booked(practice, episode).at) == SLOT
    no_ending(practice, episode)


def test_nothing_is_booked_for_the_dead(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(9))
    die(practice, episode, day(6))
    record_contact(practice.contact("C", episode, day(8)), practice.uow(), pathway())
    void(practice, episode, -1)
    assert [each.status for each in practice.facts(episode).contacts] == ["5"]


# what a miss or a search rested on


@pytest.mark.parametrize("never_was", [True, False])
@pytest.mark.parametrize("history", ["AD", "ADD"])
def test_who_was_said_to_be_seen_since_stays_seen_once_the_miss_is_taken_back(
    practice: Practice, history: str, *, never_was: bool
) -> None:
    """A false Attended would otherwise make way for a miss that was followed up, and then go itself."""
    episode = practice.refer(history)
    attempt(practice, episode, AttemptOutcome.NO_ANSWER)
    practice.happen("A", episode, practice.today + timedelta(days=1))
    for place in range(1, len(history)):
        void(practice, episode, place)
    for slot in [each for each in practice.facts(episode).contacts if each.status is None]:
        seen = practice.contact("A", episode, slot.on, contact_id=slot.id)
        record_contact(seen, practice.uow(), pathway())
    with practice.refused("was taken back after this contact"):
        void(practice, episode, -1, never_was=never_was)
    void(practice, episode, -1, "amina", never_was=never_was)


def test_a_wrong_attended_recorded_after_the_miss_was_put_right_goes_alone(practice: Practice) -> None:
    episode = taken_back(practice)
    record(practice, episode, "A")
    practice.happen("A", episode, day(14))
    void(practice, episode, -1, never_was=True)
    assert [each.status for each in practice.facts(episode).contacts] == ["5", "5"]


def test_one_of_two_contacts_since_goes_alone_and_the_other_does_not(practice: Practice) -> None:
    episode = practice.refer("ADAA")
    void(practice, episode, 1)
    record(practice, episode, "A")
    void(practice, episode, -1, never_was=True)
    with practice.refused("was taken back after this contact"):
        void(practice, episode, -1, never_was=True)


def test_whoever_erased_a_miss_does_not_end_care(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.on(day(8))
    void(practice, episode, -1, "amina", never_was=True)
    with practice.refused("Another person looks at it and ends care"):
        close(practice, ending(practice, episode), "amina")
    close(practice, ending(practice, episode))


def test_whoever_erased_a_miss_ends_care_once_they_were_seen(practice: Practice) -> None:
    episode = practice.refer("AD")
    void(practice, episode, -1, "amina", never_was=True)
    practice.happen("A", episode, day(14))
    close(practice, ending(practice, episode), "amina")


def test_a_booking_that_has_begun_has_its_outcome_first(practice: Practice) -> None:
    """Never recorded as missed, it may have been: it does not go with nobody looking."""
    episode = practice.refer("A")
    practice.happen("b", episode, day(7))
    for on, at in ((day(7), time(10)), (day(9), time(9))):
        practice.on(on, at)
        with practice.refused("has begun and has no outcome yet"):
            void(practice, episode, -1)
    void(practice, episode, -1, "amina")
    with practice.refused("Another person looks at it and ends care"):
        close(practice, ending(practice, episode), "amina")
    close(practice, ending(practice, episode))


def test_a_booking_still_to_come_is_taken_out_alone(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.happen("b", episode, day(7))
    practice.on(day(7), time(9, 59))
    void(practice, episode, -1)
    practice.on(day(9))
    close(practice, ending(practice, episode))


# another day than the booked one


def test_a_miss_of_yesterday_swallows_no_appointment_of_today(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(14))
    practice.happen("b", episode, day(21), time(15, 45))
    record_reminder(reminder(practice), practice.uow(), practice.rulebook)
    practice.on(day(21), time(9, 30))
    slot = booked(practice, episode)
    command = practice.contact("D", episode, day(20), contact_id=slot.id)
    record_contact(command, practice.uow(), pathway())
    facts = practice.facts(episode)
    assert [(each.on, each.status) for each in facts.contacts[1:]] == [(day(20), "3"), (day(21), None)]
    assert booked(practice, episode) == slot
    assert [each.contact_id for each in facts.reminders] == [slot.id]
    found = facts.open_ladder
    assert found is not None
    assert found.missed_on == day(20)


def test_a_miss_of_yesterday_after_todays_was_attended_starts_no_search(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.happen("A", episode, day(21))
    record_contact(practice.contact("D", episode, day(20)), practice.uow(), pathway())
    assert practice.facts(episode).open_ladder is None


# what has not begun


@pytest.mark.parametrize("letter", ["D", "N"])
def test_nobody_misses_what_has_not_begun(practice: Practice, letter: str) -> None:
    episode = practice.refer("A")
    practice.happen("b", episode, day(7), time(16, 30))
    practice.on(day(7), time(9, 30))
    too_early = "begins at 16:30 on Mon 12-Jan-2026, so nobody has missed it yet"
    with practice.refused(too_early):
        record(practice, episode, letter)
    slot = booked(practice, episode)
    for at in (time(9, 0), None):
        earlier = practice.contact(letter, episode, day(7), contact_id=slot.id, at=at)
        with practice.refused(too_early):
            record_contact(earlier, practice.uow(), pathway())
    practice.on(day(7), time(16, 30))
    record(practice, episode, letter)


def test_where_no_time_is_known_the_day_is_enough(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.happen("b", episode, day(7), None)
    practice.on(day(7), time(0, 30))
    record(practice, episode, "D")
    assert practice.facts(episode).open_ladder is not None


def test_it_begins_by_the_clock_on_an_english_wall(practice: Practice) -> None:
    """On 29 March 2026 the clocks go forward: 16:30 is 15:30 in UTC, by which the record keeps its time."""
    episode = practice.refer("A")
    spring = day(83)
    practice.on(day(80))
    practice.happen("b", episode, spring, time(16, 30))
    practice.on(spring, time(15, 29))
    with practice.refused("begins at 16:30 on Sun 29-Mar-2026"):
        record(practice, episode, "D")
    practice.on(spring, time(15, 30))
    record(practice, episode, "D")


def test_it_can_be_cancelled_before_it_begins(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.happen("b", episode, day(7), time(16, 30))
    practice.on(day(7), time(9, 30))
    record(practice, episode, "C")
    assert practice.facts(episode).contacts[-1].status is AttendanceStatus.CANCELLED_BY_PATIENT
