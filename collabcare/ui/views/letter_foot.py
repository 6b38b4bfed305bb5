"""The foot of a letter: the one button that issues it, and once it is issued, saving and printing it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from collabcare.domain.errors import EnvironmentProblem
from collabcare.domain.letter_formats import is_letter
from collabcare.paths import documents_dir
from collabcare.services.letters import letter_file_name
from collabcare.ui.forms.own_height import height_needed
from collabcare.ui.prompts import FileChoice
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collabcare.domain.facts import LetterFact
    from collabcare.services.letters import PreparedLetter
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks


_AS_ISSUED = "This is the very page that was issued. It cannot be changed."
_WORDS = "These are the words, as they were kept. Give them to whoever makes the letter."


class LetterFoot(QWidget):
    """Says what issuing will do, then saves the issued page as a file and opens it to print.

    Signals:
        issue_requested: The user issues the letter that is in view.
    """

    issue_requested = Signal()

    def __init__(self, tasks: Tasks, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._prompts = tasks, prompts
        self._pdf, self._file_name = b"", ""
        self._saved: Path | None = None
        self.open_file: Callable[[Path], bool] = _open_file
        self.message = InlineMessage()
        self.issue = Button("Issue letter", ButtonKind.PRIMARY)
        self.issue.setObjectName("letter_issue")
        self.save = Button("Save PDF…", icon_name="save")
        self.save.setObjectName("letter_save")
        self.print = Button("Open to print…", icon_name="print")
        self.print.setObjectName("letter_open")
        self._caption = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._low = False
        self.setLayout(
            column(self.message, self.issue, row(self.save, self.print, STRETCH), self._caption, gap=8)
        )
        self.issue.clicked.connect(self.issue_requested)
        self.save.clicked.connect(self._on_save)
        self.print.clicked.connect(self._on_print)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), height_needed(self))

    def print_or_say_why_not(self) -> None:
        """Press Open to print where there is something to print, else say what comes first."""
        if self.print.isVisible():
            self.print.click()
        else:
            self.message.show_error("This letter is not issued yet. Issue it first, then print it.")

    def make_do(self, *, low: bool) -> None:
        """On a low page say what the button does on the button: the room is for the words."""
        self._low = low
        self._say_caption()

    def show_writing(self, caption: str, *, may_issue: bool) -> None:
        """Offer to issue the letter in view; ``caption`` says what that does, or why it cannot be done."""
        self._show_parts(issued=False)
        self.issue.setVisible(may_issue)
        self.issue.setText("Issue letter")
        self.issue.setEnabled(False)
        self.issue.setToolTip(caption)
        self.issue.setAccessibleDescription(caption)
        self._caption.setText(caption)
        self._say_caption()

    def show_prepared(self, prepared: PreparedLetter) -> None:
        """Name whom the letter goes to, or in which form its words go; off while it may not."""
        form = prepared.letter.form
        to = f"Issue letter to {prepared.letter.window[0]}".replace("&", "&&")
        self.issue.setText(to if form is None else f"Keep the words, {form.in_short}")
        self.issue.setEnabled(prepared.may_issue or prepared.may_keep_words)

    def show_issued(self, pdf: bytes, letter: LetterFact) -> None:
        """Offer to save and print a letter as it was issued, or the words kept of one to be made."""
        file_name = letter_file_name(letter.kind, letter.issued_on)
        if (pdf, file_name) != (self._pdf, self._file_name):
            self._pdf, self._file_name, self._saved = pdf, file_name, None
        self._show_parts(issued=True)
        self._caption.setText(_AS_ISSUED if is_letter(letter.kind) else _WORDS)
        self._say_caption()

    def _say_caption(self) -> None:
        self._caption.setVisible(not self._low or self.issue.isHidden())

    def _show_parts(self, *, issued: bool) -> None:
        self.issue.setVisible(not issued)
        self.save.setVisible(issued)
        self.print.setVisible(issued)

    def _on_save(self) -> None:
        self._save(self._say_saved)

    def _on_print(self) -> None:
        if self._saved is not None:
            self._open(self._saved)
        else:
            self._save(self._open)

    def _save(self, then: Callable[[Path], None]) -> None:
        choice = FileChoice(
            title="Save the letter", kind="PDF", suffix=".pdf", suggested=documents_dir() / self._file_name
        )
        path = self._prompts.choose_save(choice)
        if path is None:
            return

        def done(_nothing: None) -> None:
            self._saved = path
            then(path)

        self._tasks.run(
            self, partial(_write, path, self._pdf), done, refused=self.message.show_error, topic="save"
        )

    def _say_saved(self, path: Path) -> None:
        self.message.show_good(f"Saved as {path.name}. The file is not encrypted: keep it where it is safe.")

    def _open(self, path: Path) -> None:
        if self.open_file(path):
            self.message.show_good(f"Saved as {path.name} and opened. The file is not encrypted.")
        else:
            self.message.show_error(
                f"Saved as {path.name}, but no program to show PDF files answered. Open it by hand."
            )


def _write(path: Path, pdf: bytes) -> None:
    try:
        path.write_bytes(pdf)
    except OSError as error:
        raise EnvironmentProblem(
            "The letter could not be written there. It is safe in the record. Choose another folder."
        ) from error


def _open_file(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
