"""Choosing one of a few: by mouse, by number, by arrow; never by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from collabcare.ui.widgets.buttons import Button, ButtonKind, IconButton
from collabcare.ui.widgets.chip import ChipBar
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.rail import Rail, RailButton, RailItem
from collabcare.ui.widgets.segmented import Segmented
from tests.ui.keyboard import give_keyboard, here, press, under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

OUTCOMES = [Option("a", "Attended"), Option("d", "Did not attend", "No warning"), Option("c", "Cancelled")]


def shown(qtbot: QtBot, choice: Segmented | ChipBar | Rail) -> list[object]:
    """Give a choice the keyboard, and return the list it tells its choices to."""
    under_hands(qtbot, choice)
    told: list[object] = []
    choice.chosen.connect(told.append)
    return told


def test_nothing_is_chosen_until_somebody_chooses(qtbot: QtBot) -> None:
    choice = Segmented("Outcome", OUTCOMES)
    assert shown(qtbot, choice) == []
    assert choice.value() is None


def test_a_number_key_chooses(qtbot: QtBot) -> None:
    choice = Segmented("Outcome", OUTCOMES)
    told = shown(qtbot, choice)
    press(Qt.Key.Key_2)
    assert (choice.value(), told) == ("d", ["d"])
    press(Qt.Key.Key_9)
    assert (choice.value(), told) == ("d", ["d"])


def test_arrows_move_the_choice(qtbot: QtBot) -> None:
    choice = Segmented("Outcome", OUTCOMES)
    told = shown(qtbot, choice)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Right)
    assert (choice.value(), told) == ("d", ["a", "d"])


def test_a_choice_can_be_set_and_taken_back_silently(qtbot: QtBot) -> None:
    choice = Segmented("Outcome", OUTCOMES)
    told = shown(qtbot, choice)
    choice.set_value("c")
    assert choice.value() == "c"
    choice.set_value(None)
    assert (choice.value(), told) == (None, [])
    press(Qt.Key.Key_3)
    assert choice.value() == "c"


def test_a_choice_is_one_stop_for_the_tab_key(qtbot: QtBot) -> None:
    choice, after = Segmented("Outcome", OUTCOMES), QLineEdit()
    choice.set_value("d")
    under_hands(qtbot, choice, after)
    press(Qt.Key.Key_Tab)
    assert here() is after


def test_chips_always_have_one_on(qtbot: QtBot) -> None:
    bar = ChipBar("View", OUTCOMES)
    told = shown(qtbot, bar)
    assert bar.value() == "a"
    press(Qt.Key.Key_Right)
    assert (bar.value(), told) == ("d", ["d"])
    bar.set_value("c")
    bar.set_value("unknown")
    assert (bar.value(), told) == ("c", ["d"])


def test_a_chip_says_its_count(qtbot: QtBot) -> None:
    bar = ChipBar("View", OUTCOMES)
    qtbot.addWidget(bar)
    bar.set_count("d", 1204)
    chip = bar.findChildren(QPushButton)[1]
    assert (chip.text(), chip.accessibleName()) == ("Did not attend  1,204", "Did not attend, 1,204")


def wheel(widget: QWidget) -> bool:
    """Turn the wheel over a widget and return whether it took notice."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        middle,
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own order of arguments
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_scrolling_a_page_over_a_list_never_changes_it(qtbot: QtBot) -> None:
    box, other = ComboBox("Outcome", OUTCOMES), QLineEdit()
    under_hands(qtbot, other, box)
    assert not wheel(box)
    assert box.value() == "a"
    give_keyboard(qtbot, box)
    assert wheel(box)
    assert box.value() == "d"


def test_a_list_keeps_its_choice_when_other_options_are_offered(qtbot: QtBot) -> None:
    box = ComboBox("Outcome", OUTCOMES)
    qtbot.addWidget(box)
    box.set_value("c")
    box.set_options(OUTCOMES[1:])
    assert (box.value(), box.count()) == ("c", 2)
    box.set_value("gone")
    assert box.value() == "c"
    box.set_options([])
    assert box.value() is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_a_button(qtbot: QtBot, key: Qt.Key) -> None:
    words, drawing = Button("Save", ButtonKind.PRIMARY, icon_name="check"), IconButton("Print", "print")
    under_hands(qtbot, words, drawing)
    for button in (words, drawing):
        give_keyboard(qtbot, button)
        with qtbot.waitSignal(button.clicked):
            press(key)


def test_a_button_with_a_drawing_only_has_a_name(qtbot: QtBot) -> None:
    button = IconButton("Print", "print")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Print", "Print")


def test_the_rail_says_where_one_is_and_what_waits_there(qtbot: QtBot) -> None:
    rail = Rail(
        [RailItem("today", "Today", "today"), RailItem("letters", "Letters", "letter")],
        [RailItem("lock", "Lock", "lock")],
    )
    told = shown(qtbot, rail)
    asked: list[str] = []
    rail.act_requested.connect(asked.append)
    today, letters, lock = rail.findChildren(RailButton)
    rail.set_current("today")
    rail.set_count("letters", 2)
    assert [button.accessibleName() for button in (today, letters, lock)] == ["Today", "Letters, 2", "Lock"]
    assert (today.isChecked(), told) == (True, [])
    QTest.mouseClick(letters, Qt.MouseButton.LeftButton)
    QTest.mouseClick(lock, Qt.MouseButton.LeftButton)
    assert (told, asked, today.isChecked()) == (["letters"], ["lock"], False)
    wide = rail.width()
    rail.set_compact(compact=True)
    assert rail.width() < wide
    assert today.toolTip() == "Today"
