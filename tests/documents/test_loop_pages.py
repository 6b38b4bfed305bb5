"""The report and the reminders on paper: tagged, with their headings, and files whose names name nobody."""

from __future__ import annotations

from datetime import UTC, datetime, time

from collabcare.documents.csv_text import csv_sheet
from collabcare.documents.loop_pages import loop_file_name, loop_pdf
from collabcare.documents.reminder_pages import reminder_records, reminders_file_name, reminders_pdf
from collabcare.documents.tabled import Stamp
from collabcare.domain.caseload import caseload_rows
from collabcare.domain.loop_report import LoopAsked, loop_report
from collabcare.domain.reach_facts import ReachFacts
from collabcare.domain.reminder_lists import reminders_today
from tests.builders import MONDAY, contact, day, facts, patient, rulebook
from tests.builders_loop import YEAR, loop_policy
from tests.builders_reach import sought
from tests.documents.pages import page_texts, structure, whole_text

STAMP = Stamp(
    service="Elm Tree PCN",
    made_at=datetime.combine(day(200), time(8, 30), UTC),
    made_by="Jo Smith",
    is_demo=False,
)


def test_the_stamp_says_the_clock_time_of_the_place() -> None:
    assert STAMP.words == "Made 24-Jul-2026 09:30 for Jo Smith."
    assert STAMP.day == day(200)


def test_an_empty_table_is_said_in_words_and_headings_are_headings() -> None:
    report = loop_report(LoopAsked(period=YEAR, today=day(200)), [], [], loop_policy())
    pdf = loop_pdf(report, STAMP)
    assert "Still being sought" in whole_text(pdf)
    assert "None." in whole_text(pdf)
    roles = [tag.role for top in structure(pdf) for tag in top.walk()]
    assert roles.count("H1") == 1
    assert roles.count("H2") > 1
    assert {"Table", "TH", "TD"} <= set(roles)


def test_a_long_list_goes_on_overleaf_with_its_headings() -> None:
    rows = caseload_rows([sought(MONDAY) for _ in range(60)], rulebook(), day(200))
    report = loop_report(LoopAsked(period=YEAR, today=day(200)), [], rows, loop_policy())
    pages = page_texts(loop_pdf(report, STAMP))
    assert len(pages) > 2
    assert all("Last attempt" in page for page in pages if "OKAFOR" in page)
    assert sum("OKAFOR" in page for page in pages) > 1
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))


def test_an_address_that_must_not_be_written_to_is_not_on_the_list() -> None:
    held = facts(contacts=(contact("b", day(14)),), patient=patient(telephone=None))
    unsafe = facts(
        contacts=(contact("b", day(14)),),
        patient=patient(telephone=None),
        reach=ReachFacts(letters_safe=False, email_safe=True),
    )
    lines = reminders_today(caseload_rows([held], rulebook(), day(10)))
    assert "4 Mill Lane" in whole_text(reminders_pdf(lines, "Everyone", STAMP))
    lines = reminders_today(caseload_rows([unsafe], rulebook(), day(10)))
    assert "4 Mill Lane" not in whole_text(reminders_pdf(lines, "Everyone", STAMP))


def test_whose_only_number_is_the_other_one_is_rung_on_it() -> None:
    of = patient(telephone=None, other_telephone="01632 960124")
    held = facts(contacts=(contact("b", day(14)),), patient=of)
    lines = reminders_today(caseload_rows([held], rulebook(), day(10)))
    assert "01632 960124" in whole_text(reminders_pdf(lines, "Everyone", STAMP))
    assert [row["telephone"] for row in reminder_records(lines)] == ["01632 960124"]
    assert patient(telephone="01632 960123", other_telephone="01632 960124").number_to_ring == "01632 960123"
    assert patient(telephone="", other_telephone="").number_to_ring is None


def test_no_reminders_are_no_words_about_cancelling() -> None:
    assert "To ring (0)" in whole_text(reminders_pdf((), "Everyone", STAMP))


def test_the_names_of_files_name_nobody() -> None:
    assert loop_file_name("pdf", day(0)) == "caseload-report-2026-01-05.pdf"
    assert reminders_file_name("csv", day(0)) == "reminders-2026-01-05.csv"


def test_text_a_spreadsheet_would_run_is_made_harmless_and_a_blank_stays_blank() -> None:
    sheet = csv_sheet("About", ("=A", "B"), [("=1+1", 0), ("é", None)])
    assert sheet.startswith(b"\xef\xbb\xbf")
    assert sheet.decode("utf-8-sig") == "About\r\n'=A,B\r\n'=1+1,0\r\né,\r\n"
