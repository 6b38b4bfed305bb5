"""The shape of each kind of mark: filled for what took place, hollow for what did not.

Part of :mod:`collabcare.domain.story_drawing`. Every kind can be told from the others in black and white.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.drawing import Box, Disc, Ink, Line, Path
from collabcare.domain.story_marks import StoryKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from collabcare.domain.drawing import Shape

    Glyph: TypeAlias = "Callable[[float, float, float], tuple[Shape, ...]]"

GLYPH_HEIGHT = 12.0
"""Of the tallest shape, in units."""
GLYPH_WIDTH = {StoryKind.STEP: 9.0, StoryKind.PAUSED: 14.0}
"""In units, where it is not 12."""


def glyph(kind: StoryKind, x: float, y: float, unit: float) -> tuple[Shape, ...]:
    """Return the shapes of one mark about its middle."""
    return _GLYPHS[kind](x, y, unit)


def _bar(x: float, y: float, unit: float, fill: Ink) -> Box:
    return Box(x=x - 2.5 * unit, y=y - 6 * unit, width=5 * unit, height=12 * unit, edge=Ink.MARK, fill=fill)


def _attended(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    return (_bar(x, y, unit, Ink.MARK),)


def _not_attended(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    return (_bar(x, y, unit, Ink.GROUND),)


def _too_late(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    """Return a bar filled half: they came, and could not be seen."""
    half = Box(x=x - 2.5 * unit, y=y, width=5 * unit, height=6 * unit, edge=Ink.MARK, fill=Ink.MARK)
    return (_bar(x, y, unit, Ink.GROUND), half)


def _cross(x: float, y: float, reach: float) -> tuple[Shape, ...]:
    return (
        Line(x1=x - reach, y1=y - reach, x2=x + reach, y2=y + reach, ink=Ink.MARK),
        Line(x1=x - reach, y1=y + reach, x2=x + reach, y2=y - reach, ink=Ink.MARK),
    )


def _cancelled_by_patient(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    return _cross(x, y, 4 * unit)


def _cancelled_by_us(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    side = 10 * unit
    around = Box(x=x - side / 2, y=y - side / 2, width=side, height=side, edge=Ink.MARK, fill=Ink.GROUND)
    return (around, *_cross(x, y, 2.6 * unit))


def _booked(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    """Return an arrow head to the right: it is still to come."""
    points = ((x - 3.5 * unit, y - 5 * unit), (x + 4.5 * unit, y), (x - 3.5 * unit, y + 5 * unit))
    return (Path(points=points, edge=Ink.MARK, fill=Ink.GROUND),)


def _not_recorded(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    around = Disc(x=x, y=y, radius=4 * unit, edge=Ink.MARK, fill=Ink.GROUND)
    return (around, Disc(x=x, y=y, radius=unit, edge=Ink.MARK, fill=Ink.MARK))


def _step(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    """Return a flag, its pole on the day."""
    top, foot = y - 6 * unit, y + 6 * unit
    cloth = ((x, top), (x + 8 * unit, top + 3.5 * unit), (x, top + 7 * unit))
    return (Line(x1=x, y1=top, x2=x, y2=foot, ink=Ink.MARK), Path(points=cloth, edge=Ink.MARK, fill=Ink.MARK))


def _paused(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    return band(x - 7 * unit, y - 5 * unit, 14 * unit, 10 * unit)


def band(x: float, y: float, width: float, height: float) -> tuple[Shape, ...]:
    """Return the quiet band of a pause from its top left corner."""
    edges = (
        Line(x1=at, y1=y, x2=at, y2=y + height, ink=Ink.SOFT, weight=0.7, dashed=True)
        for at in (x, x + width)
    )
    return (Box(x=x, y=y, width=width, height=height, fill=Ink.BAND), *edges)


def _score(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    return (Disc(x=x, y=y, radius=4 * unit, edge=Ink.SERIES, fill=Ink.SERIES),)


def _prorated(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    return (Disc(x=x, y=y, radius=4 * unit, edge=Ink.SERIES, fill=Ink.GROUND),)


def _no_score(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    """Return an open square on the axis: there is a form and no height to draw it at."""
    side = 6 * unit
    return (Box(x=x - side / 2, y=y - side / 2, width=side, height=side, edge=Ink.SERIES, fill=Ink.GROUND),)


def _supervision(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    reach = 5 * unit
    points = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
    return (Path(points=points, edge=Ink.MARK, fill=Ink.MARK),)


def _capsule(x: float, y: float, unit: float, fill: Ink) -> Box:
    return Box(
        x=x - 6 * unit,
        y=y - 3.5 * unit,
        width=12 * unit,
        height=7 * unit,
        edge=Ink.MARK,
        fill=fill,
        radius=3.5 * unit,
    )


def _started(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    return (_capsule(x, y, unit, Ink.MARK),)


def _changed(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    half = Box(
        x=x - 6 * unit, y=y - 3.5 * unit, width=6 * unit, height=7 * unit, fill=Ink.MARK, radius=3 * unit
    )
    middle = Line(x1=x, y1=y - 3.5 * unit, x2=x, y2=y + 3.5 * unit, ink=Ink.MARK)
    return (_capsule(x, y, unit, Ink.GROUND), half, middle)


def _stopped(x: float, y: float, unit: float) -> tuple[Shape, ...]:
    return (_capsule(x, y, unit, Ink.GROUND),)


_GLYPHS: dict[StoryKind, Glyph] = {
    StoryKind.STEP: _step,
    StoryKind.PAUSED: _paused,
    StoryKind.ATTENDED: _attended,
    StoryKind.NOT_ATTENDED: _not_attended,
    StoryKind.TOO_LATE: _too_late,
    StoryKind.CANCELLED_BY_PATIENT: _cancelled_by_patient,
    StoryKind.CANCELLED_BY_US: _cancelled_by_us,
    StoryKind.NOT_RECORDED: _not_recorded,
    StoryKind.BOOKED: _booked,
    StoryKind.SCORE: _score,
    StoryKind.PRORATED: _prorated,
    StoryKind.NO_SCORE: _no_score,
    StoryKind.SUPERVISION: _supervision,
    StoryKind.MEDICATION_STARTED: _started,
    StoryKind.MEDICATION_CHANGED: _changed,
    StoryKind.MEDICATION_STOPPED: _stopped,
}
