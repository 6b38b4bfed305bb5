"""Tables that go on overleaf: headings repeated, rows kept whole unless one is taller than a page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from collabcare.documents.pdf import typeface
from collabcare.documents.pdf.flow import FillMark, RuleMark, TextMark
from collabcare.documents.pdf.paper import HAIRLINE, TINT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from collabcare.documents.pdf.flow import Flow
    from collabcare.documents.pdf.paper import Style
    from collabcare.documents.pdf.tagged import Element

GUTTER = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLook:
    """Column widths as shares of the page, and the styles of headings, cells and the first cell of a row."""

    shares: tuple[float, ...]
    heading: Style
    cell: Style
    lead: Style
    ruled: bool = True
    padding: float = 3.0


Cell: TypeAlias = list[tuple[str, "Style"]]
"""The lines of a cell, each with its style."""


class Table:
    """One table being set; rows may be added until it is left."""

    def __init__(self, flow: Flow, look: TableLook, headings: Sequence[str] = ()) -> None:
        self._flow = flow
        self._look = look
        self._inset = GUTTER / 2 if look.ruled else 0.0
        measure = flow.sheet.measure
        self._widths = [measure * share / sum(look.shares) for share in look.shares]
        self._lefts = list(accumulate(self._widths[:-1], initial=flow.sheet.left))
        self._element = flow.root.add("Table")
        self._headings = [self._set(text, look.heading, n) for n, text in enumerate(headings)]
        if headings:
            row = self._element.add("TR")
            flow.reserve(self._height(self._headings) + 3 * look.cell.leading)
            self._head([row.add("TH", scope="Column") for _ in headings])

    def rows(self, rows: Iterable[Sequence[str]]) -> None:
        """Set rows one under another."""
        for cells in rows:
            self.row(cells)

    def row(self, cells: Sequence[str]) -> None:
        """Set one row; the first line of the first cell names it."""
        lines = [self._set(text, self._look.cell, n) for n, text in enumerate(cells)]
        name, *rest = cells[0].split("\n")
        below = self._set("\n".join(rest), self._look.cell, 0) if rest else []
        lines[0] = [*self._set(name, self._look.lead, 0), *below]
        row = self._element.add("TR")
        elements = [row.add("TH", scope="Row"), *(row.add("TD") for _ in cells[1:])]
        leading = self._look.cell.leading
        while any(lines):
            self._overleaf(min(max(map(len, lines)), self._most_lines()) * leading + 2 * self._look.padding)
            fits = max(int((self._flow.room - 2 * self._look.padding) // leading), 1)
            self._put([each[:fits] for each in lines], elements)
            lines = [each[fits:] for each in lines]

    def _set(self, text: str, look: Style, column: int) -> Cell:
        measure = self._widths[column] - GUTTER
        return [(line, look) for line in typeface.fitted(text, measure, look)]

    def _height(self, cells: list[Cell]) -> float:
        tallest = max((sum(look.leading for _line, look in cell) for cell in cells), default=0.0)
        return tallest + 2 * self._look.padding

    def _most_lines(self) -> int:
        """Return how many lines of a row a fresh page can hold under the headings."""
        sheet = self._flow.sheet
        head = self._height(self._headings) if self._headings else 0.0
        return int((sheet.bottom - sheet.top - head - 2 * self._look.padding) // self._look.cell.leading)

    def _overleaf(self, height: float) -> None:
        if height > self._flow.room and not self._flow.at_top:
            self._flow.new_page()
            if self._headings:
                self._head(None)

    def _head(self, elements: list[Element] | None) -> None:
        """Set the headings; those repeated overleaf are decoration, having been said once."""
        sheet, height = self._flow.sheet, self._height(self._headings)
        self._flow.put(FillMark(x=sheet.left, y=self._flow.y, width=sheet.measure, height=height, ink=TINT))
        self._put(self._headings, elements or [None] * len(self._headings))

    def _put(self, cells: list[Cell], elements: Sequence[Element | None]) -> None:
        flow, sheet = self._flow, self._flow.sheet
        for column, cell in enumerate(cells):
            y = flow.y + self._look.padding
            for line, look in cell:
                x, baseline = self._lefts[column] + self._inset, y + typeface.ascent(look.size)
                flow.put(TextMark(x=x, y=baseline, text=line, style=look, element=elements[column]))
                y += look.leading
        flow.y += self._height(cells)
        if self._look.ruled:
            flow.put(RuleMark(x1=sheet.left, y1=flow.y, x2=sheet.right, y2=flow.y, ink=HAIRLINE))
