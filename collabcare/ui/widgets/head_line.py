"""The line at the head of a page, whose middle goes on below where there is no room for all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.layouts import STRETCH, column, row

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_GAP = 12


class HeadLine(QWidget):
    """One line where there is room for all of it; else ``middle`` has a line of its own below.

    Args:
        before: What the line begins with.
        middle: What goes below where room is short.
        after: What the line ends with, whatever room there is.
        last: What stands at the end of it all, and goes below together with the middle.
    """

    def __init__(
        self,
        before: tuple[QWidget, ...],
        middle: QWidget,
        after: tuple[QWidget, ...],
        last: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._before, self._middle, self._after = before, middle, after
        self._last = () if last is None else (last,)
        self._line = row(*before, STRETCH, *after, gap=_GAP)
        for part in before:
            if part.hasHeightForWidth():  # in the middle, as words by themselves stand
                self._line.setAlignment(part, Qt.AlignmentFlag.AlignVCenter)
        self._below = QHBoxLayout()
        self.setLayout(column(self._line, self._below, gap=0))
        self._is_below: bool | None = None
        self._arrange(below=False)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        sides = sum(_least(part) for part in (*self._before, *self._after) if not part.isHidden())
        return QSize(min(hint.width(), sides + 4 * current_theme().px(_GAP)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()  # a count or a word in it is another one now
        return super().event(event)

    def _fit(self) -> None:
        parts = (*self._before, self._middle, *self._after, *self._last)
        shown = [part for part in parts if not part.isHidden()]
        needed = sum(_wanted(part) for part in shown) + len(shown) * current_theme().px(_GAP)
        self._arrange(below=needed > self.width())

    def _arrange(self, *, below: bool) -> None:
        if below == self._is_below:
            return
        self._is_below = below
        for layout in (self._line, self._below):
            for part in (self._middle, *self._last):
                layout.removeWidget(part)
        if below:
            self._below.addWidget(self._middle, 1)
        else:
            self._line.insertWidget(len(self._before), self._middle)
        for part in self._last:
            (self._below if below else self._line).addWidget(part)
        place = len(self._before)
        self._line.setStretch(place, 1)  # the chips, or the room they left
        if not below:
            self._line.setStretch(place + 1, 0)


def _wanted(part: QWidget) -> int:
    """Return the room a part would like; one that takes what is left over wants none of its own."""
    takes_the_rest = part.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored
    return 0 if takes_the_rest else part.sizeHint().width()


def _least(part: QWidget) -> int:
    """Return the room a part cannot do without: words that may be cut with dots need little."""
    return part.minimumWidth() or part.sizeHint().width()
