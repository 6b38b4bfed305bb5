"""A line of text that selects itself when entered and may hold a button at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from collabcare.ui.theme import current_theme

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QFocusEvent, QMouseEvent, QResizeEvent


_COMES_BACK = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason})
"""The keyboard was lent to a list or a menu, which the line may not even have been told."""


class LineEdit(QLineEdit):
    """A line whose text is selected when the keyboard arrives, so that typing replaces it.

    A click that brings the keyboard selects it too; the next one puts the cursor where it is. A list of
    suggestions that closes, a menu or another window gives the keyboard back where it was: half a word typed
    is not selected then, or the next letter would replace it.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._end: QToolButton | None = None
        self._entered_by_click = False
        self._left_with_window = False

    def put_act_at_end(self, act: QAction) -> None:
        """Show an act as a button inside the line; Qt's own way would not grow with the text.

        It is no stop of Tab, which leads to the next field: the act needs a key of its own.
        """
        theme = current_theme()
        end = QToolButton(self)
        end.setDefaultAction(act)
        end.setIconSize(QSize(theme.px(18), theme.px(18)))
        end.setCursor(Qt.CursorShape.ArrowCursor)
        end.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTextMargins(0, 0, theme.px(24), 0)
        self._end = end
        self._place_end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        again = event.reason() == Qt.FocusReason.ActiveWindowFocusReason and self._left_with_window
        if event.reason() not in _COMES_BACK and not again:
            self.selectAll()
        self._entered_by_click = event.reason() == Qt.FocusReason.MouseFocusReason

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._left_with_window = event.reason() == Qt.FocusReason.ActiveWindowFocusReason
        super().focusOutEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._entered_by_click and not self.hasSelectedText():
            self.selectAll()
        self._entered_by_click = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_end()

    def _place_end(self) -> None:
        if self._end is None:
            return
        side = current_theme().px(24)
        self._end.setGeometry(
            self.width() - side - current_theme().px(4), (self.height() - side) // 2, side, side
        )
