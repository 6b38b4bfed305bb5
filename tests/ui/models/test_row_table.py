"""The table: whole rows, one Tab stop, the same row chosen whatever happens to the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu

from collabcare.ui.models.row_table import RowTable
from collabcare.ui.models.rows import Column, RowModel
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.name_delegate import Flag, NameCell, NameDelegate
from collabcare.ui.widgets.score_delegate import ScoreCell, ScoreDelegate
from tests.ui.accessibility import nameless
from tests.ui.keyboard import here, press, under_hands
from tests.ui.models.test_rows import DOWN, PEOPLE, Person, model_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def model() -> RowModel[Person]:
    return model_of(*PEOPLE)


@pytest.fixture
def table(model: RowModel[Person], qtbot: QtBot) -> RowTable:
    table = RowTable(model, "Caseload")
    under_hands(qtbot, table, QLineEdit()).resize(500, 400)
    return table


def told(table: RowTable) -> list[int | None]:
    """Return the list of whoever becomes chosen."""
    seen: list[int | None] = []
    table.current_changed.connect(lambda row: seen.append(row.id if row else None))
    return seen


def test_enter_and_double_click_open_a_row_and_space_previews_it(table: RowTable) -> None:
    opened: list[Person] = []
    previews: list[Person] = []
    table.opened.connect(opened.append)
    table.preview_requested.connect(previews.append)
    table.select_key(3)
    press(Qt.Key.Key_Return, Qt.Key.Key_Space)
    where = table.visualRect(table.model().index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [row.id for row in opened] == [3, 2]
    assert [row.id for row in previews] == [3]


def test_home_and_end_go_to_the_first_and_to_the_last_row(table: RowTable, model: RowModel[Person]) -> None:
    table.select_key(model.shown[1].id)
    press(Qt.Key.Key_End)
    assert table.selected_key() == model.shown[-1].id
    press(Qt.Key.Key_Home)
    assert table.selected_key() == model.shown[0].id
    assert [index.row() for index in table.selectionModel().selectedRows()] == [0]


def test_the_same_row_stays_chosen_through_sort_search_and_reload(
    table: RowTable, model: RowModel[Person]
) -> None:
    seen = told(table)
    assert table.select_key(3)
    table.sortByColumn(1, DOWN)
    model.search("b")
    model.set_rows([*PEOPLE, Person(9, "Bea")])
    assert (table.selected_key(), seen) == (3, [3])


def test_a_row_filtered_away_is_chosen_again_when_it_comes_back(
    table: RowTable, model: RowModel[Person]
) -> None:
    seen = told(table)
    table.select_key(3)
    model.search("zoë")
    assert table.selected_key() is None
    model.search("")
    assert (table.selected_key(), seen) == (3, [3, None, 3])
    assert not table.select_key(99)


def test_the_list_stays_scrolled_through_a_reload(qtbot: QtBot) -> None:
    people = [Person(n, f"P{n:03}") for n in range(200)]
    model = model_of(*people)
    table = RowTable(model, "Caseload")
    under_hands(qtbot, table).resize(400, 300)
    table.verticalScrollBar().setValue(1800)
    model.set_rows(people)
    assert table.verticalScrollBar().value() == 1800


def test_tab_leaves_the_table(table: RowTable) -> None:
    table.select_key(3)
    press(Qt.Key.Key_Tab)
    assert isinstance(here(), QLineEdit)


def test_a_right_click_on_the_headings_chooses_columns(table: RowTable) -> None:
    table.horizontalHeader().customContextMenuRequested.emit(QPoint(5, 5))
    menu = table.findChildren(QMenu)[0]
    [choice] = menu.actions()
    assert (choice.text(), choice.isChecked()) == ("PHQ-9", True)
    choice.trigger()
    menu.close()
    assert table.isColumnHidden(1)
    assert not table.isColumnHidden(0), "the first column, the name, always stays"


def test_rows_are_one_height_and_everything_has_a_name(table: RowTable) -> None:
    assert {table.rowHeight(n) for n in range(4)} == {36}
    assert nameless(table) == []
    assert table.accessibleName() == "Caseload"


def test_cells_with_drawings_are_painted_in_every_state(qtbot: QtBot) -> None:
    def cell(person: Person) -> ScoreCell:
        return ScoreCell(value=person.score, change=-3, better=True, history=(0.5, 0.4, 0.1), cut_off=0.37)

    flags = (Flag("clock", Tone.ATTENTION, "Overdue"),)
    columns = (
        Column[Person](
            title="Name", text=lambda p: p.name, cell=lambda p: NameCell(p.name, "999 000 0018", flags)
        ),
        Column[Person](title="PHQ-9", text=lambda _: "", cell=cell, width=160),
    )
    model = RowModel[Person](columns, key=lambda p: p.id, name=lambda p: p.name)
    model.set_rows(PEOPLE)
    table = RowTable(model, "Caseload")
    table.setItemDelegateForColumn(0, NameDelegate(table))
    table.setItemDelegateForColumn(1, ScoreDelegate(table))
    under_hands(qtbot, table).resize(500, 300)
    plain = table.viewport().grab().toImage()
    table.select_key(1)
    chosen = table.viewport().grab().toImage()
    model.set_rows([Person(5, "Only", None)])
    assert plain != chosen != table.viewport().grab().toImage()


def test_the_keyboard_sorts_by_any_column_on_screen_and_turns_the_order(
    table: RowTable, model: RowModel[Person]
) -> None:
    table.setFocus()
    table.select_key(3)
    press(Qt.Key.Key_Right, ctrl=True)
    assert model.sorted_by == (1, Qt.SortOrder.AscendingOrder)
    press(Qt.Key.Key_R, ctrl=True)
    assert model.sorted_by == (1, DOWN)
    press(Qt.Key.Key_Left, ctrl=True)
    assert model.sorted_by == (0, Qt.SortOrder.AscendingOrder)
    table.hideColumn(1)
    press(Qt.Key.Key_Left, ctrl=True)
    assert model.sorted_by[0] == 0, "a column that is not on screen is passed over"
    assert table.selected_key() == 3


def test_shift_sorts_by_a_second_column_by_keyboard_and_by_mouse(qtbot: QtBot) -> None:
    model = model_of(
        Person(1, "Ash", 2), Person(2, "Birch", 1), Person(3, "Cedar", None), Person(4, "Dale", 1)
    )
    table = RowTable(model, "Caseload")
    under_hands(qtbot, table).resize(500, 400)
    press(Qt.Key.Key_Right, ctrl=True)
    assert [row.id for row in model.shown] == [2, 4, 1, 3]
    press(Qt.Key.Key_Right, ctrl=True, shift=True)
    press(Qt.Key.Key_R, ctrl=True, shift=True)
    assert model.sort_keys == ((1, Qt.SortOrder.AscendingOrder), (0, DOWN))
    assert [row.id for row in model.shown] == [4, 2, 1, 3], "blank is last, whatever the second says"
    said = [model.headerData(place, Qt.Orientation.Horizontal, SPOKEN) for place in (0, 1)]
    assert [str(each).rpartition(", ")[2] for each in said] == ["sorted by second", "sorted by first"]
    press(Qt.Key.Key_R, ctrl=True)
    assert [row.id for row in model.shown] == [1, 4, 2, 3], "turned round, the first keeps its second"
    headings, shift = table.horizontalHeader().viewport(), Qt.KeyboardModifier.ShiftModifier
    at = QPoint(table.columnViewportPosition(0) + 10, 10)
    QTest.mouseClick(headings, Qt.MouseButton.LeftButton, shift, at)
    assert [row.id for row in model.shown] == [1, 2, 4, 3]
    QTest.mouseClick(headings, Qt.MouseButton.LeftButton, pos=at)
    assert len(model.sort_keys) == 1, "a plain click sorts by one column"
