"""Taking the report and the reminders out: the file and its line in the audit trail, or neither."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.codes import ClosureReason
from collabcare.domain.errors import EnvironmentProblem, NotAllowed
from collabcare.services.loop_lists import (
    LoopFile,
    SaveLoopReport,
    SaveReminders,
    save_loop_report,
    save_reminders,
)
from tests.builders import day
from tests.documents.pages import whole_text
from tests.queries.test_loop import end_care
from tests.services.loop_commands import lines_of, report_of

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


@pytest.fixture
def missing(practice: Practice) -> EpisodeId:
    """Somebody who is being sought, beside somebody with an appointment in a week and somebody seen."""
    practice.refer("A", surname="Seen")
    episode = practice.refer("D", surname="Missing")
    booked = practice.refer("A", surname="Booked", telephone=None)
    practice.on(day(14))
    practice.happen("b", booked, day(21), time(10, 0))
    return episode


def save(practice: Practice, file: LoopFile, to: Path, login: str = "jo") -> str:
    """Save the report and return its text."""
    save_loop_report(SaveLoopReport(report=report_of(practice), file=file, to=to), practice.desk(login))
    raw = to.read_bytes()
    return whole_text(raw) if raw.startswith(b"%PDF") else raw.decode("utf-8-sig")


def test_the_pages_name_who_is_sought_and_the_trail_knows_it(
    practice: Practice, missing: EpisodeId, tmp_path: Path
) -> None:
    before = practice.audit()[-1].id
    said = save(practice, LoopFile.PAGES, tmp_path / "report.pdf")
    assert "MISSING" in said
    assert "SEEN," not in said
    assert "Data as at 19-Jan-2026." in said
    assert "Made 19-Jan-2026 09:30 for Jo Smith." in said
    assert "Still being sought" in said
    lines = practice.audit(before)
    assert {line.action for line in lines} == {"Print report on the caseload"}
    assert [line.episode_id for line in lines] == [None, missing]


@pytest.mark.usefixtures("missing")
def test_what_is_shared_names_nobody_and_gives_no_small_number(practice: Practice, tmp_path: Path) -> None:
    before = practice.audit()[-1].id
    said = save(practice, LoopFile.SHARED, tmp_path / "report.pdf", "rita")
    assert "MISSING" not in said
    assert "Practitioners" not in said
    assert "fewer than 5" in said
    assert "1 of 1" not in said
    (line,) = practice.audit(before)
    assert line.action == "Print report on the caseload, to share"


@pytest.mark.usefixtures("missing")
def test_the_numbers_are_a_sheet_with_numerator_and_denominator(practice: Practice, tmp_path: Path) -> None:
    first, *rest = save(practice, LoopFile.NUMBERS, tmp_path / "report.csv").splitlines()
    assert "Whole service" in first
    assert "Confidential" in first
    rows = {(row["line"], row["measure"]): row for row in csv.DictReader(io.StringIO("\n".join(rest)))}
    reached = rows["Reached, or in touch themselves", "How many"]
    assert (reached["numerator"], reached["denominator"], reached["percent"]) == ("0", "1", "0%")
    assert rows["From the missed day to contact", "How many"]["days_counted"] == "0"
    assert rows["From the missed day to contact", "How many"]["days_median"] == ""


def test_who_is_sought_is_a_sheet_of_what_is_seen(
    practice: Practice, missing: EpisodeId, tmp_path: Path
) -> None:
    before = practice.audit()[-1].id
    text = save(practice, LoopFile.SOUGHT, tmp_path / "sought.csv")
    (row,) = csv.DictReader(io.StringIO("\n".join(text.splitlines()[1:])))
    assert (row["Patient"], row["Days"], row["Last attempt"]) == ("MISSING, Ngozi (Ms)", "14", "None yet")
    assert missing in {line.episode_id for line in practice.audit(before)}


@pytest.mark.usefixtures("missing")
def test_the_sheet_of_who_may_return_names_them_and_so_does_the_trail(
    practice: Practice, missing: EpisodeId, tmp_path: Path
) -> None:
    ended = practice.refer("A", surname="Ended")
    end_care(practice, ended, ClosureReason.TREATMENT_COMPLETED)
    before = practice.audit()[-1].id
    text = save(practice, LoopFile.RETURNING, tmp_path / "returning.csv")
    assert "ENDED, Ngozi (Ms)" in text
    assert "MISSING" not in text
    assert "Treatment completed" in text
    assert [line.episode_id for line in practice.audit(before)] == [None, ended]
    before = practice.audit()[-1].id
    assert "Open to return" in save(practice, LoopFile.PAGES, tmp_path / "report.pdf")
    assert {line.episode_id for line in practice.audit(before)} == {None, missing, ended}


@pytest.mark.parametrize("file", [LoopFile.NUMBERS, LoopFile.SOUGHT, LoopFile.RETURNING])
def test_a_reader_may_print_and_take_no_sheet(practice: Practice, file: LoopFile, tmp_path: Path) -> None:
    save(practice, LoopFile.PAGES, tmp_path / "report.pdf", "rita")
    with practice.refused("may not export", NotAllowed):
        save(practice, file, tmp_path / "report.csv", "rita")
    assert not (tmp_path / "report.csv").exists()


@pytest.mark.usefixtures("missing")
def test_a_file_that_cannot_be_written_leaves_no_trace(practice: Practice, tmp_path: Path) -> None:
    report, lines = report_of(practice), lines_of(practice)
    nowhere = tmp_path / "nowhere" / "file.pdf"
    with practice.refused("could not write", EnvironmentProblem):
        save_loop_report(SaveLoopReport(report=report, file=LoopFile.PAGES, to=nowhere), practice.desk())
    with practice.refused("could not write", EnvironmentProblem):
        save_reminders(SaveReminders(lines=lines, whose="Jo", as_sheet=False, to=nowhere), practice.desk())


@pytest.mark.usefixtures("missing")
def test_reminders_are_two_lists_on_paper(practice: Practice, tmp_path: Path) -> None:
    before = practice.audit()[-1].id
    lines, to = lines_of(practice), tmp_path / "reminders.pdf"
    save_reminders(SaveReminders(lines=lines, whose="Everyone", as_sheet=False, to=to), practice.desk())
    said = whole_text(to.read_bytes())
    assert "To ring (0)" in said
    assert "To write to (1)" in said
    assert "BOOKED, Ngozi" in said
    assert "4 Mill Lane" in said
    assert "it does not count against them" in said
    assert [line.episode_id for line in practice.audit(before)] == [lines[0].facts.episode_id]


@pytest.mark.usefixtures("missing")
def test_reminders_are_a_sheet_for_those_who_may(practice: Practice, tmp_path: Path) -> None:
    to = tmp_path / "reminders.csv"
    command = SaveReminders(lines=lines_of(practice), whose="Everyone", as_sheet=True, to=to)
    save_reminders(command, practice.desk())
    (row,) = csv.DictReader(io.StringIO("\n".join(to.read_text("utf-8-sig").splitlines()[1:])))
    assert (row["by"], row["surname"], row["telephone"]) == ("write", "Booked", "")
    with practice.refused("may not export", NotAllowed):
        save_reminders(command, practice.desk("rita"))


def test_nobody_to_remind_is_no_file(practice: Practice, tmp_path: Path) -> None:
    command = SaveReminders(lines=(), whose="Jo", as_sheet=False, to=tmp_path / "reminders.pdf")
    with practice.refused("nobody to remind today"):
        save_reminders(command, practice.desk())
    assert not (tmp_path / "reminders.pdf").exists()


@pytest.mark.usefixtures("missing")
def test_a_patient_is_noted_once_however_many_lines(practice: Practice, tmp_path: Path) -> None:
    before = practice.audit()[-1].id
    (line,) = lines_of(practice)
    again = replace(line, reminder=line.reminder._replace(days_before=1))
    command = SaveReminders(lines=(line, again), whose="Jo", as_sheet=False, to=tmp_path / "reminders.pdf")
    save_reminders(command, practice.desk())
    assert len(practice.audit(before)) == 1
