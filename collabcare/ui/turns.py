"""Long work of the screens cut into turns, between which the event loop does what else is to be done."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable


class Turns(QObject):
    """Does one thing after the other, each in a turn of its own; the first not in the turn that asks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left: deque[Callable[[], None]] = deque()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._on_turn)

    @property
    def going_on(self) -> bool:
        """Whether something is still to be done."""
        return bool(self._left)

    def do(self, *things: Callable[[], None]) -> None:
        """Do these after what is still to be done."""
        self._left.extend(things)
        self._soon.start()

    def stop(self) -> None:
        """Do none of it any more."""
        self._soon.stop()
        self._left.clear()

    def _on_turn(self) -> None:
        self._left.popleft()()
        if self._left:
            self._soon.start()
