"""Starts the desktop: one application, dressed, with one way out for every error nobody foresaw."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from collabcare.ui.late_prompts import LatePrompts
from collabcare.ui.problems import explain
from collabcare.ui.shell import Shell
from collabcare.ui.theme import ThemeName, apply_theme, icon, new_application

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from collabcare.settings import Settings
    from collabcare.ui.doors import Doors
    from collabcare.ui.prompts import Prompts


def make_application(settings: Settings) -> QApplication:
    """Return the application in the bundled face and the user's look, with no window yet."""
    application = QCoreApplication.instance()
    if not isinstance(application, QApplication):
        application = new_application(sys.argv[0])
    application.setApplicationName("CollabCare")
    application.setApplicationDisplayName("CollabCare")
    apply_theme(application, ThemeName(settings.theme), settings.text_scale)
    return application


def run(
    doors: Doors, settings: Settings, *, record: Path | None = None, login: str = "", hint: str = ""
) -> int:
    """Show the sign-in window and stay until the last window is closed; return the exit code.

    Args:
        doors: The ways into a record.
        settings: This user's settings.
        record: The record to offer; the last one used when left out.
        login: The sign-in name to offer with it.
        hint: What to say under a demo's name, such as its sign-ins.
    """
    application = make_application(settings)
    application.setQuitOnLastWindowClosed(False)  # the shell says when: it hides one window to show another
    prompts = LatePrompts(doors.prompts)
    sys.excepthook = Presenter(prompts)
    shell = Shell(doors, settings, prompts)
    shell.finished.connect(application.quit)
    shell.sign_in_window.painted.connect(lambda: application.setWindowIcon(icon("caseload")))
    shell.warm_up.done.connect(gc.freeze)  # what was imported stays: it need not be looked through each time
    shell.open(record, login, hint)
    try:
        return application.exec()
    finally:
        shell.shut()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # while Python is still whole
        sys.excepthook = sys.__excepthook__


class Presenter:
    """Shows an error nobody foresaw, once at a time: a second one while the first is on screen is logged."""

    def __init__(self, prompts: Prompts) -> None:
        self._prompts = prompts
        self._showing = False

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        problem = explain(error.with_traceback(trace))
        if not self._showing:
            self._showing = True
            try:
                self._prompts.error(problem)
            finally:
                self._showing = False
