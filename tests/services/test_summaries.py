"""Printing the caseload: the file and its audit rows, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.domain.counting import uncounted
from collabcare.domain.errors import Cancelled, EnvironmentProblem, RuleViolation
from collabcare.queries.caseload import caseload
from collabcare.services.summaries import PrintSummary, print_summary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from collabcare.domain.caseload import CaseloadRow
    from tests.record_fixtures import Practice


def rows(practice: Practice) -> tuple[CaseloadRow, ...]:
    """Return the caseload as it is shown."""
    with practice.reading() as session:
        return tuple(caseload(session, practice.rulebook, practice.today))


def test_every_patient_in_the_print_is_in_the_audit_trail(practice: Practice, tmp_path: Path) -> None:
    episodes = [practice.refer("A", surname=surname) for surname in ("Ash", "Birch")]
    before = len(practice.audit())
    command = PrintSummary(rows=rows(practice), filter_text="Mine", to=tmp_path / "summary.pdf")
    changes = print_summary(command, practice.desk("jo"))
    entries = practice.audit(before)
    assert (tmp_path / "summary.pdf").read_bytes().startswith(b"%PDF")
    assert {entry.episode_id for entry in entries} == set(episodes) == set(changes.episodes)
    assert {entry.action for entry in entries} == {"Print caseload summary"}
    assert {entry.actor_id for entry in entries} == {practice.user("jo")}


def test_a_print_that_cannot_be_written_leaves_no_trace(practice: Practice, tmp_path: Path) -> None:
    practice.refer("A")
    before = practice.everything()
    command = PrintSummary(rows=rows(practice), filter_text="", to=tmp_path / "nowhere" / "summary.pdf")
    with pytest.raises(EnvironmentProblem, match=r"could not write summary\.pdf"):
        print_summary(command, practice.desk())
    assert practice.everything() == before


def test_nobody_is_not_printed(practice: Practice, tmp_path: Path) -> None:
    with pytest.raises(RuleViolation, match="nobody to print"):
        print_summary(PrintSummary(rows=(), filter_text="", to=tmp_path / "summary.pdf"), practice.desk())
    assert list(tmp_path.glob("*.pdf")) == []


def test_it_tells_how_many_are_done_up_to_all(practice: Practice, tmp_path: Path) -> None:
    for surname in ("Ash", "Birch", "Cedar"):
        practice.refer("A", surname=surname)
    told: list[tuple[int, int]] = []
    command = PrintSummary(rows=rows(practice), filter_text="", to=tmp_path / "summary.pdf", stories=True)
    print_summary(command, practice.desk(), lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (3, 3)
    assert {total for _done, total in told} == {3}


def test_a_print_that_is_stopped_leaves_no_trace_at_whatever_moment(
    practice: Practice, tmp_path: Path
) -> None:
    practice.refer("A")
    desk, before = practice.desk(), practice.everything()
    command = PrintSummary(rows=rows(practice), filter_text="", to=tmp_path / "summary.pdf", stories=True)
    for moments in range(3):  # a row, a story, a page
        left = iter(range(moments))

        def stop(done: int, total: int, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise Cancelled(f"Stopped at {done} of {total}.")

        with pytest.raises(Cancelled):
            print_summary(command, desk, stop)
        assert practice.everything() == before
        assert not command.to.exists()
    print_summary(command, desk, uncounted)
    assert command.to.exists()
