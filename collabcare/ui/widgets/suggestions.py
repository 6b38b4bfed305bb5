"""Suggestions under a line: what contains the text typed, or has it as initials; any text can be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QFrame, QListView, QWidget

from collabcare.ui.theme import current_theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collabcare.ui.widgets.line_edit import LineEdit

_SOUGHT = Qt.ItemDataRole.UserRole + 1
_FEWEST_WORDS = 3
_CLEAR = 4
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize})


def initials(words: str) -> str:
    """Return the first letters of a name of three words or more: ``BSL`` of British Sign Language."""
    letters = [word[0] for word in words.split() if word[0].isalpha()]
    return "".join(letters).upper() if len(letters) >= _FEWEST_WORDS else ""


class SuggestionList(QListView):
    """The list that unfolds under a line; framed, so that it is seen to lie over the form."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Suggestions")
        self.setFrameShape(QFrame.Shape.StyledPanel)  # which the style sheet draws


class Suggestions(QCompleter):
    """Offers ``names`` under ``line``, in the order of the alphabet; another text can be typed all the same.

    The list stays under its line when the form moves: a field that unfolds above it takes the list along.
    """

    def __init__(self, line: LineEdit, names: Iterable[str]) -> None:
        super().__init__(line)
        self._line = line
        self._above: list[QWidget] = []
        model = QStandardItemModel(self)
        for name in sorted(names, key=str.casefold):
            item = QStandardItem(name)
            item.setData("\n".join(filter(None, (name, initials(name)))), _SOUGHT)
            model.appendRow(item)
        self.setModel(model)
        self.setCompletionRole(_SOUGHT)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self._list = SuggestionList()
        self.setPopup(self._list)
        line.setCompleter(self)
        self._list.installEventFilter(self)

    def show_all(self) -> None:
        """Show everything there is to choose from."""
        self.setCompletionPrefix("")
        self.complete()

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Return what is written into the line: the name, and not what else it is found by."""
        return str(index.data(Qt.ItemDataRole.DisplayRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._list:
            if event.type() == QEvent.Type.Show:
                self._follow()
            elif event.type() == QEvent.Type.Hide:
                self._let_go()
            elif event.type() in _MOVES:
                self._clear_the_line()
        elif event.type() in _MOVES and self._list.isVisible():
            self.complete()
        return super().eventFilter(watched, event)

    def _clear_the_line(self) -> None:
        """Put the list below the line and its mark of the keyboard, where Qt would lie over their edge."""
        below = self._line.mapToGlobal(QPoint(0, self._line.height())).y()
        lies_over = (
            self._line.mapToGlobal(QPoint(0, 0)).y() < self._list.y() < below + current_theme().px(_CLEAR)
        )
        if lies_over:
            self._list.move(self._list.x(), below + current_theme().px(_CLEAR))

    def _follow(self) -> None:
        above = self._line.parentWidget()
        while above is not None:
            above.installEventFilter(self)
            self._above.append(above)
            above = None if above.isWindow() else above.parentWidget()

    def _let_go(self) -> None:
        for widget in self._above:
            widget.removeEventFilter(self)
        self._above.clear()
