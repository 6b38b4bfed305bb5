"""Icons drawn from ``resources/icons``: one stroke colour each, taken from the theme when painted.

An icon made once keeps up with a change of theme by itself, and is sharp at any screen scale, because
its engine renders the drawing for the pixels asked for.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from collabcare.paths import resources_dir
from collabcare.ui.theme.current import current_theme
from collabcare.ui.theme.tokens import Token

PLACEHOLDER = "#000000"
"""The stroke colour in the files, replaced by a token's colour."""


@cache
def _drawing(name: str) -> str:
    return (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def tinted_svg(name: str, colour: str) -> bytes:
    """Return the drawing of an icon with its strokes in ``colour``."""
    return _drawing(name).replace(PLACEHOLDER, colour).encode()


@cache
def _rendered(name: str, colour: str, size: QSize) -> QPixmap:
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    side = min(size.width(), size.height())
    square = QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(tinted_svg(name, colour))).render(painter, square)
    painter.end()
    return pixmap


class _TintedEngine(QIconEngine):
    """Paints one drawing in the colour its token has at that moment."""

    def __init__(self, name: str, token: Token) -> None:
        super().__init__()
        self._name, self._token = name, token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        scale = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, scale))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        token = Token.TEXT_DISABLED if mode is QIcon.Mode.Disabled else self._token
        return _at_scale(self._name, token, size, scale)

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name, self._token)


@cache
def icon(name: str, token: Token = Token.TEXT_SECONDARY) -> QIcon:
    """Return the icon ``resources/icons/<name>.svg`` in the colour of ``token``, greyed when disabled."""
    _drawing(name)  # a missing drawing is found here, not while painting
    return QIcon(_TintedEngine(name, token))


def draw_icon(painter: QPainter, name: str, token: Token, at: QPoint, side: int) -> None:
    """Paint an icon, ``side`` pixels wide, with its top left corner ``at``: for delegates and charts."""
    size = QSize(side, side)
    painter.drawPixmap(QRect(at, size), _at_scale(name, token, size, painter.device().devicePixelRatio()))


def pixmap(name: str, token: Token, side: int, device_scale: float = 1.0) -> QPixmap:
    """Return an icon as a picture ``side`` pixels wide on a screen of ``device_scale``."""
    return _at_scale(name, token, QSize(side, side), device_scale)


def _at_scale(name: str, token: Token, size: QSize, device_scale: float) -> QPixmap:
    rendered = QPixmap(_rendered(name, current_theme().colours[token], size * device_scale))
    rendered.setDevicePixelRatio(device_scale)
    return rendered
