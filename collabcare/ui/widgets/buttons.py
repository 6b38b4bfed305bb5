"""Buttons in four strengths, and icon buttons that always have a name."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from collabcare.ui.theme import Token, current_theme, icon
from collabcare.ui.widgets.spoken import speak_tip, speak_words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class ButtonKind(StrEnum):
    """How strongly a button asks to be pressed; at most one primary in view."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"


_ICON_TOKEN = {
    ButtonKind.PRIMARY: Token.ON_ACCENT,
    ButtonKind.SECONDARY: Token.TEXT_SECONDARY,
    ButtonKind.QUIET: Token.ACCENT,
    ButtonKind.DANGER: Token.DANGER,
}


class Button(QPushButton):
    """A button with words; Enter presses it as Space does."""

    def __init__(
        self,
        text: str,
        kind: ButtonKind = ButtonKind.SECONDARY,
        *,
        icon_name: str = "",
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind.value)
        self.setProperty("compact", compact)
        self.setAutoDefault(False)
        speak_words(self, text)
        if icon_name:
            side = current_theme().px(16)
            self.setIcon(icon(icon_name, _ICON_TOKEN[kind]))
            self.setIconSize(QSize(side, side))

    def setText(self, text: str) -> None:
        super().setText(text)
        speak_words(self, text)

    def setToolTip(self, tip: str) -> None:
        super().setToolTip(tip)
        speak_tip(self, tip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.animateClick()
            return
        super().keyPressEvent(event)


class IconButton(QToolButton):
    """A small button with a drawing; its name is spoken, and shown on the tool tip."""

    def __init__(self, name: str, icon_name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        side = current_theme().px(20)
        self.setIcon(icon(icon_name))
        self.setIconSize(QSize(side, side))
        self.setText(name)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.animateClick()
            return
        super().keyPressEvent(event)
