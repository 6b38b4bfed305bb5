"""What the grid draws of each kind of row, cell by cell: two lines, wrapped words, scores and their past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.caseload import caseload_row
from collabcare.domain.caseload_layout import Layout, Placed
from collabcare.ui.models.rows import CELL_ROLE, RowModel
from collabcare.ui.views.caseload_columns import caseload_columns, columns_offered, leaving, usual_columns
from collabcare.ui.widgets.name_delegate import NameCell
from collabcare.ui.widgets.score_delegate import ScoreCell
from collabcare.ui.widgets.wrapped_delegate import WrappedCell
from tests.builders import day, facts, measure, patient, prompt, rulebook
from tests.domain.rows_of_every_kind import KINDS

if TYPE_CHECKING:
    from collabcare.domain.caseload import CaseloadRow
    from collabcare.ui.models.rows import Column

COLUMNS = {each.id: each for each in columns_offered(rulebook())}
DRAWN: dict[str, dict[str, str]] = {
    "new": {
        "patient": "OKAFOR, Ngozi | 999 000 0018",
        "flags": "",
        "practice": "Elm Tree Surgery",
        "step": "Waiting | 1 week",
        "phase": "Waiting | not yet allocated, 1 week",
        "holder": "",
        "due": "Due in 4 days | First contact",
        "follow_up": "12-Jan-2026 | due in 4 days",
        "last_seen": "Never | ",
        "last_contact": "Never | ",
        "next_booked": " | ",
        "first_seen": "Never | ",
        "case_review": "Never | ",
        "measure_first": " | ",
        "measure_change": " | ",
        "measure_on": " | ",
        "first:gad7": " | ",
        "change:gad7": " | ",
        "on:gad7": " | ",
        "goals": " | ",
        "gp_letter": "Never | ",
        "source": "Self",
        "referred": "29-Dec-2025 | 10 days ago",
    },
    "seen, nothing else": {
        "patient": "OKAFOR, Ngozi | NHS No. Not Known",
        "flags": "Overdue; No next date",
        "practice": "Elm Tree Surgery",
        "step": "Step 2 | 1 week",
        "phase": "Active | 1 week",
        "holder": "Jo Smith",
        "due": "1 day overdue | Measure",
        "follow_up": "12-Jan-2026 | due in 6 days",
        "last_seen": "05-Jan-2026 | 1 day ago",
        "last_contact": "05-Jan-2026 | Attended",
        "next_booked": " | ",
        "first_seen": "05-Jan-2026 | 1 day ago",
        "case_review": "Never | ",
        "measure_first": " | ",
        "measure_change": " | ",
        "measure_on": " | ",
        "first:gad7": " | ",
        "change:gad7": " | ",
        "on:gad7": " | ",
        "goals": " | ",
        "gp_letter": "Never | ",
        "source": "GP",
        "referred": "29-Dec-2025 | 8 days ago",
    },
    "under way": {
        "patient": "OKAFOR, Ngozi | 999 000 0018",
        "flags": "Response (PHQ-9)",
        "practice": "Elm Tree Surgery",
        "step": "Step 2 | 3 weeks",
        "phase": "Active | 3 weeks",
        "holder": "Jo Smith",
        "due": "Due in 26 days | Measure",
        "follow_up": " | ",
        "last_seen": "19-Jan-2026 | 2 days ago",
        "last_contact": "19-Jan-2026 | Attended",
        "next_booked": "02-Feb-2026 | in 12 days",
        "first_seen": "05-Jan-2026 | 16 days ago",
        "case_review": "12-Jan-2026 | 9 days ago",
        "measure_first": "18 | 05-Jan-2026",
        "measure_change": "−9 (−50%) | reliable improvement",
        "measure_on": "19-Jan-2026 | 2 days ago",
        "first:gad7": " | ",
        "change:gad7": " | ",
        "on:gad7": " | ",
        "goals": "1 of 2 reached | now 10, – of 10",
        "gp_letter": "20-Jan-2026 | 1 day ago",
        "source": "GP",
        "referred": "29-Dec-2025 | 23 days ago",
    },
    "a score of nought": {
        "patient": "OKAFOR, Ngozi | 999 000 0018",
        "flags": "Overdue; No next date; Remission (PHQ-9); Remission (GAD-7); Response (PHQ-9)",
        "practice": "Elm Tree Surgery",
        "step": "Step 2 | 2 weeks",
        "phase": "Active | 2 weeks",
        "holder": "Jo Smith",
        "due": "1 day overdue | GP to be told",
        "follow_up": "19-Jan-2026 | due in 6 days",
        "last_seen": "12-Jan-2026 | 1 day ago",
        "last_contact": "12-Jan-2026 | Attended",
        "next_booked": " | ",
        "first_seen": "05-Jan-2026 | 8 days ago",
        "case_review": "Never | ",
        "measure_first": "14 | 05-Jan-2026",
        "measure_change": "−14 (−100%) | reliable improvement",
        "measure_on": "12-Jan-2026 | 1 day ago",
        "first:gad7": "0 | 05-Jan-2026",
        "change:gad7": "+3 | no reliable change",
        "on:gad7": "12-Jan-2026 | 1 day ago",
        "goals": " | ",
        "gp_letter": "Never | ",
        "source": "GP",
        "referred": "29-Dec-2025 | 15 days ago",
    },
    "re-engaging": {
        "patient": "OKAFOR, Ngozi | 999 000 0018",
        "flags": "Safety conversation to close; Re-engaging; Overdue; Not seen lately; No next date",
        "practice": "Elm Tree Surgery",
        "step": "Step 2 | 3 weeks",
        "phase": "Active | 3 weeks",
        "holder": "Jo Smith",
        "due": "17 days overdue | Safety conversation",
        "follow_up": " | ",
        "last_seen": "05-Jan-2026 | 17 days ago",
        "last_contact": "19-Jan-2026 | Did not attend",
        "next_booked": " | ",
        "first_seen": "05-Jan-2026 | 17 days ago",
        "case_review": "Never | ",
        "measure": "Incomplete | 3 missing",
        "measure_first": " | ",
        "measure_change": " | ",
        "measure_on": "05-Jan-2026 | 17 days ago",
        "first:gad7": " | ",
        "change:gad7": " | ",
        "on:gad7": " | ",
        "goals": " | ",
        "gp_letter": "Never | ",
        "source": "GP",
        "referred": "29-Dec-2025 | 24 days ago",
    },
    "paused": {
        "patient": "OKAFOR, Ngozi | 999 000 0018",
        "flags": "Overdue",
        "practice": "Elm Tree Surgery",
        "step": "Step 2 | 2 weeks",
        "phase": "Paused | 1 week",
        "holder": "Jo Smith",
        "due": "2 days overdue | GP to be told",
        "follow_up": " | ",
        "last_seen": "05-Jan-2026 | 9 days ago",
        "last_contact": "05-Jan-2026 | Attended",
        "next_booked": " | ",
        "first_seen": "05-Jan-2026 | 9 days ago",
        "case_review": "Never | ",
        "measure_first": " | ",
        "measure_change": " | ",
        "measure_on": " | ",
        "first:gad7": " | ",
        "change:gad7": " | ",
        "on:gad7": " | ",
        "goals": " | ",
        "gp_letter": "Never | ",
        "source": "GP",
        "referred": "29-Dec-2025 | 16 days ago",
    },
}
"""Both lines of a cell with `` | `` between them, or its wrapped words."""


def drawn(kind: str, column_id: str) -> str | None:
    cell = COLUMNS[column_id].cell
    found = cell(KINDS[kind]) if cell else None
    if isinstance(found, NameCell):
        return f"{found.first} | {found.second}"
    return found.text if isinstance(found, WrappedCell) else None


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_drawn(kind: str) -> None:
    shown = {name: words for name in COLUMNS if (words := drawn(kind, name)) is not None}
    assert shown == DRAWN[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_line_is_never_only_painted(kind: str) -> None:
    """Who listens, and who reads the export, is told since when, from which day and whether reliably."""
    for name in ("phase", "measure_first", "measure_change", "first:gad7", "change:gad7"):
        lines = (drawn(kind, name) or "").split(" | ")
        assert COLUMNS[name].text(KINDS[kind]) == ", ".join(line for line in lines if line)


def named(column_id: str, row: CaseloadRow) -> NameCell:
    """Return a cell of two lines."""
    paint = COLUMNS[column_id].cell
    assert paint is not None
    cell = paint(row)
    assert isinstance(cell, NameCell)
    return cell


def test_long_in_a_step_and_in_treatment_is_marked_with_a_drawing_and_words() -> None:
    row, longer = (caseload_row(facts("A"), rulebook(), day(days)) for days in (100, 300))
    for of, icon, said, words in (
        (row, "clock", "15 wks", "long in this step"),
        (longer, "warning", "43 wks", "very long in this step; 9 months or more in treatment"),
    ):
        cell = named("step", of)
        (flag,) = cell.flags
        assert (cell.first, cell.second, flag.icon, flag.words) == ("Step 2", said, icon, words)
        assert "Consider whether it is still the right one." in (COLUMNS["step"].tip or str)(of)
    treated = named("weeks_treated", longer)
    assert (treated.first, treated.second, len(treated.flags)) == ("1", "9 months or more", 1)


def test_what_is_late_beside_something_else_is_named_whole_and_marked() -> None:
    row = caseload_row(facts("A", safety_prompts=(prompt(day(14)),)), rulebook(), day(14))
    cell = named("due", row)
    (flag,) = cell.flags
    assert (cell.first, cell.second) == ("Safety conversation", "Contact")
    assert (flag.icon, flag.words) == ("clock", "Contact, 7 days overdue")
    assert "Contact due, 7 days overdue" in COLUMNS["due"].text(row)


@pytest.mark.parametrize("kind", KINDS)
def test_a_score_of_nought_is_drawn_and_no_score_is_not(kind: str) -> None:
    for name in ("measure", "score:gad7"):
        cell = painted(name, KINDS[kind])
        has_one = COLUMNS[name].text(KINDS[kind]).isdecimal()
        assert isinstance(cell, ScoreCell) is has_one
        assert isinstance(cell, NameCell) is COLUMNS[name].text(KINDS[kind]).startswith("Incomplete")
    if kind == "a score of nought":
        cell = painted("measure", KINDS[kind])
        assert isinstance(cell, ScoreCell)
        assert (cell.value, cell.change, cell.better) == (0, -14, True)
        assert cell.history == (14 / 27, 0.0)


def painted(column_id: str, row: CaseloadRow) -> object:
    """Return what is painted in a cell."""
    paint = COLUMNS[column_id].cell
    assert paint is not None
    return paint(row)


def test_what_is_painted_of_a_score_is_what_the_cell_says_and_a_form_without_one_sorts_last() -> None:
    """Somebody whose newest form has too many blanks has no score of that day, whatever came before."""
    forms = {
        "Ash": (measure(18), measure(9, day(7)), measure(None, day(14))),
        "Birch": (measure(18), measure(12, day(7))),
        "Cedar": (measure(18), measure(7, day(7))),
        "Dale": (),
    }
    rows = [
        caseload_row(facts("AAA", patient=patient(surname=name), measures=kept), rulebook(), day(15))
        for name, kept in forms.items()
    ]
    model = RowModel([COLUMNS["measure"]], key=_surname, name=_surname)
    model.set_rows(rows)
    for order, names in (
        (Qt.SortOrder.AscendingOrder, ["Cedar", "Birch", "Ash", "Dale"]),
        (Qt.SortOrder.DescendingOrder, ["Birch", "Cedar", "Ash", "Dale"]),
    ):
        model.sort(0, order)
        assert [_surname(row) for row in model.shown] == names
    for place in range(model.rowCount()):
        index = model.index(place, 0)
        assert _words(index.data(CELL_ROLE)) == index.data()


def _surname(row: CaseloadRow) -> str:
    return row.facts.patient.surname


def _words(cell: object) -> str:
    """Return what is painted as one line of words; the line of the past and the change have none."""
    if isinstance(cell, ScoreCell):
        return str(cell.value)
    return f"{cell.first} ({cell.second})" if isinstance(cell, NameCell) else ""


@pytest.mark.parametrize("column", COLUMNS.values(), ids=lambda column: column.id)
def test_every_cell_has_its_whole_text_on_the_tip(column: Column[CaseloadRow]) -> None:
    """A cell that has no room for all of it says the rest when pointed at."""
    assert column.tip is not None
    for row in KINDS.values():
        if not column.text(row):
            assert isinstance(column.tip(row), str)
        elif column.id not in {"step", "due", "case_review"}:  # theirs says more, and why
            assert column.tip(row)


def test_the_usual_columns_are_all_there_is_to_hide() -> None:
    usual = usual_columns(rulebook())
    assert set(leaving(rulebook())) - {"score:phq9"} < set(usual), "which stands apart once another leads"
    assert {"patient", "due", "measure"} == set(usual) - set(leaving(rulebook()))
    assert [each.id for each in caseload_columns(rulebook())] == list(usual)
    assert usual_columns(rulebook(), "core10")[-4:] == ("score:phq9", "score:gad7", "dnas", "case_review")


def test_a_layout_is_followed_and_a_column_that_is_gone_is_left_out() -> None:
    liked = Layout(columns=(Placed("patient"), Placed("score:phq9"), Placed("due", 222)))
    columns = caseload_columns(rulebook(), liked)
    assert [(each.id, each.width) for each in columns] == [("patient", 168), ("due", 222)]
