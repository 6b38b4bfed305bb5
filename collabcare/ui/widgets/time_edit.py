"""A time of day typed in any usual way, shown on the 24-hour clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_time
from collabcare.domain.typed_times import read_time
from collabcare.ui.widgets.typed_edit import TypedEdit

if TYPE_CHECKING:
    from datetime import time

    from PySide6.QtWidgets import QWidget


_CLOCK = "On the 24-hour clock, such as 09:30 or 14:15"


class TimeEdit(TypedEdit):
    """Takes ``930``, ``9:30``, ``14``, ``2.15pm``."""

    def __init__(self, name: str, *, optional: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name, 82, "HH:mm", parent)
        self.edit.setToolTip(_CLOCK)
        self.edit.setAccessibleDescription(_CLOCK)
        self._name, self._optional = name, optional

    def value(self) -> time | None:
        """Return the time, or None while empty or not understood."""
        return read_time(self.text()).at

    def set_value(self, at: time | None) -> None:
        """Show a time, or an empty field."""
        self.edit.setText("" if at is None else fmt_time(at))

    def problem(self) -> str:
        """Return why the text is no time, or nothing."""
        read = read_time(self.text())
        if read.problem or read.at is not None or self._optional:
            return read.problem
        return f"{self._name}: write a time, such as 9:30."

    def understood(self) -> tuple[str, str]:
        at = self.value()
        shown = "" if at is None else fmt_time(at)
        return ("", shown) if shown == self.text() else (shown, shown)

    def says_of_itself(self) -> str:
        return _CLOCK

    def tidy(self) -> str:
        at = self.value()
        return self.text() if at is None else fmt_time(at)
