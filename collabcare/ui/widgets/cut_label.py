"""Words cut to a few lines where room is short, which unfold under a click, Space or Enter.

What is cut is never lost: all of it is the name a screen reader reads, and is on the tool tip.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QTextLayout, QTextOption

from collabcare.domain.display import spoken_dates
from collabcare.ui.plain_tip import plain_tip
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole, unbroken_dates

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

_MORE = "… more"
_LEFT_OUT = " .,;:"
_LEAST_WIDTH = 80
_UNFOLDS = "Cut short on the screen; Space shows all of it"
_FOLDS = "Space cuts it short again"
_KEYS = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CutLabel(PlainLabel):
    """Shows at most so many lines; a Tab stop only while there is more to show.

    Args:
        lines: The most lines that are shown folded.
        role: What the text is for.
    """

    def __init__(
        self, lines: int = 2, role: TextRole = TextRole.SECONDARY, parent: QWidget | None = None
    ) -> None:
        self._lines, self._short, self._open = lines, "", False
        super().__init__(role=role, wrap=True, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    @property
    def is_cut(self) -> bool:
        """Whether there is more than the lines show."""
        return self._count(self._whole, self._room()) > self._lines

    @property
    def is_open(self) -> bool:
        """Whether all of it is shown though it is more than the lines."""
        return self._open

    def say(self, text: str, short: str = "") -> None:
        """Show a text, folded; where it is too long, ``short`` stands in its place, itself cut at need."""
        if (text, short) == (self._whole, self._short):
            return
        self._open, self._short = False, short
        self.setText(text)
        self.setAccessibleName(spoken_dates(text))
        self.updateGeometry()

    def unfold(self) -> None:
        """Show all of it, or cut it short again."""
        if self._open or self.is_cut:
            self._open = not self._open
            self._fit()
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = width - self._beside()
        return self._high(self._count(self._whole if self._open else self._folded(room), room))

    def sizeHint(self) -> QSize:
        least = self.minimumSizeHint()
        return QSize(max(least.width(), self.fontMetrics().averageCharWidth() * 48), least.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(_LEAST_WIDTH, self.fontMetrics().horizontalAdvance(self._whole)), self._high(1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.unfold()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.unfold()
            return
        super().mouseReleaseEvent(event)

    def _fit(self) -> None:
        cut = self.is_cut
        self._open = self._open and cut
        shown = unbroken_dates(self._whole if self._open else self._folded(self._room()))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if cut else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if cut else Qt.CursorShape.ArrowCursor)
        self.setToolTip(plain_tip(self._whole) if cut and not self._open else "")
        self.setAccessibleDescription((_FOLDS if self._open else _UNFOLDS) if cut else "")
        self._show(shown)

    def _folded(self, room: int) -> str:
        """Return what is shown folded: all of it, or as many whole words as the lines hold."""
        if self._count(self._whole, room) <= self._lines:
            return self._whole
        text = self._short or self._whole
        whole = f"{text.rstrip(_LEFT_OUT)}{_MORE}"
        if self._count(whole, room) <= self._lines:
            return whole
        ends = [at for at, letter in enumerate(text) if letter == " "]
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high + 1) // 2
            if self._count(f"{text[: ends[middle - 1]]}{_MORE}", room) <= self._lines:
                low = middle
            else:
                high = middle - 1
        return f"{text[: ends[low - 1]].rstrip(_LEFT_OUT) if low else ''}{_MORE}"

    def _count(self, text: str, width: int) -> int:
        """Return how many lines a text takes in so many pixels."""
        layout = QTextLayout(unbroken_dates(text), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        lines = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(QPoint(0, 0)))
            lines += 1
        layout.endLayout()
        return lines

    def _room(self) -> int:
        return self.contentsRect().width()

    def _beside(self) -> int:
        return self.width() - self._room()

    def _high(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + self.height() - self.contentsRect().height()
