"""Paper: its sizes in points, its inks, and the sizes of its text."""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4
"""Points in a millimetre."""

A4 = (210 * MM, 297 * MM)
A4_LANDSCAPE = (297 * MM, 210 * MM)

INK = "#1a1f24"
SOFT_INK = "#4b5c6b"
ACCENT = "#1f5c99"
HAIRLINE = "#b9c3cc"
GRID = "#e1e7ec"
TINT = "#eef2f6"
PAPER = "#ffffff"
DEMO_TINT = "#ffe08a"
DEMO_INK = "#3a2b00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page to fill, in points from its top left corner."""

    width: float
    height: float
    left: float
    right: float
    first_top: float
    top: float
    bottom: float

    @property
    def measure(self) -> float:
        """Return the width that text may take."""
        return self.right - self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a run of text looks: sizes in points, ``before`` and ``after`` are space above and below."""

    size: float
    leading: float
    bold: bool = False
    ink: str = INK
    before: float = 0
    after: float = 0


def style(size: float, *, bold: bool = False, ink: str = INK, before: float = 0, after: float = 0) -> Style:
    """Return a style with the line spacing that suits its size."""
    return Style(size=size, leading=size * 1.3, bold=bold, ink=ink, before=before, after=after)
