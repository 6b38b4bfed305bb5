"""One patient, one state: what is overdue is the same in grid, Today, summary, CSV, PDF and commands."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex

from collabcare.cli.main import main
from collabcare.documents.reports import SummaryHeading, caseload_summary_pdf, summary_table
from collabcare.domain.caseload_filters import CaseloadFilter, Whose, belonging_to, count_among
from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.display import fmt_date
from collabcare.domain.due_kinds import DueKind
from collabcare.services.caseload_export import ExportCaseload, export_caseload
from collabcare.services.contacts import BookContact, Booking, book_contact
from collabcare.ui.models.rows import CELL_ROLE
from collabcare.ui.widgets.name_delegate import NameCell
from collabcare.ui.widgets.rail import RailButton
from collabcare.ui.widgets.section_model import ENTRY_ROLE, SectionRow
from tests.demo_record import DEMO_TODAY
from tests.documents.pages import page_texts

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.demo.build import DemoRecord
    from collabcare.domain.caseload import CaseloadRow
    from collabcare.ui.main_window import MainWindow

LATE = re.compile(r"(\d+) days? overdue")


@pytest.fixture
def rows(desktop: MainWindow) -> tuple[CaseloadRow, ...]:
    """Everybody on the caseload of the demo, on show in the grid."""
    desktop.act("show_caseload")
    desktop.work.caseload.asking.show_everybody()
    shown = desktop.work.caseload.model.shown
    assert len(shown) == len(desktop.work.open_caseload.rows) >= 60
    return shown


def flat(text: str) -> str:
    """Return text with every kind of space alike."""
    return " ".join(text.split())


def days_late(text: str) -> list[int]:
    """Return every number of days overdue that a text says."""
    return [int(days) for days in LATE.findall(flat(text))]


def grid(desktop: MainWindow, place: int) -> tuple[str, NameCell, str]:
    """Return what the cell of what is due says, paints and speaks."""
    caseload = desktop.work.caseload
    column = [each.id for each in caseload.model.columns].index("due")
    index = caseload.model.index(place, column)
    cell = caseload.model.data(index, CELL_ROLE)
    assert isinstance(cell, NameCell)
    return str(index.data()), cell, caseload.model.columns[column].text(caseload.model.row(index))


def today_says(desktop: MainWindow) -> dict[int, list[str]]:
    """Return what Today says of when, by episode, with everybody on show."""
    desktop.work.today.whose.set_value("everyone's")
    desktop.work.today.show_rows()
    model = desktop.work.today.list.model()
    said: dict[int, list[str]] = {}
    for n in range(model.rowCount()):
        entry = model.index(n, 0, QModelIndex()).data(ENTRY_ROLE)
        if isinstance(entry, SectionRow) and isinstance(entry.key, tuple):
            said.setdefault(entry.key[1], []).append(entry.aside)
    return said


def test_grid_and_today_agree_for_everybody(desktop: MainWindow, rows: tuple[CaseloadRow, ...]) -> None:
    told = today_says(desktop)
    some_late = 0
    for place, row in enumerate(rows):
        text, cell, again = grid(desktop, place)
        due, episode = row.next_due, row.facts.episode_id
        late = bool(row.overdue)
        some_late += late
        assert text == again
        beside = row.late_beside
        marks = [flag.words for flag in cell.flags]
        assert bool(days_late(text)) is bool(days_late(marks[0] if beside else cell.first)) is late
        assert any(mark == "Overdue" or days_late(mark) for mark in marks) is late
        if beside is not None:
            assert marks == [f"{cell.second}, {beside.when(row.today)}"]
        elif due in row.due_now and due is not None:
            assert cell.first.lower() in [words.lower() for words in told[episode]]
        assert sorted(days for words in told.get(episode, []) for days in days_late(words)) == sorted(
            each.overdue_days(row.today) for each in row.overdue
        )
    assert some_late > 10, "the demo has people who are late"


def test_the_summary_says_the_same_in_words_and_on_the_page(
    desktop: MainWindow, rows: tuple[CaseloadRow, ...]
) -> None:
    desk = desktop.desk
    heading = SummaryHeading(
        service=desk.site.name,
        today=desk.today,
        filter_text=desktop.work.caseload.shown_words(),
        pathway=desk.rulebook.pathway,
        instruments=desk.rulebook.instruments,
        is_demo=True,
    )
    table = summary_table(rows, heading)
    place = table.headings.index("Due")
    for row, line in zip(rows, table.rows, strict=True):
        assert sorted(days_late(line[place])) == sorted(each.overdue_days(row.today) for each in row.overdue)
    page = flat(" ".join(page_texts(caseload_summary_pdf(rows, heading))))
    assert len(days_late(page)) == sum(len(row.overdue) for row in rows)
    assert f"Showing {len(rows)} of {len(rows)}" in page


def test_the_export_is_the_grid_cell_by_cell(
    desktop: MainWindow, rows: tuple[CaseloadRow, ...], tmp_path: Path
) -> None:
    caseload = desktop.work.caseload
    columns = tuple(each.id for each in caseload.laying.shown())
    command = ExportCaseload(
        rows=rows,
        columns=columns,
        shown=caseload.shown_words(),
        ordered=caseload.laying.order_words(),
        to=tmp_path / "list.csv",
    )
    export_caseload(command, desktop.desk)
    text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    about, headings, *lines = csv.reader(io.StringIO(text))
    assert "Report generated at 25-Nov-2026 09:30." in about[0]
    assert caseload.shown_words() in about[0]
    assert headings == [each.title for each in caseload.laying.shown()]
    model = caseload.model
    places = [[each.id for each in model.columns].index(name) for name in columns]
    seen = [[str(model.index(n, place).data()) for place in places] for n in range(model.rowCount())]
    assert [[cell.removeprefix("'") for cell in line] for line in lines] == seen


def test_somebody_booked_far_ahead_is_as_late_in_every_place(desktop: MainWindow, tmp_path: Path) -> None:
    """An appointment in a year hides nobody, and every place says the same of it."""
    late = next(
        row
        for row in desktop.work.open_caseload.rows
        if row.next_due is not None and row.next_due.kind is DueKind.CONTACT and row.overdue
    )
    assert late.next_due is not None
    episode, due_on = late.facts.episode_id, late.next_due.due_on
    day = DEMO_TODAY.replace(year=DEMO_TODAY.year + 1)
    booking = Booking(on=day, mechanism=ConsultationMechanism.TELEPHONE)
    book_contact(BookContact(episode_id=episode, booking=booking), desktop.desk.uow)
    desktop.act("refresh")
    row = desktop.work.open_caseload.row_of(episode)
    assert row is not None
    assert row.next_booked == day
    assert row.next_due is not None
    assert (row.next_due.kind, row.next_due.due_on) == (DueKind.CONTACT, due_on)
    assert row.next_due.why == f"Booked for {fmt_date(day)}, due by {fmt_date(due_on)}"
    desktop.act("show_caseload")
    desktop.work.caseload.asking.show_everybody()
    shown = desktop.work.caseload.model.shown
    test_grid_and_today_agree_for_everybody(desktop, shown)
    test_the_summary_says_the_same_in_words_and_on_the_page(desktop, shown)
    test_the_export_is_the_grid_cell_by_cell(desktop, shown, tmp_path)


def test_the_commands_say_the_same(
    desktop: MainWindow,
    rows: tuple[CaseloadRow, ...],
    demo_record: DemoRecord,
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = demo_record.sign_ins[0]
    password = demo_record.path.with_name("password.txt")
    password.write_text(f"{first.password}\n", encoding="utf-8")
    words = ["caseload", "--record", str(demo_record.path), "--user", first.login]
    words += ["--password-file", str(password), "--today", DEMO_TODAY.isoformat()]
    assert main([*words, "--format", "json"]) == 0
    told = {each["episode_id"]: each for each in json.loads(capsys.readouterr().out)}
    assert main([*words, "--format", "table"]) == 0
    table = capsys.readouterr().out
    for place, row in enumerate(rows):
        text = grid(desktop, place)[0]
        record = told[row.facts.episode_id]
        assert record["overdue_count"] == len(row.overdue)
        shown = row.late_beside or row.next_due
        assert ([shown.overdue_days(row.today)] if row.overdue and shown else []) == days_late(text)
        assert record["days_overdue"] == (row.next_due.overdue_days(row.today) if row.next_due else None)
        line = next(each for each in table.splitlines() if each.startswith(row.facts.patient.name))
        assert line.endswith(text or "Nothing")
    late = count_among(rows, CaseloadFilter.OVERDUE)
    assert table.rstrip().endswith(f"{len(rows)} open patients, {late} with something overdue")


def test_every_count_is_the_number_of_rows_it_leads_to(
    desktop: MainWindow, rows: tuple[CaseloadRow, ...]
) -> None:
    caseload, me = desktop.work.caseload, desktop.desk.acting.user_id
    for option in caseload.whose.options:
        value = option.value
        caseload.whose.set_value(value)
        caseload.whose.chosen.emit(value)
        whose = belonging_to(rows, value, me) if isinstance(value, Whose) else None
        total = len(caseload.model.shown)
        assert caseload.whose.told(value).endswith(f", {total}")
        assert whose is None or total == len(whose)
        for chosen in set(CaseloadFilter) - {CaseloadFilter.DIED}:  # which is everybody's
            caseload.filters.set_value(chosen)
            caseload.filters.chosen.emit(chosen)
            shown = caseload.model.shown
            assert caseload.filters.told(chosen).endswith(f", {len(shown)}")
            assert len(shown) == (count_among(whose, chosen) if whose is not None else len(shown))
            assert caseload.sentence.whole_text().startswith(f"Showing {len(shown)} of {len(rows)}")
        caseload.filters.set_value(CaseloadFilter.ALL)
    died = count_among(desktop.work.open_caseload.listed, CaseloadFilter.DIED)
    assert caseload.filters.told(CaseloadFilter.DIED).endswith(f", {died}")
    mine = desktop.work.today.my_counts()[0]
    assert desktop.rail.findChildren(RailButton)[0].accessibleName() == f"Today, {mine}"
