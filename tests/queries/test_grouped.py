"""What every part of the facts is read through: codes looked up, rows gathered, the collector let rest."""

from __future__ import annotations

import gc
from dataclasses import FrozenInstanceError, dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, select

from collabcare.domain.codes import AttendanceStatus
from collabcare.queries.facts import open_caseload_facts
from collabcare.queries.grouped import Making, by_code, by_code_or_none, collector_resting, grouped, made_of
from collabcare.store import models as m

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.record_fixtures import Practice


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """Leave the collector as it was."""
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()


def test_codes_are_looked_up_as_the_class_would_say() -> None:
    assert by_code(AttendanceStatus) == {code: AttendanceStatus(code) for code in "567234"}
    assert by_code_or_none(AttendanceStatus) == dict.fromkeys([None]) | by_code(AttendanceStatus)
    with pytest.raises(KeyError):
        by_code(AttendanceStatus)["0"]


def test_rows_are_gathered_by_their_owner_in_order(practice: Practice) -> None:
    first, second = practice.refer("AD"), practice.refer("A", surname="Li")
    query = select(m.Contact.episode_id, m.Contact.attendance).order_by(m.Contact.id)
    with practice.reading() as session:
        found = grouped(session, query, lambda row: str(row[1]))
    assert found == {first: ("5", "3"), second: ("5",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a row becomes."""

    on: date
    status: AttendanceStatus | None
    noted: datetime
    joint: bool
    minutes: int = 20


def held(names: tuple[str, ...] = ("on", "status", "noted", "joint")) -> Making[Held]:
    return Making(kind=Held, fields=names, codes={"status": by_code_or_none(AttendanceStatus)})


def test_facts_made_column_by_column_are_those_made_one_by_one(practice: Practice) -> None:
    practice.refer("ADb"), practice.refer("AC", surname="Li")
    contact = m.Contact
    query = select(
        contact.episode_id, contact.on_date, contact.attendance, contact.recorded_at, contact.joint
    )
    with practice.reading() as session:
        found = grouped(session, query.order_by(contact.id), held())
        for row in session.execute(query).all():
            status = AttendanceStatus(row[2]) if row[2] else None
            assert Held(on=row[1], status=status, noted=row[3], joint=row[4]) in found[row[0]]
    made = [fact for facts in found.values() for fact in facts]
    assert [len(facts) for facts in found.values()] == [3, 2]
    assert {fact.noted.tzinfo for fact in made} == {UTC}
    assert {type(fact.joint) for fact in made} == {bool}
    assert {fact.minutes for fact in made} == {20}
    assert len({*made}) == 4, "two of them are equal, and hashed as any other"
    with pytest.raises(FrozenInstanceError):
        made[0].minutes = 30  # type: ignore[misc] # which is what is to be refused


def test_nothing_is_made_of_no_rows(practice: Practice) -> None:
    contact = m.Contact
    query = select(
        contact.episode_id, contact.on_date, contact.attendance, contact.recorded_at, contact.joint
    )
    with practice.reading() as session:
        assert grouped(session, query, held()) == {}


def test_columns_and_fields_have_to_fit() -> None:
    rows = {"on": (date(2026, 1, 5),), "status": (None,), "noted": (datetime(2026, 1, 5, tzinfo=UTC),)}
    with pytest.raises(TypeError, match="Held needs joint"):
        made_of(Held, rows, 1)
    with pytest.raises(TypeError, match="Held has no colour"):
        made_of(Held, {**rows, "joint": (True,), "colour": ("red",)}, 1)


def test_the_collector_rests_meanwhile_and_goes_on_after() -> None:
    gc.enable()
    with collector_resting():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_goes_on_after_a_failure_too() -> None:
    gc.enable()
    with pytest.raises(ZeroDivisionError), collector_resting():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_a_collector_that_somebody_else_stopped_is_left_to_them() -> None:
    gc.disable()
    with collector_resting():
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_it_rests_while_the_caseload_is_read(practice: Practice) -> None:
    practice.refer("A")
    gc.enable()
    seen: list[bool] = []

    def note(*_: object) -> None:
        seen.append(gc.isenabled())

    with practice.reading() as session:
        event.listen(practice.opened.engine, "before_cursor_execute", note)
        try:
            open_caseload_facts(session)
        finally:
            event.remove(practice.opened.engine, "before_cursor_execute", note)
    assert set(seen) == {False}
    assert gc.isenabled()
