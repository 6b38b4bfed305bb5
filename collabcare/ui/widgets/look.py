"""What a part is made to look like, said in words the style sheet reads as properties."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.ui.theme import Token

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Tone(StrEnum):
    """The meaning of a colour; it always comes with an icon and a word, never alone."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    GOOD = "good"
    ATTENTION = "attention"
    DANGER = "danger"


TONE_TOKEN = {
    Tone.NEUTRAL: Token.TEXT_SECONDARY,
    Tone.ACCENT: Token.ACCENT,
    Tone.GOOD: Token.GOOD,
    Tone.ATTENTION: Token.ATTENTION,
    Tone.DANGER: Token.DANGER,
}


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet selects by, and have the widget drawn by the rules that now match."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # the style sheet has not looked at it yet, and will
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
