"""Filling pages: text, lists, rules and drawings laid out from the top down, with what each of them is.

Nothing is drawn here. Pages are lists of marks, so that a page can say how many there are and a paragraph can
go on overleaf as one paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from collabcare.documents.pdf import typeface

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from collabcare.documents.pdf.paper import Sheet, Style
    from collabcare.documents.pdf.tagged import Element, TaggedCanvas

BULLET = "•"
_LEAST_LINES = 2
"""Lines of a paragraph that stay together at the foot of a page and at the head of the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMark:
    """One line of text; ``x`` and the baseline ``y`` in points from the top left corner."""

    x: float
    y: float
    text: str
    style: Style
    element: Element | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleMark:
    """A straight line, always decoration."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: str
    weight: float = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class FillMark:
    """A tinted rectangle, always decoration."""

    x: float
    y: float
    width: float
    height: float
    ink: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingMark:
    """A drawing that paints itself from its top left corner."""

    x: float
    y: float
    draw: Callable[[TaggedCanvas, float, float], None]
    element: Element


Mark: TypeAlias = TextMark | RuleMark | FillMark | DrawingMark


def stack(
    lines: Iterable[str], x: float, y: float, look: Style, element: Element | None = None
) -> Iterator[TextMark]:
    """Yield lines one under another, the first on the baseline ``y``."""
    for number, line in enumerate(lines):
        yield TextMark(x=x, y=y + number * look.leading, text=line, style=look, element=element)


class Flow:
    """Where the next thing goes; ``y`` is measured from the top of the page."""

    def __init__(self, sheet: Sheet, root: Element) -> None:
        self.sheet = sheet
        self.root = root
        self.pages: list[list[Mark]] = [[]]
        self.y = sheet.first_top

    @property
    def room(self) -> float:
        """Return the height left on this page."""
        return self.sheet.bottom - self.y

    @property
    def at_top(self) -> bool:
        """Return whether nothing stands on this page yet."""
        return self.y <= (self.sheet.first_top if len(self.pages) == 1 else self.sheet.top)

    def new_page(self) -> None:
        """Go on overleaf."""
        self.pages.append([])
        self.y = self.sheet.top

    def reserve(self, height: float) -> None:
        """Go on overleaf unless this height is left, or the page is empty anyway."""
        if height > self.room and not self.at_top:
            self.new_page()

    def space(self, height: float) -> None:
        """Leave some space, but none at the top of a page."""
        if not self.at_top:
            self.y += height

    def put(self, *marks: Mark) -> None:
        """Place marks on this page, where they say they go."""
        self.pages[-1].extend(marks)

    def text(self, text: str, style: Style, element: Element, *, indent: float = 0, keep: float = 0) -> None:
        """Set a paragraph; ``keep`` is the height wanted under it on the same page (for a heading)."""
        self.space(style.before)
        lines = typeface.wrap(
            typeface.printable(text), self.sheet.measure - indent, style.size, bold=style.bold
        )
        self._lines(lines, style, element, indent=indent, keep=keep)
        self.y += style.after

    def points(self, items: Sequence[str], style: Style, parent: Element) -> None:
        """Set a list with a bullet to each item."""
        listing = parent.add("L")
        indent = style.size * 1.3
        for item in items:
            entry = listing.add("LI")
            label, body = entry.add("Lbl"), entry.add("LBody")
            self.space(style.before)
            lines = typeface.wrap(typeface.printable(item), self.sheet.measure - indent, style.size)
            self.reserve(min(len(lines), _LEAST_LINES) * style.leading)
            y = self.y + typeface.ascent(style.size)
            self.put(TextMark(x=self.sheet.left, y=y, text=BULLET, style=style, element=label))
            self._lines(lines, style, body, indent=indent, keep=0)
            self.y += style.after

    def drawing(
        self, height: float, draw: Callable[[TaggedCanvas, float, float], None], element: Element
    ) -> None:
        """Place a drawing across the page."""
        self.reserve(height)
        self.put(DrawingMark(x=self.sheet.left, y=self.y, draw=draw, element=element))
        self.y += height

    def _lines(self, lines: list[str], style: Style, element: Element, *, indent: float, keep: float) -> None:
        whole = len(lines) * style.leading + keep
        if keep:
            self.reserve(whole)
        left = len(lines)
        for number, line in enumerate(lines):
            fits = int(self.room // style.leading)
            if number == 0 and fits < min(left, _LEAST_LINES):
                self.reserve(min(left, _LEAST_LINES) * style.leading)
            elif fits < 1 or (fits == 1 and left == _LEAST_LINES and number >= _LEAST_LINES):
                self.new_page()  # the last two lines go overleaf together
            y = self.y + typeface.ascent(style.size)
            self.put(TextMark(x=self.sheet.left + indent, y=y, text=line, style=style, element=element))
            self.y += style.leading
            left -= 1
