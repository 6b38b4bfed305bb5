"""Draws the shapes of a drawing on paper: the picture the screen shows, in the inks of print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor

from collabcare.documents.pdf import typeface
from collabcare.documents.pdf.flow import TextMark
from collabcare.documents.pdf.painting import draw_text
from collabcare.documents.pdf.paper import ACCENT, GRID, INK, PAPER, SOFT_INK, TINT, style
from collabcare.domain.drawing import Anchor, Box, Disc, Ink, Line, Path, Pens, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collabcare.documents.pdf.tagged import TaggedCanvas
    from collabcare.domain.drawing import Shape

_INKS = {
    Ink.SERIES: ACCENT,
    Ink.GRID: GRID,
    Ink.CUT_OFF: SOFT_INK,
    Ink.MARK: INK,
    Ink.TEXT: INK,
    Ink.SOFT: SOFT_INK,
    Ink.GROUND: PAPER,
    Ink.BAND: TINT,
}
_HAIRLINE = 0.8
_DASH = (3.0, 2.0)
_UNIT = 1 / 13
"""Of the height of the text: what is one pixel on screen beside text of 13 pixels."""


def paper_pens(size: float) -> Pens:
    """Return what drawing needs to know of print at a size of text, in points."""
    return Pens(
        unit=size * _UNIT, size=size, measure=lambda text, bold: typeface.width(text, size, bold=bold)
    )


class ShapeDrawer:
    """Draws shapes from a place on the page down; ``size`` is that of their text."""

    def __init__(self, canvas: TaggedCanvas, left: float, top: float, size: float) -> None:
        self._canvas, self._left, self._top, self._size = canvas, left, top, size

    def draw(self, shapes: Iterable[Shape]) -> None:
        """Draw shapes one over another, in their order."""
        for shape in shapes:
            match shape:
                case Line():
                    self._line(shape)
                case Box():
                    self._box(shape)
                case Disc():
                    self._edge(shape.edge)
                    self._canvas.setFillColor(HexColor(_INKS[shape.fill]))
                    self._canvas.circle(*self._at(shape.x, shape.y), shape.radius, stroke=1, fill=1)
                case Path():
                    self._path(shape)
                case Words():
                    self._words(shape)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self._left + x, self._top - y

    def _edge(self, ink: Ink, weight: float = 1.0) -> None:
        self._canvas.setStrokeColor(HexColor(_INKS[ink]))
        self._canvas.setLineWidth(_HAIRLINE * weight)

    def _line(self, line: Line) -> None:
        self._edge(line.ink, line.weight)
        self._canvas.setDash(_DASH if line.dashed else ())
        self._canvas.line(*self._at(line.x1, line.y1), *self._at(line.x2, line.y2))
        self._canvas.setDash(())

    def _box(self, box: Box) -> None:
        if box.edge is not None:
            self._edge(box.edge)
        if box.fill is not None:
            self._canvas.setFillColor(HexColor(_INKS[box.fill]))
        x, y = self._at(box.x, box.y + box.height)
        self._canvas.roundRect(
            x, y, box.width, box.height, box.radius, stroke=box.edge is not None, fill=box.fill is not None
        )

    def _path(self, path: Path) -> None:
        self._edge(path.edge)
        drawn = self._canvas.beginPath()
        for number, (x, y) in enumerate(path.points):
            (drawn.lineTo if number else drawn.moveTo)(*self._at(x, y))
        if path.fill is not None:
            drawn.close()
            self._canvas.setFillColor(HexColor(_INKS[path.fill]))
        self._canvas.drawPath(drawn, stroke=1, fill=path.fill is not None)

    def _words(self, words: Words) -> None:
        wide = typeface.width(words.text, self._size, bold=words.bold)
        before = {Anchor.START: 0.0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[words.anchor]
        x, middle = self._at(words.x - before, words.y)
        if words.clear:
            self._canvas.setFillColor(HexColor(PAPER))
            self._canvas.rect(x - 1, middle - self._size * 0.45, wide + 2, self._size * 0.9, stroke=0, fill=1)
        look = style(self._size, bold=words.bold, ink=_INKS[words.ink])
        baseline = self._size * 0.35 - middle
        draw_text(self._canvas, TextMark(x=x, y=baseline, text=words.text, style=look, element=None), 0.0)
