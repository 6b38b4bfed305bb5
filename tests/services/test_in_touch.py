"""Who has been in touch since a missed appointment, but nobody has written down what they want."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.course import course_of
from collabcare.domain.due import letter_due, what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.loop_misses import Fate, misses
from collabcare.domain.missed_run import missed_run
from collabcare.domain.search_letters import GP_NOTICE, KEEP_IN_TOUCH
from collabcare.domain.search_today import search_step
from collabcare.queries.loop import loop_episodes
from collabcare.services.letters import IssueLetter, issue_letter, letters_offered
from collabcare.store.engine import WRITE
from collabcare.store.models import Site
from tests.builders import day
from tests.services.ending_acts import says_no
from tests.services.searching import attempt
from tests.services.test_words_before_ending import (
    asked_to_move_another,
    came_late_to_another,
    cancelled_another,
    rang_after,
    rang_after_on_the_prompt_track,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

IN_TOUCH = [
    rang_after,
    rang_after_on_the_prompt_track,
    cancelled_another,
    came_late_to_another,
    asked_to_move_another,
]


def asks_what_they_want(practice: Practice, episode: EpisodeId) -> date:
    """Assert that Today's line of the search asks for nothing else, and return the day of the word."""
    facts = practice.facts(episode)
    heard = missed_run(facts, today=practice.today).heard_since
    assert heard is not None
    due = what_is_due(facts, practice.rulebook, today=practice.today)
    (sought,) = [each for each in due if each.kind in {DueKind.REENGAGE, DueKind.REENGAGE_PROMPT}]
    assert sought.due_on <= heard.on
    assert sought.why.endswith(f"{heard.how} Record what they want.")
    letter = letter_due(course_of(facts, practice.rulebook, practice.today), practice.rulebook)
    assert letter not in {KEEP_IN_TOUCH, GP_NOTICE}
    return heard.on


@pytest.mark.parametrize("in_touch", IN_TOUCH)
def test_every_place_reads_the_same_word(
    practice: Practice, in_touch: Callable[[Practice], EpisodeId]
) -> None:
    """Today asks what they want, no letter says they were not reached, the report counts them."""
    episode = in_touch(practice)
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.query(Site).one().telephone = "0113 496 0123"
        session.commit()
    heard = asks_what_they_want(practice, episode)
    practice.on(practice.today + timedelta(days=40))
    assert asks_what_they_want(practice, episode) == heard
    facts = practice.facts(episode)
    offers = {each.kind.id: each.why_not for each in letters_offered(facts, practice.desk())}
    for kind in (KEEP_IN_TOUCH, GP_NOTICE, "gp_closing_unreached"):
        assert "a record of what they want" in offers[kind]
        with practice.refused("a record of what they want"):
            issue_letter(IssueLetter(episode_id=episode, kind=kind), practice.desk())
    with practice.reading() as session:
        (found,) = loop_episodes(session, day(-30))
    (miss,) = misses(found, today=practice.today)
    assert (miss.fate, miss.heard.on if miss.heard else None) == (Fate.REACHED, heard)
    assert facts.open_ladder is not None
    says_no(practice, episode)
    assert practice.facts(episode).open_ladder is None


def test_until_there_is_word_the_steps_go_on(practice: Practice) -> None:
    episode = practice.refer("AD")
    attempt(practice, episode)
    step = search_step(practice.facts(episode), practice.rulebook.search, today=practice.today)
    assert step is not None
    assert step.word is None
    assert "Record what they want" not in step.sentence
