"""What letters say of the last time a patient was in contact, on a real record.

It is the caseload's own answer: seen, or spoken to when we tried to reach them. Appointments attended are
counted apart from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.domain.caseload import caseload_row
from collabcare.domain.caseload_answers import days_since_reached
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.services.letters import IssueLetter
from collabcare.services.searches import RecordReply, record_reply
from tests.builders import day
from tests.services.searching import attempt, search
from tests.services.test_letters import look, step_up

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

COUNTED = ("gp_review", "gp_discharge", "gp_step_change")
OF_A_SEARCH = ("gp_not_attending", "gp_closing_unreached")
EVERY = (*COUNTED, *OF_A_SEARCH)
LAST = "We were last in contact with Ms Okafor on"


def said(practice: Practice, episode: EpisodeId, kind: str) -> str:
    """Return the text of a letter to the GP."""
    return look(practice, IssueLetter(episode_id=episode, kind=kind)).letter.text


def misses_again(practice: Practice, episode: EpisodeId) -> None:
    """Let the patient miss the next appointment, with one try since, and be moved a step."""
    practice.happen("D", episode, day(21))
    practice.on(day(22))
    attempt(practice, episode)
    step_up(practice, episode)


def rung(practice: Practice, history: str = "AD") -> EpisodeId:
    """Return somebody who missed day 7 or day 0, was spoken to on day 10, and missed again."""
    episode = practice.refer(history)
    practice.on(day(10))
    attempt(practice, episode, outcome=AttemptOutcome.SPOKE, note="Will come")
    misses_again(practice, episode)
    return episode


def replied(practice: Practice) -> EpisodeId:
    """Return somebody who got in touch by text on day 9, written down on day 10, and missed again."""
    episode = practice.refer("AD")
    practice.on(day(10))
    reply = RecordReply(
        episode_id=episode,
        ladder_id=search(practice, episode).id,
        answered_on=day(9),
        channel=Channel.TEXT,
        note="Would like to go on",
    )
    record_reply(reply, practice.uow(), practice.rulebook)
    misses_again(practice, episode)
    return episode


@pytest.fixture
def spoken_to(practice: Practice) -> EpisodeId:
    """Return somebody seen on day 0, spoken to on day 10, who missed day 21."""
    return rung(practice)


@pytest.mark.parametrize("kind", EVERY)
def test_a_conversation_in_a_search_is_the_last_contact(
    practice: Practice, spoken_to: EpisodeId, kind: str
) -> None:
    text = said(practice, spoken_to, kind)
    assert f"{LAST} 15 January 2026 (by telephone, with Jo Smith)." in text
    assert text.count("last in contact") == 1
    row = caseload_row(practice.facts(spoken_to), practice.rulebook, practice.today)
    assert days_since_reached(row) == (practice.today - day(10)).days


@pytest.mark.parametrize("kind", EVERY)
def test_so_is_word_from_them_on_the_day_it_came(practice: Practice, kind: str) -> None:
    assert f"{LAST} 14 January 2026 (by text message, with Jo Smith)." in said(
        practice, replied(practice), kind
    )


@pytest.mark.parametrize("kind", COUNTED)
def test_appointments_are_counted_by_being_seen(practice: Practice, spoken_to: EpisodeId, kind: str) -> None:
    text = said(practice, spoken_to, kind)
    assert "attended one appointment with us" in text
    assert text.index("on 5 January 2026 (by telephone, with Jo Smith).") < text.index(LAST)


@pytest.mark.parametrize("kind", EVERY)
def test_seen_since_is_the_last_contact_again(practice: Practice, kind: str) -> None:
    episode = practice.refer("AD")
    practice.on(day(10))
    attempt(practice, episode, outcome=AttemptOutcome.SPOKE, note="Will come")
    practice.happen("A", episode, day(14))
    misses_again(practice, episode)
    text = said(practice, episode, kind)
    assert "15 January 2026" not in text
    assert "on 19 January 2026 (by telephone, with Jo Smith)" in text
    assert (LAST in text) is (kind in OF_A_SEARCH)


@pytest.mark.parametrize("kind", [*OF_A_SEARCH, "gp_discharge"])
def test_somebody_spoken_to_and_never_seen(practice: Practice, kind: str) -> None:
    text = said(practice, rung(practice, "D"), kind)
    not_met = "We did not meet Ms Okafor" if kind == "gp_discharge" else "We have not met Ms Okafor"
    assert text.index(not_met) < text.index(f"{LAST} 15 January 2026 (by telephone, with Jo Smith).")
    if kind == "gp_not_attending":
        assert text.index(LAST) < text.index("Since then we have tried once: by telephone.")
