"""The only label: text from the record is shown as typed, never read as markup."""

from __future__ import annotations

import re
from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from collabcare.domain.display import spoken_dates
from collabcare.ui.plain_tip import plain_tip
from collabcare.ui.widgets.look import Tone, set_look
from collabcare.ui.widgets.spoken import speak_tip, speak_words

_JOINER = "\N{WORD JOINER}"
_SPACE = "\N{NO-BREAK SPACE}"
_DATE_HYPHEN = re.compile(r"(?<=\d)-(?=[A-Z][a-z]{2}-\d{4})|(?<=\d-[A-Z][a-z]{2})-(?=\d{4})")
_NHS_NUMBER = re.compile(r"\b(\d{3}) (\d{3}) (\d{4})\b")


def unbroken_dates(text: str) -> str:
    """Return ``text`` with an invisible joiner after the hyphens of dates, which keeps each on one line."""
    return _DATE_HYPHEN.sub(f"-{_JOINER}", text)


def _unbroken_numbers(text: str) -> str:
    return _NHS_NUMBER.sub(rf"\1{_SPACE}\2{_SPACE}\3", text)


class TextRole(StrEnum):
    """What a piece of text is for, which decides its size, weight and colour."""

    BODY = "body"
    SECONDARY = "secondary"
    STRONG = "strong"
    HEADING = "heading"
    TITLE = "title"
    FIGURE = "figure"


class PlainLabel(QLabel):
    """Shows plain text in one of a few roles.

    Args:
        text: What it says.
        role: What it is for.
        wrap: Break lines between words instead of growing wide.
        elide: Cut with an ellipsis where room is short; the whole text is on the tool tip.
    """

    def __init__(
        self,
        text: str = "",
        role: TextRole = TextRole.BODY,
        *,
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role.value)
        self.setWordWrap(wrap)
        self._whole = ""
        self._elide = elide
        self._as_typed = True
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            self.setMinimumWidth(1)
        self.setText(text)

    def set_tone(self, tone: Tone) -> None:
        """Colour the text by meaning; an icon or a word beside it says the same."""
        set_look(self, "tone", tone.value)

    def set_role(self, role: TextRole) -> None:
        """Change what the text is for."""
        set_look(self, "role", role.value)

    def make_copyable(self, *, as_typed: bool = True) -> None:
        """Let the text be selected and copied; what nobody typed may keep its dates on one line."""
        self._as_typed = as_typed
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fit()

    def whole_text(self) -> str:
        """Return the text without any ellipsis."""
        return self._whole

    def text(self) -> str:
        return super().text().replace(_JOINER, "").replace(_SPACE, " ")

    def setText(self, text: str) -> None:
        self._whole = text
        self._fit()
        if not self._elide:
            speak_words(self, text)

    def setToolTip(self, tip: str) -> None:
        super().setToolTip(tip)
        speak_tip(self, tip)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elide:
            self._fit()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._elide:
            hint.setWidth(self.fontMetrics().horizontalAdvance(self._whole) + 2 * self.margin() + 2)
        return hint

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and not self.hasSelectedText():
            QGuiApplication.clipboard().setText(self._whole)
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        shown = self._whole
        if self._elide:
            room = self.contentsRect().width() - 1
            shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
            self.setToolTip("" if shown == self._whole else plain_tip(self._whole))
            self.setAccessibleName(spoken_dates(self._whole))
        elif self.wordWrap() and not (
            self._is_copyable() and self._as_typed
        ):  # typed text is copied as it is
            shown = _unbroken_numbers(unbroken_dates(shown))
        self._show(shown)

    def _show(self, shown: str) -> None:
        super().setText(shown)

    def _is_copyable(self) -> bool:
        return bool(self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse)
