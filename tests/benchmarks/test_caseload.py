"""The caseload of a practice of ten thousand: as many SELECTs as for one patient, and little beyond them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from collabcare.domain.caseload import caseload_rows
from collabcare.queries.case_people import PEOPLE_SELECTS
from collabcare.queries.earlier_facts import EARLIER_SELECTS
from collabcare.queries.facts import SELECTS, open_caseload_facts
from collabcare.queries.grouped import collector_resting
from tests.benchmarks.bare import bare, seconds, selects
from tests.benchmarks.pairs import best_ratio
from tests.benchmarks.thousand import CONTACTS, OPEN, PATIENTS

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from collabcare.services.desk import Desk

WITHIN = 2.0
"""Times the same SELECTs run bare on the same connection."""


def test_the_practice_is_as_large_as_it_is_said_to_be(desk: Desk) -> None:
    with desk.reading() as session:
        counts = {
            table: session.scalar(text(f"select count(*) from {table}"))
            for table in ("patient", "contact", "episode where closed_on is null")
        }
    assert counts["patient"] >= PATIENTS
    assert counts["contact"] >= CONTACTS
    assert counts["episode where closed_on is null"] == OPEN


def test_a_thousand_open_patients_take_as_many_selects_as_one(desk: Desk) -> None:
    with desk.reading() as session:
        assert len(selects(session, open_caseload_facts)) == SELECTS + EARLIER_SELECTS + PEOPLE_SELECTS


@pytest.mark.timeout(300)
def test_the_query_takes_at_most_twice_as_long_as_its_selects_run_bare(
    desk: Desk, benchmark: BenchmarkFixture
) -> None:
    with desk.reading() as session:
        statements = selects(session, open_caseload_facts)
        with collector_resting():
            found = best_ratio(
                lambda: seconds(lambda: open_caseload_facts(session)),
                lambda: seconds(lambda: bare(session, statements)),
                WITHIN,
            )
        benchmark.extra_info["times the same SELECTs bare"] = round(found, 2)
        benchmark.pedantic(open_caseload_facts, args=(session,), rounds=2)
    assert found <= WITHIN, found


@pytest.mark.timeout(300)
def test_with_every_rule_asked_it_takes_at_most_three_times_as_long(desk: Desk) -> None:
    """The issue speaks of the query only; what the rules add is kept in sight too."""
    with desk.reading() as session:
        statements = selects(session, open_caseload_facts)

        def whole() -> None:
            caseload_rows(open_caseload_facts(session), desk.rulebook, desk.today)

        with collector_resting():
            found = best_ratio(
                lambda: seconds(whole), lambda: seconds(lambda: bare(session, statements)), 3.0
            )
    assert found <= 3.0, found
