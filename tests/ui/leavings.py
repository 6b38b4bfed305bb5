"""Takes down what earlier tests left of the screens."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent


def take_down() -> None:
    """Take down every window that was put away, as the event loop would have: else it is dressed anew."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
