"""One of a long list: begin to type and choose, instead of scrolling through two hundred lines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.look import Tone, set_look
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.suggestions import Suggestions, initials

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent


class ListedEdit(QWidget):
    """A line that offers what contains the text typed; Down shows all. Empty is no answer."""

    def __init__(self, name: str, choices: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._choices = name, dict(choices)
        self._by_words = {words.casefold(): value for value, words in choices.items()}
        short = Counter(initials(words).casefold() for words in choices.values())
        self._in_full = {
            letters: words
            for words in choices.values()
            if (letters := initials(words).casefold()) and short[letters] == 1
        }
        self.edit = LineEdit(name)
        self.edit.setPlaceholderText("Begin to type")
        self._suggestions = Suggestions(self.edit, choices.values())
        self._echo = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._echo.set_tone(Tone.DANGER)
        self._echo.hide()
        self.setFocusProxy(self.edit)
        self.setLayout(column(self.edit, self._echo, gap=4))
        self.edit.textChanged.connect(lambda _text: self._show(""))
        self.edit.editingFinished.connect(self._on_left)

    def value(self) -> str | None:
        """Return the value whose words are typed, None for an empty line or words not on the list."""
        return self._by_words.get(self._words().casefold())

    def set_value(self, value: str | None) -> None:
        """Show a value by its words; one that is not on the list by itself."""
        self.edit.setText(self._choices.get(value, value) if value else "")

    def text(self) -> str:
        """Return what is typed."""
        return " ".join(self.edit.text().split())

    def _words(self) -> str:
        """Return what is typed; initials that only one of them has, such as BSL, in full."""
        typed = self.text()
        return typed if typed.casefold() in self._by_words else self._in_full.get(typed.casefold(), typed)

    def problem(self) -> str:
        """Return why what is typed is not acceptable, or nothing."""
        if not self.text() or self.value() is not None:
            return ""
        return f"{self._name}: choose from the list (Down shows it), or leave it empty."

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._suggestions.show_all()
            return
        super().keyPressEvent(event)

    def _on_left(self) -> None:
        if self._words() != self.text():
            self.edit.setText(self._words())
        self._show(self.problem())

    def _show(self, problem: str) -> None:
        self._echo.setText(problem)
        self._echo.setVisible(bool(problem))
        set_look(self.edit, "problem", bool(problem))
        self.edit.setAccessibleDescription(problem)
