"""The desktop over the demo caseload, signed in and hidden, in one look and at one size of text."""

from __future__ import annotations

import gc
import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from collabcare import bootstrap
from collabcare.clock import SteadyClock
from collabcare.domain.calendar import LONDON
from collabcare.settings import Settings
from collabcare.store.keyfile import key_path
from collabcare.ui.pages import PageName
from collabcare.ui.shell import Shell
from collabcare.ui.theme import ThemeName, apply_theme
from collabcare.ui.views.every_page import LIST_PAGES, PATIENT_PAGE_VIEWS
from collabcare.ui.views.record_bar import nothing_asked, why_not
from tests.demo_record import DEMO_TODAY
from tests.ui.every_screen import NoToAll
from tests.ui.inline import InlineExecutor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from collabcare.demo.build import DemoRecord
    from collabcare.domain.ids import EpisodeId
    from collabcare.services.desk import Desk
    from collabcare.ui.doors import Doors
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks

SMALL_LAPTOP = (1366, 768)
PLAIN_PAGES = (
    PageName.TODAY,
    PageName.CASELOAD,
    PageName.NEW_PATIENT,
    PageName.COLLEAGUES,
    PageName.KEYS,
    PageName.ABOUT,
    PageName.HELP,
    *LIST_PAGES,
)
PATIENT_PAGES = (PageName.PATIENT, PageName.LETTER, *PATIENT_PAGE_VIEWS)


@contextmanager
def demo_desktop(built: DemoRecord, folder: Path, scale: float) -> Iterator[Shell]:
    """Open the desktop over a copy of the demo caseload, at one size of text and in the light look."""
    for path in (built.path, key_path(built.path)):
        shutil.copy2(path, folder / path.name)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    gc.collect()  # what is left of other tests' windows would be dressed too
    apply_theme(app, ThemeName.LIGHT, scale)
    settings = Settings(path=folder / "settings.toml", theme="light", text_scale=scale)
    clock = SteadyClock(datetime.combine(DEMO_TODAY, time(9, 30), LONDON))
    doors = bootstrap.desktop_doors(clock)
    doors = replace(doors, main_window=partial(_small_window, doors))
    made = Shell(doors, settings, NoToAll(), InlineExecutor())
    try:
        login, password, _role = built.sign_ins[0]
        made.open(folder / built.path.name, login)
        made.sign_in_window.card.password.setText(password)
        made.sign_in_window.card.try_to_sign_in()
        if made.main_window is not None:
            made.main_window.hide()
        yield made
    finally:
        made.shut()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # else dressed again
        apply_theme(app, ThemeName.LIGHT)


class Largest(QObject):
    """Remembers how large a window has been since it was made."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.width = self.height = 0
        window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:  # noqa: N802 - named by Qt
        if event.type() == QEvent.Type.Resize and isinstance(window, QWidget):
            self.width, self.height = max(self.width, window.width()), max(self.height, window.height())
        return False


def _small_window(doors: Doors, desk: Desk, tasks: Tasks, prompts: Prompts, settings: Settings) -> MainWindow:
    """Make the main window as it is made on a small laptop: never shown at any other size."""
    window = doors.main_window(desk, tasks, prompts, settings)
    window.resize(*SMALL_LAPTOP)
    Largest(window)
    return window


def on_a_small_laptop(shell: Shell) -> MainWindow:
    """Show the main window, active, as large as a small laptop's screen."""
    window = shell.main_window
    assert window is not None
    before = QWidget()  # offscreen, a window shown again is only active when another one was meanwhile
    for each in (before, window):
        each.show()
        each.activateWindow()
        QTest.qWaitForWindowActive(each)
    before.hide()
    window.resize(*SMALL_LAPTOP)
    settle()
    return window


def somebody(window: MainWindow, form: str = "contact") -> EpisodeId:
    """Return a patient for whom a form can be opened now."""
    role = window.desk.acting.role
    rows = window.work.open_caseload.rows
    asked = (row for row in rows if not nothing_asked(form, row.facts, window.desk.rulebook.pathway))
    return next(row.facts.episode_id for row in asked if not why_not(form, role, row.facts))


def settle() -> None:
    """Let everything find its place: a size can ask for another one a few times over."""
    for _ in range(6):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
