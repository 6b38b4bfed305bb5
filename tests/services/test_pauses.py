"""Pausing care, looking at a pause again, ending it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.errors import StaleRecord
from collabcare.services.episodes import start_maintenance
from collabcare.services.pauses import (
    EndPause,
    PauseEpisode,
    ReviewPause,
    end_pause,
    pause_episode,
    review_pause,
)
from tests.builders import day

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


def pause(practice: Practice, episode: EpisodeId, days: int = 10, **changes: Any) -> None:  # noqa: ANN401 - any field
    review_on = date.fromordinal(practice.today.toordinal() + days)
    command = PauseEpisode(episode_id=episode, reason=" In hospital ", review_on=review_on)
    pause_episode(replace(command, **changes), practice.uow(), practice.rulebook.episode)


def end(practice: Practice, episode: EpisodeId, **changes: Any) -> None:  # noqa: ANN401 - any field
    found = practice.facts(episode).pauses[-1]
    command = EndPause(pause_id=found.id, seen=found.row_version)
    end_pause(replace(command, **changes), practice.uow())


def due(practice: Practice, episode: EpisodeId) -> dict[DueKind, date]:
    found = what_is_due(practice.facts(episode), practice.rulebook, today=practice.today)
    return {each.kind: each.due_on for each in found}


@pytest.mark.parametrize("history", ["", "A"])
def test_a_pause_ends_in_the_phase_it_began_in(practice: Practice, history: str) -> None:
    episode = practice.refer(history)
    before = practice.facts(episode)
    practice.on(day(2))
    pause(practice, episode)
    paused = practice.facts(episode)
    assert (paused.phase, paused.pauses[0].reason) == (Phase.PAUSED, "In hospital")
    rest = {DueKind.GP_LETTER: day(7)} if "A" in history else {}
    assert due(practice, episode) == {DueKind.PAUSE_REVIEW: day(12), **rest}
    practice.on(day(5))
    end(practice, episode)
    after = practice.facts(episode)
    assert (after.phase, after.phase_since) == (before.phase, before.phase_since)
    assert after.pauses[0].ended_on == day(5)


def test_staying_well_goes_on_after_a_pause_as_it_was(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(3))
    start_maintenance(episode, practice.uow())
    practice.on(day(9))
    pause(practice, episode)
    with practice.refused("Only an active episode"):
        start_maintenance(episode, practice.uow())
    end(practice, episode)
    facts = practice.facts(episode)
    assert (facts.phase, facts.phase_since) == (Phase.MAINTENANCE, day(3))


def test_who_is_first_seen_during_a_pause_is_active_after_it(practice: Practice) -> None:
    episode = practice.refer()
    pause(practice, episode)
    practice.happen("A", episode, day(3))
    assert practice.facts(episode).phase is Phase.PAUSED
    end(practice, episode)
    assert practice.facts(episode).phase is Phase.ACTIVE


def test_a_search_stays_open_and_waits_for_the_day_of_the_pause(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.on(day(8))
    pause(practice, episode, days=6)
    assert practice.facts(episode).open_ladder is not None
    assert due(practice, episode)[DueKind.REENGAGE] >= day(14)
    practice.on(day(14))
    assert due(practice, episode)[DueKind.REENGAGE] <= day(14)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "EPI-W4 no day": ({"review_on": None}, "Choose the day"),
    "29 days": ({"review_on": day(29)}, "within 28 days"),
    "no reason": ({"reason": " "}, "Say why care is paused"),
    "from tomorrow": ({"started_on": day(1)}, "in the future"),
    "too long a reason": ({"reason": "x" * 2_001}, "The reason is too long"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED.values(), ids=REFUSED)
def test_a_pause_nobody_would_come_back_to_is_refused(
    practice: Practice, changes: dict[str, Any], words: str
) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        pause(practice, episode, **changes)


def test_two_people_pausing_one_patient_pause_once(practice: Practice) -> None:
    episode = practice.refer("A")
    pause(practice, episode)
    with practice.refused("paused already"):
        pause(practice, episode)


def test_a_pause_goes_on_only_after_it_was_looked_at(practice: Practice) -> None:
    episode = practice.refer("A")
    pause(practice, episode)
    (found,) = practice.facts(episode).pauses
    practice.on(day(9))
    command = ReviewPause(pause_id=found.id, seen=found.row_version, review_on=day(37))
    review_pause(command, practice.uow(), practice.rulebook.episode)
    assert practice.facts(episode).pauses[0].review_on == day(37)
    with practice.refused("Somebody else changed this", StaleRecord):
        review_pause(command, practice.uow("amina"), practice.rulebook.episode)
    again = replace(command, seen=found.row_version + 1, review_on=day(38))
    with practice.refused("within 28 days"):
        review_pause(again, practice.uow(), practice.rulebook.episode)


def test_a_pause_that_ended_stays_as_it_was(practice: Practice) -> None:
    episode = practice.refer("A")
    pause(practice, episode)
    with practice.refused("in the future"):
        end(practice, episode, ended_on=day(1))
    end(practice, episode)
    with practice.refused("That pause has ended"):
        end(practice, episode)
    pause(practice, episode)
    assert len(practice.facts(episode).pauses) == 2
