"""What stands at the edges of every page: whose it is, its number, and the mark of a demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.documents.pdf import typeface
from collabcare.documents.pdf.flow import FillMark, RuleMark, stack
from collabcare.documents.pdf.paper import DEMO_INK, DEMO_TINT, HAIRLINE, MM, style

if TYPE_CHECKING:
    from collabcare.documents.pdf.flow import Mark
    from collabcare.documents.pdf.paper import Sheet, Style

DEMO_WORDS = "DEMO: invented people. Do not send."
_BELOW_TEXT = 7 * MM
_DEMO_BAND = 8 * MM
_DRAFT_Y = 13 * MM


def edges(sheet: Sheet, page: str, about: str, small: Style, *, is_demo: bool) -> list[Mark]:
    """Return the foot of a page, ``about`` on the left and its number on the right, and the demo's band."""
    y = sheet.bottom + _BELOW_TEXT
    above = y - small.size * 1.5
    x = sheet.right - typeface.width(page, small.size)
    lines = typeface.fitted(about, x - sheet.left - 8 * MM, small)
    marks: list[Mark] = [
        RuleMark(x1=sheet.left, y1=above, x2=sheet.right, y2=above, ink=HAIRLINE),
        *stack(lines, sheet.left, y, small),
        *stack([page], x, y, small),
    ]
    if is_demo:
        bold = style(9.5, bold=True, ink=DEMO_INK)
        marks.append(FillMark(x=0, y=0, width=sheet.width, height=_DEMO_BAND, ink=DEMO_TINT))
        marks += stack([DEMO_WORDS], sheet.left, 5.4 * MM, bold)
    return marks


def draft_line(sheet: Sheet, why: str) -> list[Mark]:
    """Return what stands over the text of every page of a draft: why it is one."""
    return list(stack([why], sheet.left, _DRAFT_Y, style(9.5, bold=True)))
