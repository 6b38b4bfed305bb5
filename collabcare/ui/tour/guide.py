"""Taking the tour: windows of a fixed size, one after another, from the welcome to the lock."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler

from collabcare.domain.errors import EnvironmentProblem
from collabcare.ui.app import make_application
from collabcare.ui.shell import Shell
from collabcare.ui.tour import ways_in
from collabcare.ui.tour.album import Album, TourPrompts
from collabcare.ui.tour.every_form import EveryForm
from collabcare.ui.tour.every_page import EveryPage
from collabcare.ui.tour.main_job import MainJob

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.settings import Settings
    from collabcare.ui.doors import Doors

SIZE = (1366, 768)
"""The window of the pictures: the smallest screen the design is meant to be good on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """The record the tour goes through, and who signs in to it."""

    record: Path
    login: str
    password: str = field(repr=False)


def take_tour(doors: Doors, settings: Settings, folder: Path, ticket: Ticket) -> tuple[Path, ...]:
    """Drive the real windows through the main job and return the pictures and PDFs left in ``folder``.

    What is there from an earlier tour is removed first.

    Raises:
        EnvironmentProblem: When the folder cannot be written or a screen does not come.
    """
    _clear(folder)
    qInstallMessageHandler(_without_harmless_noise)
    application = make_application(settings)
    album, prompts = Album(folder), TourPrompts()
    shell = Shell(doors, settings, prompts)
    try:
        ways_in.first_run(shell, album)
        ways_in.sign_in(shell, album, ticket.record, ticket.login, ticket.password)
        window = shell.main_window
        if window is None:
            raise EnvironmentProblem("The main window did not open.")
        window.resize(*SIZE)
        MainJob(window, shell.tasks, album, prompts).run()
        EveryPage(window, shell.tasks, album).run()
        EveryForm(window, shell.tasks, album).run()
        shell.lock()
        album.take(shell.sign_in_window, "locked")
    finally:
        shell.shut()
        application.processEvents()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # while Python is still whole
        qInstallMessageHandler(None)
    return tuple(album.files)


def _without_harmless_noise(_kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
    """Pass on what Qt says, except that a display that is not there cannot do what displays do."""
    if message and not message.startswith("This plugin does not support"):
        sys.stderr.write(f"{message}\n")


def _clear(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in (*folder.glob("*.png"), *folder.glob("*.pdf")):
            old.unlink()
    except OSError as error:
        raise EnvironmentProblem(f"The folder {folder} cannot be written: {error.strerror}.") from error
