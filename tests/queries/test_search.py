"""Finding one patient among everybody, open and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from collabcare.domain.closure import Ending
from collabcare.queries.search import MOST_FOUND, FoundPatient, find_patients, patient_index
from collabcare.services.episodes import CloseEpisode, close_episode

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


@pytest.fixture
def index(practice: Practice) -> list[FoundPatient]:
    for surname, given, preferred in (
        ("Okafor", "Ngozi", ""),
        ("O'Brien", "Siân", ""),
        ("Wójcik", "Łukasz", "Luke"),
        ("Brown", "Anna", ""),
    ):
        practice.refer(surname=surname, given_name=given, preferred_name=preferred)
    gone = practice.refer("A", surname="Okoro", given_name="Ada")
    close_episode(
        CloseEpisode(episode_id=gone, ending=Ending.COMPLETED, closed_on=practice.today, why_no_plan="Well"),
        practice.uow(),
        practice.rulebook,
    )
    with practice.reading() as session:
        return patient_index(session)


def names(found: list[FoundPatient]) -> list[str]:
    """Return the surnames found, in order."""
    return [each.name.split(",")[0] for each in found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ok", ["OKAFOR", "OKORO"]),
        ("sian", ["O'BRIEN"]),
        ("obrien", ["O'BRIEN"]),
        ("wojcik", ["WÓJCIK"]),
        ("luke", ["WÓJCIK"]),
        ("ngozi oka", ["OKAFOR"]),
        ("xyz", []),
        ("  ", []),
    ],
)
def test_people_are_found_as_they_are_typed(index: list[FoundPatient], typed: str, found: list[str]) -> None:
    assert names(find_patients(index, typed)) == found


def test_a_number_is_found_with_and_without_its_spaces(index: list[FoundPatient]) -> None:
    number = index[0].nhs_number
    assert number is not None
    for typed in (number, f"{number[:3]} {number[3:6]} {number[6:]}", number[:7]):
        assert index[0] in find_patients(index, typed)


def test_open_patients_come_first_and_surnames_that_begin_so_before_others(
    index: list[FoundPatient],
) -> None:
    assert names(find_patients(index, "br")) == ["BROWN", "O'BRIEN"]
    assert find_patients(index, "ok")[-1].closed_on is not None


def test_a_closed_patient_is_still_found(index: list[FoundPatient]) -> None:
    assert names(find_patients(index, "okoro")) == ["OKORO"]


def test_no_more_are_listed_than_can_be_read(index: list[FoundPatient]) -> None:
    assert len(find_patients(index * 9, "o")) == MOST_FOUND


def test_everybody_is_read_in_one_select(practice: Practice) -> None:
    practice.refer()
    statements: list[str] = []
    with practice.reading() as session:
        event.listen(session.get_bind(), "before_cursor_execute", lambda *a: statements.append(a[2]))
        patient_index(session)
    assert sum(each.startswith("SELECT") for each in statements) == 1
