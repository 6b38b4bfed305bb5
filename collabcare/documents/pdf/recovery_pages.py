"""The page with the recovery key: the words large and numbered, what they do, how to keep and use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.documents.pdf import typeface
from collabcare.documents.pdf.flow import FillMark, Flow, stack
from collabcare.documents.pdf.furniture import edges
from collabcare.documents.pdf.painting import ONE_AT_A_TIME, paint
from collabcare.documents.pdf.paper import A4, ACCENT, MM, SOFT_INK, TINT, Sheet, style
from collabcare.documents.pdf.tagged import About, Element
from collabcare.domain.display import fmt_date_long

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.documents.recovery_key import RecoveryKeyPage

_SHEET = Sheet(
    width=A4[0],
    height=A4[1],
    left=24.6 * MM,
    right=185.4 * MM,
    first_top=24 * MM,
    top=24 * MM,
    bottom=280 * MM,
)
_COLUMNS = 2
_ROW = 13 * MM
_TEXT = (
    ("What it is for", ("These twelve words open the record when nobody can sign in with a password.",)),
    (
        "How to keep it",
        (
            "Keep this page on paper, locked away with the keys of the practice, apart from the computer.",
            "Whoever holds it can open the record. Delete the file once it is printed; do not email it.",
            (
                "Tell one other senior person where it is. If both page and passwords are lost, "
                "nobody can open the record: not IT staff, not the makers of CollabCare."
            ),
        ),
    ),
    (
        "How to use it",
        (
            "On the sign-in page choose “Use the recovery key”.",
            "Type the twelve words in order. Capitals and the spaces between words do not matter.",
            "Give one user a new password. Then lock this page away again.",
        ),
    ),
)


def recovery_pdf(words: Sequence[str], page: RecoveryKeyPage) -> bytes:
    """Draw the page."""
    with ONE_AT_A_TIME:
        flow = Flow(_SHEET, Element("Document"))
        body = style(12, after=4)
        heading = style(13, bold=True, before=10, after=2)
        service = style(13, bold=True, ink=ACCENT, after=10)
        flow.text(page.service, service, flow.root.add("P"))
        flow.text("Recovery key", style(24, bold=True, after=6), flow.root.add("H1"))
        made_on = f"ade on {fmt_date_long(page.made_on)}."
        record = f"For the record {page.record_name}, m{made_on}" if page.record_name else f"M{made_on}"
        flow.text(record, style(12, after=12), flow.root.add("P"))
        _put_words(flow, words)
        for title, points in _TEXT:
            flow.text(title, heading, flow.root.add("H2"), keep=2 * body.leading)
            if len(points) == 1:
                flow.text(points[0], body, flow.root.add("P"))
            else:
                flow.points(points, body, flow.root)
        return paint(
            flow,
            lambda number, of: edges(
                _SHEET,
                f"Page {number} of {of}",
                "Recovery key. Keep locked away.",
                style(9.5, ink=SOFT_INK),
                is_demo=page.is_demo,
            ),
            About(title="Recovery key", author=page.service, day=page.made_on),
        )


def _put_words(flow: Flow, words: Sequence[str]) -> None:
    """Set the words down the columns, each with its number, on a tint."""
    rows = -(-len(words) // _COLUMNS)
    sheet, number_look, word_look = _SHEET, style(13, ink=SOFT_INK), style(20, bold=True)
    height = rows * _ROW + 8 * MM
    flow.put(FillMark(x=sheet.left, y=flow.y, width=sheet.measure, height=height, ink=TINT))
    listing = flow.root.add("L")
    for place, word in enumerate(words):
        entry = listing.add("LI")
        column, row = divmod(place, rows)
        x = sheet.left + 10 * MM + column * sheet.measure / _COLUMNS
        y = flow.y + 4 * MM + (row + 0.68) * _ROW
        number = f"{place + 1}"
        right = x + 8 * MM - typeface.width(number, number_look.size)
        flow.put(*stack([number], right, y, number_look, entry.add("Lbl")))
        flow.put(*stack([typeface.printable(word)], x + 13 * MM, y, word_look, entry.add("LBody")))
    flow.y += height + 4 * MM
