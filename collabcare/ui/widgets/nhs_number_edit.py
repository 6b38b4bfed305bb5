"""A field for an NHS number: any pasted form is accepted, shown 3-3-4 while typing, checked in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from collabcare.domain.nhs_number import LENGTH, fault_in_nhs_number, parse_nhs_number
from collabcare.ui.widgets.typed_edit import TypedEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_SEPARATORS = re.compile(r"[\s\-–—.,/·]+")


class NhsNumberEdit(TypedEdit):
    """Ten digits as ``943 476 5919``; an empty field is acceptable and means not known."""

    def __init__(self, name: str = "NHS number", parent: QWidget | None = None) -> None:
        super().__init__(name, 132, "943 476 5919", parent)
        self.edit.textEdited.connect(self._on_edited)

    def value(self) -> str | None:
        """Return the ten digits, or None while empty or not valid."""
        text = self.text()
        return None if not text.strip() or fault_in_nhs_number(text) else parse_nhs_number(text)

    def set_value(self, digits: str | None) -> None:
        """Show a number, or an empty field."""
        self.edit.setText(_grouped(digits or ""))

    def problem(self) -> str:
        """Return why the text is no NHS number, or nothing; empty is acceptable."""
        return (fault_in_nhs_number(self.text()) or "") if self.text().strip() else ""

    def understood(self) -> tuple[str, str]:
        return ("Valid", "Valid NHS number") if self.value() else ("", "")

    def tidy(self) -> str:
        return _grouped(self.text())

    def _on_edited(self, text: str) -> None:
        """Regroup while typing, keeping the cursor after the same digit."""
        grouped = _grouped(text)
        if grouped == text:
            return
        before = len(_SEPARATORS.sub("", text[: self.edit.cursorPosition()]))
        self.edit.setText(grouped)
        position = 0
        while before and position < len(grouped):
            before -= grouped[position] != " "
            position += 1
        self.edit.setCursorPosition(position)


def _grouped(text: str) -> str:
    """Write up to ten digits 3-3-4; anything else stays as typed, so that the reason can be said."""
    digits = _SEPARATORS.sub("", text)
    if not digits.isdigit() or len(digits) > LENGTH:
        return text
    return " ".join(part for part in (digits[:3], digits[3:6], digits[6:]) if part)
