"""What an empty list says: what would be here, and one thing to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from collabcare.ui.theme import Token, current_theme
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_EDGE = 24


class EmptyState(QWidget):
    """An icon, a sentence and at most one button in the middle of the room.

    Signals:
        act_requested: The button was pressed.
    """

    act_requested = Signal()

    def __init__(
        self, icon_name: str, sentence: str, *, act: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sentence = PlainLabel(sentence, wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button = Button(act)
        if not act:
            self._button.hide()
        self._button.clicked.connect(self.act_requested)
        picture = IconLabel(icon_name, Token.TEXT_SECONDARY, 32)
        self.setLayout(
            column(
                STRETCH,
                row(STRETCH, picture, STRETCH),
                self._sentence,
                row(STRETCH, self._button, STRETCH),
                STRETCH,
                gap=12,
                margin=_EDGE,
            )
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def take_keyboard(self) -> None:
        """Put the keyboard on the button, if there is one."""
        (self if self._button.isHidden() else self._button).setFocus()

    def say(self, sentence: str, act: str = "") -> None:
        """Change the sentence and the button: "none yet" is not "none match"."""
        self._sentence.setText(sentence)
        self._button.setText(act)
        self._button.setVisible(bool(act))
        self._make_room()

    def _make_room(self) -> None:
        """Ask for the height of the whole sentence, however many lines that is at this width."""
        room = self.width() - 2 * current_theme().px(_EDGE)
        self._sentence.setMinimumHeight(max(self._sentence.heightForWidth(max(room, 1)), 0))
