"""Going on from a choice made by its digit: in one way everywhere, as the digits of a questionnaire do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def lead_on(choice: QWidget) -> None:
    """Put the keyboard on what comes after ``choice``, unless whoever listened to it has done so already."""
    here = QApplication.focusWidget()
    if here is not None and choice.isAncestorOf(here):
        choice.focusNextPrevChild(True)
