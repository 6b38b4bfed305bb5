"""Quick ways to the parts of a long form: a button to each, Alt and its number from anywhere in the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.flow_box import FlowBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class SectionJump(FlowBox):
    """A line of buttons; each puts the keyboard into the first field of its part."""

    def __init__(self, parts: Sequence[tuple[str, QWidget]], parent: QWidget | None = None) -> None:
        self.buttons = [_jump(number, words, to) for number, (words, to) in enumerate(parts, start=1)]
        super().__init__(*self.buttons, gap=current_theme().px(4), parent=parent)
        self.setAccessibleName("Parts of this form")


def _jump(number: int, words: str, to: QWidget) -> Button:
    button = Button(f"&{number}  {words}", ButtonKind.QUIET, compact=True)
    button.setAccessibleName(words)
    button.setToolTip(f"Go to “{words}” (Alt+{number})")
    button.clicked.connect(to.setFocus)
    return button
