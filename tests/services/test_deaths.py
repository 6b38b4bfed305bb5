"""When a patient has died: nobody searches, nothing is booked, and no episode closes by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.attendance import CancellationReason, refuse_cancellation
from collabcare.domain.caseload_filters import CaseloadFilter, is_among
from collabcare.domain.changes import Kind
from collabcare.domain.closure import Ending
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.deaths import SEARCH_ENDED, what_follows
from collabcare.domain.due import what_is_due
from collabcare.domain.errors import StaleRecord
from collabcare.domain.missed_because import MissedBecause, why_missed
from collabcare.domain.missed_run import missed_run
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_ends import SearchEnd
from collabcare.queries.caseload import caseload
from collabcare.queries.support import colleagues
from collabcare.queries.worklist import worklist
from collabcare.services.contact_corrections import VoidContact, void_contact
from collabcare.services.contacts import record_contact
from collabcare.services.deaths import RecordDeath, TakeBackDeath, record_death, take_back_death
from collabcare.services.episodes import CloseEpisode, close_episode
from collabcare.services.searches import CameOfIt
from collabcare.store.models import Contact
from tests.builders import MONDAY, day, pathway, rulebook
from tests.services.searching import attempt

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


def die(practice: Practice, episode: EpisodeId, on: date, login: str = "jo") -> Changes:
    """Record the death of this patient."""
    patient = practice.facts(episode).patient
    command = RecordDeath(
        patient_id=patient.patient_id, seen=patient.version, died_on=on, told_by="Her sister"
    )
    return record_death(command, practice.uow(login))


def take_back(practice: Practice, episode: EpisodeId) -> Changes:
    """Say that the death of this patient was recorded in error."""
    patient = practice.facts(episode).patient
    command = TakeBackDeath(patient_id=patient.patient_id, seen=patient.version)
    return take_back_death(command, practice.uow(), practice.rulebook.pathway)


def test_searches_end_and_what_is_booked_is_cancelled_but_the_episode_stays_open(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.happen("b", episode, day(20))
    practice.on(day(10))
    before = practice.facts(episode)
    assert before.open_ladder is not None
    changes = die(practice, episode, day(9))
    assert changes.kinds == {Kind.PATIENT, Kind.CONTACT, Kind.EPISODE}
    assert changes.episodes == {episode}
    facts = practice.facts(episode)
    assert (facts.patient.died_on, facts.closed_on, facts.phase) == (day(9), None, before.phase)
    assert facts.open_ladder is None
    assert (facts.ladders[0].closed_on, facts.ladders[0].closed_because) == (day(10), SEARCH_ENDED)
    seen, missed, booked = facts.contacts
    assert seen.status is AttendanceStatus.ATTENDED_ON_TIME
    assert missed.status is AttendanceStatus.DID_NOT_ATTEND  # it was before the death: they did miss it
    assert (booked.status, booked.cancelled_on) == (AttendanceStatus.CANCELLED_BY_PATIENT, day(10))
    (due,) = what_is_due(facts, rulebook(), today=practice.today)
    assert (due.letter, due.sentence) == (
        "gp_discharge",
        "Died 14-Jan-2026, not seen since a miss; somebody who did not record it ends care",
    )
    assert changes.suggestions == (what_follows(before, day(9)),)
    sentence = changes.suggestions[0].sentence
    assert "1 appointment will be recorded as cancelled" in sentence
    assert "stays open until you close it" in sentence


def test_an_appointment_they_did_not_live_to_attend_was_never_missed(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.on(day(8))
    die(practice, episode, day(5))
    missed = practice.last_contact(episode)
    assert missed.attendance == AttendanceStatus.CANCELLED_BY_PATIENT
    reason = CancellationReason(missed.cancellation_reason or "")
    refuse_cancellation(
        AttendanceStatus.CANCELLED_BY_PATIENT, missed.cancelled_on, reason, slot_on=missed.on_date
    )
    line = next(line for line in practice.audit() if line.action == "Record death" and line.kind == "contact")
    assert line.subject_id == missed.id


def test_the_audit_trail_names_the_patient_by_number_only(practice: Practice) -> None:
    episode = practice.refer("A")
    die(practice, episode, MONDAY)
    lines = [line for line in practice.audit() if line.action == "Record death"]
    assert [line.kind for line in lines] == ["patient", "episode"]
    assert {line.patient_id for line in lines} == {practice.facts(episode).patient.patient_id}


WRONG = {
    "tomorrow": (day(1), "cannot be in the future"),
    "unborn": (date(1980, 1, 1), "before the date of birth"),
    "seen after": (date(2026, 1, 1), "recorded as attended"),
}


@pytest.mark.parametrize(("on", "words"), WRONG.values(), ids=WRONG)
def test_a_day_of_death_that_cannot_be_is_refused(practice: Practice, on: date, words: str) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        die(practice, episode, on)


def test_a_death_is_recorded_once_and_by_whoever_sees_the_patient_as_they_are(practice: Practice) -> None:
    episode = practice.refer("A")
    patient = practice.facts(episode).patient
    command = RecordDeath(
        patient_id=patient.patient_id, seen=patient.version, died_on=MONDAY, told_by="Her sister"
    )
    record_death(command, practice.uow())
    with practice.refused("Somebody else changed this", StaleRecord):
        record_death(command, practice.uow("sam"))
    with practice.refused("A death is recorded already"):
        record_death(replace(command, seen=patient.version + 1), practice.uow())


def test_a_death_recorded_in_error_is_taken_back_and_the_search_goes_on(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.happen("b", episode, day(20))
    practice.on(day(8))
    die(practice, episode, day(8))
    changes = take_back(practice, episode)
    assert changes.kinds == {Kind.PATIENT, Kind.CONTACT, Kind.SEARCH, Kind.EPISODE}
    facts = practice.facts(episode)
    assert facts.patient.died_on is None
    assert facts.open_ladder is not None
    assert facts.open_ladder.closed_because is None
    assert facts.contacts[-1].status is AttendanceStatus.CANCELLED_BY_PROVIDER
    (said,) = [each.sentence for each in changes.suggestions]
    assert said == (
        "Book again what was cancelled with it: 25-Jan-2026. Today asks until something is booked."
    )
    with practice.refused("nothing to take back"):
        take_back(practice, episode)


def test_a_search_that_ended_for_another_reason_is_not_opened_again(practice: Practice) -> None:
    episode = practice.refer("DA")
    die(practice, episode, day(7))
    take_back(practice, episode)
    assert practice.facts(episode).open_ladder is None


def test_a_closed_episode_is_left_as_it_is(practice: Practice) -> None:
    episode = practice.refer("A")
    closing = CloseEpisode(
        episode_id=episode, ending=Ending.COMPLETED, closed_on=MONDAY, why_no_plan="She did not want one"
    )
    close_episode(closing, practice.uow(), practice.rulebook)
    with practice.reading() as session:
        before = session.get_one(Contact, practice.last_contact(episode).id).version
    practice.on(day(3))
    changes = die(practice, episode, day(3))
    assert changes.kinds == {Kind.PATIENT}
    assert not changes.suggestions
    assert take_back(practice, episode).kinds == {Kind.PATIENT}
    assert practice.last_contact(episode).version == before


def test_an_outcome_written_after_the_death_opens_no_search(practice: Practice) -> None:
    """The form was begun before the death was recorded: they did miss it, and nobody is to be sought."""
    episode = practice.refer("A")
    practice.on(day(9))
    die(practice, episode, day(9))
    practice.happen("D", episode, day(8))
    facts = practice.facts(episode)
    assert facts.contacts[-1].status is AttendanceStatus.DID_NOT_ATTEND
    assert (facts.open_ladder, facts.ladders) == (None, ())


def test_who_found_out_by_a_search_is_named_and_taken_back_the_search_goes_on(practice: Practice) -> None:
    episode = practice.refer("AD")
    died = CameOfIt(end=SearchEnd.DIED, died_on=day(7))
    said: dict[str, Any] = {"came_of_it": died, "channel": Channel.GP_PRACTICE}
    said["note"] = "They died at home on Monday"
    with practice.refused("Say who told you that they have died"):
        attempt(practice, episode, outcome=AttemptOutcome.DISCUSSED, **said)
    attempt(practice, episode, outcome=AttemptOutcome.DISCUSSED, spoke_to="Dr Khan", **said)
    assert practice.facts(episode).patient.death_told_by == "Dr Khan"
    take_back(practice, episode)
    assert practice.facts(episode).open_ladder is not None


def test_what_was_said_of_a_miss_is_there_again_and_not_while_it_counts_as_none(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(7), time(18))
    said = practice.contact(
        "D",
        episode,
        day(7),
        contacted_after=True,
        note="Rang at noon, bus late",
        missed_because=MissedBecause.SOMETHING_ELSE,
        missed_because_words="Bus late",
        was_not_brought=True,
    )
    record_contact(said, practice.uow(), pathway())
    before = practice.facts(episode).contacts[-1]
    die(practice, episode, day(3))
    assert why_missed(practice.facts(episode), practice.facts(episode).contacts[-1]) is None
    assert missed_run(practice.facts(episode), today=practice.today).heard_since is None
    take_back(practice, episode)
    after = practice.facts(episode).contacts[-1]
    assert replace(after, row_version=before.row_version) == before
    assert why_missed(practice.facts(episode), after) is not None


# somebody who was to be sought


@pytest.mark.parametrize("history", ["AD", "ADD"])
def test_a_death_of_somebody_not_seen_since_a_miss_is_looked_at_by_another_person(
    practice: Practice, history: str
) -> None:
    episode = practice.refer(history)
    alone = replace(died(practice, episode), died_on=day(20), told_by="Her sister")
    with practice.refused("Record the death first"):
        close_episode(alone, practice.uow(), practice.rulebook)
    die(practice, episode, day(1))
    with practice.refused("somebody other than whoever recorded the death"):
        close_episode(died(practice, episode), practice.uow(), practice.rulebook)
    close_episode(died(practice, episode), practice.uow("sam"), practice.rulebook)
    assert practice.facts(episode).closed_on == practice.today


def test_a_miss_taken_back_before_the_death_was_recorded_makes_no_difference(practice: Practice) -> None:
    episode = practice.refer("AD")
    missed = practice.facts(episode).contacts[-1]
    wrong = VoidContact(contact_id=missed.id, seen=missed.row_version, reason="Typed twice")
    void_contact(wrong, practice.uow(), practice.rulebook.pathway)
    die(practice, episode, day(6))
    with practice.refused("somebody other than whoever recorded the death"):
        close_episode(died(practice, episode), practice.uow(), practice.rulebook)


def test_whoever_heard_of_it_in_the_search_does_not_end_care_alone(practice: Practice) -> None:
    episode = practice.refer("AD")
    attempt(
        practice,
        episode,
        outcome=AttemptOutcome.THIRD_PARTY,
        spoke_to="Ann Lee, her sister",
        came_of_it=CameOfIt(end=SearchEnd.DIED, died_on=day(7)),
    )
    with practice.refused("somebody other than whoever recorded the death"):
        close_episode(died(practice, episode), practice.uow(), practice.rulebook)
    close_episode(died(practice, episode), practice.uow("sam"), practice.rulebook)


def test_who_was_seen_since_is_no_matter_for_another_person(practice: Practice) -> None:
    episode = practice.refer("ADA")
    die(practice, episode, day(14))
    close_episode(died(practice, episode), practice.uow(), practice.rulebook)


def test_it_is_on_nobodys_today_and_in_the_caseloads_view_until_care_has_ended(practice: Practice) -> None:
    episode = practice.refer("AD")
    quiet = practice.refer("A")
    practice.on(day(8))
    for each in (episode, quiet):
        die(practice, each, day(7))
    with practice.reading() as session:
        rows = caseload(session, practice.rulebook, practice.today)
        who = colleagues(session)
    for whom in (None, practice.user("amina"), practice.user("jo")):
        listed = worklist(rows, until=day(409), for_user=whom, colleagues=who)
        assert not any(section.items for section in listed), "nobody who has died is on Today"
    held = [row.facts.episode_id for row in rows if is_among(row, CaseloadFilter.DIED)]
    assert held == [episode, quiet], "whoever holds them, also where another person is to end it"


@pytest.mark.parametrize("died_on", [day(8), day(6)], ids=["after it", "before it"])
def test_an_appointment_that_nobody_wrote_up_may_have_been_missed(practice: Practice, died_on: date) -> None:
    """Whether the death cancelled it or not: it had gone by when the death was recorded."""
    episode = practice.refer("A")
    practice.happen("b", episode, day(7))
    practice.on(day(9))
    with practice.refused("Record the death first"):
        close_episode(
            replace(died(practice, episode), died_on=died_on, told_by="Her sister"),
            practice.uow(),
            practice.rulebook,
        )
    die(practice, episode, died_on)
    with practice.refused("somebody other than whoever recorded the death"):
        close_episode(died(practice, episode), practice.uow(), practice.rulebook)
    close_episode(died(practice, episode), practice.uow("sam"), practice.rulebook)
    assert practice.facts(episode).closed_on == practice.today


@pytest.mark.parametrize("history", ["A", "A A"])
def test_a_booking_to_come_or_before_they_were_seen_is_no_matter_for_another(
    practice: Practice, history: str
) -> None:
    episode = practice.refer()
    practice.happen("b", episode, day(7) if history == "A A" else day(9), time(16))
    for at, letter in enumerate(history):
        if letter == "A":
            practice.happen("A", episode, day(at * 7))
    practice.on(max(practice.today, day(9)))
    close_episode(
        replace(died(practice, episode), died_on=practice.today, told_by="Her sister"),
        practice.uow(),
        practice.rulebook,
    )


@pytest.mark.parametrize("told_by", ["", "tx", "ward", "3 7"])
def test_who_told_us_is_a_name_and_who_they_are(practice: Practice, told_by: str) -> None:
    episode = practice.refer("A")
    patient = practice.facts(episode).patient
    command = RecordDeath(
        patient_id=patient.patient_id, seen=patient.version, died_on=MONDAY, told_by=told_by
    )
    with practice.refused("Say who told us that they have died: a name and who they are"):
        record_death(command, practice.uow())


def died(practice: Practice, episode: EpisodeId) -> CloseEpisode:
    """Return the ending with a death that is recorded already."""
    return CloseEpisode(episode_id=episode, ending=Ending.DIED, closed_on=practice.today)
