"""What makes room on a small screen, and what no longer moves or is cut off there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStyleOptionComboBox, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.views.status_line import RoomyWords
from collabcare.ui.widgets.clearing import offer_clearing
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.head_line import HeadLine
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.low_frame import LowFrame
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.section_list import SectionList
from collabcare.ui.widgets.section_model import Section, SectionRow
from tests.ui.keyboard import press, under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_record_is_named_in_full_or_by_its_own_name_alone(qtbot: QtBot) -> None:
    words = RoomyWords("A long name of a service  ·  elm", "elm", modest=True)
    qtbot.addWidget(words)
    words.resize(600, 20)
    words.show()
    qtbot.waitUntil(lambda: words.text() == "A long name of a service  ·  elm")
    words.resize(60, 20)
    qtbot.waitUntil(lambda: words.text() == "elm")


def test_the_cross_is_there_only_while_there_is_something_to_clear(qtbot: QtBot) -> None:
    box = LineEdit("Search")
    offer_clearing(box)
    qtbot.addWidget(box)
    box.setText("a")
    qtbot.waitUntil(box.isClearButtonEnabled)
    box.clear()
    qtbot.waitUntil(lambda: not box.isClearButtonEnabled())


def test_a_line_at_the_head_breaks_before_anything_in_it_is_squeezed(qtbot: QtBot) -> None:
    before, middle, after = QLabel("Today"), QLabel("Mine and everybody's"), QLabel("9 to do")
    head = HeadLine((before,), middle, (after,))
    qtbot.addWidget(head)
    head.resize(800, 40)
    head.show()
    qtbot.waitUntil(lambda: middle.geometry().left() > before.geometry().right())
    assert middle.geometry().center().y() == pytest.approx(before.geometry().center().y(), abs=2)
    head.resize(180, 80)
    qtbot.waitUntil(lambda: middle.geometry().top() >= before.geometry().bottom())


def test_a_drop_down_list_too_narrow_for_its_words_says_so(qtbot: QtBot) -> None:
    box = ComboBox("Kind of letter", [Option(1, "Ending care, not reached, to the GP")])
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    written = QStyleOptionComboBox()
    box.initStyleOption(written)
    assert written.currentText == box.currentText()
    box.resize(box.width() - 40, box.height())
    box.initStyleOption(written)
    assert written.currentText.endswith("…")
    assert written.currentText != box.currentText()


def test_home_shows_the_heading_over_the_first_row(qtbot: QtBot) -> None:
    rows = tuple(SectionRow(key=n, title=f"Row {n}", detail="why", act="Do") for n in range(40))
    listed = SectionList("To do")
    under_hands(qtbot, listed)
    listed.set_sections([Section("First", rows)])
    press(Qt.Key.Key_End)
    assert listed.verticalScrollBar().value() > 0
    press(Qt.Key.Key_Home)
    assert listed.current_key() == 0
    assert listed.verticalScrollBar().value() == 0


def test_a_page_higher_than_the_screen_scrolls_to_what_has_the_keyboard(qtbot: QtBot) -> None:
    page = QWidget()
    fields = [LineEdit(f"Field {n}") for n in range(30)]
    page.setLayout(column(*fields))
    frame = LowFrame(page)
    window = under_hands(qtbot, frame)
    window.resize(400, 200)
    fields[0].setFocus()
    fields[-1].setFocus()
    seen = frame.viewport().rect().contains(fields[-1].mapTo(frame.viewport(), fields[-1].rect().center()))
    assert seen
    window.resize(400, 30 * current_theme().px(60))
    qtbot.waitUntil(lambda: frame.verticalScrollBar().maximum() == 0)
    assert page.height() == frame.viewport().height()
