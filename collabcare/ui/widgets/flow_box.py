"""Things side by side that go on in another line where one is too short.

A box that places its children itself, and not a QLayout of our own: of such a layout, nested in another, Qt
for Python was found to delete the items while they were still in use, which ended the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent


class FlowBox(QWidget):
    """Places widgets like words in a paragraph; each keeps its own size.

    ``gap`` is between two of a line in pixels, ``line_gap`` between two lines; left out, it is the same.
    """

    def __init__(
        self, *widgets: QWidget, gap: int, line_gap: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._gap = gap
        self._line_gap = gap if line_gap is None else line_gap
        self.parts = widgets
        for widget in widgets:
            left_out = (
                widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and widget.isHidden()
            )
            widget.setParent(self)
            widget.setVisible(not left_out)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(policy.Policy.Minimum)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """Return the size of all in one line, which is what there is room for in most places."""
        sizes = [_size(part) for part in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        least = QSize(0, 0)
        for part in self._shown():
            least = least.expandedTo(_bounded(part, 0))
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.updateGeometry()  # what changed its size while hidden did not say so

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place(self.width(), move=True)
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [part for part in self.parts if not part.isHidden()]

    def _place(self, width: int, *, move: bool) -> int:
        """Place each part, or only find out how high that makes it; return the height."""
        top = 0
        for number, line in enumerate(self._lines(width)):
            top += self._line_gap if number else 0
            high = max(size.height() for _part, size in line)
            left = 0
            for part, size in line:
                if move:
                    part.setGeometry(left, top + (high - size.height()) // 2, size.width(), size.height())
                left += size.width() + self._gap
            top += high
        return top

    def _lines(self, width: int) -> list[list[tuple[QWidget, QSize]]]:
        """Share the parts out over lines of at most ``width``; each is asked for its size once only."""
        lines: list[list[tuple[QWidget, QSize]]] = []
        left = 0
        for part in self._shown():
            size = _bounded(part, width)
            if not lines or left + size.width() > width:
                lines.append([])
                left = 0
            lines[-1].append((part, size))
            left += size.width() + self._gap
        return lines


def _bounded(part: QWidget, width: int) -> QSize:
    """Return the size a part is placed in where there is so much room; words that may be cut are cut then."""
    size, least = _size(part), part.minimumWidth()
    return QSize(min(size.width(), max(width, least)), size.height()) if least else size


def _size(part: QWidget) -> QSize:
    """Return the size a part is placed in: its hint, within what it allows."""
    return part.sizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())
