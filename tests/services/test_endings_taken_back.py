"""Care ended in error goes on again: by another supervisor, with the reason, and with what was sought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.domain.acting import Role
from collabcare.domain.closure import Ending
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.errors import NotAllowed, StaleRecord
from collabcare.queries.beside_contacts import beside_contacts
from collabcare.services.deaths import TakeBackDeath, take_back_death
from collabcare.services.endings_taken_back import TakeBackEnding, take_back_ending
from collabcare.services.episodes import start_maintenance
from collabcare.services.letters import IssueLetter, issue_letter
from collabcare.services.pauses import PauseEpisode, pause_episode
from collabcare.store.models import Letter, UserAccount
from tests.builders import MONDAY, day
from tests.services.ending_acts import close, ending
from tests.services.test_another_person import account
from tests.services.test_deaths import die

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


def take_back(
    practice: Practice, episode: EpisodeId, login: str = "amina", reason: str = "Another person of that name"
) -> Changes:
    """Take the end of this care back."""
    command = TakeBackEnding(episode_id=episode, seen=practice.facts(episode).version, reason=reason)
    return take_back_ending(command, practice.uow(login), practice.rulebook.pathway)


def died(practice: Practice) -> EpisodeId:
    """Let somebody sought, with an appointment booked, be closed as died by a slip."""
    episode = practice.refer("AD")
    practice.happen("b", episode, day(20))
    practice.on(day(10))
    die(practice, episode, day(9))
    close(practice, ending(practice, episode, ending=Ending.DIED, closed_on=day(9)), "sam")
    return episode


def test_a_death_closed_by_a_slip_is_taken_back_whole(practice: Practice) -> None:
    episode = died(practice)
    before = practice.facts(episode)
    assert (before.patient.died_on, before.patient.death_told_by) == (day(9), "Her sister")
    assert before.open_ladder is None
    practice.on(day(11))
    changes = take_back(practice, episode)
    facts = practice.facts(episode)
    assert (facts.patient.died_on, facts.patient.death_told_by, facts.closed_on) == (None, None, None)
    assert (facts.phase, facts.phase_since, facts.ending) == (Phase.ACTIVE, MONDAY, None)
    assert facts.open_ladder is not None
    assert any(each.kind is DueKind.REENGAGE for each in what_is_due(facts, practice.rulebook, today=day(11)))
    assert facts.contacts[-1].status is AttendanceStatus.CANCELLED_BY_PROVIDER
    (said,) = [each.sentence for each in changes.suggestions]
    assert "The search goes on where it was. Book again what was cancelled with it: 25-Jan-2026" in said


def test_what_the_ending_said_stays_struck_through(practice: Practice) -> None:
    episode = died(practice)
    practice.on(day(11))
    take_back(practice, episode)
    with practice.reading() as session:
        (kept,) = beside_contacts(session, episode).in_error
    assert (kept.on, kept.by, kept.marked_on) == (day(9), "Amina Shah", day(11))
    assert (kept.what, kept.reason) == ("care ended, patient died", "Another person of that name")
    assert "Recorded as died 14-Jan-2026, told by Her sister." in kept.text
    lines = [line for line in practice.audit() if line.action == "Take back end of care"]
    assert {line.kind for line in lines} == {"patient", "contact", "search", "episode"}


def test_the_gp_summary_of_the_dead_stays_on_today_until_it_is_issued(practice: Practice) -> None:
    episode = died(practice)
    (due,) = what_is_due(practice.facts(episode), practice.rulebook, today=day(30))
    assert (due.kind, due.letter) == (DueKind.GP_LETTER, "gp_discharge")
    issue_letter(IssueLetter(episode_id=episode, kind="gp_discharge"), practice.desk())
    assert what_is_due(practice.facts(episode), practice.rulebook, today=day(30)) == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"died_on": None}, "Give the day they died"),
        ({"told_by": " "}, "Say who told us that they have died"),
        ({"told_by": "x"}, "Say who told us that they have died"),
    ],
)
def test_nobody_is_closed_as_dead_without_a_day_and_somebody_who_said_so(
    practice: Practice, changes: dict[str, object], words: str
) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        close(practice, ending(practice, episode, ending=Ending.DIED, **changes))


def test_only_another_supervisor_takes_it_back(practice: Practice) -> None:
    episode = practice.refer("A")
    close(practice, ending(practice, episode), "amina")
    for login in ("jo", "sam", "alex", "rita"):
        with practice.refused("may not take back the end of care", NotAllowed):
            take_back(practice, episode, login)
    second = account(practice, Role.SUPERVISOR, by="amina")
    for login in ("amina", second):
        with practice.refused("Only a supervisor who did not end it"):
            take_back(practice, episode, login)
    with practice.reading() as session:
        assert Role(session.get_one(UserAccount, practice.user("amina")).role) is Role.SUPERVISOR
    assert practice.facts(episode).phase is Phase.CLOSED


def test_an_ending_is_taken_back_once_with_a_reason_and_as_it_was_seen(practice: Practice) -> None:
    episode = practice.refer("A")
    with practice.refused("Care has not ended"):
        take_back(practice, episode)
    close(practice, ending(practice, episode))
    with practice.refused("Say why care had not ended"):
        take_back(practice, episode, reason=" ")
    stale = TakeBackEnding(episode_id=episode, seen=1, reason="Wrong patient")
    with practice.refused("Somebody else changed this", StaleRecord):
        take_back_ending(stale, practice.uow("amina"), practice.rulebook.pathway)
    take_back(practice, episode)
    with practice.refused("Care has not ended"):
        take_back(practice, episode)


def test_staying_well_goes_on_and_what_does_not_come_back_is_said(practice: Practice) -> None:
    episode = practice.refer("A")
    start_maintenance(episode, practice.uow())
    paused = PauseEpisode(episode_id=episode, reason="Away", review_on=day(14))
    pause_episode(paused, practice.uow(), practice.rulebook)
    practice.on(day(2))
    close(practice, ending(practice, episode))
    issue_letter(IssueLetter(episode_id=episode, kind="gp_discharge"), practice.desk())
    changes = take_back(practice, episode)
    facts = practice.facts(episode)
    assert (facts.phase, facts.phase_since) == (Phase.MAINTENANCE, MONDAY)
    (said,) = [each.sentence for each in changes.suggestions]
    assert "A pause ended with it" in said
    assert "The GP had a letter" in said


def test_a_death_with_which_care_ended_is_not_taken_back_by_itself(practice: Practice) -> None:
    patient = practice.facts(died(practice)).patient
    command = TakeBackDeath(patient_id=patient.patient_id, seen=patient.version)
    with practice.refused("Care has ended with this death"):
        take_back_death(command, practice.uow(), practice.rulebook.pathway)


def test_the_summary_of_the_dead_says_so_and_no_way_back(practice: Practice) -> None:
    episode = died(practice)
    made = issue_letter(IssueLetter(episode_id=episode, kind="gp_discharge"), practice.desk()).made
    with practice.reading() as session:
        said = session.get_one(Letter, made).text
    assert "died on 14 January 2026" in said
    assert "come back" not in said
