"""The caseload as a spreadsheet reads it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from collabcare.documents.caseload_csv import CaseloadList, caseload_csv, caseload_csv_name
from collabcare.domain.caseload_columns import caseload_columns
from collabcare.domain.spreadsheet import harmless
from tests.builders import patient, rulebook
from tests.domain.rows_of_every_kind import KINDS

COLUMNS = caseload_columns(rulebook())
ROWS = tuple(KINDS.values())


def read(made: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))


def test_it_says_what_it_is_and_then_what_is_seen_cell_by_cell() -> None:
    made = caseload_csv(CaseloadList(rows=ROWS, columns=COLUMNS, about="Report generated at …"))
    about, headings, *lines = read(made)
    assert made.startswith(b"\xef\xbb\xbf"), "the mark without which Excel spoils an accent"
    assert about == ["Report generated at …"]
    assert headings == [column.title for column in COLUMNS]
    assert lines == [[harmless(column.text(row)) for column in COLUMNS] for row in ROWS]


def test_columns_come_in_the_order_asked_and_no_others() -> None:
    some = (COLUMNS[3], COLUMNS[0])
    made = read(caseload_csv(CaseloadList(rows=ROWS[:1], columns=some, about="x")))
    assert made[1:] == [["Practice", "Patient"], ["Elm Tree Surgery", "OKAFOR, Ngozi (Ms) 999 000 0018"]]


def test_what_a_spreadsheet_would_run_is_text() -> None:
    sly = replace(ROWS[0].facts, patient=patient(gp_practice_name="=HYPERLINK(1)", surname="@sum"))
    made = read(caseload_csv(CaseloadList(rows=[ROWS[0]._replace(facts=sly)], columns=COLUMNS, about="=1")))
    assert made[0] == ["'=1"]
    assert made[2][3] == "'=HYPERLINK(1)"
    assert made[2][0].startswith("'@SUM")


def test_the_name_of_the_file_says_nothing_of_a_patient() -> None:
    assert caseload_csv_name("2026-11-25") == "caseload-2026-11-25.csv"
