"""Every page before anybody has signed in: names, Tab, room for the words, and the help on F1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from collabcare.ui.shell import Shell
from collabcare.ui.theme import ThemeName, apply_theme
from tests.ui.every_screen import NoToAll, faults
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import here, press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from collabcare.settings import Settings
    from collabcare.ui.doors import Doors
    from collabcare.ui.sign_in_window import SignInWindow


@pytest.fixture(params=[1.0, 1.5], ids=["100 %", "150 %"])
def window(
    request: pytest.FixtureRequest, qapp: QApplication, doors: Doors, settings: Settings, record: Path
) -> Iterator[SignInWindow]:
    """The sign-in window over a record, at one size of text."""
    apply_theme(qapp, ThemeName.LIGHT, request.param)
    shell = Shell(doors, settings, NoToAll(), InlineExecutor())
    shell.open(record, "amina")
    shell.sign_in_window.activateWindow()
    QTest.qWaitForWindowActive(shell.sign_in_window)
    yield shell.sign_in_window
    shell.shut()
    apply_theme(qapp, ThemeName.LIGHT)


PAGES: dict[str, Callable[[SignInWindow], object]] = {
    "sign in": lambda _window: None,
    "welcome": lambda window: window.offer(None),
    "first run": lambda window: window.make_new(),
    "recovery": lambda window: window.recover(),
    "help": lambda window: window.show_help(),
}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_before_signing_in(window: SignInWindow, page: str) -> None:
    PAGES[page](window)
    for _ in range(6):
        QApplication.processEvents()
    assert faults(window, window) == []


def test_f1_opens_the_help_about_signing_in_and_escape_leads_back(window: SignInWindow) -> None:
    was = here()
    press(Qt.Key.Key_F1)
    assert window.help is not None
    assert window.help.reader.page is not None
    assert window.help.reader.page.id == "signing-in"
    assert here() is window.help.reader
    press(Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.card
    assert here() is was


def test_f1_at_the_recovery_key_opens_its_page_and_links_stay_in_the_help(window: SignInWindow) -> None:
    window.recover()
    press(Qt.Key.Key_F1)
    assert window.help is not None
    window.help.page_requested.emit("colleagues")
    assert window.help.reader.page is not None
    assert window.help.reader.page.id == "colleagues"
    window.help.back.click()
    assert window.pages.currentWidget() is window.recovery
