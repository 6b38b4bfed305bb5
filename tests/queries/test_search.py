"""Finding one patient among everybody, open and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from collabcare.domain.closure import Ending
from collabcare.queries.search import FoundPatient, patient_index
from collabcare.services.episodes import CloseEpisode, close_episode

if TYPE_CHECKING:
    from collabcare.domain.finding import Finder
    from tests.record_fixtures import Practice

MOST = 12


@pytest.fixture
def index(practice: Practice) -> Finder[FoundPatient]:
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


def found(index: Finder[FoundPatient], typed: str) -> list[str]:
    """Return the surnames found, in order."""
    return [each.thing.name.split(",")[0] for each in index.find(typed, MOST)]


@pytest.mark.parametrize(
    ("typed", "surnames"),
    [
        ("ok", ["OKAFOR", "OKORO"]),
        ("sian", ["O'BRIEN"]),
        ("obrien", ["O'BRIEN"]),
        ("o brien", ["O'BRIEN"]),
        ("wojcik", ["WÓJCIK"]),
        ("luke", ["WÓJCIK"]),
        ("ngozi oka", ["OKAFOR"]),
        ("wojick", ["WÓJCIK"]),
        ("xyz", []),
        ("  ", []),
    ],
)
def test_people_are_found_as_they_are_typed(
    index: Finder[FoundPatient], typed: str, surnames: list[str]
) -> None:
    assert found(index, typed) == surnames


def test_a_number_is_found_with_and_without_its_spaces(index: Finder[FoundPatient]) -> None:
    number = index.things[0].nhs_number
    assert number is not None
    for typed in (number, f"{number[:3]} {number[3:6]} {number[6:]}", number[:7]):
        assert index.things[0] in [each.thing for each in index.find(typed, MOST)]


def test_a_number_with_a_slip_is_nobodys(index: Finder[FoundPatient]) -> None:
    number = index.things[0].nhs_number
    assert number is not None
    assert found(index, f"{number[:8]}{number[9]}{number[8]}x") == []
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert found(index, wrong) == []


def test_open_patients_come_first_and_surnames_that_begin_so_before_others(
    index: Finder[FoundPatient],
) -> None:
    assert found(index, "br") == ["BROWN", "O'BRIEN"]
    assert index.find("ok", MOST)[-1].thing.closed_on is not None


def test_a_closed_patient_is_still_found(index: Finder[FoundPatient]) -> None:
    assert found(index, "okoro") == ["OKORO"]


def test_everybody_is_read_in_one_select(practice: Practice) -> None:
    practice.refer()
    statements: list[str] = []
    with practice.reading() as session:
        event.listen(session.get_bind(), "before_cursor_execute", lambda *a: statements.append(a[2]))
        patient_index(session)
    assert sum(each.startswith("SELECT") for each in statements) == 1
