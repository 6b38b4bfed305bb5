"""When what was said goes again: as soon as the user does the next thing, and never by a timer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.changes import Changes
    from collabcare.ui.tasks import Tasks


class Passing(QObject):
    """Lets go of what a page said once something else is saved, or the page is left or locked.

    A page adds its own next things, such as another form, by calling :meth:`let_go`. What must stay until it
    is dealt with is said with ``InlineMessage.show_lasting``, and is not let go of here.
    """

    def __init__(self, page: QWidget, tasks: Tasks, *let_go: Callable[[], None]) -> None:
        """Take the page, what saves its entries, and what takes back each thing that it says."""
        super().__init__(page)
        self._let_go = let_go
        page.installEventFilter(self)
        tasks.changed.connect(self._on_changed)

    def let_go(self, *_what: object) -> None:
        """Say no more of what was done: something else is."""
        for each in self._let_go:
            each()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and not event.spontaneous():
            self.let_go()
        return super().eventFilter(watched, event)

    def _on_changed(self, changes: Changes) -> None:
        """Let go before what came of the latest change is said; a draft that is kept is no change."""
        if changes.kinds:
            self.let_go()
