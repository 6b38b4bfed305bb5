"""Nobody is another person by an account of their own making, or by giving the case away for a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.domain.acting import Acting, Role
from collabcare.domain.case_people import NOBODY_KNOWN
from collabcare.domain.changes import Kind
from collabcare.domain.closure import Ending
from collabcare.domain.ids import UserId
from collabcare.domain.reach_facts import Track
from collabcare.domain.reengagement import AttemptOutcome
from collabcare.queries.case_people import ALLOCATING, case_people
from collabcare.services.bulk import AllocateMany, HandOn, allocate_many
from collabcare.services.episodes import CloseEpisode, allocate
from collabcare.services.haste import MoveTrack, move_track
from collabcare.services.pauses import PauseEpisode, pause_episode
from collabcare.services.users import NewColleague, NewUser, add_user, let_user_in
from collabcare.store.engine import WRITE
from collabcare.store.models import AuditEntry
from tests.builders import day
from tests.record_fixtures import PASSWORD
from tests.services.ending_acts import close, ending
from tests.services.test_contact_corrections import attempt, void
from tests.services.test_deaths import die

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

NEVER = "Only a supervisor who neither holds the case nor recorded it as missed"


def account(practice: Practice, role: Role, *, by: str = "jo", login: str = "second") -> str:
    """Let somebody make an account, and return the name to sign in with."""
    made = add_user(NewUser(login=login, name="Second Account", role=role), practice.uow(by)).made
    assert made is not None
    practice.staff[login] = Acting(user_id=UserId(made), login=login, name="Second Account", role=role)
    return login


def died(practice: Practice, episode: EpisodeId, login: str) -> None:
    """End care with the death that is recorded."""
    close(practice, CloseEpisode(episode_id=episode, ending=Ending.DIED, closed_on=practice.today), login)


def slower(practice: Practice, episode: EpisodeId, login: str) -> None:
    """Put a search back on the Standard track."""
    move_track(MoveTrack(episode_id=episode, to=Track.STANDARD, reason="Rang her"), practice.uow(login))


def prompt(practice: Practice, episode: EpisodeId) -> None:
    """Put a search on the Prompt track."""
    move_track(MoveTrack(episode_id=episode, to=Track.PROMPT, reason="Sounded low"), practice.uow())


def hand_to(practice: Practice, episode: EpisodeId, login: str, *, many: bool) -> None:
    """Give a case to somebody as Amina, alone or from the caseload."""
    if not many:
        allocate(episode, practice.user(login), practice.uow("amina"))
        return
    listed = (HandOn(episode_id=episode, seen=practice.facts(episode).version),)
    command = AllocateMany(episodes=listed, holder_id=practice.user(login), reason="Amina is on leave.")
    allocate_many(command, practice.uow("amina"))


@pytest.mark.parametrize("tried", [True, False])
def test_a_supervisor_whose_account_the_practitioner_made_takes_no_miss_back(
    practice: Practice, *, tried: bool
) -> None:
    episode = practice.refer("AD")
    if tried:
        attempt(practice, episode, AttemptOutcome.NO_ANSWER)
    practice.on(day(8))
    second = account(practice, Role.SUPERVISOR)
    with practice.refused("We have tried to reach them" if tried else NEVER):
        void(practice, episode, -1, second, never_was=True)
    assert practice.facts(episode).open_ladder is not None
    void(practice, episode, -1, "amina", never_was=True)


def test_nor_slows_the_search_down_nor_pauses_it(practice: Practice) -> None:
    episode = practice.refer("AD")
    prompt(practice, episode)
    practice.on(day(8))
    second = account(practice, Role.SUPERVISOR)
    with practice.refused("or your account was made since"):
        slower(practice, episode, second)
    pause = PauseEpisode(episode_id=episode, reason="Busy", review_on=day(10))
    with practice.refused("ask a supervisor who does not hold this case"):
        pause_episode(pause, practice.uow(second), practice.rulebook)
    assert not practice.facts(episode).pauses


def test_an_account_made_by_whoever_recorded_the_death_does_not_end_care_with_it(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.on(day(8))
    die(practice, episode, day(7))
    second = account(practice, Role.PRACTITIONER)
    died = CloseEpisode(episode_id=episode, ending=Ending.DIED, closed_on=practice.today)
    with practice.refused("somebody other than whoever recorded the death"):
        close(practice, died, second)
    close(practice, died, "sam")


@pytest.mark.parametrize("many", [True, False])
def test_who_gives_the_case_away_after_the_miss_is_not_another_supervisor(
    practice: Practice, *, many: bool
) -> None:
    episode = practice.refer("AD", holder_id=practice.user("amina"))
    prompt(practice, episode)
    practice.on(day(8))
    hand_to(practice, episode, "jo", many=many)
    with practice.refused(NEVER):
        void(practice, episode, -1, "amina", never_was=True)
    with practice.refused("You held this case when they missed"):
        slower(practice, episode, "amina")
    attempt(practice, episode, AttemptOutcome.NO_ANSWER)
    with practice.refused("We have tried to reach them"):
        void(practice, episode, -1, "amina", never_was=True)
    hand_to(practice, episode, "sam", many=many)
    with practice.refused("You held this case when they missed"):
        slower(practice, episode, "amina")


def test_nor_does_an_account_that_whoever_gave_it_away_made(practice: Practice) -> None:
    episode = practice.refer("AD", holder_id=practice.user("amina"))
    practice.on(day(8))
    second = account(practice, Role.SUPERVISOR, by="amina")
    hand_to(practice, episode, "jo", many=False)
    with practice.refused(NEVER):
        void(practice, episode, -1, second, never_was=True)


def test_who_gave_the_case_away_before_the_miss_is_another_supervisor(practice: Practice) -> None:
    episode = practice.refer("A", holder_id=practice.user("amina"))
    practice.on(day(1))
    hand_to(practice, episode, "jo", many=False)
    practice.happen("D", episode, day(7))
    prompt(practice, episode)
    slower(practice, episode, "amina")
    void(practice, episode, -1, "amina", never_was=True)
    assert practice.facts(episode).open_ladder is None


def test_nor_does_whoever_made_the_account_by_which_it_was_recorded(practice: Practice) -> None:
    """Nor an account that this one made, nor another of the same maker."""
    episode = practice.refer("AD")
    practice.on(day(8))
    second = account(practice, Role.PRACTITIONER)
    third = account(practice, Role.PRACTITIONER, by=second, login="third")
    sister = account(practice, Role.SUPERVISOR, login="sister")
    die(practice, episode, day(7), second)
    for each in ("jo", second, third, sister):
        with practice.refused("somebody other than whoever recorded the death"):
            died(practice, episode, each)
    died(practice, episode, "amina")


def test_an_account_made_before_the_miss_is_a_colleague(practice: Practice) -> None:
    """In a small team everybody's account was made by one of them: this is not to stop them."""
    second = account(practice, Role.SUPERVISOR)
    practice.on(day(1))
    third = account(practice, Role.PRACTITIONER, by=second, login="third")
    episode = practice.refer("AD", holder_id=practice.user(third))
    practice.on(day(8))
    die(practice, episode, day(7), third)
    died(practice, episode, second)


