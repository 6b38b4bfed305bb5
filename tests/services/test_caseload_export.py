"""Taking the list out: the file and its audit rows, or neither."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.errors import EnvironmentProblem, NotAllowed, RuleViolation
from collabcare.queries.caseload import caseload
from collabcare.services.caseload_export import ExportCaseload, export_caseload

if TYPE_CHECKING:
    from pathlib import Path

    from tests.record_fixtures import Practice


def asked(practice: Practice, to: Path) -> ExportCaseload:
    with practice.reading() as session:
        rows = tuple(caseload(session, practice.rulebook, practice.today))
    return ExportCaseload(
        rows=rows,
        columns=("patient", "gone", "due"),
        shown="Showing 2 of 2 – mine",
        ordered="Sorted by Due, earliest first",
        to=to / "list.csv",
    )


def test_what_is_seen_leaves_with_when_and_what_was_asked(practice: Practice, tmp_path: Path) -> None:
    episodes = [practice.refer("A", surname=surname) for surname in ("Ash", "Birch")]
    before = len(practice.audit())
    changes = export_caseload(asked(practice, tmp_path), practice.desk("jo"))
    text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    about, headings, *lines = text.splitlines()
    assert about.strip('"') == (
        "Report generated at 05-Jan-2026 18:00. Elm Tree PCN. Showing 2 of 2 – mine. "
        "Sorted by Due, earliest first. Confidential: delete after use."
    )
    assert headings == "Patient,Due"
    assert [line.split(",")[0].strip('"') for line in lines] == ["ASH", "BIRCH"]
    entries = practice.audit(before)
    assert {entry.episode_id for entry in entries} == set(episodes) == set(changes.episodes)
    assert {entry.action for entry in entries} == {"Export caseload: Showing 2 of 2 – mine"}


def test_the_time_is_that_of_london(practice: Practice, tmp_path: Path) -> None:
    practice.refer("A")
    practice.on(practice.today.replace(month=7))
    export_caseload(asked(practice, tmp_path), practice.desk("jo"))
    assert "at 05-Jul-2026 10:30." in (tmp_path / "list.csv").read_text(encoding="utf-8-sig")


def test_a_file_that_cannot_be_written_leaves_no_trace(practice: Practice, tmp_path: Path) -> None:
    practice.refer("A")
    before = practice.everything()
    with pytest.raises(EnvironmentProblem, match=r"could not write list\.csv"):
        export_caseload(asked(practice, tmp_path / "nowhere"), practice.desk())
    assert practice.everything() == before


def test_whoever_only_reads_takes_no_list_out(practice: Practice, tmp_path: Path) -> None:
    practice.refer("A")
    with practice.refused("may not export the caseload", NotAllowed):
        export_caseload(asked(practice, tmp_path), practice.desk("rita"))
    assert list(tmp_path.glob("*.csv")) == []


def test_nobody_is_not_exported(practice: Practice, tmp_path: Path) -> None:
    with practice.refused("nobody to export", RuleViolation):
        export_caseload(replace(asked(practice, tmp_path), rows=()), practice.desk())
