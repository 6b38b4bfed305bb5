"""The caseload summary on landscape A4: headings on every page, rows kept whole, stories after the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.documents.pdf.flow import Flow
from collabcare.documents.pdf.furniture import edges
from collabcare.documents.pdf.painting import ONE_AT_A_TIME, paint
from collabcare.documents.pdf.paper import A4_LANDSCAPE, MM, SOFT_INK, Sheet, style
from collabcare.documents.pdf.story import put_story, put_story_table, story_height
from collabcare.documents.pdf.tables import Table, TableLook
from collabcare.documents.pdf.tagged import About, Element
from collabcare.domain.counting import uncounted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collabcare.documents.pdf.flow import Mark
    from collabcare.documents.reports import SummaryStory, SummaryTable
    from collabcare.domain.counting import Counting

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


def caseload_pdf(table: SummaryTable, counting: Counting = uncounted) -> bytes:
    """Draw the summary; what is told while the pages are painted goes on from what was told of the rows."""
    patients = len(table.rows)
    with ONE_AT_A_TIME:
        flow = Flow(_SHEET, Element("Document"))
        small = style(_SIZE, ink=SOFT_INK)
        _put_table(flow, table, lambda done: counting(done // 2, patients))
        for story in table.stories:
            counting(patients // 2, patients)
            _put_story(flow, story)

        def furniture(number: int, of: int) -> Sequence[Mark]:
            counting(patients // 2 + (patients - patients // 2) * number // of, patients)
            confidential = f"{table.service}. {table.about[0]} Confidential: destroy after use."
            return edges(_SHEET, f"Page {number} of {of}", confidential, small, is_demo=table.is_demo)

        return paint(flow, furniture, About(title=table.title, author=table.service, day=table.day))


def _put_table(flow: Flow, table: SummaryTable, set_so_far: Callable[[int], None]) -> None:
    """Set the title, what the summary is of, and a row for each patient."""
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
    setting = Table(flow, look, table.headings)
    for done, cells in enumerate(table.rows, start=1):
        setting.row(cells)
        set_so_far(done)


def _put_story(flow: Flow, story: SummaryStory) -> None:
    """Set whose story it is, its drawing and its table, begun on a page that has room for the drawing."""
    flow.space(6 * MM)
    keep = story_height(story.scene, flow.sheet.measure, _SIZE)
    flow.text(story.heading, style(12, bold=True, after=4), flow.root.add("H2"), keep=keep)
    put_story(flow, story.scene, _SIZE)
    flow.space(3 * MM)
    put_story_table(flow, story.scene, _SIZE, story.whose)
