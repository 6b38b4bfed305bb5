"""Text is shown as typed, whatever it looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtTest import QTest

from collabcare.ui.plain_tip import plain_tip
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.cut_label import CutLabel
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from tests.ui.keyboard import press, under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

MARKUP = "<b>Ada</b> & <img src='x'>"


def test_markup_in_a_name_is_shown_letter_by_letter(qtbot: QtBot) -> None:
    label = PlainLabel(MARKUP)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == MARKUP


@pytest.mark.parametrize("text", [MARKUP, "Ada & Bob", "a < b", "two\nlines", "plain"])
def test_a_tool_tip_shows_text_letter_by_letter(text: str) -> None:
    shown = QTextDocument()
    if GuiQt.mightBeRichText(plain_tip(text)):
        shown.setHtml(plain_tip(text))
    else:
        shown.setPlainText(plain_tip(text))
    assert shown.toPlainText() == text


def test_text_that_does_not_fit_ends_in_an_ellipsis_and_is_whole_on_the_tool_tip(qtbot: QtBot) -> None:
    label = PlainLabel("A long sentence about somebody <somewhere>", elide=True)
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.whole_text() == "A long sentence about somebody <somewhere>"
    assert label.accessibleName() == label.whole_text()
    assert label.toolTip() == plain_tip(label.whole_text())
    label.resize(label.sizeHint())
    assert (label.text(), label.toolTip()) == (label.whole_text(), "")


def test_a_long_text_is_cut_to_its_lines_and_unfolds_by_space_or_a_click(qtbot: QtBot) -> None:
    long = "Seen on 12-Jan-2026 by <somebody>. " * 12
    label = CutLabel(2)
    label.say(long.strip(), "In short")
    under_hands(qtbot, label)
    label.resize(300, label.heightForWidth(300))
    one = label.height()
    assert label.text() == "In short… more"
    assert label.whole_text() == long.strip()
    assert "12 January 2026" in label.accessibleName()
    assert "Space" in label.accessibleDescription()
    assert label.toolTip() == plain_tip(long.strip())
    press(Qt.Key.Key_Space)
    assert (label.text(), label.toolTip(), label.is_open) == (long.strip(), "", True)
    assert label.heightForWidth(300) > 3 * one
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert not label.is_open
    label.say(long.strip())
    assert label.text().startswith("Seen on 12-Jan-2026")
    assert label.text().endswith("… more")
    assert label.heightForWidth(300) == 2 * one
    label.say("Short")
    assert (label.text(), label.is_cut, label.focusPolicy()) == ("Short", False, Qt.FocusPolicy.NoFocus)
    assert label.heightForWidth(300) == one


def test_a_copyable_value_is_copied_whole_from_the_keyboard(qtbot: QtBot) -> None:
    label = PlainLabel("999 000 0018")
    label.make_copyable()
    under_hands(qtbot, label)
    press(Qt.Key.Key_C, ctrl=True)
    assert QGuiApplication.clipboard().text() == "999 000 0018"


@pytest.mark.parametrize("kept", ["999 000 0018", "06-Aug-2026"])
def test_a_number_or_date_is_never_broken_over_two_lines(qtbot: QtBot, kept: str) -> None:
    label, alone = PlainLabel(f"of {kept}", wrap=True), PlainLabel(kept)
    qtbot.addWidget(label)
    qtbot.addWidget(alone)
    assert label.minimumSizeHint().width() >= alone.sizeHint().width()
    assert label.text() == f"of {kept}"


def test_roles_and_tones_are_drawn_differently(qtbot: QtBot) -> None:
    label = PlainLabel("12")
    qtbot.addWidget(label)
    label.show()
    plain, size = label.grab().toImage(), label.sizeHint()
    label.set_tone(Tone.DANGER)
    assert label.grab().toImage() != plain
    label.set_role(TextRole.TITLE)
    assert label.sizeHint().height() > size.height()


def test_a_card_is_named_by_its_title_and_counts(qtbot: QtBot) -> None:
    card = Card("Letters", count=2)
    qtbot.addWidget(card)
    card.show()
    assert card.accessibleName() == "Letters"
    shown = [label.text() for label in card.findChildren(PlainLabel) if label.isVisible()]
    assert sorted(shown) == ["2", "Letters"]
    card.set_count(None)
    card.set_title("")
    assert [label.text() for label in card.findChildren(PlainLabel) if label.isVisible()] == []
