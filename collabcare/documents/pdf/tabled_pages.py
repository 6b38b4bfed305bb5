"""Several tables on landscape A4: headings on every page, rows kept whole, an empty table said in words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from collabcare.documents.pdf.flow import Flow
from collabcare.documents.pdf.furniture import edges
from collabcare.documents.pdf.painting import ONE_AT_A_TIME, paint
from collabcare.documents.pdf.paper import A4_LANDSCAPE, MM, SOFT_INK, Sheet, style
from collabcare.documents.pdf.tables import Table, TableLook
from collabcare.documents.pdf.tagged import About, Element
from collabcare.domain.counting import uncounted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collabcare.documents.pdf.flow import Mark
    from collabcare.documents.tabled import TabledPage, TabledPart
    from collabcare.domain.counting import Counting

_SHEET = Sheet(
    width=A4_LANDSCAPE[0],
    height=A4_LANDSCAPE[1],
    left=14 * MM,
    right=283 * MM,
    first_top=14 * MM,
    top=14 * MM,
    bottom=192 * MM,
)
_SIZE = 9.5
_SMALL = 8.8
_LEAST_UNDER_HEADING = 24 * MM


def draw_tables(page: TabledPage, counting: Counting = uncounted) -> bytes:
    """Draw them one under another; what is told while they are painted goes on from what was told before."""
    rows = sum(len(part.rows) for part in page.parts)
    half = rows // 2
    with ONE_AT_A_TIME:
        flow = Flow(_SHEET, Element("Document"))
        flow.text(page.title, style(16, bold=True, after=2), flow.root.add("H1"))
        for line in (*page.about, page.stamp.words):
            flow.text(line, style(10, after=2), flow.root.add("P"))
        before = 0
        for part in page.parts:
            _part(flow, part, partial(_tell, counting, before, rows))
            before += len(part.rows)
        small = style(_SMALL, ink=SOFT_INK)

        def furniture(number: int, of: int) -> Sequence[Mark]:
            counting(half + (rows - half) * number // of, rows)
            return edges(_SHEET, f"Page {number} of {of}", page.foot, small, is_demo=page.stamp.is_demo)

        return paint(flow, furniture, About(title=page.title, author=page.stamp.service, day=page.stamp.day))


def _tell(counting: Counting, before: int, rows: int, done: int) -> None:
    counting((before + done) // 2, rows)


def _part(flow: Flow, part: TabledPart, set_so_far: Callable[[int], None]) -> None:
    heading, soft = style(12.5, bold=True, before=10, after=1), style(_SIZE, ink=SOFT_INK, after=4)
    flow.text(part.title, heading, flow.root.add("H2"), keep=_LEAST_UNDER_HEADING)
    if part.about:
        flow.text(part.about, soft, flow.root.add("P"))
    if not part.rows:
        flow.text("None.", style(_SIZE, after=2), flow.root.add("P"))
        return
    look = TableLook(
        shares=part.shares,
        heading=style(_SIZE, bold=True),
        cell=style(_SIZE),
        lead=style(_SIZE, bold=True),
    )
    table = Table(flow, look, part.headings)
    for done, cells in enumerate(part.rows, start=1):
        table.row(cells)
        set_so_far(done)
