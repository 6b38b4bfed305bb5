"""The one implementation of :class:`Prompts` that puts dialogs on the screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLayout, QWidget

from collabcare.ui.theme import Token, current_theme
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collabcare.ui.problems import Problem
    from collabcare.ui.prompts import FileChoice, Question


class QtPrompts:
    """Asks with dialogs over whatever window the user is in."""

    def confirm(self, question: Question) -> bool:
        """Return whether the user agrees."""
        return QuestionDialog(question, _window()).exec() == QDialog.DialogCode.Accepted

    def error(self, problem: Problem) -> None:
        """Show what went wrong and wait until it was seen."""
        ProblemDialog(problem, _window()).exec()

    def choose_open(self, choice: FileChoice) -> Path | None:
        """Return an existing file, or None when the user thinks better of it."""
        chosen, _ = QFileDialog.getOpenFileName(_window(), choice.title, _suggested(choice), _filter(choice))
        return Path(chosen) if chosen else None

    def choose_save(self, choice: FileChoice) -> Path | None:
        """Return where to write a file, or None when the user thinks better of it."""
        chosen, _ = QFileDialog.getSaveFileName(_window(), choice.title, _suggested(choice), _filter(choice))
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(choice.suffix)


class QuestionDialog(QDialog):
    """Says what will happen and to whom; Esc and Cancel are always safe."""

    def __init__(self, question: Question, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(question.title)
        kind = ButtonKind.DANGER if question.danger else ButtonKind.PRIMARY
        cancel, act = Button("Cancel"), Button(question.act, kind)
        cancel.clicked.connect(self.reject)
        act.clicked.connect(self.accept)
        about = PlainLabel(question.about, TextRole.STRONG, wrap=True)
        if not question.about:
            about.hide()
        words = column(
            PlainLabel(question.title, TextRole.HEADING, wrap=True),
            about,
            PlainLabel(question.text, wrap=True),
        )
        if question.deliberate:
            key = f"{question.act}: Ctrl+Enter. Enter or Esc cancels."
            words.addWidget(PlainLabel(key, TextRole.SECONDARY, wrap=True))
        icon_name = "warning" if question.danger else "help"
        token = Token.DANGER if question.danger else Token.ACCENT
        self.setLayout(_dialog_layout(icon_name, token, words, row(STRETCH, cancel, act)))
        self.setAccessibleDescription(f"{question.about} {question.text}".strip())
        if question.deliberate:
            self._ask_for_the_key()
        (cancel if question.danger or question.deliberate else act).setFocus()

    def _ask_for_the_key(self) -> None:
        """Let Ctrl+Enter do it; Enter alone does what Cancel does."""
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(Qt.Modifier.CTRL | key), self)
            shortcut.activated.connect(self.accept)


class ProblemDialog(QDialog):
    """Says what happened, what is safe and what to do; details can be copied."""

    def __init__(self, problem: Problem, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("CollabCare")
        self._details = problem.details
        close = Button("Close", ButtonKind.PRIMARY)
        close.clicked.connect(self.accept)
        buttons = row(STRETCH, close)
        words = column(PlainLabel(problem.sentence, wrap=True))
        if problem.details:
            details = NoteEdit("Details", lines=6)
            details.setPlainText(problem.details)
            details.setReadOnly(True)
            words.addWidget(details)
            copy = Button("Copy details", icon_name="copy")
            copy.clicked.connect(self._on_copy)
            buttons.insertWidget(0, copy)
        self.setLayout(_dialog_layout("warning", Token.ATTENTION, words, buttons))
        self.setAccessibleDescription(problem.sentence)
        close.setFocus()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


def _dialog_layout(icon_name: str, token: Token, words: QLayout, buttons: QLayout) -> QLayout:
    picture = column(IconLabel(icon_name, token, 24), STRETCH)
    top = row(picture, words, gap=16)
    top.setStretch(1, 1)
    layout = column(top, buttons, gap=16, margin=24)
    edge = QWidget()
    edge.setFixedWidth(current_theme().px(440))
    edge.setFixedHeight(0)
    layout.addWidget(edge)
    return layout


def _window() -> QWidget | None:
    window = QApplication.activeWindow()
    return window if window is not None and window.isVisible() else None


def _suggested(choice: FileChoice) -> str:
    return str(choice.suggested) if choice.suggested else ""


def _filter(choice: FileChoice) -> str:
    return f"{choice.kind} (*{choice.suffix})"
