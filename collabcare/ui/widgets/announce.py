"""Says something to a screen reader without moving the focus: a save, a refusal, a running total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtGui  # not its names: making those of accessibility takes longer than painting a window

from collabcare.domain.display import spoken_dates

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Have assistive technology read ``text`` out on behalf of ``widget``; silent when none is running."""
    if text and QtGui.QAccessible.isActive():
        QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(widget, spoken_dates(text)))
