"""Recording what makes us act sooner, and moving between the tracks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.acting import Role
from collabcare.domain.changes import Kind
from collabcare.domain.errors import StaleRecord
from collabcare.domain.gate_today import track_today
from collabcare.domain.ids import UserId
from collabcare.domain.reach_facts import HasteKind, Track
from collabcare.services.haste import (
    EndHaste,
    MoveTrack,
    RecordHaste,
    VoidHaste,
    end_haste_fact,
    move_track,
    record_haste_fact,
    void_haste_fact,
)
from collabcare.services.users import NewUser, add_user
from tests.builders import MONDAY, day

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


def record(practice: Practice, episode: EpisodeId, **changes: Any) -> None:  # noqa: ANN401 - any field
    made = RecordHaste(episode_id=episode, kind=HasteKind.SAFEGUARDING, happened_on=MONDAY, note=" Seen ")
    record_haste_fact(replace(made, **changes), practice.uow())


def track(practice: Practice, episode: EpisodeId) -> Track:
    return track_today(practice.facts(episode), practice.rulebook, today=practice.today).track


def test_a_fact_is_kept_and_the_search_speeds_up_at_once(practice: Practice) -> None:
    episode = practice.refer("AD")
    assert track(practice, episode) is Track.STANDARD
    record(practice, episode)
    (fact,) = practice.facts(episode).haste
    assert (fact.kind, fact.happened_on, fact.note, fact.ended_on) == (
        HasteKind.SAFEGUARDING,
        MONDAY,
        "Seen",
        None,
    )
    assert fact.recorded_at == practice.clock.now()
    assert track(practice, episode) is Track.PROMPT


def test_what_is_recorded_already_is_told_to_the_second(practice: Practice) -> None:
    episode = practice.refer("A")
    record(practice, episode)
    with practice.refused("recorded already"):
        record(practice, episode)
    with practice.refused("in the future"):
        record(practice, episode, kind=HasteKind.SELF_HARM, happened_on=day(1))


def test_a_fact_ends_once(practice: Practice) -> None:
    episode = practice.refer("A")
    record(practice, episode)
    (fact,) = practice.facts(episode).haste
    ended = EndHaste(haste_id=fact.id, seen=fact.row_version, ended_on=MONDAY)
    assert end_haste_fact(ended, practice.uow()).kinds == {Kind.HASTE}
    with practice.refused("Somebody else changed this", StaleRecord):
        end_haste_fact(ended, practice.uow("amina"))
    (after,) = practice.facts(episode).haste
    assert after.ended_on == MONDAY
    with practice.refused("ended already"):
        end_haste_fact(replace(ended, seen=after.row_version), practice.uow())


def test_a_mistake_is_in_no_fact_and_stays_in_the_record(practice: Practice) -> None:
    episode = practice.refer("A")
    record(practice, episode)
    (fact,) = practice.facts(episode).haste
    void = VoidHaste(haste_id=fact.id, seen=fact.row_version, reason="Another patient")
    with practice.refused("Say what was wrong"):
        void_haste_fact(replace(void, reason=" "), practice.uow())
    void_haste_fact(void, practice.uow())
    assert practice.facts(episode).haste == ()
    assert len(practice.everything()["haste"]) == 1
    again = replace(void, seen=fact.row_version + 1)
    with practice.refused("entered in error already"):
        void_haste_fact(again, practice.uow())
    with practice.refused("entered in error already"):
        end_haste_fact(EndHaste(haste_id=fact.id, seen=again.seen, ended_on=MONDAY), practice.uow())


def test_anybody_makes_us_faster_and_only_another_supervisor_slower(practice: Practice) -> None:
    episode = practice.refer("AD")
    move_track(MoveTrack(episode_id=episode, to=Track.PROMPT, reason="Sounded low"), practice.uow())
    assert track(practice, episode) is Track.PROMPT
    practice.on(day(8))
    back = MoveTrack(episode_id=episode, to=Track.STANDARD, reason="Seen by GP")
    with practice.refused("Only a supervisor who does not hold"):
        move_track(back, practice.uow())
    move_track(back, practice.uow("amina"))
    (_, move) = practice.facts(episode).track_moves
    assert (move.to, move.by_id, move.agreed_by_id, move.reason) == (
        Track.STANDARD,
        practice.user("amina"),
        practice.user("amina"),
        "Seen by GP",
    )
    assert track(practice, episode) is Track.STANDARD


@pytest.mark.parametrize(
    ("login", "reason", "words"),
    [
        ("amina", " ", "Say why the track"),
        ("jo", "Fine", "Only a supervisor"),
        ("sam", "Fine", "Only a super"),
    ],
)
def test_a_move_to_slower_lacks_nothing(practice: Practice, login: str, reason: str, words: str) -> None:
    command = MoveTrack(episode_id=practice.refer("AD"), to=Track.STANDARD, reason=reason)
    with practice.refused(words):
        move_track(command, practice.uow(login))


def test_the_supervisor_who_holds_the_case_does_not_agree_with_themselves(practice: Practice) -> None:
    episode = practice.refer("AD", holder_id=practice.user("amina"))
    command = MoveTrack(episode_id=episode, to=Track.STANDARD, reason="Fine")
    with practice.refused("another supervisor must agree"):
        move_track(command, practice.uow("amina"))


def test_nobody_agrees_through_an_account_of_ones_own_making(practice: Practice) -> None:
    episode = practice.refer("AD")
    made = add_user(NewUser(login="x", name="X Y", role=Role.SUPERVISOR), practice.uow("jo")).made
    practice.staff["x"] = replace(practice.staff["amina"], user_id=UserId(made or 0), login="x", name="X Y")
    command = MoveTrack(episode_id=episode, to=Track.STANDARD, reason="Fine")
    with practice.refused("your account was made since by whoever did"):
        move_track(command, practice.uow("x"))


def test_what_makes_us_faster_is_taken_back_by_another_supervisor_while_they_are_sought(
    practice: Practice,
) -> None:
    episode = practice.refer("AD")
    record_haste_fact(
        RecordHaste(episode_id=episode, kind=HasteKind.SELF_HARM, happened_on=MONDAY), practice.uow()
    )
    (fact,) = practice.facts(episode).haste
    void = VoidHaste(haste_id=fact.id, seen=fact.row_version, reason="Another patient")
    with practice.refused("only a supervisor who does not hold this case can take it back"):
        void_haste_fact(void, practice.uow())
    assert track(practice, episode) is Track.PROMPT
    void_haste_fact(void, practice.uow("amina"))
    assert track(practice, episode) is Track.STANDARD
