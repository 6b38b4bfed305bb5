"""Nobody is another person by an account of their own making, or by giving the case away for a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.domain.acting import Acting, Role, is_one_of
from collabcare.domain.closure import Ending
from collabcare.domain.ids import UserId
from collabcare.domain.reach_facts import Track
from collabcare.domain.reengagement import AttemptOutcome
from collabcare.services.bulk import AllocateMany, HandOn, allocate_many
from collabcare.services.episodes import CloseEpisode, allocate
from collabcare.services.haste import MoveTrack, move_track
from collabcare.services.pauses import PauseEpisode, pause_episode
from collabcare.services.users import NewUser, add_user
from tests.builders import day
from tests.services.ending_acts import close
from tests.services.test_contact_corrections import attempt, void
from tests.services.test_deaths import die

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

NEVER = "Only a supervisor who neither holds the case nor recorded it as missed"


def account(practice: Practice, role: Role, *, by: str = "jo") -> str:
    """Let somebody make an account, and return the name to sign in with."""
    made = add_user(NewUser(login="second", name="Second Account", role=role), practice.uow(by)).made
    assert made is not None
    practice.staff["second"] = Acting(user_id=UserId(made), login="second", name="Second Account", role=role)
    return "second"


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
    with practice.refused("That account was made by the practitioner"):
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


@pytest.mark.parametrize(
    ("user", "maker", "one_of"), [(1, None, True), (3, 1, True), (3, 2, False), (3, None, False)]
)
def test_an_account_made_by_one_of_them_counts_as_one_of_them(
    user: int, maker: int | None, *, one_of: bool
) -> None:
    assert is_one_of({1, None}, user, maker) is one_of
