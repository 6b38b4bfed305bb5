"""Logging talks about somebody who needs haste and is not reached: words and a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.course import course_of
from collabcare.domain.decided import Decided
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.queries.timeline import timeline
from collabcare.services.haste import RecordHaste, record_haste_fact
from tests.builders import day
from tests.services.searching import attempt

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

GP: dict[str, Any] = {"channel": Channel.GP_PRACTICE, "outcome": AttemptOutcome.DISCUSSED, "rung": 3}
BOSS: dict[str, Any] = {"channel": Channel.SUPERVISION, "outcome": AttemptOutcome.DISCUSSED, "rung": 3}
VISIT: dict[str, Any] = {"decided": Decided.HOME_VISIT, "decided_words": "Jo and Lee at 14:00"}


@pytest.fixture
def prompt(practice: Practice) -> EpisodeId:
    """Return somebody who needs haste, missed an appointment, and was tried twice."""
    episode = practice.refer("AD")
    made = RecordHaste(episode_id=episode, kind=HasteKind.SELF_HARM, happened_on=day(7), note="Told us")
    record_haste_fact(made, practice.uow())
    attempt(practice, episode)
    attempt(practice, episode, rung=2, channel=Channel.VISIT, note="Nobody at home")
    return episode


def now(practice: Practice, episode: EpisodeId) -> tuple[int, str]:
    """Return the step to act on and what it says."""
    step = course_of(practice.facts(episode), practice.rulebook, practice.today).search
    assert step is not None
    return step.rung.number, step.what


REFUSED = {
    "no word of the GP practice": (GP, "Write what the GP practice said"),
    "no word of supervision": (BOSS, "Write what was said in supervision"),
    "a decision without words": (
        {**BOSS, "note": "Yes, agreed", "decided": Decided.EMERGENCY},
        "Write who does what",
    ),
    "none now without why": (
        {**BOSS, "note": "Yes, agreed", "decided": Decided.NONE_NOW},
        "Write why nothing",
    ),
    "words without a decision": (
        {**BOSS, "note": "Yes, agreed", "decided_words": "Later"},
        "Choose what was decided",
    ),
    "a decision made alone": ({"rung": 3, **VISIT}, "made with the GP practice or in supervision"),
}


@pytest.mark.parametrize(("made", "words"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused(practice: Practice, prompt: EpisodeId, made: dict[str, Any], words: str) -> None:
    with practice.refused(words):
        attempt(practice, prompt, **made)


def test_the_step_stays_open_until_both_were_asked_and_something_is_decided(
    practice: Practice, prompt: EpisodeId
) -> None:
    attempt(practice, prompt, note="Seen last week, tablets collected", **GP)
    assert now(practice, prompt)[1].startswith("Still to do: ask the supervisor; decide and record")
    attempt(practice, prompt, note="Amina: think about a visit", **BOSS)
    assert now(practice, prompt)[1].startswith("Still to do: decide and record: home visit, crisis team")
    attempt(practice, prompt, note="Amina: visit today", **BOSS, **VISIT)
    assert now(practice, prompt)[0] == 4
    told = practice.facts(prompt).ladders[-1].attempts[-1]
    assert (told.decided, told.decided_words) == (Decided.HOME_VISIT, "Jo and Lee at 14:00")
    entries = timeline(practice.facts(prompt), practice.rulebook, practice.today)
    assert any("Decided: home visit. Jo and Lee at 14:00" in each.text for each in entries)
