"""Looking for garbage on the screens' thread, and on no other."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 500


class Collector(QObject):
    """Looks for garbage between two events.

    Left alone, Python looks for it on whichever thread makes the next object. A window or a timer that was
    let go of in a circle of references would then be taken down by a thread that reads the record, while Qt
    still draws it, and the program would end.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Take over from Python."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        if self._timer.isActive():
            self._timer.stop()
            gc.enable()

    def look(self) -> None:
        """Collect the oldest generation whose turn has come, by the thresholds Python itself would use."""
        turns = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, most) in enumerate(turns) if count > most]
        if due:
            gc.collect(due[-1])
