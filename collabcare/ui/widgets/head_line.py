"""The line at the head of a page, whose middle goes on below where there is no room for all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.layouts import STRETCH, column, row

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_GAP = 12


class HeadLine(QWidget):
    """One line where there is room for all of it; else ``middle`` has a line of its own below."""

    def __init__(
        self,
        before: tuple[QWidget, ...],
        middle: QWidget,
        after: tuple[QWidget, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._before, self._middle, self._after = before, middle, after
        self._line = row(*before, STRETCH, *after, gap=_GAP)
        self._below = QHBoxLayout()
        self.setLayout(column(self._line, self._below, gap=0))
        self._is_below: bool | None = None
        self._arrange(below=False)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        sides = sum(part.sizeHint().width() for part in (*self._before, *self._after) if not part.isHidden())
        return QSize(min(hint.width(), sides + 4 * current_theme().px(_GAP)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()  # a count or a word in it is another one now
        return super().event(event)

    def _fit(self) -> None:
        parts = [part for part in (*self._before, self._middle, *self._after) if not part.isHidden()]
        needed = sum(part.sizeHint().width() for part in parts) + len(parts) * current_theme().px(_GAP)
        self._arrange(below=needed > self.width())

    def _arrange(self, *, below: bool) -> None:
        if below == self._is_below:
            return
        self._is_below = below
        for layout in (self._line, self._below):
            layout.removeWidget(self._middle)
        if below:
            self._below.addWidget(self._middle)
        else:
            self._line.insertWidget(len(self._before), self._middle)
        place = len(self._before)
        self._line.setStretch(place, 1)  # the chips, or the room they left
        if not below:
            self._line.setStretch(place + 1, 0)
