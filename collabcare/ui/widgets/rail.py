"""The rail on the left: the places of the application, with counts of what waits for me there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from collabcare.ui.theme import TextSize, Token, current_theme, draw_icon
from collabcare.ui.widgets.layouts import STRETCH, column

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDE, _NARROW = 184, 56


@dataclass(frozen=True, slots=True)
class RailItem:
    """A place: its id, its name and its drawing."""

    id: str
    text: str
    icon: str


class RailButton(QPushButton):
    """One place on the rail: drawing, name, and a count at the end."""

    def __init__(self, item: RailItem, parent: QWidget) -> None:
        super().__init__(parent)
        self._item, self._count, self._compact = item, 0, False
        self.setAutoDefault(False)
        self.setCheckable(True)
        self._say_name()

    def set_count(self, count: int) -> None:
        """Show how much waits there; zero shows nothing."""
        self._count = count
        self._say_name()
        self.update()

    def set_compact(self, *, compact: bool) -> None:
        """Show the drawing alone, or with its name."""
        self._compact = compact
        self.setToolTip(self._item.text if compact else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(_NARROW - 16), current_theme().px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current_theme()
        on = self.isChecked()
        token = Token.ON_ACCENT if on else Token.SELECTION_TEXT if self.underMouse() else Token.TEXT
        side, gap = theme.px(20), theme.px(10)
        middle = (self.height() - side) // 2
        painter = QPainter(self)
        left = (self.width() - side) // 2 if self._compact else gap
        draw_icon(painter, self._item.icon, token, QRect(left, middle, side, side).topLeft(), side)
        painter.setPen(theme.colour(token))
        painter.setFont(theme.font(bold=on))
        rest = self.rect().adjusted(gap + side + gap, 0, -gap, 0)
        if not self._compact:
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self._item.text)
        self._paint_count(painter, on=on)
        painter.end()

    def _paint_count(self, painter: QPainter, *, on: bool) -> None:
        if not self._count:
            return
        theme = current_theme()
        words = f"{self._count:,}"
        font = theme.font(TextSize.SECONDARY, bold=True)
        if self._compact:
            font.setPixelSize(theme.px(11))
        painter.setFont(font)
        height = theme.px(15 if self._compact else 20)
        width = max(painter.fontMetrics().horizontalAdvance(words) + height // 2, height)
        top = 0 if self._compact else (self.height() - height) // 2
        pill = QRect(self.width() - width - (0 if self._compact else theme.px(8)), top, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        strong = self._compact and not on
        painter.setBrush(
            theme.colour(Token.ACCENT if strong else Token.ON_ACCENT if on else Token.ACCENT_SURFACE)
        )
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(theme.colour(Token.ON_ACCENT if strong else Token.ACCENT))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)

    def _say_name(self) -> None:
        self.setAccessibleName(f"{self._item.text}, {self._count:,}" if self._count else self._item.text)


class Rail(QFrame):
    """The list of places; exactly one is where the user is.

    Signals:
        chosen: The id of the place the user went to.
        act_requested: The id of an act at the foot of the rail.
    """

    chosen = Signal(str)
    act_requested = Signal(str)

    def __init__(
        self, items: Sequence[RailItem], acts: Sequence[RailItem] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Places")
        self._places = {item.id: RailButton(item, self) for item in items}
        self._acts = {item.id: RailButton(item, self) for item in acts}
        self._group = QButtonGroup(self)
        for id_, button in self._places.items():
            self._group.addButton(button)
            button.clicked.connect(lambda _on, chosen=id_: self.chosen.emit(chosen))
        for id_, button in self._acts.items():
            button.setCheckable(False)
            button.clicked.connect(lambda _on, asked=id_: self.act_requested.emit(asked))
        self.setLayout(column(*self._places.values(), STRETCH, *self._acts.values(), gap=2, margin=8))
        self.set_compact(compact=False)

    def set_current(self, id: str) -> None:
        """Mark where the user is, without telling anybody."""
        self._places[id].setChecked(True)

    def set_count(self, id: str, count: int) -> None:
        """Show how much waits for me in a place."""
        self._places[id].set_count(count)

    def set_compact(self, *, compact: bool) -> None:
        """Collapse to drawings, or show the names."""
        self.setFixedWidth(current_theme().px(_NARROW if compact else _WIDE))
        for button in (*self._places.values(), *self._acts.values()):
            button.set_compact(compact=compact)
