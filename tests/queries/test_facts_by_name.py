"""Who has a surname and a date of birth: found however the surname is written, whatever the first name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.closure import Ending
from collabcare.queries.facts import facts_by_name
from collabcare.services.episodes import CloseEpisode, close_episode
from tests.builders import MONDAY, day
from tests.services.test_returns import back

if TYPE_CHECKING:
    from tests.record_fixtures import Practice

BORN = date(1985, 7, 14)


def found(practice: Practice, surname: str, born: date = BORN) -> list[str]:
    """Return the names of those found."""
    with practice.reading() as session:
        return [facts.patient.name for facts in facts_by_name(session, surname, born)]


@pytest.mark.parametrize(
    ("recorded", "typed"),
    [
        ("Okafor", "okafor"),
        ("Żółć", "Zolc"),
        ("O'Brien", "obrien"),
        ("Smith-Barlow", "smith barlow"),
        ("de la Cruz", "DELACRUZ"),
    ],
)
def test_a_surname_is_found_however_it_is_written(practice: Practice, recorded: str, typed: str) -> None:
    practice.refer(surname=recorded, title="")
    assert len(found(practice, typed)) == 1
    assert found(practice, typed, date(1985, 7, 15)) == []


def test_everybody_of_that_name_and_day_is_found_by_name(practice: Practice) -> None:
    for name in ("Zoe", "", "Ada"):
        practice.refer(given_name=name, title="")
    practice.refer(surname="Okaforova", title="")
    assert found(practice, "Okafor") == ["OKAFOR", "OKAFOR, Ada", "OKAFOR, Zoe"]


@pytest.mark.parametrize("typed", ["", " ", "-'", "Nobody"])
def test_nobody_is_found_by_nothing(practice: Practice, typed: str) -> None:
    practice.refer()
    assert found(practice, typed) == []


def test_the_open_episode_is_shown_else_the_latest(practice: Practice) -> None:
    first = practice.refer("A")
    close_episode(
        CloseEpisode(episode_id=first, ending=Ending.COMPLETED, closed_on=MONDAY, why_no_plan="Well"),
        practice.uow(),
        practice.rulebook,
    )
    with practice.reading() as session:
        (ended,) = facts_by_name(session, "Okafor", BORN)
    assert ended.episode_id == first
    second = back(practice, first, day(30)).made
    with practice.reading() as session:
        (shown,) = facts_by_name(session, "Okafor", BORN)
    assert shown.episode_id == second
