"""Moving the keyboard between the parts of a window with F6."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from collabcare.ui.forms.tab_order import stops_in

if TYPE_CHECKING:
    from collections.abc import Sequence

_REASON = Qt.FocusReason.ShortcutFocusReason


def move_to_pane(panes: Sequence[QWidget], step: int) -> None:
    """Give the keyboard to the part ``step`` further on, leaving out those that cannot take it."""
    shown = [pane for pane in panes if pane.isVisible() and first_stop(pane) is not None]
    focus = QApplication.focusWidget()
    here = next((n for n, pane in enumerate(shown) if focus is not None and _holds(pane, focus)), None)
    if not shown:
        return
    there = 0 if here is None else (here + step) % len(shown)
    stop = first_stop(shown[there])
    if stop is not None:
        stop.setFocus(_REASON)


def first_stop(pane: QWidget) -> QWidget | None:
    """Return the first part of ``pane`` that Tab reaches, which may be the pane itself."""
    return next((stop for stop in stops_in(pane) if stop.isEnabled() and stop.isVisible()), None)


def enter(page: QWidget) -> None:
    """Give the keyboard to the first part of a page that takes it, unless it is in the page already."""
    focus = QApplication.focusWidget()
    if focus is None or not page.isAncestorOf(focus):
        (first_stop(page) or page).setFocus()


def take_back(part: QWidget | None) -> bool:
    """Give the keyboard back to a part that had it, and return whether it is still there to take it."""
    if part is None or not isValid(part) or not part.isVisible() or not part.isEnabled():
        return False
    part.setFocus(_REASON)
    return True


def take_search_box(page: QWidget) -> bool:
    """Give the keyboard to the search box of a page, and return whether it has one in view."""
    box = getattr(page, "search", None)
    if not isinstance(box, QLineEdit) or not box.isVisible():
        return False
    box.setFocus(_REASON)
    box.selectAll()
    return True


def _holds(pane: QWidget, part: QWidget) -> bool:
    return part is pane or pane.isAncestorOf(part)
