"""The top of a letter's first page, for A4 folded once into a C5 window envelope.

Measures in millimetres from the top left corner (NHS Notify and GOV.UK Notify, letter specification):
address box x 24.6 to 120, y 39.5 to 66.3, with 3 mm around it kept clear of everything else; logo x 15 to
125, y 5 to 30; sender from x 125, y 5 to 95; body from y 95; margins of at least 15 at the sides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from collabcare.documents.pdf import typeface
from collabcare.documents.pdf.flow import stack
from collabcare.documents.pdf.paper import ACCENT, MM, SOFT_INK, Style, style
from collabcare.domain.display import fmt_date_long
from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.documents.composed import ComposedLetter
    from collabcare.documents.pdf.flow import Flow


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place on the page, in points from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def measure(self) -> float:
        """Return its width."""
        return self.right - self.left


WINDOW = Box(left=24.6 * MM, top=39.5 * MM, right=120 * MM, bottom=66.3 * MM)
SENDER = Box(left=128 * MM, top=13 * MM, right=192 * MM, bottom=92 * MM)
PRIVATE = "Private and confidential"
_PRIVATE_AT = 35 * MM
_DATE_AT = 41 * MM
_ADDRESS_SIZES = ((6, Style(size=11, leading=12.4)), (7, Style(size=9.5, leading=10.7)))
"""Most lines, and their style: seven lines have to be a little smaller to stay in the box."""
_NAME_SIZES = ((2, Style(size=15, leading=20, bold=True)), (4, Style(size=10, leading=12, bold=True)))
_BODY_SIZE = 12.0


def put_letterhead(flow: Flow, letter: ComposedLetter, size: float) -> bool:
    """Place the service, the address and the date; return whether who it is about fitted beside them too.

    Raises:
        RuleViolation: When the address does not fit the window, or the service's own does not fit the page.
    """
    if letter.site.name:
        _put_name(flow, letter.site.name)
    y = _put_sender(flow, letter)
    private = style(10, bold=True)
    flow.put(*stack([PRIVATE], WINDOW.left, _PRIVATE_AT, private, flow.root.add("P")))
    _put_address(flow, letter.window)
    dated = style(_BODY_SIZE)
    y = max(y, _DATE_AT) + typeface.ascent(dated.size)
    flow.put(*stack([fmt_date_long(letter.day)], SENDER.left, y, dated, flow.root.add("P")))
    return _put_particulars(flow, letter.particulars, size, y + dated.leading * 0.9)


def _put_name(flow: Flow, name: str) -> None:
    look, lines = _first_fit((name,), SENDER.left - WINDOW.left - 4 * MM, _NAME_SIZES)
    if not lines:
        raise RuleViolation("Shorten the name of the service: it does not fit at the top of a letter.")
    y = SENDER.top + typeface.ascent(look.size)
    flow.put(*stack(lines, WINDOW.left, y, replace(look, ink=ACCENT), flow.root.add("P")))


def _put_sender(flow: Flow, letter: ComposedLetter) -> float:
    """Place the service's address and return where it ends."""
    site, small = letter.site, style(10, ink=SOFT_INK)
    texts = (*site.address, site.postcode or "", f"Telephone {site.telephone}" if site.telephone else "")
    lines = [line for text in texts if text for line in typeface.fitted(text, SENDER.measure, small)]
    end = SENDER.top + len(lines) * small.leading
    if end > SENDER.bottom - 3 * small.leading:
        raise RuleViolation("Shorten the address of the service: it does not fit at the top of a letter.")
    flow.put(*stack(lines, SENDER.left, SENDER.top + typeface.ascent(10), small, flow.root.add("P")))
    return end + small.leading


def _put_address(flow: Flow, window: tuple[str, ...]) -> None:
    look, lines = _first_fit(window, WINDOW.measure, _ADDRESS_SIZES)
    if not lines:
        raise RuleViolation(
            "The name and address do not fit the window of the envelope, which holds seven lines. "
            "Shorten the address, then write the letter."
        )
    flow.put(*stack(lines, WINDOW.left, WINDOW.top + look.size * 0.95, look, flow.root.add("P")))


def _put_particulars(flow: Flow, rows: Sequence[tuple[str, str]], size: float, y: float) -> bool:
    """Place who the letter is about under the date, a label over each value, if there is room."""
    large = size > _BODY_SIZE
    label = style(size if large else 9.5, ink=SOFT_INK)
    value = style(size if large else 11)
    height = 0.0
    stacked = []
    for name, text in rows:
        lines = typeface.fitted(text, SENDER.measure, value)
        stacked.append((height, name, lines))
        height += label.leading + len(lines) * value.leading + 2
    if y + height > SENDER.bottom:
        return False
    for down, name, lines in stacked:
        top = y + down
        flow.put(*stack([name], SENDER.left, top + typeface.ascent(label.size), label, flow.root.add("P")))
        top += label.leading + typeface.ascent(value.size)
        flow.put(*stack(lines, SENDER.left, top, value, flow.root.add("P")))
    return True


def _first_fit(
    texts: tuple[str, ...], measure: float, sizes: tuple[tuple[int, Style], ...]
) -> tuple[Style, list[str]]:
    """Return the first style in which the texts take no more than its lines; no lines when none does."""
    for most, look in sizes:
        lines = [line for text in texts for line in typeface.fitted(text, measure, look)]
        if len(lines) <= most:
            return look, lines
    return sizes[-1][1], []
