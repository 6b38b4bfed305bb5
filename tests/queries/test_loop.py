"""What the measures of reaching people again read of a real record: open and closed, in four SELECTs."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from sqlalchemy import event

from collabcare.domain.codes import ClosureReason
from collabcare.domain.loop_misses import Fate
from collabcare.domain.loop_rates import loop_measures
from collabcare.domain.periods import Period
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.shares import Share
from collabcare.queries.loop import SELECTS, loop_episodes
from collabcare.services.contacts import Booking
from collabcare.services.deaths import RecordDeath, record_death
from collabcare.services.episodes import allocate
from collabcare.services.searches import LogAttempt, log_attempt
from collabcare.store.engine import WRITE
from collabcare.store.models import Contact, Episode
from tests.builders import day
from tests.builders_loop import loop_policy
from tests.services.test_contact_corrections import void
from tests.services.test_once_missed import record

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.loop_facts import LoopEpisode
    from collabcare.domain.loop_rates import LoopMeasures
    from tests.record_fixtures import Practice

SPRING = Period(day(0), day(60))


def found(practice: Practice) -> dict[EpisodeId, LoopEpisode]:
    """Return what is read from the first day of the period on, by episode."""
    with practice.reading() as session:
        return {each.episode_id: each for each in loop_episodes(session, SPRING.first)}


def measured(practice: Practice) -> LoopMeasures:
    """Return the measures of everybody in the period."""
    return loop_measures(found(practice).values(), SPRING, loop_policy(), today=practice.today)


def call(practice: Practice, episode: EpisodeId, outcome: AttemptOutcome) -> None:
    """Ring somebody who is being sought."""
    search = practice.facts(episode).open_ladder
    assert search is not None
    command = LogAttempt(
        episode_id=episode,
        ladder_id=search.id,
        rung=1,
        channel=Channel.CALL,
        outcome=outcome,
        next_booking=Booking(on=practice.today) if outcome.reached else None,
    )
    log_attempt(command, practice.uow(), practice.rulebook)


def end_care(practice: Practice, episode: EpisodeId, reason: ClosureReason) -> None:
    """Close an episode as it would be after its gate."""
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        row = session.get_one(Episode, episode)
        row.phase, row.closed_on, row.closure_reason = "closed", practice.today, reason
        session.commit()


def test_a_search_that_ended_by_closing_still_counts(practice: Practice) -> None:
    reached, closed, missing = (practice.refer("A D") for _ in range(3))
    practice.on(day(16))
    call(practice, closed, AttemptOutcome.NO_ANSWER)
    call(practice, reached, AttemptOutcome.SPOKE)
    practice.on(day(50))
    end_care(practice, closed, ClosureReason.DID_NOT_ATTEND)
    of = measured(practice)
    assert set(found(practice)) == {reached, closed, missing}
    assert (of.missed, of.reached, of.tried) == (3, Share(1, 3), Share(2, 3))
    assert [of.fate(fate) for fate in (Fate.REACHED, Fate.SOUGHT, Fate.ENDED)] == [1, 1, 1]
    assert of.to_contact.words == "median 2 days (2 to 2), of 1"


def test_an_attempt_comes_with_all_that_was_noted_of_it(practice: Practice) -> None:
    episode = practice.refer("D")
    practice.on(day(2))
    call(practice, episode, AttemptOutcome.LEFT_MESSAGE)
    (search,) = found(practice)[episode].searches
    (attempt,) = search.attempts
    assert (attempt.on, attempt.channel, attempt.by) == (day(2), Channel.CALL, "Jo Smith")
    assert practice.facts(episode).ladders == (search,)


def test_the_day_of_a_death_and_who_holds_them_are_read(practice: Practice) -> None:
    nobodys = practice.refer("D", holder_id=None)
    sams = practice.refer("D")
    practice.on(day(3))
    patient = practice.facts(sams).patient
    record_death(
        RecordDeath(
            patient_id=patient.patient_id, seen=patient.version, died_on=day(2), told_by="Her sister"
        ),
        practice.uow(),
    )
    allocate(sams, practice.user("sam"), practice.uow())
    read = found(practice)
    assert (read[nobodys].holder_id, read[nobodys].holder, read[nobodys].died_on) == (None, None, None)
    assert (read[sams].holder, read[sams].died_on) == ("Sam Brown", day(2))
    assert measured(practice).fate(Fate.DIED) == 1


def test_an_appointment_entered_in_error_is_left_out(practice: Practice) -> None:
    episode = practice.refer("D")
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.get_one(Contact, practice.last_contact(episode).id).voided_reason = "Wrong patient"
        session.commit()
    left = found(practice)[episode]
    assert (left.appointments, left.taken_back) == ((), (day(0),)), "its day alone is kept"


def test_what_was_over_before_the_period_is_not_read(practice: Practice) -> None:
    episode = practice.refer("D A D")
    with practice.reading() as session:
        (read,) = loop_episodes(session, day(15))
    assert [slot.on for slot in read.appointments] == [day(28)]
    assert [search.missed_on for search in read.searches] == [day(28)]
    assert read.episode_id == episode


def test_appointments_stand_in_order_of_time(practice: Practice) -> None:
    episode = practice.refer()
    practice.happen("A", episode, day(1), time(15, 0))
    practice.happen("D", episode, day(1), time(9, 0))
    assert [slot.at for slot in found(practice)[episode].appointments] == [time(9, 0), time(15, 0)]


def test_what_was_recorded_as_missed_and_taken_back_is_kept_apart(practice: Practice) -> None:
    """Each appointment once, whatever it was called on the way; missed again, it is among the missed."""
    gone, came, again = practice.refer("D"), practice.refer("D"), practice.refer("D")
    void(practice, gone, -1, "amina", never_was=True)
    for episode, letter in ((came, "A"), (again, "D")):
        void(practice, episode, -1)
        record(practice, episode, letter)
    taken_back = {key: len(each.taken_back) for key, each in found(practice).items()}
    assert taken_back == {gone: 1, came: 1, again: 0}
    assert found(practice)[gone].appointments == ()
    void(practice, again, -1)
    record(practice, again, "A")
    assert len(found(practice)[again].taken_back) == 1


def test_it_takes_the_same_number_of_selects_for_anybody(practice: Practice) -> None:
    counts: list[int] = []
    for history in ("D", "AAD D"):
        practice.refer(history)
        statements: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)  # noqa: B023 - taken off again before the next turn

        event.listen(practice.opened.engine, "before_cursor_execute", note)
        found(practice)
        event.remove(practice.opened.engine, "before_cursor_execute", note)
        counts.append(sum(each.lstrip().upper().startswith("SELECT") for each in statements))
    assert counts == [SELECTS, SELECTS]
