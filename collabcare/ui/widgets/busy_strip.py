"""A thin moving strip for work that takes longer than a moment."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from collabcare.ui.theme import current_theme

PATIENCE_MS = 300
"""Work shorter than this shows nothing: a flicker only makes it look slow."""


class BusyStrip(QProgressBar):
    """Shows that something is going on, once it has gone on for 300 ms; keeps its room meanwhile."""

    def __init__(self, name: str = "Working", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setRange(0, 0)
        self.setFixedHeight(current_theme().px(4))
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self.hide()

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - connected to a signal that carries one truth
        """Start counting to 300 ms, or stop and hide."""
        if not busy:
            self._patience.stop()
            self.hide()
        elif not self.isVisible() and not self._patience.isActive():
            self._patience.start()
