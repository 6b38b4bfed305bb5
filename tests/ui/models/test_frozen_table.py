"""The first column stays at the left edge while the others scroll, for eyes, hands and screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from collabcare.ui.models.choosing_table import ChoosingTable
from collabcare.ui.models.rows import Column, RowModel
from tests.ui.accessibility import nodes, tab_walk
from tests.ui.keyboard import press, under_hands, write
from tests.ui.models.test_rows import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

NAMES = ("Ash", "Birch", "Cedar", "Dale", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Kale", "Larch")
COLUMNS = 7
WIDE = 120
LEFT = Qt.MouseButton.LeftButton


def numbered(number: int) -> Callable[[Person], str]:
    return lambda person: f"{person.name[0]}{number}"


@pytest.fixture
def model() -> RowModel[Person]:
    first = Column[Person](title="Name", text=lambda person: person.name, id="name")
    others = (
        Column[Person](title=f"No. {n}", text=numbered(n), id=f"c{n}", width=WIDE) for n in range(1, COLUMNS)
    )
    model = RowModel[Person]((first, *others), key=lambda person: person.id, name=lambda person: person.name)
    model.set_rows([Person(n, name) for n, name in enumerate(NAMES)])
    return model


@pytest.fixture
def table(model: RowModel[Person], qtbot: QtBot) -> ChoosingTable:
    table = ChoosingTable(model, "Caseload")
    under_hands(qtbot, table, QLineEdit()).resize(500, 330)
    qtbot.waitUntil(lambda: table.width() > 400)
    table.select_key(0)
    return table


def across(table: ChoosingTable, to: int = 10_000) -> None:
    """Scroll to the right."""
    table.horizontalScrollBar().setValue(to)
    QApplication.processEvents()


def first_column(table: ChoosingTable) -> QImage:
    """Return a picture of the names, without the line that divides them from what scrolls by."""
    box = QRect(0, 0, table.columnWidth(0) - 8, table.viewport().height())
    return table.viewport().grab(box).toImage()


def test_the_names_stay_where_they_are_while_the_rest_scrolls(table: ChoosingTable) -> None:
    at_rest = table.viewport().grab().toImage()
    names = first_column(table)
    assert (table.frozen, table.first_heading.isVisible()) == (0, False)
    across(table, 150)
    assert (table.frozen, table.first_heading.isVisible()) == (120, True)
    assert first_column(table) == names
    assert table.viewport().grab().toImage() != at_rest
    across(table, 0)
    assert table.viewport().grab().toImage() == at_rest


def test_both_parts_scroll_down_together(table: ChoosingTable) -> None:
    table.verticalScrollBar().setValue(90)
    names = first_column(table)
    across(table)
    table.verticalScrollBar().setValue(0)
    table.verticalScrollBar().setValue(90)
    assert first_column(table) == names


def test_the_pointer_finds_the_name_it_sees(table: ChoosingTable) -> None:
    across(table)
    for row in (0, 3):
        box = table.visualRect(table.model().index(row, 0))
        assert (box.left(), box.width()) == (0, table.frozen)
        assert table.indexAt(box.center()).column() == 0
        assert table.indexAt(box.center()).row() == row
        assert table.indexAt(QPoint(table.frozen + 5, box.center().y())).column() > 1
    assert not table.indexAt(QPoint(5, 5000)).isValid()


def test_a_screen_reader_finds_one_table_and_the_name_where_it_is_seen(table: ChoosingTable) -> None:
    across(table)
    found = [node for node in nodes(table.window()) if node.role() is QAccessible.Role.Table]
    assert len(found) == 1
    assert len(table.findChildren(QTableView)) == 0
    spot = table.viewport().mapToGlobal(table.visualRect(table.model().index(2, 0)).center())
    cell = found[0].childAt(spot.x(), spot.y())
    assert cell is not None
    assert cell.text(QAccessible.Text.Name) == "Cedar"
    assert cell.rect().contains(spot)
    assert not cell.state().invisible


def test_there_is_one_stop_for_tab(table: ChoosingTable) -> None:
    across(table)
    table.setFocus()
    assert [type(stop) for stop in tab_walk(table.window())] == [ChoosingTable, QLineEdit]


def test_the_cell_of_the_keyboard_is_never_under_the_names(table: ChoosingTable) -> None:
    def clear() -> bool:
        box = table.visualRect(table.currentIndex())
        covered = table.frozen if table.currentIndex().column() else 0
        return box.left() >= covered and box.right() <= table.viewport().width()

    table.setFocus()
    for step in (*[Qt.Key.Key_Right] * (COLUMNS - 1), *[Qt.Key.Key_Left] * (COLUMNS - 2)):
        press(step)
        assert clear(), table.currentIndex().column()
    assert table.currentIndex().column() == 1
    assert table.horizontalScrollBar().value() == 0


def test_up_down_home_end_and_letters_leave_the_columns_where_they_are(table: ChoosingTable) -> None:
    table.setFocus()
    press(*[Qt.Key.Key_Right] * (COLUMNS - 1))
    scrolled = table.horizontalScrollBar().value()
    assert scrolled > 0
    press(Qt.Key.Key_Down, Qt.Key.Key_PageDown)
    assert table.selected_key() not in {0, 1}
    write("h")
    assert (table.selected_key(), table.current_column()) == (NAMES.index("Hazel"), f"c{COLUMNS - 1}")
    assert [row.name for row in table.chosen_rows()] == ["Hazel"]
    press(Qt.Key.Key_End)
    assert table.selected_key() == len(NAMES) - 1
    press(Qt.Key.Key_Home)
    assert (table.selected_key(), table.current_column()) == (0, "name")
    assert table.horizontalScrollBar().value() == scrolled


def test_the_cell_of_the_keyboard_stays_through_a_reload(
    table: ChoosingTable, model: RowModel[Person]
) -> None:
    table.setFocus()
    press(Qt.Key.Key_Down, *[Qt.Key.Key_Right] * 5)
    scrolled = table.horizontalScrollBar().value()
    model.set_rows([Person(n, name) for n, name in enumerate(NAMES)])
    assert (table.selected_key(), table.current_column()) == (1, "c5")
    assert table.horizontalScrollBar().value() == scrolled


def test_rows_are_chosen_together_by_their_names_and_by_other_cells(table: ChoosingTable) -> None:
    across(table)
    name = table.visualRect(table.model().index(4, 0)).center()
    other = table.visualRect(table.model().index(1, COLUMNS - 1)).center()
    third = table.visualRect(table.model().index(6, 0)).center()
    QTest.mouseClick(table.viewport(), LEFT, pos=other)
    QTest.mouseClick(table.viewport(), LEFT, Qt.KeyboardModifier.ShiftModifier, name)
    assert [row.name for row in table.chosen_rows()] == ["Birch", "Cedar", "Dale", "Elm"]
    QTest.mouseClick(table.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, third)
    assert "Gorse" in [row.name for row in table.chosen_rows()]
    assert table.horizontalScrollBar().value() > 0
    opened: list[Person] = []
    table.opened.connect(opened.append)
    QTest.mouseClick(table.viewport(), LEFT, pos=name)
    QTest.mouseDClick(table.viewport(), LEFT, pos=name)
    assert [row.name for row in opened] == ["Elm"]


def test_its_heading_sorts_and_its_edge_makes_it_wider(table: ChoosingTable, model: RowModel[Person]) -> None:
    across(table)
    heading = table.first_heading
    middle = QPoint(30, heading.height() // 2)
    QTest.mouseClick(heading.viewport(), LEFT, pos=middle)
    assert model.sorted_by == (0, Qt.SortOrder.DescendingOrder)
    QTest.mouseClick(heading.viewport(), LEFT, pos=middle)
    assert model.sorted_by == (0, Qt.SortOrder.AscendingOrder)
    press(Qt.Key.Key_Right, ctrl=True)
    assert heading.sortIndicatorSection() == 1, "sorted by another column: said here too"
    edge = QPoint(heading.width() - 2, middle.y())
    QTest.mousePress(heading.viewport(), LEFT, pos=edge)
    QTest.mouseMove(heading.viewport(), edge + QPoint(20, 0))
    QTest.mouseMove(heading.viewport(), edge + QPoint(40, 0))
    QTest.mouseRelease(heading.viewport(), LEFT, pos=edge + QPoint(40, 0))
    assert table.columnWidth(0) == WIDE + 40
    assert heading.width() == table.frozen == WIDE + 40


def test_a_right_click_on_its_heading_asks_for_the_columns(table: ChoosingTable) -> None:
    asked: list[bool] = []
    table.columns_requested.connect(lambda: asked.append(True))
    across(table)
    table.first_heading.customContextMenuRequested.emit(QPoint(5, 5))
    assert asked == [True]


def test_a_heading_dragged_to_the_left_edge_brings_back_what_is_under_the_names(
    table: ChoosingTable, qtbot: QtBot
) -> None:
    told: list[tuple[str, ...]] = []
    table.columns_dragged.connect(told.append)
    across(table)
    head = table.horizontalHeader()
    y = head.height() // 2
    start = QPoint(head.sectionViewportPosition(COLUMNS - 1) + 40, y)
    QTest.mousePress(head.viewport(), LEFT, pos=start)
    QTest.mouseMove(head.viewport(), start - QPoint(60, 0))
    while table.horizontalScrollBar().value():
        before = table.horizontalScrollBar().value()
        QTest.mouseMove(head.viewport(), QPoint(20 + before % 2, y))
        QTest.mouseMove(head.viewport(), QPoint(24, y))
        assert table.horizontalScrollBar().value() < before
    QTest.mouseMove(head.viewport(), QPoint(WIDE + 20, y))
    QTest.mouseRelease(head.viewport(), LEFT, pos=QPoint(WIDE + 20, y))
    qtbot.waitUntil(lambda: bool(told))
    assert told[-1][:3] == ("name", f"c{COLUMNS - 1}", "c1")


def test_the_menu_of_the_keyboard_opens_within_the_table_wherever_it_is_scrolled(
    table: ChoosingTable,
) -> None:
    asked: list[QPoint] = []
    table.acts_requested.connect(asked.append)
    table.setFocus()
    press(*[Qt.Key.Key_Right] * (COLUMNS - 1))
    across(table, 0)
    asking = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(table.viewport(), asking)
    at = table.viewport().mapFromGlobal(asked[0])
    assert table.viewport().rect().contains(at)
    assert table.rowAt(at.y()) == 0


def test_names_wider_than_half_of_the_table_leave_the_rest_its_room(table: ChoosingTable) -> None:
    table.setColumnWidth(0, 700)
    across(table, 100)
    assert table.frozen == 600, "as much of it as is left, while it scrolls away"
    across(table)
    assert table.frozen == table.viewport().width() // 2
    assert table.first_heading.width() == table.frozen
