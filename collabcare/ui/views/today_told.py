"""What Today says of what was done there: it goes when something else is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from collabcare.ui.views.today_view import TodayView


class TodayTold(QObject):
    """Says what came of a line until another is chosen; what was done can be undone until Today is left."""

    def __init__(self, view: TodayView) -> None:
        super().__init__(view)
        self._list, self._message = view.list, view.message
        self._undo = view.actions_done.bar
        self._words = ""
        view.installEventFilter(self)
        view.side.said.connect(self._tell)
        view.list.current_changed.connect(self._on_current)
        view.whose.chosen.connect(self._take_back)

    def let_go(self) -> None:
        """Say no more of what was done: something else is."""
        self._take_back()
        self._undo.withdraw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and not event.spontaneous():  # left, or the record is locked
            self.let_go()
        return super().eventFilter(watched, event)

    def _tell(self, words: str) -> None:
        self._words = words
        self._message.show_info(words)

    def _take_back(self, _whose: object = None) -> None:
        """Say it no longer; what the record had to say at sign-in stays."""
        if self._words and self._message.text() == self._words:
            self._message.clear()

    def _on_current(self, _key: object) -> None:
        if not self._list.filling:  # the user chose another line, and it is not about that one
            self._take_back()
