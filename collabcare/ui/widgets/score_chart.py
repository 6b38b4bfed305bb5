"""One questionnaire's scores over time, painted from the scene the letters draw too.

Points joined by a thin line on proportional time; what is drawn, its unit, the cut-off and the good direction
are always said. The keyboard reads it: Left and Right go from score to score, Home and End to the first and
last. A form without a score is read in its place too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from collabcare.domain.chart_drawing import draw_scores
from collabcare.domain.display import fmt_date
from collabcare.domain.prorated import fmt_score
from collabcare.domain.score_chart import ChartBlank, ChartPoint
from collabcare.ui.theme import TextSize, Token, current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.reading_cursor import moved
from collabcare.ui.widgets.shape_painter import paint_shapes, screen_pens

if TYPE_CHECKING:
    from collabcare.domain.chart_drawing import ScoreDrawing
    from collabcare.domain.score_chart import ScoreChart

_EDGE = 6
"""Around the drawing, for the ring that shows the keyboard."""


class ScoreChartView(QWidget):
    """Paints a :class:`ScoreChart` and reads its points out one by one.

    Signals:
        point_read: What the point under the cursor says.
    """

    point_read = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: ScoreChart | None = None
        self._at: int | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_scene(self, scene: ScoreChart) -> None:
        """Show another set of scores."""
        self._scene, self._at = scene, None
        said = (scene.description.rstrip("."), scene.unit, scene.cut_off_label, scene.good_direction)
        self.setAccessibleDescription(" ".join(f"{part}." for part in said if part))
        self.update()

    def current_point(self) -> ChartPoint | None:
        """Return the score under the keyboard cursor or the mouse."""
        reading = self.current_reading()
        return reading if isinstance(reading, ChartPoint) else None

    def current_reading(self) -> ChartPoint | ChartBlank | None:
        """Return the score, or the form without one, under the keyboard cursor or the mouse."""
        if self._scene is None or self._at is None:
            return None
        return self._scene.readings[self._at]

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(300), current_theme().px(172))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(180), current_theme().px(132))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        to = moved(event.key(), self._at, len(self._scene.readings) if self._scene else 0)
        if to is None:
            super().keyPressEvent(event)
        else:
            self._read(to)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point_at(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._scene is None or not self._scene.readings:
            return
        at = event.position().x() - current_theme().px(_EDGE)
        distances = [abs(x - at) for x, _y in self._drawing(self._scene).places]
        nearest = min(range(len(distances)), key=distances.__getitem__)
        self._point_at(nearest if distances[nearest] < current_theme().px(24) else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._point_at(None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._scene is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = current_theme().px(_EDGE)
        painter.translate(edge, edge)
        drawing = self._drawing(self._scene)
        paint_shapes(painter, drawing.shapes)
        reading = self.current_reading()
        if reading is not None and self._at is not None:
            self._paint_reading(painter, drawing, QPointF(*drawing.places[self._at]), reading)
        painter.end()

    def _drawing(self, scene: ScoreChart) -> ScoreDrawing:
        edges = 2 * current_theme().px(_EDGE)
        return draw_scores(scene, screen_pens(), self.width() - edges, self.height() - edges)

    def _read(self, at: int) -> None:
        self._point_at(at)
        reading = self.current_reading()
        if reading is not None:
            announce(self, reading.spoken)
            self.point_read.emit(reading.spoken)

    def _point_at(self, at: int | None) -> None:
        if at != self._at:
            self._at = at
            self.update()

    @staticmethod
    def _paint_reading(
        painter: QPainter, drawing: ScoreDrawing, place: QPointF, reading: ChartPoint | ChartBlank
    ) -> None:
        theme, plot = current_theme(), drawing.plot
        painter.setPen(QPen(theme.colour(Token.ACCENT), theme.hairline))
        painter.drawLine(QPointF(place.x(), plot.top), QPointF(place.x(), plot.bottom))
        painter.setBrush(theme.colour(Token.ACCENT))
        painter.drawEllipse(place, theme.px(6), theme.px(6))
        painter.setFont(theme.font(TextSize.SECONDARY, bold=True))
        words = _words(reading)
        width = painter.fontMetrics().horizontalAdvance(words) + theme.px(16)
        left = max(min(place.x() - width / 2, plot.right - width), 0.0)
        high = theme.px(24)
        top = plot.bottom - high if place.y() < (plot.top + plot.bottom) / 2 else plot.top
        box = QRectF(left, top, width, high)
        painter.setPen(QPen(theme.colour(Token.CONTROL_LINE), theme.hairline))
        painter.setBrush(theme.colour(Token.RAISED))
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        painter.setPen(theme.colour(Token.TEXT))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _words(reading: ChartPoint | ChartBlank) -> str:
    if isinstance(reading, ChartBlank):
        return f"No score  ·  {fmt_date(reading.day)}"
    return f"{fmt_score(reading.value, prorated=reading.prorated)}  ·  {fmt_date(reading.day)}"
