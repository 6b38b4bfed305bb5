"""A window's first size: what it would like, and never more than the screen has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_FRAME = 32
"""What a title bar takes, in pixels, since the window is not framed yet."""


def resize_on_screen(window: QWidget, width: int, height: int) -> None:
    """Give a window this size, or the whole of the screen's free area where that is less."""
    free = window.screen().availableGeometry()
    window.resize(min(width, free.width()), min(height, free.height() - _FRAME))
