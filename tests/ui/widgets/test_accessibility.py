"""Everything on show, as a screen reader and the Tab key meet it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from collabcare.ui.theme import ThemeName, apply_theme
from tests.ui.accessibility import nameless, tab_stops, tab_walk
from tests.ui.gallery import page

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class ShownWindows(QObject):
    """Notes every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - named by Qt
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_nothing_flashes_up_as_a_window_while_a_page_is_made(qtbot: QtBot, qapp: QApplication) -> None:
    """A part told to be visible before it has a parent is shown as a window, and takes the keyboard."""
    noted = ShownWindows()
    qapp.installEventFilter(noted)
    window = page()
    qtbot.addWidget(window)
    qapp.removeEventFilter(noted)
    assert noted.seen == []


@pytest.fixture(params=[1.0, 1.5])
def gallery(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication) -> QWidget:
    scale: float = request.param
    apply_theme(qapp, ThemeName.LIGHT, scale)
    window = page()
    qtbot.addWidget(window)
    window.resize(1400, 1000)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    apply_theme(qapp, ThemeName.LIGHT)
    return window


def test_everything_that_takes_the_keyboard_has_a_name(gallery: QWidget) -> None:
    assert nameless(gallery) == []


def test_tab_visits_everything_and_comes_back(gallery: QWidget, qtbot: QtBot) -> None:
    tab_stops(gallery)[0].setFocus()
    qtbot.waitUntil(tab_stops(gallery)[0].hasFocus)
    visited = tab_walk(gallery)
    missed = [f"{type(w).__name__} {w.accessibleName()!r}" for w in tab_stops(gallery) if w not in visited]
    assert missed == []
