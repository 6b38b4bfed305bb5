"""A score made up from a form with a blank is never shown as a bare number, wherever it is shown."""

from __future__ import annotations

import pytest

from collabcare.cli.lists import caseload_keys, caseload_record
from collabcare.documents.reports import score_text
from collabcare.domain.caseload import CaseloadRow, caseload_row
from collabcare.domain.prorated import fmt_score, marked_score
from collabcare.domain.score_chart import score_chart
from collabcare.domain.story_chart import story_chart
from collabcare.domain.story_marks import StoryKind
from collabcare.ui.views.caseload_columns import columns_offered
from collabcare.ui.widgets.name_delegate import NameCell
from collabcare.ui.widgets.score_delegate import ScoreCell
from tests.builders import answered, day, facts, rulebook

BLANK_FIRST = (None, 2, 2, 2, 2, 2, 2, 2, 0)
BLANK_LAST = (1, 1, 1, 1, 1, 1, 1, None, 0)


@pytest.fixture(scope="module")
def row() -> CaseloadRow:
    phq9 = rulebook().instruments["phq9"]
    forms = (answered(phq9, *BLANK_FIRST), answered(phq9, *BLANK_LAST, on=day(14)))
    assert all(form.prorated for form in forms)
    return caseload_row(facts("A", measures=forms), rulebook(), day(60))


def test_a_score_is_written_bare_or_marked_never_between() -> None:
    assert (fmt_score(14, prorated=False), fmt_score(14, prorated=True)) == ("14", "14 (prorated)")
    assert (marked_score(14, prorated=False), marked_score(14, prorated=True)) == ("14", "14*")


def test_every_cell_of_the_caseload_says_so(row: CaseloadRow) -> None:
    columns = {column.id: column for column in columns_offered(rulebook())}
    shown = columns["measure"].cell
    assert shown is not None
    cell = shown(row)
    assert isinstance(cell, ScoreCell)
    assert cell.prorated
    for name in ("measure", "measure_first", "measure_change"):
        assert "prorated" in columns[name].text(row)
        assert "prorated" in (columns[name].spoken or columns[name].text)(row)
    first, change = columns["measure_first"].cell, columns["measure_change"].cell
    assert first is not None
    assert change is not None
    for each in (first(row), change(row)):
        assert isinstance(each, NameCell)
        assert "prorated" in f"{each.first} {each.second}"


def test_every_picture_and_its_table_say_so(row: CaseloadRow) -> None:
    phq9 = rulebook().instruments["phq9"]
    chart = score_chart(phq9, row.facts.measures)
    assert [each.score.endswith(" (prorated)") for each in chart.rows] == [True, True]
    assert chart.description.count("(prorated)") == len(chart.points)
    story = story_chart(row.facts, phq9, rulebook(), today=day(60))
    marks = [mark for mark in story.marks if mark.kind is StoryKind.PRORATED]
    assert [mark.label.endswith("*") for mark in marks] == [True, True]
    assert all("prorated" in mark.what and "prorated" in mark.spoken for mark in marks)
    assert any(entry.words == "Prorated score (*)" for entry in story.legend)


def test_print_and_command_line_say_so(row: CaseloadRow) -> None:
    cell, pathway = row.scores["phq9"], rulebook().pathway
    assert score_text(cell).count("prorated") == len(cell.history)
    record = caseload_record(row, pathway)
    assert set(record) == set(caseload_keys(pathway))
    assert (record["phq9_latest_prorated"], record["phq9_change_prorated"]) == (True, True)
    assert (record["gad7_latest_prorated"], record["gad7_change_prorated"]) == (None, None)


def test_what_is_due_says_so(row: CaseloadRow) -> None:
    whys = [due.why for due in row.due if "PHQ" in due.why or "score" in due.why]
    assert any("(prorated)" in why for why in whys), whys
