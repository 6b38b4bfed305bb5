"""Room for a page on a screen too low for it, as with text of 200 % on a small laptop: it scrolls.

Without it a window would grow past the screen, with the buttons at the foot of its pages out of reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.in_view import bring_into_view

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_LEAST = 160
_AROUND = 24


class LowFrame(QScrollArea):
    """Shows ``inside`` at the size of the frame, or at its least height where the frame is lower than that.

    What has the keyboard is brought into view. Nothing is ever cut off at a side: the frame is as wide as
    what is in it needs.
    """

    def __init__(self, inside: QWidget, parent: QWidget | None = None, *, least: int = _LEAST) -> None:
        super().__init__(parent)
        self._least = least
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Page")
        self._inside = inside
        self.setWidget(_Holder(inside))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def minimumSizeHint(self) -> QSize:
        if not shiboken6.isValid(self._inside):  # Qt asks once more while the window is taken down
            return super().minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._inside.minimumSizeHint().width() + bar, current_theme().px(self._least))

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint() if shiboken6.isValid(self._inside) else super().sizeHint()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not shiboken6.isValid(self._inside):
            return
        if self.verticalScrollBar().maximum() and self._inside.isAncestorOf(new):
            bring_into_view(self, new, current_theme().px(_AROUND))


class _Holder(QWidget):
    """Has no layout of its own: a scrolling area would ask it for what the text in it would like."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self._inside = inside
        inside.setParent(self)

    def minimumSizeHint(self) -> QSize:
        return (
            self._inside.minimumSizeHint() if shiboken6.isValid(self._inside) else super().minimumSizeHint()
        )

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint() if shiboken6.isValid(self._inside) else super().sizeHint()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._inside.setGeometry(self.rect())
