"""Why somebody had not come, through the services: with the miss, when they are reached, in the story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.codes import AttendanceStatus, ConsultationMechanism
from collabcare.domain.missed_because import MissedBecause, why_missed
from collabcare.domain.periods import Period
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.queries.loop import loop_episodes
from collabcare.queries.timeline import timeline
from collabcare.services.contacts import RecordContact, record_contact
from collabcare.services.deaths import RecordDeath, record_death
from collabcare.services.searches import RecordReply, record_reply
from tests.builders import day, pathway
from tests.record_fixtures import THOUGHT_OF
from tests.services.searching import attempt, search

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.missed_because import Why
    from tests.record_fixtures import Practice

UNWELL, DISSATISFIED = MissedBecause.TOO_UNWELL, MissedBecause.DISSATISFIED
SPOKE, SOMEBODY = AttemptOutcome.SPOKE, AttemptOutcome.THIRD_PARTY


def miss(practice: Practice, episode: EpisodeId, **changes: object) -> None:
    """Record that the patient did not come today, or what the changes say."""
    asked: dict[str, object] = {"status": AttendanceStatus.DID_NOT_ATTEND, **changes}
    command = RecordContact(
        episode_id=episode,
        on=practice.today,
        mechanism=ConsultationMechanism.TELEPHONE,
        minutes=30,
        thought_of=THOUGHT_OF,
        **asked,  # type: ignore[arg-type]  # fields by name
    )
    record_contact(command, practice.uow(), pathway())


def why(practice: Practice, episode: EpisodeId) -> Why | None:
    """Return what the record says of the miss recorded last."""
    facts = practice.facts(episode)
    return why_missed(facts, next(each for each in facts.contacts if each.id == facts.ladders[-1].contact_id))


def story(practice: Practice, episode: EpisodeId) -> str:
    """Return everything the story says."""
    told = timeline(practice.facts(episode), practice.rulebook, practice.today)
    return "\n".join(f"{entry.title}\n{entry.text}" for entry in told)


def test_it_is_kept_with_the_miss_where_it_is_known_at_once(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(8))
    miss(practice, episode, missed_because=UNWELL, missed_because_words=" The sister rang  ")
    assert why(practice, episode) == (UNWELL, "The sister rang")
    assert "too unwell to attend (The sister rang). They were too unwell to come. Consider" in story(
        practice, episode
    )


def test_nothing_is_asked_of_somebody_who_came_or_was_not_reached(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(8))
    with practice.refused("once somebody was spoken to"):
        miss(practice, episode, status=AttendanceStatus.ATTENDED_ON_TIME, missed_because=UNWELL)
    with practice.refused("Choose the reason"):
        miss(practice, episode, missed_because_words="Bus strike")
    miss(practice, episode)
    assert why(practice, episode) is None
    for outcome in (AttemptOutcome.NO_ANSWER, AttemptOutcome.LEFT_MESSAGE):
        with practice.refused("once somebody was spoken to"):
            attempt(practice, episode, outcome=outcome, missed_because=UNWELL)
    with practice.refused("in a few words"):
        attempt(practice, episode, outcome=SPOKE, note="Well", missed_because=MissedBecause.SOMETHING_ELSE)
    assert search(practice, episode).attempts == ()


def test_what_they_say_themselves_stands_in_the_place_of_what_was_thought(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(8))
    miss(practice, episode, missed_because=MissedBecause.FORGOT)
    practice.on(day(9))
    attempt(
        practice, episode, outcome=SOMEBODY, spoke_to="Sister", missed_because=UNWELL, note="Ring tomorrow"
    )
    assert why(practice, episode) == (UNWELL, "")
    reply = RecordReply(
        episode_id=episode,
        ladder_id=search(practice, episode).id,
        answered_on=practice.today,
        channel=Channel.CALL,
        note="Would rather see somebody else",
        missed_because=DISSATISFIED,
        missed_because_words="Felt not listened to",
    )
    record_reply(reply, practice.uow(), practice.rulebook)
    assert why(practice, episode) == (DISSATISFIED, "Felt not listened to")
    told = story(practice, episode)
    assert "dissatisfied with care (Felt not listened to). They are dissatisfied" in told
    assert "Why they had not come: too unwell to attend.\nRing tomorrow" in told
    assert [each.missed_because for each in search(practice, episode).attempts] == [UNWELL, DISSATISFIED]


def test_the_measures_read_it_and_a_death_takes_it_back(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(8))
    miss(practice, episode, missed_because=UNWELL)
    period = Period(day(0), day(30))
    with practice.reading() as session:
        (read,) = loop_episodes(session, period.first)
    assert [each.missed_because for each in read.appointments] == [None, UNWELL]
    facts = practice.facts(episode)
    died = RecordDeath(
        patient_id=facts.patient.patient_id, seen=facts.patient.version, died_on=day(7), told_by="Her sister"
    )
    record_death(died, practice.uow())
    facts = practice.facts(episode)
    assert {why_missed(facts, each) for each in facts.contacts} == {None}
