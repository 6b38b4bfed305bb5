"""A strip for work that takes more than a second: what is done of how much, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QBoxLayout

    from collabcare.ui.count import Count
    from collabcare.ui.widgets.busy_strip import BusyStrip

PATIENCE_MS = 1000
"""Work shorter than this shows no count: :class:`BusyStrip` says that something is going on."""

_LOOK_MS = 100
_WIDTH = 240


class CountStrip(QFrame):
    """Shows the work that counts, the first begun first, once it has gone on for a second.

    It looks at the count now and again instead of being told, so that the work is not held up by the screen.
    """

    def __init__(self, parent: QWidget | None = None, *, instead_of: BusyStrip | None = None) -> None:
        """Make one; ``instead_of`` is a strip in a narrow card, which makes way once this one is shown."""
        super().__init__(parent)
        self._counts: list[Count] = []
        self._instead_of = instead_of
        self.words = PlainLabel("", wrap=instead_of is not None)
        self.binding = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.binding.hide()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(current_theme().px(_WIDTH))
        self.cancel = Button("Cancel", ButtonKind.QUIET, compact=True)
        self.cancel.clicked.connect(self.stop)
        if instead_of is None:
            inside: QBoxLayout = row(self.words, self.bar, self.binding, self.cancel, gap=16, margin=8)
            inside.setStretch(0, 1)
        else:
            inside = column(self.words, row(self.bar, STRETCH, self.cancel), self.binding, gap=4)
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
        self.cancel.setVisible(not count.bound)
        self.binding.setText(count.binding if count.bound else "")
        self.binding.setVisible(count.bound)

    def _on_patience(self) -> None:
        self.look()
        if self._counts:
            self.show()
            if self._instead_of is not None:
                self._instead_of.set_busy(busy=False)
        if self.isVisible():  # the window may be locked, and another one shows it
            how = self.binding.whole_text() or "Cancel stops it."
            announce(self, f"{self.words.whole_text()}. {how}")

    def stop(self) -> None:
        """Stop the work that is shown, as Cancel does; nothing where none is shown or none can be."""
        if self._counts and self.isVisible():
            self._counts[0].cancel()
            self.look()


def _words(count: Count) -> str:
    if count.cancelled:
        return "Stopping"
    if not count.total:
        return count.doing
    return f"{count.counted} {count.done:,} of {count.total:,}"
