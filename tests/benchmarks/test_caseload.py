"""The caseload of a thousand open patients: as many SELECTs as for one, and little beyond them."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, text

from collabcare.clock import SteadyClock
from collabcare.demo.build import build_demo
from collabcare.demo.diary import london
from collabcare.paths import resources_dir
from collabcare.queries.caseload import caseload
from collabcare.queries.facts import SELECTS
from collabcare.services.sign_in import sign_in
from collabcare.store.record import open_record
from tests.benchmarks.thousand import multiply
from tests.demo_record import CHEAP, DEMO_TODAY
from tests.record_fixtures import NINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_benchmark.fixture import BenchmarkFixture
    from sqlalchemy.orm import Session

    from collabcare.services.desk import Desk

OPEN_PATIENTS, TIMES = 50, 20
ROUNDS = 5
WITHIN = 10.0
"""Times the same SELECTs run bare: rows become facts and every rule is asked. A lazy load is far over it."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over a record of a thousand open patients."""
    built = build_demo(
        tmp_path_factory.mktemp("thousand"), patients=OPEN_PATIENTS, today=DEMO_TODAY, cost=CHEAP
    )
    first = built.sign_ins[0]
    with open_record(built.path, first.login, first.password) as record:
        desk = sign_in(record, SteadyClock(london(DEMO_TODAY, NINE)), resources_dir())
        statements = len(selects(desk)[0])
        multiply(record.sessions, TIMES)
        assert len(selects(desk)[0]) == statements, "the number of SELECTs grew with the caseload"
        yield desk


def selects(desk: Desk) -> tuple[list[tuple[str, Any]], int]:
    """Return the SELECTs that reading the caseload takes, and how many patients it gave."""
    ran: list[tuple[str, Any]] = []

    def note(
        _connection: object, _cursor: object, statement: str, parameters: object, *_rest: object
    ) -> None:
        ran.append((statement, parameters))

    with desk.reading() as session:
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", note)
        try:
            rows = caseload(session, desk.rulebook, desk.today)
        finally:
            event.remove(engine, "before_cursor_execute", note)
    return [each for each in ran if each[0].lstrip().startswith("SELECT")], len(rows)


def bare(session: Session, statements: list[tuple[str, Any]]) -> None:
    """Run the same SELECTs on the same connection and take their rows, with nothing made of them."""
    cursor = session.connection().connection.cursor()
    for statement, parameters in statements:
        cursor.execute(statement, parameters)
        cursor.fetchall()
    cursor.close()


@pytest.mark.timeout(300)
def test_a_thousand_open_patients_are_read_in_a_constant_number_of_selects(
    desk: Desk, benchmark: BenchmarkFixture
) -> None:
    statements, rows = selects(desk)
    assert rows == OPEN_PATIENTS * TIMES
    assert len(statements) == SELECTS

    def read() -> None:
        with desk.reading() as session:
            caseload(session, desk.rulebook, desk.today)

    ratios: list[float] = []
    for _round in range(ROUNDS):
        with desk.reading() as session:
            session.execute(text("select 1"))
            ratios.append(_ratio(session, desk, statements))
    benchmark.extra_info["ratio to the same SELECTs bare"] = round(median(ratios), 2)
    benchmark(read)
    assert median(ratios) < WITHIN, ratios


def _ratio(session: Session, desk: Desk, statements: list[tuple[str, Any]]) -> float:
    started = perf_counter()
    caseload(session, desk.rulebook, desk.today)
    read = perf_counter()
    bare(session, statements)
    return (read - started) / (perf_counter() - read)
