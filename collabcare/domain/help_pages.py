"""The help: its pages as plain pieces of text, which page is about what is on screen, and searching them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from collabcare.domain.finding import Finder, split
from collabcare.domain.near_words import near_rank, slips_allowed
from collabcare.domain.searching import fold, matches

if TYPE_CHECKING:
    from collections.abc import Iterator

START: Final = "start"
"""The page that is shown where no other is about what is on screen."""

_BEFORE, _AFTER = 30, 90


class SpanStyle(StrEnum):
    """How a few words stand out."""

    PLAIN = "plain"
    STRONG = "strong"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    """A few words; ``link`` names the page they lead to."""

    text: str
    style: SpanStyle = SpanStyle.PLAIN
    link: str = ""


class BlockKind(StrEnum):
    """What a piece of a page is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    STEP = "step"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, one entry of a list, or lines to be typed."""

    kind: BlockKind
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """Return its words."""
        return "".join(span.text for span in self.spans)


Row = tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of two or more cells under headings."""

    head: Row
    rows: tuple[Row, ...]

    @property
    def text(self) -> str:
        """Return its words, row by row."""
        lines = ("  ".join("".join(s.text for s in cell) for cell in row) for row in (self.head, *self.rows))
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """One page.

    Attributes:
        id: The name of its file.
        title: Its heading.
        blocks: What it says.
        related: The pages to look at besides.
        pages: The pages of the program it is about.
        forms: The forms it is about.
        also: Other words under which somebody may look for it.
    """

    id: str
    title: str
    blocks: tuple[Block | Table, ...]
    related: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    also: str = ""

    @property
    def text(self) -> str:
        """Return all it says, line by line, without its title."""
        return "\n".join(block.text for block in self.blocks)

    def spans(self) -> Iterator[Span]:
        """Yield every few words of it."""
        for block in self.blocks:
            if isinstance(block, Block):
                yield from block.spans
            else:
                for row in (block.head, *block.rows):
                    for cell in row:
                        yield from cell


@dataclass(frozen=True, slots=True)
class HelpHit:
    """A page found, and the place in it where what was typed stands, empty when it is the title."""

    page: HelpPage
    excerpt: str = ""


class HelpBook:
    """Every page, in the order of their titles."""

    def __init__(self, pages: tuple[HelpPage, ...]) -> None:
        self.pages = tuple(sorted(pages, key=lambda page: (page.id != START, page.title.casefold())))
        self._by_id = {page.id: page for page in pages}
        self._folded = {page.id: fold(page.text) for page in pages}
        self._titles = Finder(self.pages, lambda page: (page.title, page.also), inside=False)

    @cached_property
    def _texts(self) -> Finder[HelpPage]:
        return Finder(self.pages, lambda page: (page.title, page.also, page.text), inside=False)

    def page(self, id: str) -> HelpPage:
        """Return a page by its id; an unknown one leads to the start."""
        return self._by_id.get(id) or self._by_id.get(START) or self.pages[0]

    def about(self, page: str, form: str = "") -> HelpPage:
        """Return the page about a form that is open, else about the page on screen, else the start."""
        by_form = next((each for each in self.pages if form and form in each.forms), None)
        by_page = next((each for each in self.pages if page in each.pages), None)
        return by_form or by_page or self.page(START)

    def find(self, typed: str) -> tuple[HelpHit, ...]:
        """Return the pages in whose title or text every word typed is found; all of them for nothing typed.

        Titles come before other words for them and before texts; what is only nearly like it comes last.
        Slips in words of the texts are forgiven where nothing else is found.
        """
        words = fold(typed).split()
        if not words:
            return tuple(HelpHit(page) for page in self.pages)
        titles = self._titles.find(typed, len(self.pages))
        titles = sorted(titles, key=lambda found: not _is_titled(found.thing, words))
        hits = {found.thing.id: HelpHit(found.thing) for found in titles if not found.is_guess}
        for page in self.pages:
            if page.id not in hits and matches(typed, self._folded[page.id]):
                hits[page.id] = HelpHit(page, _excerpt(page, words[0]))
        for found in titles:
            hits.setdefault(found.thing.id, HelpHit(found.thing))
        if not hits:
            return tuple(
                HelpHit(found.thing, _excerpt(found.thing, _nearest(found.thing, words[0])))
                for found in self._texts.find(typed, len(self.pages))
            )
        return tuple(hits.values())


def _is_titled(page: HelpPage, words: list[str]) -> bool:
    """Return whether every word typed begins a word of the title itself."""
    title = fold(page.title).split()
    return all(any(each.startswith(word) for each in title) for word in words)


def _nearest(page: HelpPage, typed: str) -> str:
    """Return the word of a page that is nearest to what was typed with a slip in it."""
    ranks = ((near_rank(typed, word), word) for word in split(page.text) if slips_allowed(typed))
    return min(((rank, word) for rank, word in ranks if rank is not None), default=(0, typed))[1]


def _excerpt(page: HelpPage, word: str) -> str:
    """Return the line in which a word stands, cut around it."""
    line = next((each for each in page.text.splitlines() if word in fold(each)), "")
    place = fold(line).find(word)
    start = max(place - _BEFORE, 0)
    before = "…" if start else ""
    after = "…" if place + _AFTER < len(line) else ""
    return f"{before}{line[start : place + _AFTER]}{after}"
