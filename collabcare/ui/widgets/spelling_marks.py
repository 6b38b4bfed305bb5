"""Marks the words of a note that are in no dictionary, and offers others by right click or the menu key.

The marks are drawn over the text and are no part of it: nothing that listens to the text hears of them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QTextEdit

from collabcare.ui.theme import Token, current_theme

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCursor
    from PySide6.QtWidgets import QMenu

    from collabcare.domain.spelling import Word
    from collabcare.ui.widgets.note_edit import NoteEdit

_AFTER_MS = 400


class Spelling(Protocol):
    """Knows words."""

    def misspelt(self, text: str) -> tuple[Word, ...]:
        """Return the words of a text that it does not know."""

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Return a few words that may have been meant."""

    def unread(self) -> str:
        """Say what of what it should know could not be read, nothing while all is known."""

    def read_again(self) -> None:
        """Try to read that again."""

    def learn(self, word: str) -> None:
        """Know a word from now on, for this user."""


class SpellingMarks(QObject):
    """Keeps the marks of one note true a moment after each change."""

    def __init__(self, note: NoteEdit, spelling: Spelling) -> None:
        super().__init__(note)
        self._note, self._spelling = note, spelling
        self.marked: tuple[Word, ...] = ()
        self.soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self.soon.timeout.connect(self.look)
        note.textChanged.connect(self.soon.start)
        note.cursorPositionChanged.connect(self._on_moved)
        self.soon.start()

    def look(self) -> None:
        """Mark the text as it stands; the word that is just being typed is left alone."""
        typing = self._note.place() if self._note.hasFocus() else -1
        found = self._spelling.misspelt(self._note.toPlainText())
        self.marked = tuple(word for word in found if word.end != typing)
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(current_theme().colour(Token.ATTENTION))
        self._note.setExtraSelections([_marking(self._note.over(word), look) for word in self.marked])

    def add_to(self, menu: QMenu, place: int) -> None:
        """Put what may have been meant, and learning the word, at the top of a menu about one place."""
        word = next((each for each in self.marked if each.start <= place <= each.end), None)
        first = menu.actions()[0]
        if unread := self._spelling.unread():
            again = menu.addAction(f"{unread} Try again")
            again.triggered.connect(self._spelling.read_again)
            menu.insertAction(first, again)
            menu.insertSeparator(first)
            first = again
        if word is None:
            return
        texts = self._spelling.suggestions(word.text)
        acts = [(text, partial(self._replace, word, text)) for text in texts]
        acts.append((f"Add “{word.text}” to my words", partial(self._spelling.learn, word.text)))
        for text, act in acts:
            made = menu.addAction(text)
            made.triggered.connect(lambda _checked, run=act: run())
            menu.insertAction(first, made)
        menu.insertSeparator(first)

    def _replace(self, word: Word, text: str) -> None:
        if self._note.toPlainText()[word.start : word.end] == word.text:
            self._note.over(word).insertText(text)

    def _on_moved(self) -> None:
        if any(word.start <= self._note.place() <= word.end for word in self.marked) or not self.marked:
            self.soon.start()


def _marking(cursor: QTextCursor, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    made.cursor, made.format = cursor, look
    return made
