"""What waits to be finished, found by its number."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.errors import RuleViolation
from collabcare.queries.pending import booking_on, episode_version, oldest_open_action, open_ladder
from tests.builders import MONDAY

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def test_a_booking_and_a_search_are_found(practice: Practice) -> None:
    episode = practice.refer("AD")
    later = MONDAY + timedelta(weeks=2)
    practice.happen("b", episode, later)
    facts = practice.facts(episode)
    with practice.reading() as session:
        assert booking_on(session, episode, later) == facts.contacts[-1].id
        assert facts.open_ladder is not None
        assert open_ladder(session, episode) == facts.open_ladder.id
        assert episode_version(session, episode) == facts.version


def test_what_is_not_there_is_said_in_words(practice: Practice) -> None:
    episode = practice.refer("A")
    with practice.reading() as session:
        with pytest.raises(RuleViolation, match="nothing of that kind"):
            booking_on(session, episode, MONDAY)
        with pytest.raises(RuleViolation, match="nothing of that kind"):
            oldest_open_action(session, episode)
