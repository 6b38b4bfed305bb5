"""Words with dots at their end where room is short; a date or a number is whole or not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics

_FIGURES = re.compile(r"\S*\d\S*(?: \d\S*)*")
"""A word with a digit in it, and those that go on with digits: a date, an amount, an NHS number."""


def shortened(metrics: QFontMetrics, text: str, width: int) -> str:
    """Return what of ``text`` there is room for in ``width`` pixels."""
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    if shown == text:
        return text
    end = len(shown) - 1
    for figures in _FIGURES.finditer(text):
        if figures.start() < end < figures.end():
            end = figures.start()
    return f"{text[:end].rstrip(' ,;')}…"
