"""Pausing care, looking at a pause again, ending it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.errors import StaleRecord
from collabcare.domain.pauses import Absence
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_ends import SearchEnd
from collabcare.services.episodes import start_maintenance
from collabcare.services.haste import RecordHaste, record_haste_fact
from collabcare.services.pauses import (
    EndPause,
    PauseEpisode,
    ReviewPause,
    end_pause,
    pause_episode,
    review_pause,
)
from collabcare.services.searches import CameOfIt
from tests.builders import day
from tests.services.searching import attempt
from tests.services.test_measures import LOW_WITH_9, fill_in

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


def pause(practice: Practice, episode: EpisodeId, days: int = 10, **changes: Any) -> None:  # noqa: ANN401 - any field
    review_on = date.fromordinal(practice.today.toordinal() + days)
    command = PauseEpisode(episode_id=episode, reason=" In hospital ", review_on=review_on)
    pause_episode(replace(command, **changes), practice.uow(), practice.rulebook)


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
    review_pause(command, practice.uow(), practice.rulebook)
    assert practice.facts(episode).pauses[0].review_on == day(37)
    with practice.refused("Somebody else changed this", StaleRecord):
        review_pause(command, practice.uow("amina"), practice.rulebook)
    again = replace(command, seen=found.row_version + 1, review_on=day(38))
    with practice.refused("within 28 days"):
        review_pause(again, practice.uow(), practice.rulebook)


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


def prompt(practice: Practice) -> EpisodeId:
    """Let somebody with an open fact that asks us to act soon miss an appointment."""
    episode = practice.refer("AD")
    fact = RecordHaste(episode_id=episode, kind=HasteKind.SAFEGUARDING, happened_on=day(1))
    record_haste_fact(fact, practice.uow())
    return episode


def tried(practice: Practice) -> EpisodeId:
    """Let somebody on the Prompt track be called and texted on the day of the miss, all that is due then."""
    episode = prompt(practice)
    attempt(practice, episode)
    attempt(practice, episode, rung=2, channel=Channel.TEXT, outcome=AttemptOutcome.SENT)
    return episode


@pytest.mark.parametrize("why", [None, Absence.OTHER, Absence.BREAK])
def test_a_prompt_search_is_not_paused_for_another_reason_but_by_another_supervisor(
    practice: Practice, why: Absence | None
) -> None:
    episode = tried(practice)
    said: dict[str, Any] = {"why": why, "reason": "Agreed with the team", "told_by": "Her sister"}
    with practice.refused("only if they are known to be away, in hospital or in prison"):
        pause(practice, episode, 5, **said)
    command = PauseEpisode(episode_id=episode, review_on=day(12), **said)
    pause_episode(command, practice.uow("amina"), practice.rulebook)
    assert practice.facts(episode).phase is Phase.PAUSED


def test_a_prompt_search_is_paused_for_a_known_absence_with_who_said_so_and_not_for_long(
    practice: Practice,
) -> None:
    episode = tried(practice)
    known: dict[str, Any] = {"why": Absence.HOSPITAL, "reason": ""}
    for nobody in ("", "ward", "Elm4"):
        with practice.refused("Say who told us where they are: a name and who they are"):
            pause(practice, episode, 5, **known, told_by=nobody)
    with practice.refused("look at the pause again by Mon 19-Jan-2026"):
        pause(practice, episode, 8, **known, told_by="Sister Ruiz, Ward 4")
    pause(practice, episode, 7, **known, told_by="Sister Ruiz, Ward 4")
    (made,) = practice.facts(episode).pauses
    assert (made.reason, made.review_on) == ("In hospital, told by Sister Ruiz, Ward 4", day(14))
    longer = ReviewPause(pause_id=made.id, seen=made.row_version, review_on=day(15))
    with practice.refused("Only a supervisor who does not hold this case"):
        review_pause(longer, practice.uow(), practice.rulebook)
    review_pause(longer, practice.uow("amina"), practice.rulebook)
    before, after = practice.facts(episode).pauses
    assert (before.ended_on, after.started_on, after.review_on) == (day(7), day(7), day(15))
    assert due(practice, episode)[DueKind.REENGAGE_PROMPT] == day(15)


KNOWN: dict[str, Any] = {"why": Absence.HOSPITAL, "reason": "", "told_by": "Sister Ruiz, Ward 4"}


def test_a_step_of_the_prompt_track_that_is_due_is_for_another_supervisor_to_pause(
    practice: Practice,
) -> None:
    episode = prompt(practice)
    with practice.refused("a step is due today: call"):
        pause(practice, episode, 5, **KNOWN)
    practice.on(day(8))
    with practice.refused("a step is overdue since Mon 12-Jan-2026"):
        pause(practice, episode, 5, **KNOWN)
    command = PauseEpisode(episode_id=episode, review_on=day(20), **KNOWN)
    pause_episode(command, practice.uow("amina"), practice.rulebook)
    assert due(practice, episode)[DueKind.REENGAGE_PROMPT] == day(20)
    practice.on(day(20))
    (found,) = practice.facts(episode).pauses
    again = ReviewPause(pause_id=found.id, seen=found.row_version, review_on=day(25))
    with practice.refused("a step is overdue"):
        review_pause(again, practice.uow(), practice.rulebook)


def test_an_open_safety_conversation_is_for_another_supervisor_to_pause_over(practice: Practice) -> None:
    episode = practice.refer("A")
    fill_in(practice, episode, answers=LOW_WITH_9)
    with practice.refused("A safety conversation is open"):
        pause(practice, episode, 5, **KNOWN)
    command = PauseEpisode(episode_id=episode, review_on=day(5), **KNOWN)
    pause_episode(command, practice.uow("amina"), practice.rulebook)
    assert DueKind.SAFETY_CONVERSATION in due(practice, episode)


def test_a_pause_of_the_standard_track_holds_the_prompt_track_back_no_longer_than_its_own_may(
    practice: Practice,
) -> None:
    episode = practice.refer("AD")
    pause(practice, episode, 28)
    assert due(practice, episode)[DueKind.REENGAGE] == day(35)
    practice.on(day(10))
    fact = RecordHaste(episode_id=episode, kind=HasteKind.SELF_HARM, happened_on=day(10), note="Told by GP")
    record_haste_fact(fact, practice.uow())
    assert due(practice, episode)[DueKind.REENGAGE_PROMPT] == day(17)
    assert due(practice, episode)[DueKind.PAUSE_REVIEW] == day(35)
    (found,) = practice.facts(episode).pauses
    command = ReviewPause(pause_id=found.id, seen=found.row_version, review_on=day(30))
    review_pause(command, practice.uow("amina"), practice.rulebook)
    assert due(practice, episode)[DueKind.REENGAGE_PROMPT] == day(30)


def test_a_pause_taken_before_the_miss_is_written_up_holds_back_no_longer_either(practice: Practice) -> None:
    episode = practice.refer("A")
    fact = RecordHaste(episode_id=episode, kind=HasteKind.SAFEGUARDING, happened_on=day(0))
    record_haste_fact(fact, practice.uow())
    practice.on(day(7), time(8))
    pause(practice, episode, 28)
    practice.on(day(7))
    practice.happen("D", episode, day(7))
    assert due(practice, episode)[DueKind.REENGAGE_PROMPT] == day(14)


def test_on_the_standard_track_and_with_nobody_sought_a_pause_is_as_before(practice: Practice) -> None:
    for history in ("A", "AD"):
        pause(practice, practice.refer(history), 28)


def test_who_asks_for_a_break_is_reached_and_pauses_for_as_long_as_they_like(practice: Practice) -> None:
    episode = prompt(practice)
    attempt(
        practice,
        episode,
        outcome=AttemptOutcome.SPOKE,
        note="At her mother's",
        came_of_it=CameOfIt(end=SearchEnd.WANTS_PAUSE, return_on=day(30)),
    )
    assert practice.facts(episode).pauses[0].review_on == day(30)
