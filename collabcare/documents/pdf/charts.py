"""The drawing of scores over time on paper, from the same scene as the screen's."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor

from collabcare.documents.pdf import typeface
from collabcare.documents.pdf.flow import TextMark
from collabcare.documents.pdf.painting import draw_text
from collabcare.documents.pdf.paper import ACCENT, GRID, MM, PAPER, SOFT_INK, style
from collabcare.documents.pdf.shapes import paper_pens
from collabcare.domain.chart_drawing import Plot, cut_off
from collabcare.domain.display import fmt_date_long
from collabcare.domain.drawing import Line, Words
from collabcare.domain.prorated import marked_score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.documents.pdf.flow import Flow
    from collabcare.documents.pdf.paper import Style
    from collabcare.documents.pdf.tagged import TaggedCanvas
    from collabcare.domain.score_chart import ScoreChart

_GAP = 8 * MM
_RADIUS = 2.2
_LARGE = 14.0
_DASH = (3.0, 2.0)


def put_charts(flow: Flow, scenes: Sequence[ScoreChart], size: float) -> None:
    """Place charts side by side, or one under another in large print; ``size`` is that of their text."""
    beside = 2 if size < _LARGE else 1
    width = (flow.sheet.measure - (beside - 1) * _GAP) / beside
    height = 22 * MM + 7.6 * size
    for start in range(0, len(scenes), beside):
        row = scenes[start : start + beside]
        element = flow.root.add("Figure", alt=" ".join(scene.description for scene in row))

        def draw(canvas: TaggedCanvas, left: float, top: float, row: Sequence[ScoreChart] = row) -> None:
            for number, scene in enumerate(row):
                _Plot(canvas, scene, size).draw(left + number * (width + _GAP), top, width, height)

        flow.drawing(height, draw, element)


class _Plot:
    """One chart on the canvas; coordinates are the canvas's own, upwards from the bottom left."""

    def __init__(self, canvas: TaggedCanvas, scene: ScoreChart, size: float) -> None:
        self._canvas = canvas
        self._scene = scene
        self._small = style(size, ink=SOFT_INK)
        self._value = style(size, bold=True)
        self._title = style(size + 1.5, bold=True)
        self._left = self._bottom = self._width = self._height = 0.0

    def draw(self, left: float, top: float, width: float, height: float) -> None:
        """Draw it into a box given by its top left corner."""
        size = self._small.size
        head, foot = 2.2 * size + 4, 1.9 * size
        axis = max(typeface.width(tick.label, size) for tick in self._scene.y_ticks) + 5
        self._left, self._bottom = left + axis, top - height + foot
        self._width, self._height = width - axis - size, height - head - foot
        self._text(left, top - self._title.size, self._scene.title, self._title)
        note = self._scene.good_direction
        beside = typeface.width(self._scene.title, self._title.size, bold=True) + size * 0.7
        room = width - beside - typeface.width(note, size) - size * 0.7
        unit = self._scene.unit
        if typeface.width(unit, size) > room:
            unit = unit.partition(", ")[2]
        self._text(left + beside, top - self._title.size, unit, self._small)
        self._text(left + width - typeface.width(note, size), top - self._title.size, note, self._small)
        self._axes()
        self._cut_off()
        self._points()

    def _x(self, share: float) -> float:
        return self._left + _RADIUS + share * (self._width - 2 * _RADIUS)

    def _y(self, share: float) -> float:
        return self._bottom + share * self._height

    def _axes(self) -> None:
        canvas, size = self._canvas, self._small.size
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(HexColor(GRID))
        for tick in self._scene.y_ticks:
            canvas.line(self._left, self._y(tick.at), self._left + self._width, self._y(tick.at))
            wide = typeface.width(tick.label, size)
            self._text(self._left - wide - 4, self._y(tick.at) - size * 0.35, tick.label, self._small)
        last = len(self._scene.x_ticks) - 1
        for number, tick in enumerate(self._scene.x_ticks):
            if number in {0, last}:  # the middle one leaves no room for text that can be read
                label = fmt_date_long(tick.day) if tick.day else tick.label
                wide = typeface.width(label, size)
                x = self._left if number == 0 else self._left + self._width - wide
                self._text(x, self._bottom - 1.5 * size, label, self._small)

    def _cut_off(self) -> None:
        """Draw the cut-off with its words where the screen has them: clear of the line of scores."""
        right, top = self._left + self._width, -self._bottom - self._height
        plot = Plot(left=self._left, right=right, top=top, bottom=-self._bottom, inset=_RADIUS)
        canvas, size = self._canvas, self._small.size
        for shape in cut_off(self._scene, plot, paper_pens(size)):
            if isinstance(shape, Line):
                canvas.setStrokeColor(HexColor(SOFT_INK))
                canvas.setLineWidth(0.8)
                canvas.setDash(_DASH)
                canvas.line(shape.x1, -shape.y1, shape.x2, -shape.y2)
                canvas.setDash(())
            elif isinstance(shape, Words):
                x = shape.x - typeface.width(shape.text, size) / 2
                self._text(x, -shape.y - size * 0.35, shape.text, self._small)

    def _points(self) -> None:
        canvas, size = self._canvas, self._small.size
        places = [(self._x(point.x), self._y(point.y)) for point in self._scene.points]
        canvas.setStrokeColor(HexColor(ACCENT))
        canvas.setLineWidth(1.1)
        for start, end in itertools.pairwise(places):
            canvas.line(*start, *end)
        for (x, y), point in zip(places, self._scene.points, strict=True):
            canvas.setFillColor(HexColor(PAPER if point.prorated else ACCENT))
            canvas.circle(x, y, _RADIUS, stroke=1, fill=1)
        for number, ((x, y), point) in enumerate(zip(places, self._scene.points, strict=True)):
            if number in {0, len(places) - 1}:
                label = marked_score(point.value, prorated=point.prorated)
                shift = typeface.width(label, size, bold=True) / 2
                self._text(max(x - shift, self._left), y + size * 0.6, label, self._value, clear=True)

    def _text(self, x: float, y: float, text: str, look: Style, *, clear: bool = False) -> None:
        if clear:
            wide = typeface.width(text, look.size, bold=look.bold)
            self._canvas.setFillColor(HexColor(PAPER))
            self._canvas.rect(x - 1, y - 1, wide + 2, look.size * 0.8 + 1, stroke=0, fill=1)
        draw_text(self._canvas, TextMark(x=x, y=-y, text=text, style=look, element=None), 0.0)
