"""Hands that type: the keyboard goes to one widget for certain, then keys go wherever the keyboard is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from collabcare.ui.widgets.layouts import column

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def under_hands(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    """Show widgets one under the other, give the first the keyboard, and return their window."""
    window = QWidget()
    window.setLayout(column(*widgets))
    qtbot.addWidget(window, before_close_func=lambda _: window.hide())  # which also keeps it alive till then
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    give_keyboard(qtbot, widgets[0])
    return window


def give_keyboard(qtbot: QtBot, widget: QWidget) -> None:
    """Give ``widget``, or the part of it that stands for it, the keyboard."""
    widget.setFocus()
    qtbot.waitUntil(lambda: widget.isAncestorOf(here()) or here() is widget)


def here() -> QWidget:
    """Return what has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget


def press(*keys: Qt.Key, ctrl: bool = False, shift: bool = False, alt: bool = False) -> None:
    """Press keys one after the other, each where the keyboard then is."""
    modifier = Qt.KeyboardModifier.NoModifier
    if ctrl:
        modifier |= Qt.KeyboardModifier.ControlModifier
    if shift:
        modifier |= Qt.KeyboardModifier.ShiftModifier
    if alt:
        modifier |= Qt.KeyboardModifier.AltModifier
    for key in keys:
        _stroke(key, modifier)


def write(text: str) -> None:
    """Type text where the keyboard is, letter by letter."""
    for letter in text:
        _stroke(letter, Qt.KeyboardModifier.NoModifier)


def _stroke(key: Qt.Key | str, modifier: Qt.KeyboardModifier) -> None:
    """Press one key; how long the screens take over it is watched (see tests/ui/stalls.py)."""
    if isinstance(key, str):
        QTest.keyClicks(here(), key, modifier)
    else:
        QTest.keyClick(here(), key, modifier)
