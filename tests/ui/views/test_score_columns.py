"""A score column for every kind of instrument: its own scale, and no cut-off where there is none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from collabcare.domain.caseload import caseload_row
from collabcare.domain.instruments import EntryMode
from collabcare.ui.views.caseload_columns import caseload_columns
from collabcare.ui.widgets.score_delegate import ScoreCell
from tests.builders import day, facts, measure, rulebook


def cell_of(name: str, *totals: int | Decimal) -> ScoreCell:
    """Return the cell of an instrument the service model leads with, with these weekly totals."""
    kept = tuple(
        replace(measure(0, day(7 * week), instrument=name), total=total, entry_mode=EntryMode.TOTAL_ONLY)
        for week, total in enumerate(totals)
    )
    book = rulebook()
    book = replace(book, pathway=replace(book.pathway, measures=(name,)))
    row = caseload_row(facts("A", measures=kept), book, day(70))
    column = next(each for each in caseload_columns(book) if each.title == book.instruments[name].name)
    assert column.cell is not None
    found = column.cell(row)
    assert isinstance(found, ScoreCell)
    return found


def test_a_wellbeing_scale_is_drawn_on_its_metric_from_its_lowest_score() -> None:
    cell = cell_of("swemwbs", 7, 35)
    assert (cell.value, cell.change, cell.better) == (35, 28, True)
    assert cell.history == (0.0, 1.0)
    assert cell.cut_off == pytest.approx((19.5 - 7) / 28)


def test_a_scale_without_a_cut_off_has_no_line_and_no_verdict() -> None:
    cell = cell_of("rstar", Decimal("5.50"), Decimal("7.75"))
    assert (cell.value, cell.change, cell.better) == (Decimal("7.75"), Decimal("2.25"), None)
    assert cell.cut_off is None
    assert cell.history == pytest.approx((0.5, 0.75))
