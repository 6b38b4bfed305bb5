"""The height a widget needs at its width.

Qt takes what wrapped text needs for the least height of everything around it, scrolling areas included, and
would let a window grow past the screen. A widget that scrolls inside asks for its height in its hint instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def height_needed(widget: QWidget) -> int:
    """Return how high the layout of ``widget`` wants to be at the width it has."""
    layout = widget.layout()
    if layout is None:
        return 0
    if not layout.hasHeightForWidth():
        return layout.totalSizeHint().height()
    return layout.totalHeightForWidth(max(widget.width(), layout.totalMinimumSize().width()))
