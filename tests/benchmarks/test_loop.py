"""The measures of reaching people again over two hundred thousand contacts: little beyond their SELECTs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.loop_report import LoopAsked
from collabcare.domain.periods import Period
from collabcare.queries.caseload import caseload
from collabcare.queries.grouped import collector_resting
from collabcare.queries.loop import SELECTS, loop_episodes, read_loop_report
from tests.benchmarks.bare import bare, seconds, selects
from tests.benchmarks.pairs import best_ratio
from tests.benchmarks.thousand import CONTACTS
from tests.builders import day
from tests.demo_record import DEMO_TODAY

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from collabcare.services.desk import Desk

ALL_TIME = Period(day(-3650), DEMO_TODAY)
READ_WITHIN, WHOLE_WITHIN = 2.0, 3.0
"""Times the same SELECTs run bare on the same connection: for the query, and with everything counted."""


@pytest.mark.timeout(300)
def test_the_query_takes_at_most_twice_as_long_as_its_selects_run_bare(
    desk: Desk, benchmark: BenchmarkFixture
) -> None:
    read = partial(loop_episodes, since=ALL_TIME.first)
    with desk.reading() as session:
        assert sum(len(each.appointments) for each in read(session)) >= CONTACTS
        statements = selects(session, read)
        assert len(statements) == SELECTS
        with collector_resting():
            found = best_ratio(
                lambda: seconds(lambda: read(session)),
                lambda: seconds(lambda: bare(session, statements)),
                READ_WITHIN,
            )
        benchmark.extra_info["times the same SELECTs bare"] = round(found, 2)
        benchmark.pedantic(read, args=(session,), rounds=2)
    assert found <= READ_WITHIN, found


@pytest.mark.timeout(300)
def test_with_everything_counted_it_takes_at_most_three_times_as_long(desk: Desk) -> None:
    asked = LoopAsked(period=ALL_TIME, today=desk.today)
    with desk.reading() as session:
        rows = caseload(session, desk.rulebook, desk.today)
        statements = selects(session, partial(loop_episodes, since=ALL_TIME.first))
        with collector_resting():
            found = best_ratio(
                lambda: seconds(lambda: read_loop_report(session, asked, rows, desk.rulebook.loop)),
                lambda: seconds(lambda: bare(session, statements)),
                WHOLE_WITHIN,
            )
    assert found <= WHOLE_WITHIN, found
