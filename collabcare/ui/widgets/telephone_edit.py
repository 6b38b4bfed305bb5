"""A line for a telephone number of somebody, or of a practice."""

from __future__ import annotations

from collabcare.domain.telephones import telephone_doubt, telephone_problem
from collabcare.ui.widgets.line_edit import LineEdit


class TelephoneEdit(LineEdit):
    """A line whose form refuses letters in it, and asks about too few digits before they are kept."""

    def problem(self) -> str:
        """Return why the text cannot be a telephone number, or nothing; empty is acceptable."""
        return telephone_problem(self.text())

    def doubt(self) -> str:
        """Return what to ask about the number, or nothing."""
        return telephone_doubt(self.text())
