"""The one thing done last by a single keystroke, and the way to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.inline_message import InlineMessage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class UndoBar(InlineMessage):
    """Says what was done, with Undo beside it, until another act takes its place.

    It does not go by itself: it can be read, and taken back, however long that takes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._take_back: Callable[[], None] | None = None
        self.undo_button = Button("Undo", ButtonKind.QUIET, icon_name="undo", compact=True)
        self.undo_button.setToolTip("Ctrl+Z")
        self.add_act(self.undo_button)
        self.undo_button.clicked.connect(self.undo)

    def offer(self, done: str, take_back: Callable[[], None]) -> None:
        """Say what was ``done``, and take it back when asked to; what was offered before is final."""
        self._take_back = take_back
        self.undo_button.show()
        self.undo_button.setAccessibleName(f"Undo: {done}")
        self.show_good(done)

    def withdraw(self) -> None:
        """Offer nothing any more: something else was done, or it is taken back."""
        self._take_back = None
        self.undo_button.hide()
        self.clear()

    def can_undo(self) -> bool:
        """Return whether there is something to take back."""
        return self._take_back is not None

    def undo(self) -> None:
        """Take back what was done last, if anything was."""
        take_back = self._take_back
        if take_back is not None:
            self.withdraw()
            take_back()
