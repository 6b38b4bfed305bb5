"""The mark on whatever has the keyboard: a yellow band with a thick dark edge, seen on any background.

A style sheet can give a focused control one border colour; neither yellow nor dark alone is visible on both
our light and dark surfaces. So one overlay, following the focus, draws both around the control.
"""

from __future__ import annotations

from weakref import ref

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from collabcare.ui.theme.current import current_theme
from collabcare.ui.theme.tokens import Token

_INSTALLED = "focus_ring"
_REACH = 3.0  # how far the ring stands out from the control, in pixels at 100 %
_INSIDE = 2.0  # how far its dark edge covers the control's own border
_MOVES = frozenset(
    {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange}
)


class FocusRing(QWidget):
    """The overlay; lies over the control's surroundings and lets the mouse through."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Focus")
        self._inside = 0

    def surround(self, control: QWidget, host: QWidget) -> None:
        """Draw around ``control`` and stay inside ``host``, which holds it."""
        if self.parentWidget() is not host:
            self.setParent(host)
        place = QRect(control.mapTo(host, QPoint(0, 0)), control.size())
        theme = current_theme()
        reach, inside = theme.px(_REACH), theme.px(_REACH + _INSIDE)
        outer = place.adjusted(-reach, -reach, reach, reach) & host.rect()
        if self.isVisible() and outer == self.geometry() and inside == self._inside:
            self.raise_()  # something may have been put over it
            return
        self._inside = inside
        self.setGeometry(outer)
        own = QRect(QPoint(0, 0), outer.size())
        # Only the frame is ours: a hole in the middle keeps a table under it scrolling at full speed.
        self.setMask(QRegion(own) - QRegion(own.adjusted(inside, inside, -inside, -inside)))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        band = theme.px(2)
        radius = theme.px(theme.sizes.radius)
        for token, offset in ((Token.FOCUS, band / 2), (Token.FOCUS_EDGE, band * 1.5)):
            painter.setPen(QPen(theme.colour(token), band))
            line = QRectF(self.rect()).adjusted(offset, offset, -offset, -offset)
            painter.drawRoundedRect(line, radius + band - offset / 2, radius + band - offset / 2)
        painter.end()


class _FocusFollower(QObject):
    """Keeps the ring on the control that has the keyboard while it moves, scrolls, hides or dies.

    It holds what it watches weakly: a dialog must not outlive its answer because it once had the keyboard.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: FocusRing | None = None
        self._watched: list[ref[QWidget]] = []  # the control first, then what holds it, the host last
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._alive():
            widget.removeEventFilter(self)
        chain = [new, *_up_to_host(new)] if new is not None and _wants_ring(new) else []
        for widget in chain:
            widget.installEventFilter(self)
        self._watched = [ref(widget) for widget in chain]
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        chain = self._alive()
        ring = self._ring if self._ring is not None and shiboken6.isValid(self._ring) else None
        if not chain or len(chain) < len(self._watched) or not chain[0].isVisible():
            if ring is not None:
                ring.hide()
            return
        self._ring = ring or FocusRing(chain[-1])
        self._ring.surround(chain[0], chain[-1])

    def _alive(self) -> list[QWidget]:
        widgets = [watched() for watched in self._watched]
        return [widget for widget in widgets if widget is not None and shiboken6.isValid(widget)]


def install_focus_ring(app: QApplication) -> None:
    """Give the application its focus ring, once."""
    # A property, not a search among the application's children: the style is one of them, and a Python object
    # for it makes PySide load everything about styles before the first paint.
    if not app.property(_INSTALLED):
        app.setProperty(_INSTALLED, True)
        _FocusFollower(app)


def _wants_ring(widget: QWidget) -> bool:
    floating = widget.window().windowType() in {Qt.WindowType.Popup, Qt.WindowType.ToolTip}
    return not floating and not widget.isWindow()


def _up_to_host(widget: QWidget) -> list[QWidget]:
    """Return what holds ``widget``, up to what the ring is laid over.

    That is the window or, in a scrolled area, its inside, whose edge then clips the ring.
    """
    chain: list[QWidget] = []
    above = widget.parentWidget()
    while above is not None:
        chain.append(above)
        outer = above.parentWidget()
        if above.isWindow() or (isinstance(outer, QAbstractScrollArea) and outer.viewport() is above):
            break
        above = outer
    return chain
