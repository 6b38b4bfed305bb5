"""A patient's other episodes: only theirs, the newest first, each with its ending in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.ids import EpisodeId
from collabcare.queries.earlier_care import details_besides, other_care
from tests.builders import MONDAY, day
from tests.services.test_returns import back, gone

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def test_the_other_episodes_of_the_same_patient(practice: Practice) -> None:
    first = gone(practice)
    practice.refer("A", surname="Li")
    second = EpisodeId(back(practice, first, day(60)).made or 0)
    with practice.reading() as session:
        (before,) = other_care(session, second)
        (after,) = other_care(session, first)
    assert (before.episode_id, before.closed_on) == (first, MONDAY)
    assert (before.ended, before.reason, before.step) == ("Treatment completed", "Depression", 2)
    assert (after.episode_id, after.closed_on, after.ended) == (second, None, "")
    assert after.received_on == day(60)


def test_somebody_new_has_none_and_the_practices_are_there(practice: Practice) -> None:
    episode = practice.refer("A")
    with practice.reading() as session:
        found = details_besides(session, episode)
    assert found.care == ()
    assert [row.name for row in found.practices] == ["Elm Tree Surgery"]
