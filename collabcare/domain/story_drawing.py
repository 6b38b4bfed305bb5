"""A story laid out as shapes, in whatever width there is: the one drawing of screen and paper.

From the top: what is drawn and which way is good, the plot of scores, a line for each kind of happening, and
the days. Several measures stand under one another over the same time, each with words and a plot of its own.
Marks that would hide each other stand in lanes one under another.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import accumulate
from math import hypot
from typing import TYPE_CHECKING

from collabcare.domain.chart_drawing import (
    Plot,
    cut_off,
    days,
    head,
    head_height,
    scale,
    scale_width,
    series,
    values,
)
from collabcare.domain.drawing import Anchor, Ink, Line, Pens, Words
from collabcare.domain.story_chart import lanes
from collabcare.domain.story_glyphs import GLYPH_HEIGHT, GLYPH_WIDTH, band, glyph
from collabcare.domain.story_marks import StoryKind, StoryTrack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.domain.drawing import Shape
    from collabcare.domain.score_chart import ScoreChart
    from collabcare.domain.story_chart import StoryChart

_LEAST_PLOT = 72.0
_CAPTIONS_FROM = 30.0
"""Times the height of the text: narrower drawings have no names before their lines, only the legend."""
_NEAR_END = 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The plots and where each line under them runs: its top, and the height of one lane.

    ``heads`` are where the words over each plot begin. ``width`` and ``height`` are those of all of it,
    ``days`` is the height of the days at its foot.
    """

    plots: tuple[Plot, ...]
    heads: tuple[float, ...]
    width: float
    height: float
    captions: bool
    lanes: dict[StoryTrack, tuple[int, ...]]
    tops: dict[StoryTrack, float]
    pitch: float
    days: float

    @property
    def plot(self) -> Plot:
        """Return the first plot; all of them share its time."""
        return self.plots[0]

    @property
    def foot(self) -> float:
        """Return where the last line under the plot ends and the days begin."""
        return self.height - self.days


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDrawing:
    """The shapes in the order they are drawn, and where each mark of the story stands."""

    frame: Frame
    shapes: tuple[Shape, ...]
    places: tuple[tuple[float, float], ...] = field(repr=False)


def has_captions(pens: Pens, width: float) -> bool:
    """Return whether the lines have their names before them in this width."""
    return width >= _CAPTIONS_FROM * pens.size


def story_frame(scene: StoryChart, pens: Pens, width: float, height: float = 0.0) -> Frame:
    """Share out a width and a height; the plot takes what the rest leaves, and never less than its least."""
    unit, size = pens.unit, pens.size
    captions = has_captions(pens, width)
    names = max(pens.width(track.words) for track in scene.tracks) + 10 * unit if captions else 0.0
    left = max(*(scale_width(each, pens) for each in scene.charts), names)
    right = max(width - 6 * unit - _widest_label(scene, StoryTrack.STEPS, pens), left + 40 * unit)
    plot = Plot(left=left, right=right, top=0.0, bottom=0.0, inset=8 * unit)
    given = {
        track: lanes([mark.x for mark in scene.on(track)], _apart(scene, track, pens) / plot.width)
        for track in scene.tracks
    }
    pitch = (GLYPH_HEIGHT + 3) * unit
    heights = [pitch * (max(given[track], default=0) + 1) + 3 * unit for track in scene.tracks]
    days_height = 1.6 * size
    below = sum(heights) + days_height + 4 * unit
    plots, words = _stacked(scene, plot, pens, (width, height - below))
    bottom = plots[-1].bottom
    starts = accumulate(heights[:-1], initial=bottom + 5 * unit)
    return Frame(
        plots=plots,
        heads=words,
        width=width,
        height=bottom + below,
        captions=captions,
        lanes=given,
        tops=dict(zip(scene.tracks, starts, strict=True)),
        pitch=pitch,
        days=days_height,
    )


def _stacked(
    scene: StoryChart, plot: Plot, pens: Pens, room: tuple[float, float]
) -> tuple[tuple[Plot, ...], tuple[float, ...]]:
    """Return the plots one under another and where the words over each begin; each has the same share."""
    width, height = room
    heads = [head_height(each, pens, width) + 1.1 * pens.size for each in scene.charts]
    apart = pens.size
    taken = sum(heads) + apart * (len(heads) - 1)
    each_high = max((height - taken) / len(heads), _LEAST_PLOT * pens.unit)
    starts = tuple(accumulate((high + each_high + apart for high in heads[:-1]), initial=0.0))
    tops = [start + high for start, high in zip(starts, heads, strict=True)]
    return tuple(replace(plot, top=top, bottom=top + each_high) for top in tops), starts


def draw_story(scene: StoryChart, pens: Pens, width: float, height: float) -> StoryDrawing:
    """Lay out a story in a box; it is as high as its frame says, which may be more than asked."""
    frame = story_frame(scene, pens, width, height)
    places = _places(scene, frame)
    plot, pairs = frame.plot, tuple(zip(scene.charts, frame.plots, strict=True))
    shapes = (
        *_bands(scene, frame, pens),
        *(shape for each, its in pairs for shape in (*scale(each, its, pens), *_nothing(each, its))),
        *_captions(scene, frame, pens),
        *_today(scene, frame, pens),
        *days(scene.ticks, plot, pens, (width, frame.height - frame.days / 2)),
        *_heads(scene, frame, pens),
        *(shape for each, its in pairs for shape in (*cut_off(each, its, pens), *series(each, its))),
        *_marks(scene, places, pens),
        *(shape for each, its in pairs for shape in values(each, its, pens)),
    )
    return StoryDrawing(frame=frame, shapes=shapes, places=places)


