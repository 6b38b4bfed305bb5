"""The caseload on paper: the rows of the screen, with what is due, on as many pages as it takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.documents.reports import (
    SummaryHeading,
    caseload_summary_name,
    caseload_summary_pdf,
    score_text,
    summary_table,
)
from collabcare.domain.caseload import CaseloadRow, caseload_row
from collabcare.domain.due_kinds import DUE_WORDS
from tests.builders import (
    contact,
    day,
    facts,
    instruments,
    measure,
    pathway,
    patient,
    review,
    rulebook,
)
from tests.documents.letterbox import in_care, sought
from tests.documents.pages import page_sizes, page_texts, structure, words_on

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

TODAY = day(63)
HEADING = SummaryHeading(
    service="Elm Tree PCN",
    today=TODAY,
    filter_text="Patients held by Jo Smith.",
    pathway=pathway(),
    instruments=instruments(),
    is_demo=False,
)


def row(about: EpisodeFacts | None = None) -> CaseloadRow:
    """Return a row of the caseload."""
    return caseload_row(about or in_care(reviews=(review(day(42)),)), rulebook(), TODAY)


def cells(about: EpisodeFacts | None = None) -> dict[str, str]:
    """Return a printed row by its headings."""
    table = summary_table([row(about)], HEADING)
    return dict(zip(table.headings, table.rows[0], strict=True))


def test_a_row_says_what_the_screen_says() -> None:
    assert cells() == {
        "Patient": "OKAFOR, Ngozi (Ms)\n999 000 0018",
        "Step": "Case management\n3 weeks",
        "Held by": "Jo Smith",
        "Last seen": "23-Feb-2026",
        "Next booked": "16-Mar-2026",
        "PHQ-9": "18 to 9\nbetter by 9, reliably",
        "GAD-7": "14 to 12\nbetter by 2",
        "Missed": "1",
        "Due": cells()["Due"],
        "Last discussed": "16-Feb-2026",
    }


def test_what_is_due_is_what_the_one_rule_says() -> None:
    of = row()
    said = cells()["Due"].replace("\N{NO-BREAK SPACE}", " ").splitlines()
    assert len(said) == len(of.due_now)
    for due, words in zip(of.due_now, said, strict=True):
        assert words.startswith(DUE_WORDS[due.kind])
        assert words.endswith(due.when(TODAY))


def test_what_is_not_there_is_said_in_words() -> None:
    found = cells(facts(holder=None, holder_id=None, patient=patient(nhs_number=None)))
    assert found["Patient"] == "OKAFOR, Ngozi (Ms)\nNot Known"
    assert found["Held by"] == "Nobody yet"
    assert (found["Last seen"], found["Next booked"], found["Last discussed"]) == (
        "Not yet",
        "Nothing",
        "Not yet",
    )
    assert (found["PHQ-9"], found["Missed"]) == ("–", "–")


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        ((9,), "9\n05-Jan-2026"),
        ((9, 9), "9 to 9\nno change"),
        ((9, 16), "9 to 16\nworse by 7, reliably"),
        ((16, 9, None), "Incomplete (3 missing)\n02-Feb-2026\nlast score 9"),
        ((None,), "Incomplete (3 missing)\n05-Jan-2026"),
    ],
)
def test_a_change_is_said_in_words(totals: tuple[int | None, ...], said: str) -> None:
    measures = tuple(measure(total, day(14 * turn)) for turn, total in enumerate(totals))
    assert score_text(row(facts("A", measures=measures)).scores["phq9"]) == said


def test_somebody_with_nothing_due_says_what_comes_next() -> None:
    calm = facts(
        "A",
        contacts=(contact("A", day(62)), contact("b", day(69))),
        measures=(measure(9, day(62)),),
        reviews=(review(day(62)),),
    )
    due = cells(calm)["Due"].replace("\N{NO-BREAK SPACE}", " ")
    assert "due in" in due


def test_the_pages_are_landscape_numbered_and_headed() -> None:
    rows = [row(in_care() if number % 2 else sought()) for number in range(60)]
    pdf = caseload_summary_pdf(rows, replace(HEADING, is_demo=True))
    texts = page_texts(pdf)
    assert len(texts) > 3
    assert set(page_sizes(pdf)) == {(297, 210)}
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
        assert ["Last", "discussed"][1] in text
        assert "DEMO" in text
        assert "Data as at Monday 9 March 2026. 60 patients." in text
    assert "Patients held by Jo Smith." in texts[0]
    assert sum(text.count("OKAFOR") for text in texts) == 60


def test_nothing_runs_over_the_edge_or_breaks_a_date() -> None:
    name = "Featherstonehaugh-Cholmondeley-Warner"
    long = patient(surname=name, given_name="Maximiliana Alexandrina Philomena")
    pdf = caseload_summary_pdf(
        [row(in_care(patient=long, holder="Wolfeschlegelsteinhausenbergerdorff"))], HEADING
    )
    shown = words_on(pdf)
    assert all(words.left >= 12 and words.right <= 285 for words in shown)
    assert "16-Mar-2026" in page_texts(pdf)[0]


def test_the_table_is_a_table_to_a_screen_reader() -> None:
    [document] = structure(caseload_summary_pdf([row(), row(sought())], HEADING))
    table = next(tag for tag in document.walk() if tag.role == "Table")
    assert [len(each.children) for each in table.children] == [10, 10, 10]


def test_the_same_rows_are_the_same_file() -> None:
    assert caseload_summary_pdf([row()], HEADING) == caseload_summary_pdf([row()], HEADING)


def test_the_name_of_the_file_says_nothing_of_a_patient() -> None:
    assert caseload_summary_name(TODAY) == "caseload-summary-2026-03-09.pdf"
