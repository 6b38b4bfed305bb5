"""Why a letter to the GP says nothing about safety, although the record does: asked under its empty part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.documents.composed import FindingLevel
from collabcare.domain.letter_safety import SAFETY_PART
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.note_edit import NoteEdit

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from collabcare.documents.composed import Finding

WHY = "why_no_safety"
"""By what a draft of the letter keeps it: it is no part of the letter."""


class WhyNoSafety(QWidget):
    """Shown while the part about safety is empty and a safety answer is on record; kept, and not printed.

    Signals:
        changed: Another reason is given now.
    """

    changed = Signal()

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = NoteEdit("Why nothing is said about safety", lines=2)
        self.box.setObjectName("letter_why_no_safety")
        self.box.setPlainText(text)
        self.box.textChanged.connect(self.changed)
        hint = "In a few words. Kept in the record and not printed."
        self.setLayout(column(Field("Wh&y nothing is said about safety", self.box, hint=hint)))
        self.hide()

    def text(self) -> str:
        """Return the reason given."""
        return self.box.text()

    def offer(self, written: Collection[str], findings: Sequence[Finding]) -> None:
        """Ask for it where the letter in view is silent about safety and goes with a reason only."""
        found = [each for each in findings if each.part == SAFETY_PART] if SAFETY_PART not in written else []
        held = any(each.level is FindingLevel.BLOCKS for each in found)
        self.setVisible(held or (bool(found) and bool(self.text())))
