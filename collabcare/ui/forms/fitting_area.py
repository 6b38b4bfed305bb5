"""A scrolling area as high as what is in it where there is room, which follows the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.in_view import bring_into_view

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QLayout

_LEAST = 72
_IN_VIEW = 24
_FOLLOWED = "fitting_areas_follow"
RING = 4
"""Room around the fields for the focus ring, which a scrolling area would cut; in pixels at 100 %."""


class FittingArea(QScrollArea):
    """Shows a form's fields; asks for their height, scrolls when it gets less, and follows the focus.

    ``least`` is the height it makes do with, in pixels at 100 %.
    """

    def __init__(self, contents: QLayout, parent: QWidget | None = None, *, least: int = _LEAST) -> None:
        super().__init__(parent)
        self._least = least
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        edge = current_theme().px(RING)
        contents.setContentsMargins(edge, edge, edge, edge)
        self._contents = contents
        self._holder = QWidget()
        self._holder.setObjectName("scrolled")
        self._holder.setLayout(contents)
        self.setWidget(self._holder)
        self._holder.installEventFilter(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.show_focused)
        _follow_keyboard()

    def show_focused(self) -> None:
        """Bring whatever has the keyboard in here into view."""
        focused = QApplication.focusWidget()
        if focused is not None and self._holder.isAncestorOf(focused):
            bring_into_view(self, focused, current_theme().px(_IN_VIEW))

    def sizeHint(self) -> QSize:
        width = self.viewport().width()
        height = self._contents.totalHeightForWidth(width) if self._contents.hasHeightForWidth() else 0
        least = self._contents.totalMinimumSize()
        return QSize(least.width(), max(height, least.height()))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(hint.width(), min(hint.height(), current_theme().px(self._least)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
        self.verticalScrollBar().setValue(0)
        self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._holder:
            if event.type() == QEvent.Type.LayoutRequest:
                self.updateGeometry()
            elif event.type() == QEvent.Type.Resize:
                self._soon.start()  # once what is in it has its new places
        return False


class _Follower(QObject):
    """Has every area the keyboard comes into show where it is, the innermost first.

    One for all: an area that listened to each of its fields was told of everything that happened to them.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        above = new
        while above is not None and not above.isWindow():
            above = above.parentWidget()
            if isinstance(above, FittingArea):
                above.show_focused()


def _follow_keyboard() -> None:
    """Follow the keyboard from now on, once for the application."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and not app.property(_FOLLOWED):
        app.setProperty(_FOLLOWED, True)
        _Follower(app)
