"""A page is low on a small laptop with large text: an open form then gets the room of all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.ui.theme import current_theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_LOW = 500
_TIGHT = 720


def is_low(page: QWidget) -> bool:
    """Return whether a page has no room for a form and for everything around it."""
    return page.height() < current_theme().px(_LOW)


def is_tight(page: QWidget) -> bool:
    """Return whether a page has room for all of a form that fills it only without what stands over it."""
    return page.height() < current_theme().px(_TIGHT)
