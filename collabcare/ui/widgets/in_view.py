"""Scrolling to a part of a page so that all of it is seen, a field for prose with all of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPlainTextEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollArea, QWidget

_AROUND = 50


def bring_into_view(area: QScrollArea, part: QWidget, around: int = _AROUND) -> None:
    """Scroll to ``part``, with ``around`` pixels above and below it where there is room for them.

    Of a field for prose Qt would show the line with the cursor only; that is all there is room for where the
    field is higher than the area.
    """
    inside, room = area.widget(), area.viewport().height()
    if inside is None or not isinstance(part, QPlainTextEdit) or part.height() > room:
        area.ensureWidgetVisible(part, 0, around)
        return
    spare = min(around, (room - part.height()) // 2)
    top = part.mapTo(inside, QPoint(0, 0)).y() - spare
    bottom = top + part.height() + 2 * spare
    bar = area.verticalScrollBar()
    bar.setValue(min(max(bar.value(), bottom - room), top))
