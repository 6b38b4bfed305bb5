"""The whole report on the caseload over a record: whose care ended in the period, and whose they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.acting import Acting, Role
from collabcare.domain.codes import ClosureReason
from collabcare.domain.loop_report import LoopAsked
from collabcare.domain.periods import Period
from collabcare.queries.caseload import caseload
from collabcare.queries.caseload_report import read_caseload_report
from tests.builders import day
from tests.queries.test_loop import end_care

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def test_care_that_ended_counts_in_its_period_for_who_held_it(practice: Practice) -> None:
    ended = practice.refer("A A", surname="Ended")
    practice.refer("A", surname="Open")
    practice.on(day(21))
    end_care(practice, ended, ClosureReason.TREATMENT_COMPLETED)
    practice.on(day(40))

    def counted(first: int, last: int, login: str | None = None) -> tuple[int, int]:
        period = Period(day(first), day(last))
        only = None
        if login is not None:
            only = Acting(user_id=practice.user(login), login=login, name=login, role=Role.PRACTITIONER)
        asked = LoopAsked(period=period, today=practice.today, only=only)
        with practice.reading() as session:
            rows = caseload(session, practice.rulebook, practice.today)
            report = read_caseload_report(session, asked, rows, practice.rulebook)
        assert report.ended is not None
        assert len(report.returning) == report.ended.ended
        return report.ended.ended, report.caseload.open

    assert counted(0, 40) == (1, 1)
    assert counted(0, 40, "jo") == (1, 1)
    assert counted(0, 40, "sam") == (0, 0)
    assert counted(0, 20) == (0, 1)
    assert counted(22, 40) == (0, 1)
