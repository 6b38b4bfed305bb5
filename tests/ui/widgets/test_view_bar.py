"""Chips of which one is on: counted, on two lines at most, and every value within reach of the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from collabcare.ui.widgets.chip import Chip
from collabcare.ui.widgets.chip_lines import flow, kept
from collabcare.ui.widgets.view_bar import ViewBar, ViewOption
from tests.ui.accessibility import nameless
from tests.ui.keyboard import give_keyboard, here, press, under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

MADE = tuple(ViewOption(n, f"View number {n}", f"The tip of {n}.") for n in range(6))
OWN = (ViewOption("mine", "Tom & Jo’s", apart=True), ViewOption("sam", "Sam Brown", tucked=True))


@pytest.fixture
def bar(qtbot: QtBot) -> ViewBar:
    bar = ViewBar("Which", more="More views")
    bar.set_options((*MADE, *OWN))
    for option in bar.options:
        bar.set_count(option.value, 1200 if option.value == 1 else 3)
    under_hands(qtbot, bar, QLineEdit()).resize(1000, 300)
    return bar


def shown(bar: ViewBar) -> list[str]:
    return [chip.text() for chip in bar.findChildren(Chip) if chip.isVisible()]


def test_each_value_has_its_count_and_a_name_for_screen_readers(bar: ViewBar) -> None:
    assert "View number 1  1,200" in shown(bar)
    assert bar.told(1) == "View number 1, 1,200"
    names = {chip.accessibleName() for chip in bar.findChildren(Chip)}
    assert {"View number 0, 3", "Tom & Jo’s, 3", "More views"} <= names
    assert nameless(bar) == []


def test_an_ampersand_in_a_name_is_an_ampersand(bar: ViewBar) -> None:
    assert "Tom && Jo’s  3" in shown(bar)


def test_there_are_two_lines_at_most_and_what_is_left_waits_with_its_count(
    bar: ViewBar, qtbot: QtBot
) -> None:
    bar.window().resize(420, 300)
    qtbot.waitUntil(lambda: bar.width() <= 420)
    tops = {chip.y() for chip in bar.findChildren(Chip) if chip.isVisible()}
    assert len(tops) == 2
    assert all(chip.geometry().right() <= bar.width() for chip in bar.findChildren(Chip) if chip.isVisible())
    bar.more.click()
    waiting = [action.text() for action in bar.menu.actions()]
    assert len(shown(bar)) - 1 + len(waiting) == len(bar.options)
    assert all(words.endswith(("  3", "1,200")) for words in waiting)
    bar.menu.hide()


def test_what_is_on_has_its_chip_however_narrow_it_gets(bar: ViewBar, qtbot: QtBot) -> None:
    bar.set_value(5)
    bar.window().resize(260, 300)
    qtbot.waitUntil(lambda: bar.width() <= 260)
    assert "View number 5  3" in shown(bar)


def test_a_tucked_value_is_chosen_in_the_menu_and_the_chip_says_so(bar: ViewBar, qtbot: QtBot) -> None:
    bar.more.click()
    with qtbot.waitSignal(bar.chosen) as told:
        bar.menu.actions()[-1].trigger()
    bar.menu.hide()
    assert told.args == ["sam"]
    assert bar.value() == "sam"
    assert bar.more.isChecked()
    assert bar.more.accessibleName() == "More views: Sam Brown, 3"


def test_opening_the_menu_chooses_nothing(bar: ViewBar) -> None:
    bar.more.click()
    bar.menu.hide()
    assert bar.value() == 0
    assert not bar.more.isChecked()


def test_arrows_move_within_and_tab_leaves(bar: ViewBar, qtbot: QtBot) -> None:
    seen: list[object] = []
    bar.chosen.connect(seen.append)
    give_keyboard(qtbot, bar)
    press(Qt.Key.Key_Right)
    assert seen == [1]
    press(Qt.Key.Key_Tab)
    assert isinstance(here(), QLineEdit)


def test_right_and_left_go_on_over_the_end_of_a_line_and_home_and_end_to_its_ends(
    bar: ViewBar, qtbot: QtBot
) -> None:
    bar.window().resize(520, 300)
    qtbot.waitUntil(lambda: bar.width() <= 520)
    inside = sorted(
        (chip for chip in bar.findChildren(Chip) if chip.isVisible()), key=lambda chip: (chip.y(), chip.x())
    )
    assert len({chip.y() for chip in inside}) == 2
    over = next(n for n, chip in enumerate(inside) if chip.y() != inside[0].y())
    bar.set_value(MADE[over - 1].value)
    give_keyboard(qtbot, bar)
    press(Qt.Key.Key_Right)
    assert (here(), bar.value()) == (inside[over], MADE[over].value)
    press(Qt.Key.Key_Left)
    assert (here(), bar.value()) == (inside[over - 1], MADE[over - 1].value)
    press(Qt.Key.Key_Home, Qt.Key.Key_Left)
    assert (here(), bar.value()) == (inside[0], 0), "there it stops"
    press(Qt.Key.Key_End, Qt.Key.Key_Right)
    assert here() is bar.more
    assert (bar.value(), bar.menu.isVisible()) == (0, False), "the menu opens when it is asked for"
    press(Qt.Key.Key_Left)
    assert (here(), bar.value()) == (inside[-2], MADE[len(inside) - 2].value)


def test_what_is_on_stays_on_when_other_values_are_offered(bar: ViewBar) -> None:
    bar.set_value(3)
    bar.set_options((ViewOption("new", "New"), MADE[3]))
    assert bar.value() == 3
    bar.set_options(MADE[:2])
    assert bar.value() == 0
    bar.set_value("gone")
    assert bar.value() == 0


widths = st.lists(st.integers(10, 90), max_size=12)


@given(widths, st.integers(90, 300), st.integers(-1, 12))
def test_no_part_runs_over_the_edge_or_into_the_next(wides: list[int], width: int, apart: int) -> None:
    spots = flow(wides, width, 6, divide_before=apart)
    for place, (spot, wide) in enumerate(zip(spots, wides, strict=True)):
        assert spot.left + wide <= width
        if place:
            before = spots[place - 1]
            same = before.line == spot.line
            assert spot.left >= before.left + wides[place - 1] + 6 if same else spot.left == 0
            assert spot.line - before.line in {0, 1}


@given(st.integers(1, 12), st.integers(0, 11), st.integers(0, 12))
def test_what_fits_is_the_first_of_them_and_the_one_that_is_on(count: int, current: int, room: int) -> None:
    inside, out = kept(count, current, lambda some: len(some) <= room)
    assert sorted(inside + out) == list(range(count))
    assert inside == sorted(inside)
    assert len(inside) == max(min(count, room), 1)
    assert current in inside or current >= count


@given(st.integers(1, 12), st.integers(-1, 11), st.integers(0, 12), st.sets(st.integers(0, 11)))
def test_the_rare_ones_make_way_first(count: int, current: int, room: int, rare: set[int]) -> None:
    inside, out = kept(count, current, lambda some: len(some) <= room, rare)
    assert sorted(inside + out) == list(range(count))
    if set(out) - rare:
        assert not set(inside) & (rare - {current})
