"""Words on screen have short months; a screen reader is given the same with the month in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible

from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

WORDS, SPOKEN = "Seen Tue 06-Aug-2026", "Seen Tue 6 August 2026"


def read_out(qtbot: QtBot, part: QWidget, kind: QAccessible.Text = QAccessible.Text.Name) -> str:
    """Return what a screen reader is given."""
    qtbot.addWidget(part)
    return QAccessible.queryAccessibleInterface(part).text(kind)


@pytest.mark.parametrize("part", [PlainLabel, Button])
def test_a_date_is_read_with_its_month_in_full(qtbot: QtBot, part: type[PlainLabel | Button]) -> None:
    made = part(WORDS)
    assert made.text() == WORDS
    assert read_out(qtbot, made) == SPOKEN
    made.setText("Not seen yet")
    assert read_out(qtbot, made) == "Not seen yet"
    made.setText(WORDS)
    assert read_out(qtbot, made) == SPOKEN


def test_a_cut_text_is_read_whole_and_in_full(qtbot: QtBot) -> None:
    made = PlainLabel(WORDS, elide=True)
    made.resize(30, 20)
    assert read_out(qtbot, made) == SPOKEN


@pytest.mark.parametrize("part", [PlainLabel, Button])
def test_a_name_that_was_given_stays(qtbot: QtBot, part: type[PlainLabel | Button]) -> None:
    made = part("Words")
    made.setAccessibleName("Given")
    made.setText(WORDS)
    assert read_out(qtbot, made) == "Given"
    made.setAccessibleDescription("Told")
    made.setToolTip(WORDS)
    assert read_out(qtbot, made, QAccessible.Text.Description) == "Told"


@pytest.mark.parametrize("part", [PlainLabel, Button])
def test_a_tip_is_read_in_full_too(qtbot: QtBot, part: type[PlainLabel | Button]) -> None:
    made = part("Words")
    made.setToolTip(WORDS)
    assert read_out(qtbot, made, QAccessible.Text.Description) == SPOKEN
    made.setToolTip("No date")
    assert read_out(qtbot, made, QAccessible.Text.Description) == "No date"
