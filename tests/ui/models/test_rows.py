"""Rows in, cells out: in order, with blanks last, found as one types."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from collabcare.ui.models.rows import CELL_ROLE, Column, RowModel

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    score: int | None = None


COLUMNS = (
    Column[Person](title="Name", text=lambda p: p.name, tip=lambda p: f"<i>{p.name}"),
    Column[Person](
        title="PHQ-9",
        text=lambda p: "" if p.score is None else str(p.score),
        sort=lambda p: p.score,
        spoken=lambda p: f"PHQ-9 {p.score}",
        cell=lambda p: p.score,
        numeric=True,
    ),
)
PEOPLE = (Person(1, "Zoë", 3), Person(2, "ada", None), Person(3, "Bob", 12), Person(4, "Cy", 3))


def model_of(*people: Person) -> RowModel[Person]:
    model = RowModel[Person](COLUMNS, key=lambda p: p.id, name=lambda p: p.name)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(people)
    return model


def names(model: RowModel[Person]) -> list[str]:
    return [str(model.index(n, 0).data()) for n in range(model.rowCount())]


def test_rows_come_in_the_order_of_the_first_column_whatever_the_case() -> None:
    assert names(model_of(*PEOPLE)) == ["ada", "Bob", "Cy", "Zoë"]


@pytest.mark.parametrize(("order", "expected"), [(UP, "Cy Zoë Bob ada"), (DOWN, "Bob Cy Zoë ada")])
def test_blanks_come_last_both_ways_and_equals_by_name(order: Qt.SortOrder, expected: str) -> None:
    model = model_of(*PEOPLE)
    model.sort(1, order)
    assert names(model) == expected.split()


def test_a_cell_answers_each_role_and_no_other() -> None:
    model = model_of(*PEOPLE)
    cell, roles = model.index(1, 1), Qt.ItemDataRole
    assert cell.data() == "12"
    assert cell.data(roles.AccessibleTextRole) == "PHQ-9 12"
    assert cell.data(CELL_ROLE) == 12
    assert cell.data(roles.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight.value
    assert cell.data(roles.ToolTipRole) is None
    assert cell.data(roles.BackgroundRole) is None
    name = model.index(1, 0)
    assert name.data(roles.AccessibleTextRole) == "Bob"
    assert name.data(roles.ToolTipRole) == "<span>&lt;i&gt;Bob</span>", "never read as markup"
    assert name.data(CELL_ROLE) is None
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)]
    assert heads == ["Name", "PHQ-9", None]
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_search_finds_every_word_in_any_column_whatever_the_case() -> None:
    model = model_of(*PEOPLE)
    model.search("BO 12")
    assert (names(model), model.total, len(model.shown)) == (["Bob"], 4, 1)
    model.search("nobody")
    assert names(model) == []
    model.search("")
    assert len(names(model)) == 4


def test_a_filter_and_a_search_hold_together_and_through_a_reload() -> None:
    model = model_of(*PEOPLE)
    model.show_only(lambda p: p.score == 3)
    model.search("o")
    assert names(model) == ["Zoë"]
    model.set_rows([Person(7, "Otto", 3), Person(8, "Otto", 4)])
    assert [row.id for row in model.shown] == [7]
    model.show_only(None)
    assert [row.id for row in model.shown] == [7, 8]


def test_a_row_is_found_by_its_key_where_it_is_shown() -> None:
    model = model_of(*PEOPLE)
    assert model.index_of(3).row() == 1
    assert model.row(model.index_of(3)) == PEOPLE[2]
    assert model.key_at(model.index_of(3)) == 3
    assert not model.index_of(99).isValid()


def test_whoever_holds_a_row_still_holds_it_after_sorting() -> None:
    model = model_of(*PEOPLE)
    held = QPersistentModelIndex(model.index_of(3))
    model.sort(1, DOWN)
    assert model.row(held) == PEOPLE[2]
    model.sort(9)
    assert model.sorted_by == (1, DOWN)


@given(st.lists(st.one_of(st.none(), st.integers(0, 27)), max_size=20), st.sampled_from([UP, DOWN]))
def test_order_is_right_for_any_scores(scores: list[int | None], order: Qt.SortOrder) -> None:
    model = model_of(*(Person(n, f"P{n:02}", score) for n, score in enumerate(scores)))
    model.sort(1, order)
    shown = [row.score for row in model.shown]
    given_scores = [score for score in scores if score is not None]
    assert shown == sorted(given_scores, reverse=order is DOWN) + [None] * scores.count(None)


def test_ten_thousand_rows_are_sorted_and_searched_faster_than_anybody_waits() -> None:
    model = RowModel[Person](COLUMNS, key=lambda p: p.id, name=lambda p: p.name)
    model.set_rows(Person(n, f"Person {n * 7919 % 10_007}", n % 28 or None) for n in range(10_000))
    begun = time.perf_counter()
    model.sort(1, DOWN)
    model.sort(0)
    model.search("99")
    assert time.perf_counter() - begun < 0.3


def test_other_columns_are_shown_over_the_same_rows_and_sorted_by_one_of_them() -> None:
    model = model_of(*PEOPLE)
    model.search("b")
    model.set_columns(COLUMNS[::-1], (0, DOWN))
    assert [column.title for column in model.columns] == ["PHQ-9", "Name"]
    assert model.columnCount() == 2
    assert [str(model.index(n, 1).data()) for n in range(model.rowCount())] == ["Bob"]
    model.search("")
    assert [str(model.index(n, 0).data()) for n in range(model.rowCount())] == ["12", "3", "3", ""]
    assert model.sorted_by == (0, DOWN)
    model.set_columns(COLUMNS)
    assert names(model) == ["ada", "Bob", "Cy", "Zoë"]


def test_what_a_search_looks_in_can_be_said_once_for_all_columns() -> None:
    model = RowModel[Person](
        COLUMNS[:1], key=lambda p: p.id, name=lambda p: p.name, searched=lambda p: f"{p.name} of Leeds"
    )
    model.set_rows(PEOPLE)
    assert model.found("zoe leeds") == {1}
    assert model.found("") == {1, 2, 3, 4}
    model.search("12")
    assert names(model) == []
    assert [p.id for p in model.everybody] == [2, 3, 4, 1]


def test_a_heading_says_what_its_column_means() -> None:
    model = RowModel[Person](
        (Column[Person](title="Name", text=lambda p: p.name, means="Who it is."),),
        key=lambda p: p.id,
        name=lambda p: p.name,
    )
    across = Qt.Orientation.Horizontal
    assert "Who it is." in str(model.headerData(0, across, Qt.ItemDataRole.ToolTipRole))
    assert model_of().headerData(0, across, Qt.ItemDataRole.ToolTipRole) is None