def test_what_one_account_took_out_of_the_record_no_other_of_theirs_ends(practice: Practice) -> None:
    episode = practice.refer("AD", holder_id=practice.user("sam"))
    practice.on(day(8))
    second = account(practice, Role.SUPERVISOR, by="amina")
    void(practice, episode, -1, second, never_was=True)
    with practice.refused("Another person looks at it and ends care"):
        close(practice, ending(practice, episode), "amina")
    close(practice, ending(practice, episode), "jo")


def test_an_account_that_opens_nothing_yet_is_of_whoever_lets_it_in(practice: Practice) -> None:
    """Made before the miss and first let in after it, it is no colleague of before."""
    kept = account(practice, Role.PRACTITIONER, by="amina")
    episode = practice.refer("AD")
    practice.on(day(8))
    who = NewColleague(
        user=NewUser(login=kept, name="Second Account", role=Role.PRACTITIONER), password=PASSWORD
    )
    let_user_in(who, practice.desk("jo"))
    die(practice, episode, day(7))
    with practice.refused("somebody other than whoever recorded the death"):
        died(practice, episode, kept)


def test_where_it_was_not_kept_from_whom_a_case_was_taken_each_who_saw_them_counts(
    practice: Practice,
) -> None:
    """So it was until the audit trail kept it."""
    episode = practice.refer("AD", holder_id=practice.user("amina"))
    practice.on(day(8))
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        told = {"action": ALLOCATING, "kind": Kind.EPISODE, "patient_id": 1, "episode_id": episode}
        session.add(AuditEntry(at=practice.clock.now(), actor_role="supervisor", **told))
        session.commit()
        assert {each.by for each in case_people(session, {episode})[episode].held} == {practice.user("jo")}
    assert practice.facts(episode).people == NOBODY_KNOWN, "read only where somebody else is asked for"
