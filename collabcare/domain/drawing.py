"""Shapes to draw, with no brush: the screen paints them and the PDF draws them, so both show one picture.

Coordinates run right and down from the top left corner, in pixels or points: whoever draws says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable


class Ink(StrEnum):
    """A colour by what it means; none stands for how ill anybody is."""

    SERIES = "series"
    GRID = "grid"
    CUT_OFF = "cut_off"
    MARK = "mark"
    TEXT = "text"
    SOFT = "soft"
    GROUND = "ground"
    BAND = "band"


class Anchor(StrEnum):
    """Which end of some words stands at their place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight line, its ``weight`` in hairlines."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: Ink
    weight: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle from its top left corner; without ``edge`` or ``fill`` that part is not drawn."""

    x: float
    y: float
    width: float
    height: float
    edge: Ink | None = None
    fill: Ink | None = None
    radius: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """A circle about its middle."""

    x: float
    y: float
    radius: float
    edge: Ink
    fill: Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Straight lines from point to point, closed and filled when ``fill`` is set."""

    points: tuple[tuple[float, float], ...]
    edge: Ink
    fill: Ink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A few words on one line; ``y`` is the middle of their height, ``clear`` wipes the ground under them."""

    x: float
    y: float
    text: str
    ink: Ink
    bold: bool = False
    anchor: Anchor = Anchor.START
    clear: bool = False


Shape: TypeAlias = Line | Box | Disc | Path | Words


@dataclass(frozen=True, slots=True)
class Pens:
    """What drawing needs to know of the paper.

    Attributes:
        unit: One pixel of the 100 % design.
        size: The height of the text.
        measure: How wide some words are, given whether they are bold.
    """

    unit: float
    size: float
    measure: Callable[[str, bool], float]

    def width(self, text: str, *, bold: bool = False) -> float:
        """Return how wide some words are."""
        return self.measure(text, bold)