def _apart(scene: StoryChart, track: StoryTrack, pens: Pens) -> float:
    """Return how far apart two marks of a line must be to be seen whole."""
    if track is StoryTrack.STEPS:
        return 15 * pens.unit + _widest_label(scene, track, pens)
    seen = {mark.kind for mark in scene.on(track)}
    return (7 if seen <= {StoryKind.ATTENDED, StoryKind.NOT_ATTENDED, StoryKind.TOO_LATE} else 13) * pens.unit


def _widest_label(scene: StoryChart, track: StoryTrack, pens: Pens) -> float:
    return max((pens.width(mark.label, bold=True) for mark in scene.on(track)), default=0.0)


def _places(scene: StoryChart, frame: Frame) -> tuple[tuple[float, float], ...]:
    """Return where each mark stands, in the order of the marks."""
    waiting = {track: iter(given) for track, given in frame.lanes.items()}
    places: list[tuple[float, float]] = []
    for mark in scene.marks:
        if mark.track is not StoryTrack.PLOT:
            y = frame.tops[mark.track] + (next(waiting[mark.track]) + 0.5) * frame.pitch
        elif mark.y is None:
            y = frame.plots[mark.plot].top
        else:
            y = frame.plots[mark.plot].y(mark.y)
        places.append((frame.plot.x(mark.x), y))
    return tuple(places)


def _bands(scene: StoryChart, frame: Frame, pens: Pens) -> Iterator[Shape]:
    plot = frame.plot
    for mark in scene.marks:
        if mark.until is not None:
            start, end = plot.x(mark.x), plot.x(min(mark.until, 1.0))
            yield from band(start, plot.top, max(end - start, 2 * pens.unit), frame.foot - plot.top)


def _heads(scene: StoryChart, frame: Frame, pens: Pens) -> Iterator[Shape]:
    for each, top in zip(scene.charts, frame.heads, strict=True):
        under = top > 0  # a line at today runs through what stands under the first
        yield from (replace(words, y=words.y + top, clear=under) for words in head(each, pens, frame.width))


def _nothing(scores: ScoreChart, plot: Plot) -> Iterator[Shape]:
    """Say in the plot that there is no score; an empty plot could be a fault."""
    if not scores.points:
        yield Words(
            x=plot.x(0.5),
            y=(plot.top + plot.bottom) / 2,
            text=scores.description,
            ink=Ink.SOFT,
            anchor=Anchor.MIDDLE,
            clear=True,
        )


def _captions(scene: StoryChart, frame: Frame, pens: Pens) -> Iterator[Shape]:
    for track in scene.tracks if frame.captions else ():
        y = frame.tops[track] + frame.pitch / 2
        x = frame.plot.left - 8 * pens.unit
        yield Words(x=x, y=y, text=track.words, ink=Ink.SOFT, anchor=Anchor.END)


def _today(scene: StoryChart, frame: Frame, pens: Pens) -> Iterator[Shape]:
    """Draw a line at today, named where the days under it do not say so."""
    if scene.today is None:
        return
    x, top = frame.plot.x(scene.today), frame.plot.top
    yield Line(x1=x, y1=top, x2=x, y2=frame.foot, ink=Ink.SOFT, weight=0.7)
    if scene.today < 1 - _NEAR_END:
        yield Words(x=x, y=top - 0.5 * pens.size, text="Today", ink=Ink.SOFT, anchor=Anchor.MIDDLE)


def _marks(scene: StoryChart, places: tuple[tuple[float, float], ...], pens: Pens) -> Iterator[Shape]:
    for mark, (x, y) in zip(scene.marks, places, strict=True):
        if mark.kind is StoryKind.PAUSED:
            continue
        yield from glyph(mark.kind, x, y, pens.unit)
        if mark.kind is StoryKind.STEP:
            yield Words(x=x + 11 * pens.unit, y=y, text=mark.label, ink=Ink.TEXT, bold=True)


def draw_legend(scene: StoryChart, pens: Pens, width: float) -> tuple[tuple[Shape, ...], float]:
    """Lay out what the shapes stand for, like words in a paragraph; return them and their height."""
    line = max(1.5 * pens.size, (GLYPH_HEIGHT + 3) * pens.unit)
    x, y = 0.0, line / 2
    shapes: list[Shape] = []
    for each in scene.legend:
        wide = GLYPH_WIDTH.get(each.kind, GLYPH_HEIGHT) * pens.unit
        whole = wide + 4 * pens.unit + pens.width(each.words)
        if x > 0 and x + whole > width:
            x, y = 0.0, y + line
        middle = x + (0.0 if each.kind is StoryKind.STEP else wide / 2)
        shapes += glyph(each.kind, middle, y, pens.unit)
        shapes.append(Words(x=x + wide + 4 * pens.unit, y=y, text=each.words, ink=Ink.SOFT))
        x += whole + 12 * pens.unit
    return tuple(shapes), y + line / 2


def nearest(drawing: StoryDrawing, x: float, y: float) -> tuple[int, float] | None:
    """Return which mark is nearest to a place and how far away, None where there is none at all."""
    found = [(hypot(px - x, py - y), number) for number, (px, py) in enumerate(drawing.places)]
    if not found:
        return None
    distance, number = min(found)
    return number, distance
