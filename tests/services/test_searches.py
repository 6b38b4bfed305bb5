"""Trying to reach a patient, putting a step off, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.changes import Kind
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.errors import NotAllowed, StaleRecord
from collabcare.domain.patient_details import ContactDetails, SafeContact
from collabcare.domain.reach_facts import HasteKind, SnoozeKind
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_ends import SearchEnd
from collabcare.domain.search_today import search_step
from collabcare.services.contacts import Booking
from collabcare.services.haste import RecordHaste, record_haste_fact
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.services.searches import CameOfIt, PutOff, RecordReply, put_off, record_reply
from tests.builders import day
from tests.services.ending_acts import SAID_SAFE
from tests.services.searching import attempt, search

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.search_today import SearchStep
    from tests.record_fixtures import Practice

SPOKE = AttemptOutcome.SPOKE
GP_SAID: dict[str, Any] = {
    "channel": Channel.GP_PRACTICE,
    "outcome": AttemptOutcome.THIRD_PARTY,
    "spoke_to": "Reception",
}


def step(practice: Practice, episode: EpisodeId) -> SearchStep:
    found = search_step(practice.facts(episode), practice.rulebook.search, today=practice.today)
    assert found is not None
    return found


def unsafe(practice: Practice, episode: EpisodeId, **safe: Any) -> None:  # noqa: ANN401 - any way
    patient = practice.facts(episode).patient
    command = ChangeDetails(patient_id=patient.patient_id, seen=patient.version, safe=SafeContact(**safe))
    change_details(command, practice.uow())


def test_a_try_says_whether_it_was_in_the_format_they_need(practice: Practice) -> None:
    episode = practice.refer("AD")
    attempt(practice, episode, channel=Channel.LETTER, outcome=AttemptOutcome.SENT, accessible=True)
    attempt(practice, episode)
    assert [each.accessible for each in search(practice, episode).attempts] == [True, False]


def test_a_letter_to_an_unsafe_address_is_refused_with_what_to_use_instead(practice: Practice) -> None:
    episode = practice.refer("AD")
    unsafe(practice, episode, letters_safe=False, telephone_safe=True)
    with practice.refused("Letters are recorded as not safe. Send none. Use the telephone"):
        attempt(practice, episode, channel=Channel.LETTER, outcome=AttemptOutcome.SENT)
    attempt(practice, episode)


def test_what_the_patient_says_on_an_unsafe_number_is_recorded_all_the_same(practice: Practice) -> None:
    episode = practice.refer("AD")
    unsafe(practice, episode, telephone_safe=False)
    with practice.refused("Ringing is recorded as not safe"):
        attempt(practice, episode)
    with practice.refused("Say through which number, or on whose telephone"):
        attempt(practice, episode, outcome=SPOKE, note="Will ring us")
    with practice.refused("Choose what they want, or write what they said"):
        attempt(practice, episode, outcome=SPOKE, channel=Channel.VISIT)
    attempt(practice, episode, outcome=SPOKE, note="Will ring us", through_number="her sister's")
    made = search(practice, episode)
    assert (made.closed_because, made.attempts[-1].note) == (
        "Reached",
        "Spoke through: her sister's\nWill ring us",
    )


def test_two_people_logging_one_try_log_it_once(practice: Practice) -> None:
    episode = practice.refer("AD")
    attempt(practice, episode, note="Rang twice", seen=0)
    with practice.refused("Somebody else logged a try", StaleRecord):
        attempt(practice, episode, login="amina", note="Rang too", seen=0)
    with practice.refused("Jo Smith logged this try already"):
        attempt(practice, episode, login="amina", note="Rang twice")
    attempt(practice, episode, login="amina", note="Rang too", seen=1)
    assert len(search(practice, episode).attempts) == 2


def test_there_is_no_step_beyond_the_ladder(practice: Practice) -> None:
    episode = practice.refer("AD")
    with practice.refused("no step 7"):
        attempt(practice, episode, rung=7)


# what came of it


def test_rebooked_ends_the_search_with_a_next_date(practice: Practice) -> None:
    episode = practice.refer("AD")
    rebooked = CameOfIt(end=SearchEnd.REBOOKED)
    with practice.refused("Book the appointment with it"):
        attempt(practice, episode, outcome=SPOKE, came_of_it=rebooked)
    attempt(practice, episode, outcome=SPOKE, came_of_it=rebooked, next_booking=Booking(on=day(10)))
    facts = practice.facts(episode)
    assert (facts.ladders[0].closed_on, facts.ladders[0].closed_because) == (day(7), "Rebooked")
    assert facts.next_booked(day(7)) is not None


def test_who_wants_a_pause_is_paused_to_the_day_agreed(practice: Practice) -> None:
    episode = practice.refer("AD")
    wants = CameOfIt(end=SearchEnd.WANTS_PAUSE, return_on=day(21))
    with practice.refused("Choose the day on which you will be in touch"):
        attempt(practice, episode, outcome=SPOKE, came_of_it=replace(wants, return_on=None))
    with practice.refused("within 28 days"):
        attempt(practice, episode, outcome=SPOKE, came_of_it=replace(wants, return_on=day(36)))
    changes = attempt(practice, episode, outcome=SPOKE, came_of_it=wants)
    assert changes.kinds == {Kind.ATTEMPT, Kind.PAUSE}
    facts = practice.facts(episode)
    assert (facts.phase, facts.pauses[0].review_on, facts.open_ladder) == (Phase.PAUSED, day(21), None)


@pytest.mark.parametrize(
    ("end", "owed"), [(SearchEnd.DECLINES, DueKind.SAID_NO), (SearchEnd.MOVED, DueKind.REBOOK)]
)
def test_who_declines_or_has_moved_stays_ours_until_somebody_closes(
    practice: Practice, end: SearchEnd, owed: DueKind
) -> None:
    episode = practice.refer("AD")
    with practice.refused("Write"):
        attempt(practice, episode, outcome=SPOKE, came_of_it=CameOfIt(end=end))
    with practice.refused("in a sentence what was said about safety"):
        attempt(practice, episode, outcome=SPOKE, note="In Hull now", came_of_it=CameOfIt(end=end))
    found = CameOfIt(end=end, safety=SAID_SAFE)
    attempt(practice, episode, outcome=SPOKE, note="In Hull now", came_of_it=found)
    facts = practice.facts(episode)
    assert (facts.closed_on, facts.open_ladder) == (None, None)
    due = what_is_due(facts, practice.rulebook, today=practice.today)
    assert {each.kind for each in due} & {DueKind.REBOOK, DueKind.SAID_NO} == {owed}


def test_who_does_not_want_care_is_asked_about_safety_and_nothing_is_booked(practice: Practice) -> None:
    episode = practice.refer("AD")
    no = CameOfIt(end=SearchEnd.DECLINES, safety=SAID_SAFE)
    for safety in ("", "x x", "was fine"):
        with practice.refused("in a sentence what was said about safety"):
            attempt(practice, episode, outcome=SPOKE, note="No thanks", came_of_it=replace(no, safety=safety))
    with practice.refused("both cannot be"):
        booked = Booking(on=practice.today)
        attempt(practice, episode, outcome=SPOKE, note="No thanks", came_of_it=no, next_booking=booked)
    attempt(practice, episode, outcome=SPOKE, note="No thanks", came_of_it=no)
    [kept] = practice.facts(episode).ladders[0].attempts
    assert kept.note == f"No thanks\nAbout safety: {SAID_SAFE}"


def test_a_death_heard_of_ends_the_search_and_is_recorded(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.on(day(9))
    died = CameOfIt(end=SearchEnd.DIED, died_on=day(8))
    with practice.refused("may not record a death", NotAllowed):
        attempt(practice, episode, login="alex", came_of_it=died, **GP_SAID)
    attempt(practice, episode, came_of_it=died, **GP_SAID)
    facts = practice.facts(episode)
    assert (facts.patient.died_on, facts.closed_on, facts.open_ladder) == (day(8), None, None)


def test_details_put_right_begin_the_search_again_at_its_first_step(practice: Practice) -> None:
    episode = practice.refer("AD")
    attempt(practice, episode)
    practice.on(day(12))
    assert step(practice, episode).rung.number == 2
    details = ContactDetails(address="1 New Road\nLeeds", postcode="LS2 2BB", telephone="07700 900999")
    wrong = CameOfIt(end=SearchEnd.WRONG_DETAILS, details=details)
    with practice.refused("Put the details right with it"):
        attempt(practice, episode, rung=2, came_of_it=replace(wrong, details=None), **GP_SAID)
    attempt(practice, episode, rung=2, came_of_it=wrong, **GP_SAID)
    facts = practice.facts(episode)
    assert facts.patient.telephone == "07700 900999"
    assert (step(practice, episode).rung.number, step(practice, episode).due_on) == (1, day(14))
    assert facts.ladders[0].closed_on is None


def test_what_only_the_patient_can_say_is_not_taken_from_another(practice: Practice) -> None:
    episode = practice.refer("AD")
    with practice.refused("Only the patient can say that"):
        attempt(
            practice,
            episode,
            note="No",
            came_of_it=CameOfIt(end=SearchEnd.DECLINES, safety=SAID_SAFE),
            **GP_SAID,
        )


# word from the patient


def reply(practice: Practice, episode: EpisodeId, **changes: Any) -> None:  # noqa: ANN401 - any field
    command = RecordReply(
        episode_id=episode,
        ladder_id=search(practice, episode).id,
        answered_on=practice.today,
        channel=Channel.LETTER,
        note="Wants to come",
    )
    record_reply(replace(command, **changes), practice.uow(), practice.rulebook)


def test_an_answer_by_post_ends_the_search_on_the_step_it_had_reached(practice: Practice) -> None:
    episode = practice.refer("AD")
    attempt(practice, episode, rung=3)
    practice.on(day(20))
    reply(practice, episode, answered_on=day(18))
    (ladder,) = practice.facts(episode).ladders
    answer = ladder.attempts[-1]
    assert (ladder.closed_on, ladder.closed_because) == (day(20), "Reached")
    assert (answer.on, answer.rung, answer.channel, answer.outcome) == (day(18), 3, Channel.LETTER, SPOKE)
    with practice.refused("has been reached already"):
        reply(practice, episode)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"answered_on": day(21)}, "in the future"),
        ({"answered_on": day(6)}, "before the missed appointment"),
        ({"channel": Channel.SUPERVISION}, "comes from the patient"),
        ({"came_of_it": CameOfIt(end=SearchEnd.REBOOKED)}, "Book the appointment"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(practice: Practice, changes: dict[str, Any], words: str) -> None:
    episode = practice.refer("AD")
    practice.on(day(20))
    with practice.refused(words):
        reply(practice, episode, **changes)


# putting a step off


def snooze(practice: Practice, episode: EpisodeId, **changes: Any) -> None:  # noqa: ANN401 - any field
    command = PutOff(
        episode_id=episode,
        ladder_id=search(practice, episode).id,
        rung=1,
        kind=SnoozeKind.CALL_LATER,
        until=day(8),
        reason="At work until six",
    )
    put_off(replace(command, **changes), practice.uow(), practice.rulebook)


def test_a_step_put_off_shows_again_on_its_day(practice: Practice) -> None:
    episode = practice.refer("AD")
    snooze(practice, episode, until=day(9))
    (made,) = search(practice, episode).snoozes
    assert (made.rung, made.made_on, made.until, made.by) == (1, day(7), day(9), "Jo Smith")
    assert step(practice, episode).hidden_until == day(9)
    practice.on(day(9))
    assert step(practice, episode).hidden_until is None


def test_a_step_is_put_off_twice_at_most(practice: Practice) -> None:
    episode = practice.refer("AD")
    snooze(practice, episode)
    practice.on(day(8))
    snooze(practice, episode, until=day(9))
    practice.on(day(9))
    with practice.refused("put off twice already"):
        snooze(practice, episode, until=day(10))


def test_the_prompt_track_waits_less(practice: Practice) -> None:
    episode = practice.refer("AD")
    fact = RecordHaste(episode_id=episode, kind=HasteKind.SELF_HARM, happened_on=day(3))
    record_haste_fact(fact, practice.uow())
    for until in (day(8), day(9)):
        with practice.refused("it cannot wait for another"):
            snooze(practice, episode, until=until)


def test_a_search_waits_for_the_appointment_booked_with_it(practice: Practice) -> None:
    episode = practice.refer("AD")
    with practice.refused("Book the appointment first"):
        snooze(practice, episode, kind=SnoozeKind.REBOOKED, until=day(15))
    booked = Booking(on=day(14), at=time(10))
    snooze(practice, episode, kind=SnoozeKind.REBOOKED, until=day(15), next_booking=booked)
    assert step(practice, episode).hidden_until == day(15)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": " "}, "Say why it can wait"),
        ({"rung": 2}, "Only a step that is to be done now"),
        ({"until": day(7)}, "Choose a later day"),
        ({"until": day(10)}, "at the latest"),
        ({"reason": "x" * 2_001}, "The reason is too long"),
    ],
)
def test_a_step_put_off_without_end_or_reason_is_refused(
    practice: Practice, changes: dict[str, Any], words: str
) -> None:
    episode = practice.refer("AD")
    with practice.refused(words):
        snooze(practice, episode, **changes)


def test_the_hour_of_a_try_is_kept(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.on(day(8), time(23, 59))
    attempt(practice, episode)
    assert search(practice, episode).attempts[0].at == datetime.combine(day(8), time(23, 59), UTC)
