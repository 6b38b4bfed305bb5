"""The last thing recorded about a patient, and the button that takes it back until another is begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from collabcare.ui.views.way_back import WayBack
from collabcare.ui.widgets.buttons import Button, ButtonKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.ui.tasks import Tasks


class LastAct(QObject):
    """Has the button "Undo", shown while there is a clean way back.

    Signals:
        undone: What was taken back, as a sentence.
        refused: Why it was not, as a sentence.
    """

    undone = Signal(str)
    refused = Signal(str)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._way, self._facts = WayBack(), _nobody
        self.button = Button("Undo", ButtonKind.QUIET, icon_name="undo", compact=True)
        self.button.setObjectName("composer_undo")
        self.button.setToolTip("Ctrl+Z")
        self.button.hide()
        self.button.clicked.connect(self.undo)

    @property
    def why_not(self) -> str:
        """Why the last act cannot be taken back and what to do instead, as a sentence."""
        return self._way.why_not

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._way.run is not None

    def remember(self, way: WayBack, facts: Callable[[], EpisodeFacts | None]) -> None:
        """Offer the way back; ``facts`` gives how the record stands when it is taken."""
        self._way, self._facts = way, facts
        self.button.setVisible(self.can_undo)

    def forget(self) -> None:
        """Offer nothing any more: something else is begun."""
        self.remember(WayBack(), _nobody)

    def undo(self) -> None:
        """Take the last act back, if there is a way."""
        way, facts = self._way, self._facts()
        if way.run is not None and facts is not None:
            self.forget()
            self._tasks.write(way.run(facts), lambda _changes: self.undone.emit(way.said), self.refused.emit)


def _nobody() -> EpisodeFacts | None:
    return None
