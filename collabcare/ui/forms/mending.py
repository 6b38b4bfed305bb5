"""Notices that a refused field is being put right, so that what was said about it can go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import SignalInstance


class Mending(QObject):
    """Watches one field, or a whole form when nobody knows which field it was.

    Signals:
        begun: Something in it changed.
    """

    begun = Signal()

    def __init__(self, watched: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        whole = watched is parent
        for part in (watched, *watched.findChildren(QWidget)):
            for changed in _changes(part, by_hand=whole):
                changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        self.begun.emit()


def _changes(part: QWidget, *, by_hand: bool) -> Iterator[SignalInstance]:
    """Yield what says that a part changed.

    ``by_hand`` leaves out a line that tidies itself when left, and a list that is offered anew.
    """
    if isinstance(part, QLineEdit):
        yield part.textEdited if by_hand else part.textChanged
    elif isinstance(part, QPlainTextEdit):
        yield part.textChanged
    elif isinstance(part, QComboBox):
        yield part.activated if by_hand else part.currentIndexChanged
    elif isinstance(part, QAbstractButton) and part.isCheckable():
        yield part.toggled
