"""A death taken back drops nobody: who was missed is sought again, what was cancelled is to be rebooked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.domain.closure import Ending
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.ids import ContactId
from collabcare.domain.missed_run import missed_run
from collabcare.services.contact_corrections import VoidContact, void_contact
from collabcare.services.contacts import record_contact
from tests.builders import day, pathway
from tests.services.ending_acts import close, ending, told_gp
from tests.services.test_deaths import die, take_back

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

DNA = AttendanceStatus.DID_NOT_ATTEND


def void_last(practice: Practice, episode: EpisodeId) -> None:
    """Mark the last contact as entered in error."""
    contact = practice.last_contact(episode)
    command = VoidContact(contact_id=ContactId(contact.id), seen=contact.version, reason="Typed twice")
    void_contact(command, practice.uow(), pathway())


def due(practice: Practice, episode: EpisodeId) -> dict[DueKind, date]:
    """Return what is due for the patient, and by when."""
    found = what_is_due(practice.facts(episode), practice.rulebook, today=practice.today)
    return {each.kind: each.due_on for each in found}


def test_what_was_missed_is_missed_again_and_no_word_from_them(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.on(day(8))
    die(practice, episode, day(6))
    assert practice.facts(episode).contacts[-1].status is AttendanceStatus.CANCELLED_BY_PATIENT
    with practice.refused("Take the death back first"):
        void_last(practice, episode)
    take_back(practice, episode)
    facts = practice.facts(episode)
    run = missed_run(facts, today=day(8))
    assert (facts.contacts[-1].status, run.heard_since) == (DNA, None)
    assert facts.open_ladder is not None
    owed = told_gp(practice, episode)
    for chosen in (Ending.COMPLETED, Ending.DECLINED, Ending.NOT_SUITABLE):
        with practice.refused("still trying to reach|Log what they said"):
            close(practice, ending(practice, episode, **{**owed, "ending": chosen}))


@pytest.mark.parametrize("history", ["D", "AD", "ADD"])
def test_a_miss_is_not_lost_by_a_death_of_its_own_day(practice: Practice, history: str) -> None:
    """Nothing is booked for the dead: marked in error while one stood, it would be gone for good."""
    episode = practice.refer(history)
    die(practice, episode, practice.today)
    with practice.refused("Take the death back first"):
        void_last(practice, episode)
    take_back(practice, episode)
    assert practice.facts(episode).contacts[-1].status is DNA
    assert practice.facts(episode).open_ladder is not None


def test_a_miss_taken_back_and_then_cancelled_by_a_death_is_not_lost(practice: Practice) -> None:
    episode = practice.refer("AD")
    void_last(practice, episode)
    practice.on(day(8))
    die(practice, episode, day(3))
    with practice.refused("Take the death back first"):
        void_last(practice, episode)
    take_back(practice, episode)
    assert [(each.on, each.status) for each in practice.facts(episode).contacts][1:] == [(day(7), None)]


def test_an_appointment_given_up_by_a_death_is_ours_to_book_again_and_no_word_from_them(
    practice: Practice,
) -> None:
    episode = practice.refer("AD")
    practice.happen("b", episode, day(20))
    practice.on(day(8))
    die(practice, episode, day(8))
    take_back(practice, episode)
    facts = practice.facts(episode)
    assert facts.contacts[-1].status is AttendanceStatus.CANCELLED_BY_PROVIDER
    assert missed_run(facts, today=day(8)).heard_since is None
    quiet = practice.refer("A")
    practice.happen("b", quiet, day(20))
    practice.on(day(9))
    die(practice, quiet, day(9))
    take_back(practice, quiet)
    assert due(practice, quiet)[DueKind.REBOOK] <= day(16)
    practice.on(day(60))
    assert DueKind.REBOOK in due(practice, quiet)


def test_what_the_patient_cancelled_themselves_stays_theirs(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(3))
    record_contact(practice.contact("C", episode, day(20)), practice.uow(), pathway())
    die(practice, episode, day(3))
    take_back(practice, episode)
    assert practice.facts(episode).contacts[-1].status is AttendanceStatus.CANCELLED_BY_PATIENT


def test_that_they_were_not_brought_still_asks_us_to_act_soon(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(7))
    missed = practice.contact("D", episode, day(7), was_not_brought=True)
    record_contact(missed, practice.uow(), pathway())
    die(practice, episode, day(6))
    take_back(practice, episode)
    assert DueKind.REENGAGE_PROMPT in due(practice, episode)


def test_a_miss_written_up_while_the_death_stood_has_them_sought(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(9))
    die(practice, episode, day(9))
    practice.happen("D", episode, day(8))
    assert practice.facts(episode).open_ladder is None
    take_back(practice, episode)
    found = practice.facts(episode).open_ladder
    assert found is not None
    assert found.missed_on == day(8)


def test_a_second_miss_written_up_meanwhile_is_one_search(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.on(day(9))
    die(practice, episode, day(9))
    practice.happen("D", episode, day(8))
    take_back(practice, episode)
    facts = practice.facts(episode)
    assert [each.missed_on for each in facts.ladders if each.closed_on is None] == [day(8)]
    assert facts.open_ladder is not None
    assert facts.open_ladder.consecutive == 2


def test_who_was_seen_after_all_is_not_sought(practice: Practice) -> None:
    episode = practice.refer("D")
    practice.on(day(9))
    die(practice, episode, day(9))
    practice.happen("A", episode, day(8))
    take_back(practice, episode)
    assert practice.facts(episode).open_ladder is None


@pytest.mark.parametrize("ending_", [Ending.DECLINED, Ending.NOT_SUITABLE, Ending.MOVED_AWAY])
def test_while_a_death_is_recorded_care_ends_with_nothing_else(practice: Practice, ending_: Ending) -> None:
    episode = practice.refer("AD")
    practice.happen("b", episode, day(20))
    practice.on(day(8))
    owed = told_gp(practice, episode)
    die(practice, episode, day(8))
    with practice.refused("A death is recorded for this patient"):
        close(practice, ending(practice, episode, **{**owed, "ending": ending_}))
    assert practice.facts(episode).closed_on is None
