"""The story of one episode as a picture: painted from the drawing that the PDF shows too, read mark by mark.

Left and Right go from mark to mark in order of time, Home and End to the first and last; the mouse reads what
is under it. Enter, or clicking twice, asks for the mark's entry in the story.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from collabcare.domain.display import unbroken_dates
from collabcare.domain.story_drawing import draw_story, has_captions, nearest, story_frame
from collabcare.domain.story_glyphs import GLYPH_HEIGHT, GLYPH_WIDTH, glyph
from collabcare.domain.story_marks import StoryKind
from collabcare.ui.theme import TextSize, Token, current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.reading_cursor import moved
from collabcare.ui.widgets.shape_painter import paint_shapes, screen_pens

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from collabcare.domain.story_chart import StoryChart
    from collabcare.domain.story_drawing import StoryDrawing
    from collabcare.domain.story_marks import StoryMark

_HOW = "Left and Right arrows read each mark, Enter shows it in the story."
_OPENING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_NEAR = 14
_HEIGHT = 200
_LEAST_WIDTH = 150
_EDGE = 6
"""Around the drawing, for the ring that shows the keyboard."""


class StoryChartView(QWidget):
    """Paints a :class:`StoryChart` and reads its marks out one by one.

    Signals:
        mark_read: What the mark under the cursor says.
        mark_opened: The mark the user pressed Enter on, or clicked twice.
    """

    mark_read = Signal(str)
    mark_opened = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: StoryChart | None = None
        self._drawn: StoryDrawing | None = None
        self._at: int | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_scene(self, scene: StoryChart) -> None:
        """Show another story, or more of the same one: the cursor stays on its mark where that is left."""
        kept = self.current_mark()
        self._scene, self._drawn = scene, None
        self._at = next((n for n, mark in enumerate(scene.marks) if mark == kept), None)
        self.setAccessibleDescription(f"{scene.said} {_HOW}")
        self.updateGeometry()
        self.update()

    def current_mark(self) -> StoryMark | None:
        """Return the mark under the keyboard cursor or the mouse."""
        if self._scene is None or self._at is None:
            return None
        return self._scene.marks[self._at]

    def drawing(self) -> StoryDrawing | None:
        """Return the drawing as it is painted now inside its edge, None while there is nothing to paint."""
        if self._drawn is None and self._scene is not None:
            edges = 2 * current_theme().px(_EDGE)
            size = self.width() - edges, self.height() - edges
            self._drawn = draw_story(self._scene, screen_pens(), *size)
        return self._drawn

    def names_its_lines(self) -> bool:
        """Return whether there is room for the names of the lines before them."""
        return has_captions(screen_pens(), self.width() - 2 * current_theme().px(_EDGE))

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(520), max(theme.px(_HEIGHT), self.minimumSizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        width, edges = current_theme().px(_LEAST_WIDTH), 2 * current_theme().px(_EDGE)
        if self._scene is None:
            return QSize(width, 0)
        needed = story_frame(self._scene, screen_pens(), max(self.width(), width) - edges)
        return QSize(width, int(needed.height) + edges + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        to = moved(event.key(), self._at, len(self._scene.marks) if self._scene else 0)
        mark = self.current_mark()
        if mark is not None and event.key() in _OPENING:
            self.mark_opened.emit(mark)
        elif to is None:
            super().keyPressEvent(event)
        else:
            self._read(to)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point_at(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drawing = self.drawing()
        if self._scene is None or drawing is None:
            return
        edge = current_theme().px(_EDGE)
        found = nearest(drawing, event.position().x() - edge, event.position().y() - edge)
        if found is not None and found[1] <= current_theme().px(_NEAR):
            if found[0] != self._at:
                self._read(found[0])
        elif not self.hasFocus():
            self._point_at(None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if (mark := self.current_mark()) is not None:
            self.mark_opened.emit(mark)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._point_at(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawn = None
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # marks may need more lanes now

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._drawn = None
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        drawing, mark = self.drawing(), self.current_mark()
        if drawing is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = current_theme().px(_EDGE)
        painter.translate(edge, edge)
        paint_shapes(painter, drawing.shapes)
        if mark is not None and self._at is not None:
            self._paint_cursor(painter, drawing, QPointF(*drawing.places[self._at]))
            self._paint_reading(painter, drawing, mark, drawing.places[self._at])
        painter.end()

    def _read(self, at: int) -> None:
        self._point_at(at)
        mark = self.current_mark()
        if mark is not None:
            announce(self, mark.spoken)
            self.mark_read.emit(mark.spoken)

    def _point_at(self, at: int | None) -> None:
        if at != self._at:
            self._at = at
            self.update()

    def _paint_cursor(self, painter: QPainter, drawing: StoryDrawing, at: QPointF) -> None:
        theme, frame = current_theme(), drawing.frame
        painter.setPen(QPen(theme.colour(Token.ACCENT), theme.hairline))
        painter.drawLine(QPointF(at.x(), frame.plot.top), QPointF(at.x(), frame.foot))
        painter.setPen(QPen(theme.colour(Token.ACCENT), theme.hairline * 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, theme.px(9), theme.px(9))

    def _paint_reading(
        self, painter: QPainter, drawing: StoryDrawing, mark: StoryMark, at: tuple[float, float]
    ) -> None:
        """Write what the mark says over the half of the drawing it is not in, as wide as it needs."""
        theme = current_theme()
        painter.setFont(theme.font(TextSize.SECONDARY, bold=True))
        edge = theme.px(8)
        frame = drawing.frame
        room = QRect(0, 0, int(frame.width) - 2 * edge, self.height())
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        said = unbroken_dates(mark.words)
        words = QFontMetrics(painter.font()).boundingRect(room, int(flags), said)
        width, height = words.width() + 2 * edge, words.height() + edge
        left = max(min(at[0] - width / 2, frame.width - width), 0.0)
        above = at[1] > (frame.plot.top + frame.plots[-1].bottom) / 2
        # Under the head, which is to be read at all times.
        top = frame.plot.top - theme.font_px(TextSize.SECONDARY) if above else max(frame.height - height, 0.0)
        box = QRectF(left, top, width, height)
        painter.setPen(QPen(theme.colour(Token.CONTROL_LINE), theme.hairline))
        painter.setBrush(theme.colour(Token.RAISED))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))
        painter.setPen(theme.colour(Token.TEXT))
        painter.drawText(box.adjusted(edge, edge / 2, -edge, -edge / 2), int(flags), said)


class StoryGlyph(QWidget):
    """One shape of the drawing beside its words in the legend; screen readers pass over it."""

    def __init__(self, kind: StoryKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(GLYPH_WIDTH.get(self._kind, 12.0) + 4), theme.px(GLYPH_HEIGHT + 4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = current_theme().scale
        # A flag stands to the right of its pole.
        x = 3 * unit if self._kind is StoryKind.STEP else self.width() / 2
        paint_shapes(painter, glyph(self._kind, x, self.height() / 2, unit))
        painter.end()
