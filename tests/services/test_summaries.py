"""Printing the caseload: the file and its audit rows, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.domain.errors import EnvironmentProblem, RuleViolation
from collabcare.queries.caseload import caseload
from collabcare.services.summaries import PrintSummary, print_summary

if TYPE_CHECKING:
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
