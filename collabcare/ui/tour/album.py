"""Waiting for the screens, and keeping numbered pictures of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from collabcare.domain.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collabcare.ui.problems import Problem
    from collabcare.ui.prompts import FileChoice, Question

_PATIENCE_MS = 60_000
_TURNS = 6
_TURN_MS = 10
_QUALITY = 85
"""Qt's word for how hard it packs a PNG, which loses nothing: twice as fast as its own choice."""


class Album:
    """A folder of pictures taken in order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[Path] = []

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Let the screens work until something is true.

        Raises:
            EnvironmentProblem: When it does not come true within a minute.
        """
        deadline = QDeadlineTimer(_PATIENCE_MS)
        while not until():
            if deadline.hasExpired():
                raise EnvironmentProblem(
                    f"The tour waited a minute for {what} and stopped. Nothing is damaged."
                )
            turn = QEventLoop()
            QTimer.singleShot(_TURN_MS, turn.quit)
            turn.exec()

    def type(self, keys: str) -> None:
        """Press keys one after another, each where the keyboard is by then."""
        for key in keys:
            focused = QApplication.focusWidget()
            if focused is not None:
                QTest.keyClicks(focused, key)

    def enter(self) -> None:
        """Press Enter where the keyboard is."""
        focused = QApplication.focusWidget()
        if focused is not None:
            QTest.keyClick(focused, Qt.Key.Key_Return)

    def take(self, window: QWidget, name: str) -> None:
        """Keep a picture of a window as it stands, under the next number."""
        for _turn in range(_TURNS):
            QApplication.processEvents()
        number = sum(file.suffix == ".png" for file in self.files) + 1
        file = self.folder / f"{number:03d}-{name}.png"
        if not window.grab().save(str(file), quality=_QUALITY):
            raise EnvironmentProblem(
                f"The picture {file} could not be written. Choose another folder with --to."
            )
        self.files.append(file)

    def keep(self, name: str) -> Path:
        """Return where a document of this name belongs, and count it in."""
        file = self.folder / name
        self.files.append(file)
        return file


class TourPrompts:
    """Answers what the windows ask on the way: yes, and the file named beforehand."""

    def __init__(self) -> None:
        self.save_as: Path | None = None

    def confirm(self, question: Question) -> bool:  # noqa: ARG002 - the tour agrees to everything
        """Agree."""
        return True

    def error(self, problem: Problem) -> None:
        """Stop the tour with the sentence that would have been shown."""
        raise EnvironmentProblem(problem.sentence)

    def choose_open(self, choice: FileChoice) -> Path | None:  # noqa: ARG002 - the tour opens no other file
        """Choose nothing."""
        return None

    def choose_save(self, choice: FileChoice) -> Path | None:  # noqa: ARG002 - the place is chosen beforehand
        """Choose the file named beforehand."""
        return self.save_as
