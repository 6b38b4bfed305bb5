"""One questionnaire's scores over time, painted from the scene the letters draw too.

Points joined by a thin line on proportional time; the cut-off and the good direction are always said. The
keyboard reads it: Left and Right go from score to score, Home and End to the first and last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from collabcare.domain.display import fmt_date
from collabcare.ui.theme import TextSize, Token, current_theme
from collabcare.ui.widgets.announce import announce

if TYPE_CHECKING:
    from collabcare.domain.score_chart import ChartPoint, ScoreChart

_ALIGN = Qt.AlignmentFlag


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
        cut_off = f" {scene.cut_off_label}." if scene.cut_off_label else ""
        self.setAccessibleDescription(f"{scene.description}{cut_off} {scene.good_direction}.")
        self.update()

    def current_point(self) -> ChartPoint | None:
        """Return the point under the keyboard cursor or the mouse."""
        if self._scene is None or self._at is None:
            return None
        return self._scene.points[self._at]

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(300), current_theme().px(172))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(180), current_theme().px(132))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._scene.points) - 1 if self._scene else -1
        at = last if self._at is None else self._at
        moves = {
            Qt.Key.Key_Left: at if self._at is None else max(at - 1, 0),
            Qt.Key.Key_Right: min(at + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if last < 0 or event.key() not in moves:
            super().keyPressEvent(event)
            return
        self._read(moves[Qt.Key(event.key())])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point_at(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._scene is None or not self._scene.points:
            return
        plot = self._plot()
        distances = [abs(self._place(plot, p).x() - event.position().x()) for p in self._scene.points]
        nearest = min(range(len(distances)), key=distances.__getitem__)
        self._point_at(nearest if distances[nearest] < current_theme().px(24) else None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._scene is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self._plot()
        self._paint_head(painter, self._scene)
        if self._scene.points:
            self._paint_scale(painter, plot, self._scene)
            self._paint_dates(painter, plot, self._scene)
            if self._scene.cut_off is not None:
                self._paint_cut_off(painter, plot, self._scene, self._scene.cut_off)
            self._paint_series(painter, plot, self._scene)
        if (point := self.current_point()) is not None:
            self._paint_reading(painter, plot, point)
        painter.end()

    def _read(self, at: int) -> None:
        self._point_at(at)
        point = self.current_point()
        if point is not None:
            announce(self, point.spoken)
            self.point_read.emit(point.spoken)

    def _point_at(self, at: int | None) -> None:
        if at != self._at:
            self._at = at
            self.update()

    def _plot(self) -> QRectF:
        """Return where scores are drawn: left of it the scale, above it the name, below it the dates."""
        theme = current_theme()
        return QRectF(self.rect()).adjusted(theme.px(28), theme.px(38), -theme.px(22), -theme.px(26))

    @staticmethod
    def _place(plot: QRectF, point: ChartPoint) -> QPointF:
        return QPointF(plot.left() + point.x * plot.width(), plot.bottom() - point.y * plot.height())

    def _paint_head(self, painter: QPainter, scene: ScoreChart) -> None:
        theme = current_theme()
        line = QRectF(theme.px(2), 0, self.width() - theme.px(4), theme.px(22))
        painter.setPen(theme.colour(Token.TEXT))
        painter.setFont(theme.font(bold=True))
        painter.drawText(line, _ALIGN.AlignLeft | _ALIGN.AlignVCenter, scene.title)
        painter.setPen(theme.colour(Token.TEXT_SECONDARY))
        painter.setFont(theme.font(TextSize.SECONDARY))
        painter.drawText(line, _ALIGN.AlignRight | _ALIGN.AlignVCenter, scene.good_direction)
        if not scene.points:
            painter.drawText(self._plot(), _ALIGN.AlignCenter, scene.description)

    def _paint_scale(self, painter: QPainter, plot: QRectF, scene: ScoreChart) -> None:
        theme = current_theme()
        painter.setFont(theme.font(TextSize.SECONDARY))
        height = painter.fontMetrics().height()
        for tick in scene.y_ticks:
            y = plot.bottom() - tick.at * plot.height()
            painter.setPen(QPen(theme.colour(Token.CHART_GRID), theme.hairline))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(theme.colour(Token.TEXT_SECONDARY))
            box = QRectF(0, y - height / 2, plot.left() - theme.px(6), height)
            painter.drawText(box, _ALIGN.AlignRight | _ALIGN.AlignVCenter, tick.label)

    def _paint_cut_off(self, painter: QPainter, plot: QRectF, scene: ScoreChart, cut_off: float) -> None:
        """Draw the cut-off, its words at the end, and on the side, that the scores keep away from."""
        theme = current_theme()
        height = painter.fontMetrics().height()
        y = plot.bottom() - cut_off * plot.height()
        painter.setPen(QPen(theme.colour(Token.CHART_CUTOFF), theme.hairline, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        width = painter.fontMetrics().horizontalAdvance(scene.cut_off_label) + theme.px(6)
        at_start, at_end = (scene.points[end].y - cut_off for end in (0, -1))
        start = abs(at_start) > abs(at_end)
        left = plot.left() + theme.px(2) if start else plot.right() - width
        under = (at_start if start else at_end) > 0
        label = QRectF(left, y + theme.px(1) if under else y - height - theme.px(1), width, height)
        painter.fillRect(label.adjusted(0, theme.px(2), 0, -theme.px(1)), self._ground())
        painter.setPen(theme.colour(Token.CHART_CUTOFF))
        painter.drawText(label, _ALIGN.AlignCenter, scene.cut_off_label)

    def _paint_dates(self, painter: QPainter, plot: QRectF, scene: ScoreChart) -> None:
        """Write the dates that fit: all three, the first and last, or the last alone."""
        theme = current_theme()
        widest = max((painter.fontMetrics().horizontalAdvance(t.label) for t in scene.x_ticks), default=0)
        fits = int((plot.width() + theme.px(30)) // (widest + theme.px(8))) if widest else 0
        shown = (
            scene.x_ticks
            if fits > len(scene.x_ticks) - 1
            else scene.x_ticks[:: max(len(scene.x_ticks) - 1, 1)]
        )
        painter.setPen(theme.colour(Token.TEXT_SECONDARY))
        for tick in shown if fits > 1 else shown[-1:]:
            centre = plot.left() + tick.at * plot.width()
            left = min(max(centre - widest / 2, 0.0), self.width() - widest - 1.0)
            box = QRectF(left, plot.bottom() + theme.px(5), widest, theme.px(20))
            painter.drawText(box, _ALIGN.AlignHCenter | _ALIGN.AlignTop, tick.label)

    def _paint_series(self, painter: QPainter, plot: QRectF, scene: ScoreChart) -> None:
        theme = current_theme()
        places = [self._place(plot, point) for point in scene.points]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour(Token.CHART_LINE), theme.hairline))
        painter.drawPolyline(QPolygonF(places))
        for point, place in zip(scene.points, places, strict=True):
            painter.setPen(QPen(theme.colour(Token.CHART_LINE), theme.hairline * 1.3))
            painter.setBrush(self._ground() if point.prorated else theme.colour(Token.CHART_LINE))
            painter.drawEllipse(place, theme.px(4), theme.px(4))
        if scene.points and self._at is None:
            self._paint_value(painter, places[-1], str(scene.points[-1].value))

    def _paint_value(self, painter: QPainter, place: QPointF, value: str) -> None:
        theme = current_theme()
        painter.setFont(theme.font(TextSize.SECONDARY, bold=True))
        painter.setPen(theme.colour(Token.TEXT))
        box = QRectF(place.x() + theme.px(6), place.y() - theme.px(9), theme.px(24), theme.px(18))
        painter.drawText(box, _ALIGN.AlignLeft | _ALIGN.AlignVCenter, value)

    def _paint_reading(self, painter: QPainter, plot: QRectF, point: ChartPoint) -> None:
        theme = current_theme()
        place = self._place(plot, point)
        painter.setPen(QPen(theme.colour(Token.ACCENT), theme.hairline))
        painter.drawLine(QPointF(place.x(), plot.top()), QPointF(place.x(), plot.bottom()))
        painter.setBrush(theme.colour(Token.ACCENT))
        painter.drawEllipse(place, theme.px(6), theme.px(6))
        words = f"{point.value}{' prorated' if point.prorated else ''}  ·  {fmt_date(point.day)}"
        painter.setFont(theme.font(TextSize.SECONDARY, bold=True))
        width = painter.fontMetrics().horizontalAdvance(words) + theme.px(16)
        left = min(max(place.x() - width / 2, 0.0), self.width() - width)
        box = QRectF(left, plot.top() - theme.px(14), width, theme.px(24))
        painter.setPen(QPen(theme.colour(Token.CONTROL_LINE), theme.hairline))
        painter.setBrush(theme.colour(Token.RAISED))
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        painter.setPen(theme.colour(Token.TEXT))
        painter.drawText(box, _ALIGN.AlignCenter, words)

    def _ground(self) -> QColor:
        return current_theme().colour(Token.SURFACE)
