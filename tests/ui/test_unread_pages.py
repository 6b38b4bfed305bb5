"""Every page when the record's file is out of reach: it says so, stops waiting and can be tried again.

The connections are closed and the file is moved away, as when a network drive is lost.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import datetime, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from collabcare import bootstrap
from collabcare.clock import SteadyClock
from collabcare.domain.calendar import LONDON
from collabcare.settings import Settings
from collabcare.store.keyfile import key_path
from collabcare.ui.pages import PageName, Place
from collabcare.ui.shell import Shell
from collabcare.ui.views.every_page import LIST_PAGES, PATIENT_PAGE_VIEWS
from collabcare.ui.views.live_view import LiveView
from collabcare.ui.widgets.busy_strip import BusyStrip
from collabcare.ui.widgets.chip import Chip
from collabcare.ui.widgets.unread import COULD_NOT, MAY_BE_OLD, Unread
from tests.demo_record import DEMO_TODAY
from tests.ui.accessibility import nameless
from tests.ui.inline import PatientExecutor
from tests.ui.keyboard import here, press
from tests.ui.scripted_prompts import ScriptedPrompts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from collabcare.demo.build import DemoRecord
    from collabcare.ui.main_window import MainWindow

OF_THE_CASELOAD = (PageName.TODAY, PageName.CASELOAD, PageName.REMINDERS, PageName.LOOP)
OF_THEIR_OWN = (
    PageName.NEW_PATIENT,
    PageName.COLLEAGUES,
    *(name for name in LIST_PAGES if name not in OF_THE_CASELOAD),
)
PATIENT_PAGES = (PageName.PATIENT, PageName.LETTER, *PATIENT_PAGE_VIEWS)


class Desktop:
    """The program over a demo record of its own, whose work is done when told and whose file can be lost."""

    def __init__(self, built: DemoRecord, folder: Path) -> None:
        for path in (built.path, key_path(built.path)):
            shutil.copy2(path, folder / path.name)
        self.file, self.away = folder / built.path.name, folder / "away"
        self.executor, self.prompts = PatientExecutor(), ScriptedPrompts()
        settings = Settings(path=folder / "settings.toml", theme="light")
        clock = SteadyClock(datetime.combine(DEMO_TODAY, time(9, 30), LONDON))
        self.shell = Shell(bootstrap.desktop_doors(clock), settings, self.prompts, self.executor)
        self.somebody = 0
        login, password, _role = built.sign_ins[0]
        self.shell.open(self.file, login)
        self.shell.sign_in_window.card.password.setText(password)
        self.shell.sign_in_window.card.try_to_sign_in()
        self.executor.waiting.pop(0)()
        window = self.shell.main_window
        assert window is not None
        self.window: MainWindow = window
        window.hide()

    def lose(self) -> None:
        """Let the file be out of reach."""
        self.window.desk.sessions.kw["bind"].dispose()
        self.file.rename(self.away)

    def find(self) -> None:
        """Let the file be there again."""
        self.file.unlink(missing_ok=True)
        self.away.rename(self.file)

    @contextmanager
    def lost(self) -> Iterator[None]:
        """Let the file be out of reach meanwhile."""
        self.lose()
        try:
            yield
        finally:
            self.find()

    def go(self, name: PageName) -> QWidget:
        """Go to a page, about another patient each time, and let the reading run."""
        work = self.window.work
        if name is PageName.NEW_PATIENT:
            work.new_patient()
        elif name in PATIENT_PAGES:
            self.somebody += 1
            about = work.open_caseload.rows[self.somebody].facts.episode_id
            work.go(Place(name, about, "gp_review" if name is PageName.LETTER else ""))
        else:
            work.go(Place(name))
        self.executor.run_all()
        return work.page


@pytest.fixture(scope="module")
def signed_in(
    qapp: QApplication, built_demo: DemoRecord, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desktop]:
    """The program with its caseload read."""
    made = Desktop(built_demo, tmp_path_factory.mktemp("lost"))
    made.executor.run_all()
    yield made
    made.shell.shut()
    assert made.prompts.problems == [], "no dialog was needed for any of it"


@pytest.fixture
def desktop(signed_in: Desktop) -> Iterator[Desktop]:
    """The program with its window on screen, for one test."""
    with on_screen(signed_in):
        yield signed_in


@pytest.fixture
def not_read_yet(qapp: QApplication, built_demo: DemoRecord, tmp_path: Path) -> Iterator[Desktop]:
    """The program just signed in, its first reading not done yet."""
    made = Desktop(built_demo, tmp_path)
    with on_screen(made):
        yield made
    made.shell.shut()


@contextmanager
def on_screen(desktop: Desktop) -> Iterator[None]:
    """Show the window meanwhile; offscreen it is only active again when another one was before."""
    before = QWidget()
    for each in (before, desktop.window):
        each.resize(1400, 1000)  # room for whatever the strip pushes down
        each.show()
        each.activateWindow()
        QTest.qWaitForWindowActive(each)
    before.hide()
    yield
    desktop.window.hide()


def unread(page: QWidget) -> Unread:
    """Return what the page says of what it could not read."""
    (found,) = [each for each in page.findChildren(Unread) if not each.isHidden()]
    return found


def waits(page: QWidget) -> bool:
    """Return whether anything on a page shows, or is about to show, that something is going on."""
    timers = (timer for strip in page.findChildren(BusyStrip) for timer in strip.findChildren(QTimer))
    return any(timer.isActive() for timer in timers) or any(
        not strip.isHidden() for strip in page.findChildren(BusyStrip)
    )


def is_on_try_again() -> bool:
    """Return whether the keyboard is on the way to try again."""
    button = here()
    return isinstance(button, QPushButton) and button.text() == "Try again"


def try_again(qtbot: QtBot, desktop: Desktop) -> None:
    """Press the button that has the keyboard, and let the reading run."""
    assert is_on_try_again()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desktop.executor.waiting))
    desktop.executor.run_all()


def counts(page: QWidget) -> list[str]:
    """Return the chips that show a number."""
    return [chip.text() for chip in page.findChildren(Chip) if chip.text().rstrip(" ▾")[-1:].isdigit()]


def test_pages_over_the_caseload_when_it_was_never_read(qtbot: QtBot, not_read_yet: Desktop) -> None:
    desktop = not_read_yet
    with desktop.lost():
        desktop.executor.run_all()
        for name in OF_THE_CASELOAD:
            page = desktop.go(name)
            assert (name, unread(page).said, waits(page), counts(page)) == (name, COULD_NOT, False, [])
            assert is_on_try_again()
            assert nameless(page) == []
        assert desktop.window.work.caseload.sentence.whole_text() == "Nobody can be shown"
        try_again(qtbot, desktop)
        assert unread(desktop.window.work.page).said == COULD_NOT
    desktop.window.work.today.unread.nothing.take_keyboard()
    desktop.go(PageName.TODAY)
    try_again(qtbot, desktop)
    for name in OF_THE_CASELOAD:
        page = desktop.go(name)
        assert (name, [each.said for each in page.findChildren(Unread)]) == (name, [""])
    assert counts(desktop.window.work.caseload)
    assert desktop.window.work.today.list.isVisibleTo(desktop.window.work.today)
    assert desktop.window.work.today.read_at.text() == "Read 09:30"
    assert desktop.window.work.caseload.head.read_at.text() == "Read 09:30"


@pytest.mark.parametrize("name", [*OF_THEIR_OWN, *PATIENT_PAGES])
def test_a_page_that_was_never_read(qtbot: QtBot, desktop: Desktop, name: PageName) -> None:
    with desktop.lost():
        page = desktop.go(name)
        assert (unread(page).said, waits(page)) == (COULD_NOT, False)
        assert unread(page).nothing.isVisible()
        assert nameless(page) == []
        unread(page).nothing.take_keyboard()
        try_again(qtbot, desktop)
        assert unread(page).said == COULD_NOT
    try_again(qtbot, desktop)
    assert [each.said for each in page.findChildren(Unread)] == [""]
    assert here().isVisible()
    assert page.isAncestorOf(here())


@pytest.mark.parametrize("name", [*OF_THE_CASELOAD, *OF_THEIR_OWN[1:], *PATIENT_PAGES[:3]])
def test_a_page_that_shows_something_keeps_it_and_says_that_it_may_be_old(
    qtbot: QtBot, desktop: Desktop, name: PageName
) -> None:
    page = desktop.go(name)
    shown = seen(page)
    with desktop.lost():
        desktop.window.act("refresh")
        desktop.executor.run_all()
        assert (unread(page).said, waits(page)) == (MAY_BE_OLD, False)
        assert set(shown) <= set(seen(page))
    unread(page).try_again.setFocus()
    try_again(qtbot, desktop)
    assert [each.said for each in page.findChildren(Unread)] == [""]
    assert isinstance(page, LiveView) == (name not in {PageName.TODAY, PageName.CASELOAD})


def seen(page: QWidget) -> list[str]:
    """Return the words of the buttons in view."""
    return [each.text() for each in page.findChildren(QPushButton) if each.isVisible() and each.text()]
