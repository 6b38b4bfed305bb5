"""A strip for work that takes more than a second: what is done of how much, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.layouts import row
from collabcare.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from collabcare.ui.count import Count

PATIENCE_MS = 1000
"""Work shorter than this shows no count: :class:`BusyStrip` says that something is going on."""

_LOOK_MS = 100
_WIDTH = 240


class CountStrip(QFrame):
    """Shows the work that counts, the first begun first, once it has gone on for a second.

    It looks at the count now and again instead of being told, so that the work is not held up by the screen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: list[Count] = []
        self.words = PlainLabel("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(current_theme().px(_WIDTH))
        self.cancel = Button("Cancel", ButtonKind.QUIET, compact=True)
        self.cancel.clicked.connect(self._on_cancel)
        inside = row(self.words, self.bar, self.cancel, gap=16, margin=8)
        inside.setStretch(0, 1)
        self.setLayout(inside)
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._on_patience)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self.look)
        self.hide()

    def watch(self, count: Count) -> None:
        """Show how far this work is, if it is not finished within a second."""
        self._counts.append(count)
        self._look.start()
        if not self.isVisible() and not self._patience.isActive():
            self._patience.start()

    def look(self) -> None:
        """Show how far the work is by now; go when there is none."""
        self._counts = [count for count in self._counts if not count.finished]
        if not self._counts:
            self._patience.stop()
            self._look.stop()
            self.hide()
            return
        count = self._counts[0]
        self.bar.setRange(0, count.total)
        self.bar.setValue(count.done)
        self.words.setText(_words(count))
        self.bar.setAccessibleName(self.words.whole_text())
        self.cancel.setEnabled(not count.cancelled)

    def _on_patience(self) -> None:
        self.look()
        if self._counts:
            self.show()
            announce(self, f"{self.words.whole_text()}. Cancel stops it.")

    def _on_cancel(self) -> None:
        if self._counts:
            self._counts[0].cancel()
            self.look()


def _words(count: Count) -> str:
    if count.cancelled:
        return "Stopping"
    if not count.total:
        return count.doing
    return f"{count.doing} {count.done:,} of {count.total:,}"
