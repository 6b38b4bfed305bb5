"""One of a long list: begin to type and choose, instead of scrolling through two hundred lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.look import Tone, set_look
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent


class ListedEdit(QWidget):
    """A line that offers what contains the text typed; Down shows all. Empty is no answer."""

    def __init__(self, name: str, choices: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._choices = name, dict(choices)
        self._by_words = {words.casefold(): value for value, words in choices.items()}
        self.edit = LineEdit(name)
        self.edit.setPlaceholderText("Begin to type")
        self._completer = QCompleter(sorted(choices.values(), key=str.casefold), self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.edit.setCompleter(self._completer)
        self._echo = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._echo.set_tone(Tone.DANGER)
        self._echo.hide()
        self.setFocusProxy(self.edit)
        self.setLayout(column(self.edit, self._echo, gap=4))
        self.edit.textChanged.connect(lambda _text: self._show(""))
        self.edit.editingFinished.connect(lambda: self._show(self.problem()))

    def value(self) -> str | None:
        """Return the value whose words are typed, None for an empty line or words not on the list."""
        return self._by_words.get(self.text().casefold())

    def set_value(self, value: str | None) -> None:
        """Show a value by its words; one that is not on the list by itself."""
        self.edit.setText(self._choices.get(value, value) if value else "")

    def text(self) -> str:
        """Return what is typed."""
        return " ".join(self.edit.text().split())

    def problem(self) -> str:
        """Return why what is typed is not acceptable, or nothing."""
        if not self.text() or self.value() is not None:
            return ""
        return f"{self._name}: choose from the list (Down shows it), or leave it empty."

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._completer.setCompletionPrefix("")
            self._completer.complete()
            return
        super().keyPressEvent(event)

    def _show(self, problem: str) -> None:
        self._echo.setText(problem)
        self._echo.setVisible(bool(problem))
        set_look(self.edit, "problem", bool(problem))
        self.edit.setAccessibleDescription(problem)
