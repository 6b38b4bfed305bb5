"""A safety plan on A4: its steps under their headings, and at the foot whose it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from collabcare.documents.pdf.flow import FillMark, Flow, RuleMark
from collabcare.documents.pdf.furniture import draft_line, edges
from collabcare.documents.pdf.painting import ONE_AT_A_TIME, paint
from collabcare.documents.pdf.paper import A4, ACCENT, HAIRLINE, MM, SOFT_INK, TINT, Sheet, style
from collabcare.documents.pdf.tagged import About, Element

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.documents.safety_plan import PlanSheet
    from collabcare.domain.safety_page import PlanPage, PlanSection

_SHEET = Sheet(
    width=A4[0],
    height=A4[1],
    left=20 * MM,
    right=190 * MM,
    first_top=17 * MM,
    top=20 * MM,
    bottom=280 * MM,
)
_SIZES = (13.0, 12.0, 11.0, 10.5, 10.0)
"""Tried one after the other until the plan stands on one page; the last also when it does not."""
_WHOLE = 0.4
"""What part of a page a step may take and still go overleaf whole, not in two pieces."""
_WHOLE_LARGE = 0.85
"""The same in large print, which takes more pages anyway."""


def plan_pdf(page: PlanPage, sheet: PlanSheet) -> bytes:
    """Draw the plan."""
    with ONE_AT_A_TIME:
        flow = _fitting(page, sheet)
        small = style(12.0 if sheet.large_print else 9.5, ink=SOFT_INK)
        return paint(
            flow,
            lambda number, of: [
                *edges(_SHEET, f"Page {number} of {of}", page.identity, small, is_demo=sheet.is_demo),
                *(draft_line(_SHEET, page.draft) if page.draft else ()),
            ],
            About(title=page.title, author=sheet.service, day=sheet.printed_on),
        )


def _fitting(page: PlanPage, sheet: PlanSheet) -> Flow:
    """Lay the plan out as large as one page allows; large print is never made smaller."""
    if sheet.large_print:
        return _laid_out(page, sheet, float(sheet.points))
    for size in _SIZES:
        if len((flow := _laid_out(page, sheet, size)).pages) == 1:
            return flow
    return _laid_out(page, sheet, _SIZES[-1])


def _laid_out(page: PlanPage, sheet: PlanSheet, size: float) -> Flow:
    flow = Flow(_SHEET, Element("Document"))
    flow.text(sheet.service, style(size, bold=True, ink=ACCENT, after=size * 0.2), flow.root.add("P"))
    flow.text(page.title, style(size * 1.7, bold=True, after=size * 0.1), flow.root.add("H1"))
    flow.text(page.whose, style(size * 1.15, bold=True, after=size * 0.1), flow.root.add("P"))
    flow.text(". ".join(page.dates) + ".", style(size, ink=SOFT_INK), flow.root.add("P"))
    foot = _height(partial(_put_foot, words=page.foot, size=size))
    most = _WHOLE_LARGE if sheet.large_print else _WHOLE
    for section in page.sections:
        below = foot if section is page.sections[-1] else 0.0
        _keep_whole(flow, _height(partial(_put_section, section=section, size=size)), below, most)
        _put_section(flow, section, size)
    _put_foot(flow, page.foot, size)
    return flow


def _keep_whole(flow: Flow, height: float, below: float, most: float) -> None:
    """Go overleaf for a step that would be parted, or whose foot would stand alone, if it is short enough."""
    if height <= most * (_SHEET.bottom - _SHEET.top):
        flow.reserve(height + below)


def _height(put: Callable[[Flow], None]) -> float:
    """Return how high something is in the middle of a page."""
    trial = Flow(_SHEET, Element("Document"))
    trial.text(" ", style(1.0), trial.root.add("P"))
    top = trial.y
    put(trial)
    return trial.y - top if len(trial.pages) == 1 else _SHEET.height


def _put_section(flow: Flow, section: PlanSection, size: float) -> None:
    body = style(size, after=size * 0.18)
    flow.space(size * 0.62)
    flow.reserve(4 * body.leading)
    flow.put(RuleMark(x1=_SHEET.left, y1=flow.y, x2=_SHEET.right, y2=flow.y, ink=HAIRLINE))
    flow.y += size * 0.42
    heading = style(size * 1.1, bold=True, after=size * 0.12)
    flow.text(section.heading, heading, flow.root.add("H2"), keep=2 * body.leading)
    if len(section.lines) == 1:
        flow.text(section.lines[0], body, flow.root.add("P"))
    else:
        flow.points(section.lines, body, flow.root)


def _put_foot(flow: Flow, words: str, size: float) -> None:
    """Set on a tint, under the last step, that the page itself calls nobody."""
    look = style(size, bold=True)
    flow.space(size * 0.9)
    trial = Flow(_SHEET, Element("Document"))
    trial.text(words, look, trial.root.add("P"))
    high = trial.y - _SHEET.first_top + size
    flow.reserve(high)
    flow.put(FillMark(x=_SHEET.left - 2 * MM, y=flow.y, width=_SHEET.measure + 4 * MM, height=high, ink=TINT))
    flow.y += size * 0.5
    flow.text(words, look, flow.root.add("P"))
