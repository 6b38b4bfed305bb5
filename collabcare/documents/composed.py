"""A letter put together but not yet drawn: what the preview, the lint, the PDF and the text all read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from collabcare.domain.display import fmt_date_long

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from collabcare.domain.letter_formats import FormNeeded
    from collabcare.domain.letters import LetterSite, LetterTo
    from collabcare.domain.score_chart import ScoreChart


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading over a section, or at level 3 over a part of one."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph; ``typed`` names the part of the form it was typed in."""

    text: str
    typed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A list, one point to an item."""

    items: tuple[str, ...]
    typed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTable:
    """The scores, a row to a scale; a line break in a cell is kept."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """Drawings of scores over time, side by side."""

    scenes: tuple[ScoreChart, ...]


Block: TypeAlias = Heading | Paragraph | Points | ScoreTable | Charts


class FindingLevel(StrEnum):
    """What a finding does: keep the letter from being issued, or only say so.

    What is made elsewhere keeps it from being issued too, but not its words from being kept.
    """

    BLOCKS = "blocks"
    MADE_ELSEWHERE = "made_elsewhere"
    WARNS = "warns"


class MendedAt(StrEnum):
    """Where besides the letter something is put right: a form about the patient."""

    GP_PRACTICE = "gp_practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to look at before the letter goes.

    ``part`` is the box it was typed in, if it was; ``mended_at`` is where it is put right, if not in the
    letter.
    """

    level: FindingLevel
    text: str
    part: str | None = None
    mended_at: MendedAt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedLetter:
    """A whole letter, in the order it is read.

    ``window`` is all that shows in the window of the envelope; ``particulars`` say who it is about and
    ``identity`` stands at the foot of every page
    after the first; ``signature`` is the name, role and service under "Yours sincerely". ``points`` is the
    size of its body. ``form`` is the one it, or with ``form_of_copy`` only the patient's copy, has to be made
    in elsewhere.
    """

    kind: str
    kind_version: int
    title: str
    to: LetterTo
    site: LetterSite
    day: date
    window: tuple[str, ...]
    salutation: str
    subject: str
    particulars: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    signature: tuple[str, ...]
    distribution: tuple[str, ...]
    format_line: str
    identity: str
    points: int
    findings: tuple[Finding, ...]
    form: FormNeeded | None = None
    form_of_copy: FormNeeded | None = None

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """Return the findings that keep the letter from being issued."""
        return tuple(finding for finding in self.findings if finding.level is not FindingLevel.WARNS)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Return those of them that keep even its words from being kept."""
        return tuple(finding for finding in self.findings if finding.level is FindingLevel.BLOCKS)

    @property
    def text(self) -> str:
        """Return the words of the letter, for search and for the GP record."""
        return "\n".join(_lines(self)).replace("\N{NO-BREAK SPACE}", " ").strip() + "\n"


CLOSING = "Yours sincerely"
COPIES = "Copies to"


def _lines(letter: ComposedLetter) -> Iterator[str]:
    if letter.site.name:
        yield letter.site.name
    yield fmt_date_long(letter.day)
    yield ""
    yield from letter.window
    if letter.form is not None:
        yield from ("", letter.form.on_page)
    yield from ("", letter.salutation, "", letter.subject)
    yield from (f"{label}: {value}" for label, value in letter.particulars)
    for block in letter.blocks:
        yield from _block_lines(block)
    yield from ("", CLOSING, "", *letter.signature)
    if letter.distribution:
        yield from ("", f"{COPIES}: {'; '.join(letter.distribution)}")
    yield from ("", letter.format_line)


def _block_lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text):
            yield from ("", text)
        case Paragraph(text=text):
            yield text
        case Points(items=items):
            yield from (f"- {item}" for item in items)
        case ScoreTable(headings=headings, rows=rows):
            for row in rows:
                cells = zip(headings, row, strict=True)
                yield "; ".join(f"{name}: {', '.join(cell.split(chr(10)))}" for name, cell in cells if cell)
        case Charts(scenes=scenes):
            yield from (scene.description for scene in scenes)
