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
_STEPS, _ROWS = 24, 12
"""How many places along the cut-off, and rows away from it, its words are tried in."""


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
    """Draw the cut-off, its words where neither the line of scores nor a score that is written runs.

    Scores that leave no such place, from one end of the scale to the other every week, give way to them.
    """
    if scene.cut_off is None:
        return
    y = plot.y(scene.cut_off)
    yield Line(x1=plot.left, y1=y, x2=plot.right, y2=y, ink=Ink.CUT_OFF, dashed=True)
    label = scene.cut_off_label
    wide, high = pens.width(label) + 4 * pens.unit, 1.2 * pens.size
    middle, along = next(
        (
            place
            for place in _places(scene, plot, pens, wide)
            if not _is_taken(scene, plot, pens, place, (wide, high))
        ),
        next(_places(scene, plot, pens, wide)),
    )
    yield Words(x=middle, y=along, text=label, ink=Ink.CUT_OFF, anchor=Anchor.MIDDLE, clear=True)


def _places(scene: ScoreChart, plot: Plot, pens: Pens, wide: float) -> Iterator[tuple[float, float]]:
    """Yield where the words of the cut-off may stand, the best first: at an end and by the line.

    They begin at the end, and on the side, that the scores keep away from, and go along the line, then away.
    """
    at, points = scene.cut_off or 0.0, scene.points
    heights = [points[end].y - at for end in (0, -1)] if points else [0.0, 0.0]
    from_start = abs(heights[0]) > abs(heights[1])
    side = 1 if (heights[0] if from_start else heights[1]) > 0 else -1
    first, last = plot.left + 2 * pens.unit + wide / 2, plot.right - 2 * pens.unit - wide / 2
    ends = (first, last) if from_start else (last, first)
    along = [ends[0] + (ends[1] - ends[0]) * step / _STEPS for step in range(_STEPS + 1)]
    for away in range(_ROWS):
        for turned in (side, -side):
            y = plot.y(at) + turned * (0.7 + 1.2 * away) * pens.size
            if away == 0 or plot.top <= y <= plot.bottom:
                yield from ((x, y) for x in (*ends, *along))


def _is_taken(
    scene: ScoreChart, plot: Plot, pens: Pens, place: tuple[float, float], size: tuple[float, float]
) -> bool:
    """Return whether the line of scores, or the first or last score written over its point, runs there."""
    (x, y), (wide, high) = place, size
    left, right, top, bottom = x - wide / 2, x + wide / 2, y - high / 2, y + high / 2
    points = [(plot.x(point.x), plot.y(point.y)) for point in scene.points]
    if any(
        _crosses(*pair, (left, right), (top, bottom))
        for pair in zip(points, points[1:] or points, strict=False)
    ):
        return True
    return any(
        abs(words.x - x) < (wide + pens.width(words.text, bold=True)) / 2 and abs(words.y - y) < high
        for words in values(scene, plot, pens)
    )


def _crosses(
    start: tuple[float, float],
    end: tuple[float, float],
    across: tuple[float, float],
    down: tuple[float, float],
) -> bool:
    """Return whether a stretch of the line of scores runs through a box; time only goes on."""
    (x1, y1), (x2, y2) = start, end
    left, right = max(x1, across[0]), min(x2, across[1])
    if left > right:
        return False
    slope = (y2 - y1) / (x2 - x1) if x2 > x1 else 0.0
    heights = (y1 + slope * (left - x1), y1 + slope * (right - x1)) if x2 > x1 else (y1, y2)
    return min(heights) <= down[1] and max(heights) >= down[0]


def series(scene: ScoreChart, plot: Plot) -> Iterator[Shape]:
    """Draw the thin line from score to score."""
    points = tuple((plot.x(point.x), plot.y(point.y)) for point in scene.points)
    if len(points) > 1:
        yield Path(points=points, edge=Ink.SERIES)


def values(scene: ScoreChart, plot: Plot, pens: Pens) -> Iterator[Words]:
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
