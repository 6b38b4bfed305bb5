"""One patient's page: the same facts as everywhere else, at the same cost however long the story is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from collabcare.domain.ids import EpisodeId
from collabcare.queries.facts import SELECTS
from collabcare.queries.patient_page import newcomer_choices, patient_page
from tests.record_fixtures import STAFF

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


@pytest.mark.parametrize("history", ["", "AAADAAAA"])
def test_a_page_costs_the_same_however_long_the_story_is(practice: Practice, history: str) -> None:
    episode = practice.refer(history)
    statements: list[str] = []
    with practice.reading() as session:
        event.listen(session.get_bind(), "before_cursor_execute", lambda *said: statements.append(said[2]))
        patient_page(session, episode, practice.rulebook, practice.today)
    assert sum(statement.startswith("SELECT") for statement in statements) == SELECTS + 12


def test_the_page_shows_the_facts_every_rule_reads(practice: Practice) -> None:
    episode = practice.refer("AAD", referral_note="Low since June.")
    with practice.reading() as session:
        page = patient_page(session, episode, practice.rulebook, practice.today)
    assert page is not None
    assert page.facts == practice.facts(episode)
    assert page.row.due
    assert page.referral_note == "Low since June."
    assert {user.login for user in page.users} == set(STAFF)


def test_there_is_no_page_for_an_episode_that_is_not_there(practice: Practice) -> None:
    with practice.reading() as session:
        assert patient_page(session, EpisodeId(999), practice.rulebook, practice.today) is None


def test_a_newcomer_can_be_given_to_anybody_and_any_practice(practice: Practice) -> None:
    with practice.reading() as session:
        choices = newcomer_choices(session)
    assert [each.name for each in choices.practices] == ["Elm Tree Surgery"]
    assert len(choices.users) == len(STAFF)
