"""Hands that count what they do: the budgets of keys and clicks are kept by these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QTableView

from tests.ui import keyboard

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from collabcare.ui.main_window import MainWindow


def whole(window: MainWindow) -> MainWindow:
    """Return a window made without signing in, with the pages that are made in turns after that."""
    for make in window.still_to_make:
        make()
    return window


class Hands:
    """A key held together with another counts as one, as it does in the budgets of shortcuts."""

    def __init__(self) -> None:
        self.keys = 0
        self.clicks = 0

    def press(self, *keys: Qt.Key, ctrl: bool = False, shift: bool = False, alt: bool = False) -> None:
        """Press keys one after the other, each where the keyboard then is."""
        self.keys += len(keys)
        keyboard.press(*keys, ctrl=ctrl, shift=shift, alt=alt)

    def write(self, text: str) -> None:
        """Type text where the keyboard is."""
        self.keys += len(text)
        keyboard.write(text)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click on something that can be seen."""
        assert widget.isVisible()
        assert widget.isEnabled()
        self.clicks += 1
        place = widget.rect().center() if at is None else at
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def click_words(self, within: QWidget, words: str) -> None:
        """Click on the one button in sight that says this."""
        [button] = [
            each
            for each in within.findChildren(QAbstractButton)
            if each.isVisible() and words in {each.text().replace("&", ""), each.accessibleName()}
        ]
        self.click(button)

    def menu_of_row(self, table: QTableView, row: int) -> QMenu:
        """Click with the right button on a row, and return the menu that opens."""
        self.clicks += 1
        table.scrollTo(table.model().index(row, 0))
        place = table.visualRect(table.model().index(row, 0)).center()
        viewport = table.viewport()
        right, none = Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(viewport, right, none, place)
        _ask_for_menu(viewport, place)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    def click_in_menu(self, menu: QMenu, words: str) -> None:
        """Click on one line of a menu."""
        self.click(menu, menu.actionGeometry(_line(menu, words)).center())


def _line(menu: QMenu, words: str) -> QAction:
    [action] = [each for each in menu.actions() if each.text().replace("&", "") == words]
    return action


def _ask_for_menu(viewport: QWidget, place: QPoint) -> None:
    """Send what a right click sends on a desktop; the screen of tests leaves it to the desktop."""
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, place, viewport.mapToGlobal(place)))
