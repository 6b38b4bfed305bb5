"""The caseload summary on landscape A4: headings on every page, rows kept whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.documents.pdf.flow import Flow
from collabcare.documents.pdf.furniture import edges
from collabcare.documents.pdf.painting import ONE_AT_A_TIME, paint
from collabcare.documents.pdf.paper import A4_LANDSCAPE, MM, SOFT_INK, Sheet, style
from collabcare.documents.pdf.tables import Table, TableLook
from collabcare.documents.pdf.tagged import About, Element

if TYPE_CHECKING:
    from collabcare.documents.reports import SummaryTable

_SHEET = Sheet(
    width=A4_LANDSCAPE[0],
    height=A4_LANDSCAPE[1],
    left=12 * MM,
    right=285 * MM,
    first_top=14 * MM,
    top=14 * MM,
    bottom=194 * MM,
)
_SHARES_BEFORE = (4.6, 3.3, 2.5, 2.3, 2.3)
_SHARE_OF_A_MEASURE = 2.6
_SHARES_AFTER = (1.6, 5.4, 2.4)
_SIZE = 8.8


def caseload_pdf(table: SummaryTable) -> bytes:
    """Draw the summary."""
    with ONE_AT_A_TIME:
        flow = Flow(_SHEET, Element("Document"))
        small = style(_SIZE, ink=SOFT_INK)
        title = style(16, bold=True, after=2)
        flow.text(f"{table.title}: {table.service}", title, flow.root.add("H1"))
        flow.text(" ".join(table.about), style(10, after=6), flow.root.add("P"))
        measures = len(table.headings) - len(_SHARES_BEFORE) - len(_SHARES_AFTER)
        look = TableLook(
            shares=(*_SHARES_BEFORE, *[_SHARE_OF_A_MEASURE] * measures, *_SHARES_AFTER),
            heading=style(_SIZE, bold=True),
            cell=style(_SIZE),
            lead=style(_SIZE, bold=True),
        )
        Table(flow, look, table.headings).rows(table.rows)
        return paint(
            flow,
            lambda number, of: edges(
                _SHEET,
                f"Page {number} of {of}",
                f"{table.service}. {table.about[0]} Confidential: destroy after use.",
                small,
                is_demo=table.is_demo,
            ),
            About(title=table.title, author=table.service, day=table.day),
        )
