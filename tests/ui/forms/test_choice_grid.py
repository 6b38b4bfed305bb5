"""One of several sentences, chosen by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.widgets.option import Option
from tests.ui.accessibility import nameless
from tests.ui.keyboard import here, press, under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def grid(qtbot: QtBot) -> ChoiceGrid:
    made = ChoiceGrid("Outcome", [Option(letter, f"Choice {letter}") for letter in "abcd"], columns=2)
    under_hands(qtbot, made)
    return made


def test_nothing_is_chosen_until_a_key_chooses(grid: ChoiceGrid) -> None:
    assert grid.value() is None
    told: list[object] = []
    grid.chosen.connect(told.append)
    press(Qt.Key.Key_3)
    assert (grid.value(), told) == ("c", ["c"])
    press(Qt.Key.Key_9)  # there is no ninth
    assert grid.value() == "c"


def test_choosing_from_outside_tells_nobody_and_moves_where_the_keyboard_goes(grid: ChoiceGrid) -> None:
    told: list[object] = []
    grid.chosen.connect(told.append)
    grid.set_value("b")
    grid.set_value("nothing of ours")
    assert (grid.value(), told) == ("b", [])
    grid.setFocus()
    assert here().accessibleName() == "Choice b"


def test_a_choice_that_cannot_be_made_stays_in_view_with_its_reason(qtbot: QtBot) -> None:
    grid = ChoiceGrid("Step", [Option(letter, f"Choice {letter}") for letter in "abc"])
    grid.disable("a", "They are there now.")
    under_hands(qtbot, grid)
    press(Qt.Key.Key_1)
    assert grid.value() is None
    grid.setFocus()
    assert here().accessibleName() == "Choice b"


def test_keys_are_shown_and_not_read_out(grid: ChoiceGrid) -> None:
    assert nameless(grid) == []
    grid.setFocus()
    assert here().accessibleName() == "Choice a"
