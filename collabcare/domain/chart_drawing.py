"""A chart of scores laid out as shapes: its head, scale, cut-off, line, values and days.

The story's drawing is made of the same parts. See :mod:`collabcare.domain.drawing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.drawing import Anchor, Ink, Line, Path, Pens, Words
from collabcare.domain.prorated import marked_score
from collabcare.domain.score_chart import ChartPoint
from collabcare.domain.story_glyphs import glyph
from collabcare.domain.story_marks import StoryKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collabcare.domain.drawing import Shape
    from collabcare.domain.score_chart import ChartBlank, ScoreChart
    from collabcare.domain.time_axis import ChartTick

_LINE = 1.35
"""Height of a line of the head, in heights of the text."""
_GAP = 10.0
"""Between the words of the head, in units."""
_AXIS_GAP = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """The box scores are drawn in; time keeps ``inset`` away from its ends, so that no mark is cut off."""

    left: float
    right: float
    top: float
    bottom: float
    inset: float

    @property
    def width(self) -> float:
        """Return how much of it time runs over."""
        return self.right - self.left - 2 * self.inset

    def x(self, share: float) -> float:
        """Return where a share of the time stands."""
        return self.left + self.inset + share * self.width

    def y(self, share: float) -> float:
        """Return where a share of the scale stands."""
        return self.bottom - share * (self.bottom - self.top)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreDrawing:
    """The shapes in the order they are drawn, and where each reading of the chart stands."""

    plot: Plot
    shapes: tuple[Shape, ...]
    places: tuple[tuple[float, float], ...]


def draw_scores(scene: ScoreChart, pens: Pens, width: float, height: float) -> ScoreDrawing:
    """Lay out a chart of scores in a box."""
    top = head_height(scene, pens, width) + 0.8 * pens.size
    plot = Plot(
        left=scale_width(scene, pens),
        right=width - _AXIS_GAP * pens.unit,
        top=top,
        bottom=max(height - 1.7 * pens.size, top + pens.size),
        inset=8 * pens.unit,
    )
    drawn = scene.readings
    places = tuple(
        (plot.x(each.x), plot.y(each.y if isinstance(each, ChartPoint) else 0.0)) for each in drawn
    )
    if not drawn:
        middle = (plot.top + plot.bottom) / 2
        none = Words(x=width / 2, y=middle, text=scene.description, ink=Ink.SOFT, anchor=Anchor.MIDDLE)
        return ScoreDrawing(plot=plot, shapes=(*head(scene, pens, width), none), places=places)
    shapes = (
        *head(scene, pens, width),
        *scale(scene, plot, pens),
        *days(scene.x_ticks, plot, pens, (width, plot.bottom + 0.9 * pens.size)),
        *cut_off(scene, plot, pens),
        *series(scene, plot),
        *_glyphs(drawn, places, pens),
        *values(scene, plot, pens),
    )
    return ScoreDrawing(plot=plot, shapes=shapes, places=places)


def _glyphs(
    drawn: Sequence[ChartPoint | ChartBlank], places: Sequence[tuple[float, float]], pens: Pens
) -> Iterator[Shape]:
    for each, (x, y) in zip(drawn, places, strict=True):
        if isinstance(each, ChartPoint):
            kind = StoryKind.PRORATED if each.prorated else StoryKind.SCORE
        else:
            kind = StoryKind.NO_SCORE
        yield from glyph(kind, x, y, pens.unit)


def scale_width(scene: ScoreChart, pens: Pens) -> float:
    """Return the width the numbers of the scale take at the left."""
    return max((pens.width(tick.label) for tick in scene.y_ticks), default=0.0) + _GAP * pens.unit


def head_height(scene: ScoreChart, pens: Pens, width: float) -> float:
    """Return the height of the head, which has as many lines as its words need."""
    return len(_head_lines(scene, pens, width)) * _LINE * pens.size


def head(scene: ScoreChart, pens: Pens, width: float) -> Iterator[Words]:
    """Write what is drawn, what its scale counts and which way is good: always in view."""
    for number, line in enumerate(_head_lines(scene, pens, width)):
        y, x = (number + 0.5) * _LINE * pens.size, 0.0
        for text, bold in line:
            ink = Ink.TEXT if bold else Ink.SOFT
            if text == scene.good_direction and x > 0:
                yield Words(x=width, y=y, text=text, ink=ink, anchor=Anchor.END)
            else:
                yield Words(x=x, y=y, text=text, ink=ink, bold=bold)
            x += pens.width(text, bold=bold) + _GAP * pens.unit


def _head_lines(scene: ScoreChart, pens: Pens, width: float) -> list[list[tuple[str, bool]]]:
    """Share out the title, its unit and the good direction over lines."""
    filled: list[list[tuple[str, bool]]] = [[]]
    room = width
    for text, bold in ((scene.title, True), (scene.unit, False), (scene.good_direction, False)):
        wide = pens.width(text, bold=bold)
        if filled[-1] and wide > room:
            filled.append([])
            room = width
        filled[-1].append((text, bold))
        room -= wide + _GAP * pens.unit
    return filled


def scale(scene: ScoreChart, plot: Plot, pens: Pens) -> Iterator[Shape]:
    """Draw a line for each number of the scale, and write those for which there is room."""
    above = plot.bottom + 2 * pens.size
    for tick in scene.y_ticks:
        y = plot.y(tick.at)
        ink = Ink.SOFT if tick.at == 0 else Ink.GRID
        yield Line(x1=plot.left, y1=y, x2=plot.right, y2=y, ink=ink, weight=0.7)
        if above - y >= pens.size:
            x = plot.left - _AXIS_GAP * pens.unit
            yield Words(x=x, y=y, text=tick.label, ink=Ink.SOFT, anchor=Anchor.END)
            above = y


def cut_off(scene: ScoreChart, plot: Plot, pens: Pens) -> Iterator[Shape]:
    """Draw the cut-off, its words at the end, and on the side, that the scores keep away from."""
    at, points = scene.cut_off, scene.points
    if at is None:
        return
    y = plot.y(at)
    yield Line(x1=plot.left, y1=y, x2=plot.right, y2=y, ink=Ink.CUT_OFF, dashed=True)
    heights = [points[end].y - at for end in (0, -1)] if points else [0.0, 0.0]
    start = abs(heights[0]) > abs(heights[1])
    under = (heights[0] if start else heights[1]) > 0
    x = plot.left + 4 * pens.unit if start else plot.right - 4 * pens.unit
    anchor = Anchor.START if start else Anchor.END
    shift = 0.7 * pens.size if under else -0.7 * pens.size
    yield Words(x=x, y=y + shift, text=scene.cut_off_label, ink=Ink.CUT_OFF, anchor=anchor, clear=True)


def series(scene: ScoreChart, plot: Plot) -> Iterator[Shape]:
    """Draw the thin line from score to score."""
    points = tuple((plot.x(point.x), plot.y(point.y)) for point in scene.points)
    if len(points) > 1:
        yield Path(points=points, edge=Ink.SERIES)


def values(scene: ScoreChart, plot: Plot, pens: Pens) -> Iterator[Shape]:
    """Write the first and the last score over their points."""
    points = scene.points
    for point in {point.day: point for point in (*points[:1], *points[-1:])}.values():
        text = marked_score(point.value, prorated=point.prorated)
        y = plot.y(point.y) - 4 * pens.unit - 0.6 * pens.size
        x = min(plot.x(point.x), plot.right - pens.width(text, bold=True) / 2)
        yield Words(x=x, y=y, text=text, ink=Ink.TEXT, bold=True, anchor=Anchor.MIDDLE, clear=True)


def days(ticks: Sequence[ChartTick], plot: Plot, pens: Pens, place: tuple[float, float]) -> Iterator[Shape]:
    """Write the days that fit: all three, the first and last, or the last alone.

    ``place`` is the width there is for them and the height they stand at.
    """
    width, y = place
    widest = max(pens.width(tick.label) for tick in ticks) + _GAP * pens.unit
    room = min(width // widest, 1 + plot.width // widest)
    shown = ticks if room >= len(ticks) else (ticks[0], ticks[-1]) if room > 1 else ticks[-1:]
    for tick in shown:
        wide = pens.width(tick.label)
        left = min(max(plot.x(tick.at) - wide / 2, 0.0), width - wide)
        yield Words(x=left, y=y, text=tick.label, ink=Ink.SOFT)
