"""Moving the keyboard between the parts of a window leaves the window as it is."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea, QWidget

from collabcare.ui.panes import first_stop, move_to_pane
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.line_edit import LineEdit
from tests.ui.accessibility import tab_stops
from tests.ui.keyboard import here, under_hands

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from pytestqt.qtbot import QtBot


class Area(QScrollArea):
    """Held by nothing but what it lies in, as most parts of a page are, and at work on its own inside."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - named by Qt
        super().resizeEvent(event)
        self.viewport().update()


def test_nothing_of_a_window_is_garbage_once_its_stops_were_asked_for(qtbot: QtBot) -> None:
    """PySide takes what a part names for a child of that part, and Python throws away what is in a circle."""
    whole = QWidget()
    whole.setLayout(column(Area()))
    window = under_hands(qtbot, whole)
    gone: list[str] = []
    for area in window.findChildren(Area):
        area.destroyed.connect(lambda: gone.append("the area"))
        del area
    assert [type(each) for each in tab_stops(window)] == [Area]
    window.resize(300, 300)
    qtbot.waitUntil(lambda: window.width() == 300)
    gc.collect()
    assert gone == []


def test_the_first_stop_is_the_first_to_be_read(qtbot: QtBot) -> None:
    later, first = LineEdit("Later"), LineEdit("First")  # made in another order than they stand in
    hidden, off = LineEdit("Hidden"), LineEdit("Off")
    page = QWidget()
    page.setLayout(column(hidden, off, first, later))
    window = under_hands(qtbot, page)
    hidden.hide()
    off.setEnabled(False)
    assert first_stop(page) is first
    assert first_stop(QWidget(window)) is None
    later.setFocus()
    move_to_pane([page], 1)
    assert here() is first
