"""A whole number with a unit, such as minutes; left blank it is blank, never zero."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.layouts import STRETCH, row
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole


class NumberEdit(QWidget):
    """A field for a whole number between two others.

    Signals:
        value_changed: The text now means something else.
    """

    value_changed = Signal()

    def __init__(
        self, name: str, least: int, most: int, *, unit: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._least, self._most = name, least, most
        self._edit = LineEdit(f"{name}, {unit}" if unit else name)
        self._edit.setMaximumWidth(current_theme().px(24 + 10 * len(str(most))))
        self.setFocusProxy(self._edit)
        self.setLayout(row(self._edit, PlainLabel(unit, TextRole.SECONDARY), STRETCH))
        self._edit.textChanged.connect(self.value_changed)

    def value(self) -> int | None:
        """Return the number, or None while blank or not acceptable."""
        text = self._edit.text().strip()
        return int(text) if text and not self.problem() else None

    def set_value(self, value: int | None) -> None:
        """Show a number, or leave the field blank."""
        self._edit.setText("" if value is None else str(value))

    def problem(self) -> str:
        """Return why the text is not acceptable, or nothing; blank is acceptable."""
        text = self._edit.text().strip()
        fits = text.isascii() and text.isdigit() and len(text) <= len(str(self._most))
        if not text or (fits and self._least <= int(text) <= self._most):
            return ""
        return f"{self._name}: a whole number from {self._least} to {self._most}."
