"""What every part of the facts is read through: codes looked up, rows gathered, the collector let rest."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, select

from collabcare.domain.codes import AttendanceStatus
from collabcare.queries.facts import open_caseload_facts
from collabcare.queries.grouped import by_code, by_code_or_none, collector_resting, grouped
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
