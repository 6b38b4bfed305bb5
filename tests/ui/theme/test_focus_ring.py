"""The ring follows the keyboard wherever it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import ref

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from collabcare.ui.theme import ThemeName, Token, apply_theme, current_theme
from collabcare.ui.theme.focus_ring import FocusRing

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Window(QWidget):
    """Two buttons over a scrolled column of thirty."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        self.first, self.second = QPushButton("First"), QPushButton("Second")
        layout.addWidget(self.first)
        layout.addWidget(self.second)
        inside = QWidget()
        below = QVBoxLayout(inside)
        self.scrolled = [QPushButton(str(n)) for n in range(30)]
        for button in self.scrolled:
            below.addWidget(button)
        self.area = QScrollArea()
        self.area.setWidget(inside)
        layout.addWidget(self.area)

    def ring(self) -> FocusRing | None:
        """The ring, where it is to be seen."""
        return next((ring for ring in self.findChildren(FocusRing) if ring.isVisible()), None)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Window:
    apply_theme(qapp, ThemeName.LIGHT)
    window = Window()
    qtbot.addWidget(window)
    window.resize(300, 400)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.first.setFocus()
    return window


def around(window: Window, button: QPushButton) -> bool:
    ring = window.ring()
    assert ring is not None
    place = QRect(button.mapToGlobal(QPoint(0, 0)), button.size())
    return QRect(ring.mapToGlobal(QPoint(0, 0)), ring.size()) == place.adjusted(-3, -3, 3, 3)


def test_the_ring_goes_where_the_keyboard_goes(window: Window) -> None:
    assert around(window, window.first)
    window.second.setFocus()
    assert around(window, window.second)


def test_the_ring_moves_and_grows_with_the_control(window: Window) -> None:
    window.first.setGeometry(QRect(40, 60, 120, 50))
    assert around(window, window.first)


def test_the_ring_scrolls_with_the_control_and_is_clipped_with_it(window: Window) -> None:
    window.scrolled[3].setFocus()
    ring = window.ring()
    assert ring is not None
    assert ring.parentWidget() is window.area.viewport()
    window.area.verticalScrollBar().setValue(40)
    assert around(window, window.scrolled[3])


def test_the_ring_leaves_a_control_that_hides_or_is_deleted(window: Window) -> None:
    window.first.hide()
    assert around(window, window.second)
    window.area.hide()
    window.second.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.ring() is None


def test_the_ring_survives_the_window_it_was_in(window: Window, qtbot: QtBot) -> None:
    other = Window()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    other.first.setFocus()
    qtbot.waitUntil(other.first.hasFocus)
    assert around(other, other.first)
    other.close()
    other.deleteLater()
    window.activateWindow()
    window.second.setFocus()
    qtbot.waitUntil(window.second.hasFocus)
    assert around(window, window.second)


def test_the_ring_has_both_its_colours_and_leaves_the_control_free(window: Window) -> None:
    picture = window.grab().toImage()
    theme, middle = current_theme(), window.first.geometry().center()
    left = window.first.geometry().left()
    assert picture.pixelColor(left - 2, middle.y()) == theme.colour(Token.FOCUS)
    assert picture.pixelColor(left, middle.y()) == theme.colour(Token.FOCUS_EDGE)
    ring = window.ring()
    assert ring is not None
    assert not ring.mask().contains(ring.rect().center())


def test_a_dialog_that_had_the_keyboard_does_not_outlive_its_answer(window: Window, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    field = QLineEdit(dialog)
    dialog.show()
    dialog.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    gone = ref(dialog)
    dialog.close()
    dialog.setParent(None)
    del dialog, field
    assert gone() is None
