"""Painting laid-out pages onto a tagged canvas."""

from __future__ import annotations

from itertools import groupby
from threading import Lock
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor

from collabcare.documents.pdf import typeface
from collabcare.documents.pdf.flow import DrawingMark, FillMark, RuleMark, TextMark
from collabcare.documents.pdf.tagged import TaggedCanvas

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collabcare.documents.pdf.flow import Flow, Mark
    from collabcare.documents.pdf.tagged import About, Element

ONE_AT_A_TIME = Lock()
"""Held while a file is made: reportlab's fonts are shared by every canvas and know nothing of threads."""


def paint(flow: Flow, furniture: Callable[[int, int], Sequence[Mark]], about: About) -> bytes:
    """Return the PDF of the pages; ``furniture`` gives what stands at the edges of page x of y."""
    sheet = flow.sheet
    canvas = TaggedCanvas((sheet.width, sheet.height), about, flow.root)
    for number, marks in enumerate(flow.pages, start=1):
        for mark in furniture(number, len(flow.pages)):
            with canvas.artifact():
                _draw(canvas, mark, sheet.height)
        for element, together in groupby(marks, key=_element):
            with canvas.artifact() if element is None else canvas.content(element):
                for mark in together:
                    _draw(canvas, mark, sheet.height)
        canvas.showPage()
    return canvas.finished()


def draw_text(canvas: TaggedCanvas, mark: TextMark, height: float) -> None:
    """Draw one line of text."""
    canvas.setFillColor(HexColor(mark.style.ink))
    x = mark.x
    for name, part in typeface.runs(mark.text, bold=mark.style.bold):
        canvas.setFont(name, mark.style.size)
        canvas.drawString(x, height - mark.y, part)
        x += typeface.font(name).stringWidth(part, mark.style.size)


def _element(mark: Mark) -> Element | None:
    return mark.element if isinstance(mark, TextMark | DrawingMark) else None


def _draw(canvas: TaggedCanvas, mark: Mark, height: float) -> None:
    match mark:
        case TextMark():
            draw_text(canvas, mark, height)
        case RuleMark():
            canvas.setStrokeColor(HexColor(mark.ink))
            canvas.setLineWidth(mark.weight)
            canvas.line(mark.x1, height - mark.y1, mark.x2, height - mark.y2)
        case FillMark():
            canvas.setFillColor(HexColor(mark.ink))
            canvas.rect(mark.x, height - mark.y - mark.height, mark.width, mark.height, stroke=0, fill=1)
        case DrawingMark():
            mark.draw(canvas, mark.x, height - mark.y)
