"""Letters issued before, newest first, each to look at again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.display import fmt_date, spoken_dates
from collabcare.domain.letter_formats import told
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collabcare.domain.facts import LetterFact


_BEFORE = "Issued before"


class IssuedLetters(Card):
    """A line for each letter with the button that opens it.

    Signals:
        chosen: The letter to look at.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_BEFORE, parent=parent)
        self._lines = QWidget()
        self.body.addWidget(self._lines)

    def set_letters(self, letters: tuple[LetterFact, ...], viewed: LetterFact | None = None) -> None:
        """Show these letters, those before the one in ``viewed``; beside an older one the others."""
        if viewed is not None:
            is_latest = viewed.id == max(letter.id for letter in letters)
            letters = tuple(letter for letter in letters if letter.id != viewed.id)
            self.set_title(_BEFORE if is_latest else "Other letters issued")
        else:
            self.set_title(_BEFORE)
        lines = QWidget()
        lines.setLayout(column(*(self._line(letter) for letter in reversed(letters)), gap=6))
        self.body.replaceWidget(self._lines, lines)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = lines
        lines.show()
        self.set_count(len(letters))
        self.setVisible(bool(letters))

    def _line(self, letter: LetterFact) -> QWidget:
        day = fmt_date(letter.issued_on)
        words = column(
            PlainLabel(letter.title, wrap=True),
            PlainLabel(f"{day}. {told(letter)}", TextRole.SECONDARY, wrap=True),
            gap=0,
        )
        show = Button("View", ButtonKind.QUIET, compact=True)
        show.setObjectName(f"letter_view_{letter.id}")
        show.setAccessibleName(spoken_dates(f"View {letter.title} of {day}"))
        show.clicked.connect(partial(self.chosen.emit, letter.id))
        inside = row(words, show)
        inside.setStretch(0, 1)
        line = QWidget()
        line.setLayout(inside)
        return line
