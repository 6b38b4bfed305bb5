"""A field for prose: plain text only, grows with what is written, and lets Tab leave."""

from __future__ import annotations

from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from collabcare.ui.theme import current_theme

_MOST_LINES = 14


class NoteEdit(QPlainTextEdit):
    """Prose of any length, shown from ``lines`` lines high and growing as it is typed."""

    def __init__(
        self, name: str, *, placeholder: str = "", lines: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def text(self) -> str:
        """Return what was written, without blank ends."""
        return self.toPlainText().strip()

    def _grow(self) -> None:
        # A plain text document measures its height in lines.
        lines = min(max(round(self.document().size().height()), self._lines), _MOST_LINES)
        around = 2 * self.document().documentMargin() + current_theme().px(12)
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing() + around))
