"""A whole number with a unit, such as minutes; left blank it is blank, never zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.layouts import STRETCH, row
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class DigitsEdit(LineEdit):
    """A line that takes digits only; what is pasted into it is read as a whole.

    Signals:
        refused: A letter was typed, and not taken.
    """

    refused = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        letter = typed.isprintable() and typed.strip() and not (typed.isascii() and typed.isdigit())
        if letter and not event.modifiers() & _COMMANDS:
            self.refused.emit()
            return
        super().keyPressEvent(event)


class NumberEdit(QWidget):
    """A field for a whole number between two others; why something was not taken is said at once.

    Signals:
        value_changed: The text now means something else.
    """

    value_changed = Signal()

    def __init__(
        self, name: str, least: int, most: int, *, unit: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._least, self._most = name, least, most
        self._edit = DigitsEdit(f"{name}, {unit}" if unit else name)
        self._edit.setMaximumWidth(current_theme().px(24 + 10 * len(str(most))))
        self.setFocusProxy(self._edit)
        self._why = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._why.set_tone(Tone.DANGER)
        self._why.hide()
        inside = row(self._edit, PlainLabel(unit, TextRole.SECONDARY), self._why, STRETCH)
        inside.setStretchFactor(self._why, 1)
        self.setLayout(inside)
        self._edit.textChanged.connect(self._on_text)
        self._edit.refused.connect(lambda: self._say(self._wanted()))

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
        return self._wanted()

    def said(self) -> str:
        """Return why what was typed was not taken, or is too much, as it is shown."""
        return self._why.whole_text()

    def say_problems_apart(self) -> PlainLabel:
        """Return where it is said from now on: beside a short field there is no room for it."""
        if (inside := self.layout()) is not None:
            inside.removeWidget(self._why)
        return self._why

    def _wanted(self) -> str:
        return f"{self._name}: a whole number from {self._least} to {self._most}."

    def _on_text(self, text: str) -> None:
        """Take back what was said; a number that is too high stays so whatever is typed after it."""
        digits = text.strip()
        too_much = bool(self.problem()) and not (digits.isdecimal() and int(digits) < self._least)
        self._say(self._wanted() if too_much else "")
        self.value_changed.emit()

    def _say(self, why: str) -> None:
        if why and why != self._why.whole_text():
            announce(self, why)
        self._why.setText(why)
        self._why.setVisible(bool(why) and self._why.parentWidget() is not None)
