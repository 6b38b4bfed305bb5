"""Ctrl+Z: what was done last on the page on show is taken back, or it is said why no key does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.ui.views.patient_view import PatientView
from collabcare.ui.views.undoing import UndoBar
from collabcare.ui.views.way_back import NOTHING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def undo_last(page: QWidget) -> str:
    """Take back what was done last; return what is to be said at the foot, nothing where it is said here."""
    last = page.composer.last_act if isinstance(page, PatientView) else None
    bar = page.findChild(UndoBar)
    if last is not None and last.can_undo:
        last.undo()
    elif bar is not None and bar.can_undo():
        bar.undo()
    elif isinstance(page, PatientView) and page.composer.last_act.why_not != NOTHING:
        page.composer.message.show_info(page.composer.last_act.why_not)  # where what was saved is said
    else:
        return NOTHING
    return ""
