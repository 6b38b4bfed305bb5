"""A letter on A4: the text under the letterhead, its signature, and the edges of every page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from collabcare.documents.composed import (
    CLOSING,
    COPIES,
    Charts,
    Heading,
    Paragraph,
    Points,
    ScoreTable,
)
from collabcare.documents.pdf.charts import put_charts
from collabcare.documents.pdf.flow import Flow
from collabcare.documents.pdf.furniture import edges
from collabcare.documents.pdf.letterhead import WINDOW, put_letterhead
from collabcare.documents.pdf.painting import ONE_AT_A_TIME, paint
from collabcare.documents.pdf.paper import A4, MM, SOFT_INK, Sheet, Style, style
from collabcare.documents.pdf.tables import Table, TableLook
from collabcare.documents.pdf.tagged import About, Element
from collabcare.domain.display import dates_on_one_line

if TYPE_CHECKING:
    from collabcare.documents.composed import Block, ComposedLetter

_BODY = 12.0
_ROOM_TO_SIGN = 12 * MM
_BEFORE_SIGNING = 0.6
_KEPT_LINES = 8
_SHARES: dict[int, tuple[float, ...]] = {3: (2.6, 4.4, 5.8), 4: (2.0, 3.4, 3.4, 3.9)}
"""Widths of the columns of scores, by how many there are."""
_SHEET = Sheet(
    width=A4[0],
    height=A4[1],
    left=WINDOW.left,
    right=192 * MM,
    first_top=95 * MM,
    top=20 * MM,
    bottom=280 * MM,
)


@dataclass(frozen=True, slots=True)
class _Look:
    """The styles of one letter, all from the size of its body: 12 points, or 16 to 24 in large print."""

    body: Style
    closing: Style
    title: Style
    heading: Style
    part: Style
    table: TableLook
    particulars: TableLook
    small: Style
    chart: float

    @classmethod
    def of(cls, size: float) -> _Look:
        strong, large = style(size, bold=True), size > _BODY
        return cls(
            body=style(size, after=size * 0.42),
            closing=style(size),
            title=style(size * 1.2, bold=True, before=size * 0.2, after=size * 0.35),
            heading=style(size * 1.08, bold=True, before=size * 0.5, after=size * 0.15),
            part=style(size, bold=True, before=size * 0.15, after=size * 0.15),
            table=TableLook(shares=_SHARES[4], heading=strong, cell=style(size), lead=strong),
            particulars=TableLook(
                shares=(2.4, 7),
                heading=strong,
                cell=style(size),
                lead=style(size, ink=SOFT_INK),
                ruled=False,
                padding=0.5,
            ),
            small=style(12.0 if large else 9.5, ink=SOFT_INK),
            chart=size if large else 9.0,
        )


def letter_pdf(letter: ComposedLetter) -> bytes:
    """Draw a letter.

    Raises:
        RuleViolation: When the address does not fit the window, or a character has no print.
    """
    with ONE_AT_A_TIME:
        look = _Look.of(float(letter.points))
        root = Element("Document")
        flow = Flow(_SHEET, root)
        placed = put_letterhead(flow, letter, look.body.size)
        if letter.form is not None:
            flow.text(letter.form.on_page, replace(look.part, after=look.body.size), root.add("P"))
        flow.text(letter.salutation, look.body, root.add("P"))
        flow.text(letter.subject, look.title, root.add("H1"), keep=4 * look.body.leading)
        if not placed:
            Table(flow, look.particulars).rows(letter.particulars)
            flow.space(look.body.size * 0.7)
        body, tail = _parted(letter.blocks)
        for block, following in zip(body, letter.blocks[1:], strict=False):
            _put(flow, block, look, following)
        words, end = _height_of_the_end(letter, tail, look)
        flow.reserve(words + end)
        for block in tail:
            _put(flow, block, look)
        flow.reserve(end)
        _put_end(flow, letter, look)
        return paint(
            flow,
            lambda number, of: edges(
                _SHEET,
                f"Page {number} of {of}",
                letter.identity if number > 1 else letter.site.name,
                look.small,
                is_demo=letter.site.is_demo,
            ),
            About(title=letter.title, author=letter.site.name or letter.signature[0], day=letter.day),
        )


def _put(flow: Flow, block: Block, look: _Look, following: Block | None = None) -> None:
    match block:
        case Heading(text=text, level=level):
            wanted = 2 if isinstance(following, Paragraph | Points) else 5
            under = wanted * look.body.leading
            flow.text(text, look.heading if level == 2 else look.part, flow.root.add(f"H{level}"), keep=under)  # noqa: PLR2004 - the level under the title
        case Paragraph(text=text):
            flow.text(dates_on_one_line(text), look.body, flow.root.add("P"))
        case Points(items=items):
            whole = tuple(dates_on_one_line(item) for item in items)
            flow.points(whole, style(look.body.size, after=look.body.size * 0.15), flow.root)
            flow.space(look.body.after)
        case ScoreTable(headings=headings, rows=scores):
            shares = _SHARES[len(headings)]
            Table(flow, replace(look.table, shares=shares), headings).rows(scores)
            flow.space(look.body.size * 0.7)
        case Charts(scenes=scenes):
            flow.space(look.body.size * 0.3)
            put_charts(flow, scenes, look.chart)
            flow.space(look.body.size * 0.5)


def _parted(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return the blocks in two parts: the last paragraph or list, with its headings, is the second."""
    start = len(blocks) - 1
    while start > 0 and isinstance(blocks[start - 1], Heading):
        start -= 1
    return blocks[:start], blocks[start:]


def _height_of_the_end(letter: ComposedLetter, tail: tuple[Block, ...], look: _Look) -> tuple[float, float]:
    """Return the heights of what should not be parted: the last words, and the signature with what follows.

    Words that are many may stand on the page before; nothing under the signature has a page of its own.
    """
    trial = Flow(_SHEET, Element("Document"))
    for block in tail:
        _put(trial, block, look)
    words = trial.y - _SHEET.first_top if len(trial.pages) == 1 else _SHEET.height
    trial = Flow(_SHEET, Element("Document"))
    _put_end(trial, letter, look)
    end = trial.y - _SHEET.first_top + look.body.size * _BEFORE_SIGNING  # left out at the top of a page
    return (words if words <= _KEPT_LINES * look.body.leading else 0.0), end


def _put_end(flow: Flow, letter: ComposedLetter, look: _Look) -> None:
    """Set the signature, who has a copy, and the offer of another format."""
    flow.space(look.body.size * _BEFORE_SIGNING)
    flow.reserve((len(letter.signature) + 1) * look.closing.leading + _ROOM_TO_SIGN)
    flow.text(CLOSING, look.closing, flow.root.add("P"))
    flow.y += _ROOM_TO_SIGN
    signed = flow.root.add("P")
    for number, line in enumerate(letter.signature):
        flow.text(line, look.part if number == 0 else look.closing, signed)
    flow.space(look.body.size * 0.8)
    if letter.distribution:
        flow.text(f"{COPIES}: {'; '.join(letter.distribution)}", look.body, flow.root.add("P"))
    flow.text(letter.format_line, look.body, flow.root.add("P"))
