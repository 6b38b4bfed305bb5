"""Two parts of a form side by side where there is room, else one under the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from collabcare.ui.theme import current_theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_APART = 16


class TwoSides(QWidget):
    """Shows both parts beside each other from a width on; a part that is hidden leaves its room.

    Args:
        left: The part that stands first.
        right: The part that stands beside it, or under it.
        room: The least width for both beside each other, in pixels at 100 %.
        shares: How they share the width.

    Signals:
        parted: Whether the parts stand beside each other now.
    """

    parted = Signal(bool)

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        *,
        room: int = 700,
        shares: tuple[int, int] = (1, 1),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._room, self._parts = room, (left, right)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(current_theme().px(8))
        for part, share in zip(self._parts, shares, strict=True):
            self._box.addWidget(part, share)

    @property
    def beside(self) -> bool:
        """Whether the parts stand beside each other now."""
        return self._box.direction() is QBoxLayout.Direction.LeftToRight

    def minimumSizeHint(self) -> QSize:
        # Beside each other they would ask for the sum of both widths, which kept them from ever parting.
        hint = super().minimumSizeHint()
        return QSize(max(part.minimumSizeHint().width() for part in self._parts), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = current_theme()
        beside = event.size().width() >= theme.px(self._room)
        if beside != self.beside:
            way = QBoxLayout.Direction
            self._box.setDirection(way.LeftToRight if beside else way.TopToBottom)
            self._box.setSpacing(theme.px(_APART if beside else 8))
            self.updateGeometry()
            self.parted.emit(beside)
