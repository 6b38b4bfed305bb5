"""The pages of the help from resources/help: a small part of Markdown, read strictly.

A page may have headings, paragraphs, lists, tables, lines to be typed, ``**strong**`` words, code and links
to other pages. There is no HTML, no picture and no address outside: the help needs no network and shows
nothing but text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.errors import EnvironmentProblem
from collabcare.domain.help_pages import (
    START,
    Block,
    BlockKind,
    HelpBook,
    HelpPage,
    Row,
    Span,
    SpanStyle,
    Table,
)

if TYPE_CHECKING:
    from pathlib import Path

_SPAN = re.compile(r"\*\*(?P<strong>[^*]+)\*\*|`(?P<code>[^`]+)`|\[(?P<words>[^\]]+)\]\((?P<link>[^)]*)\)")
_LINK = re.compile(r"([a-z0-9-]+)\.md")
_STEP = re.compile(r"\d+\. +(.*)")
_FACTS = frozenset({"pages", "forms", "related", "also"})
_CODE_INDENT = "    "
_REFUSED = re.compile(r"<[a-zA-Z/!]|!\[|^#{3,}|https?:")


def load_help(folder: Path) -> HelpBook:
    """Read every page and check that each leads where it says.

    Raises:
        EnvironmentProblem: Naming the file, and the line where there is one, when a page is not right.
    """
    pages = tuple(read_help_page(file) for file in sorted(folder.glob("*.md")))
    ids = {page.id for page in pages}
    if START not in ids:
        raise _wrong(f"{START}.md", "is missing")
    taken: dict[str, str] = {}
    for page in pages:
        links = {span.link for span in page.spans() if span.link}
        for id_ in sorted({*page.related, *links} - ids):
            raise _wrong(f"{page.id}.md", f"leads to {id_}, which is not there")
        if page.id in page.related:
            raise _wrong(f"{page.id}.md", "leads to itself")
        for about in (*(f"page {name}" for name in page.pages), *(f"form {name}" for name in page.forms)):
            if about in taken:
                raise _wrong(f"{page.id}.md", f"is about {about}, and so is {taken[about]}.md")
            taken[about] = page.id
    return HelpBook(pages)


def read_help_page(file: Path) -> HelpPage:
    """Read one page.

    Raises:
        EnvironmentProblem: Naming the file and line, when it has anything that is not read here.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(file.name, "cannot be read") from error
    facts, start = _facts(file.name, lines)
    reader = _Reader(file.name, lines, start)
    title = reader.title()
    blocks = tuple(reader.blocks())
    if not blocks:
        raise _wrong(file.name, "says nothing")
    return HelpPage(
        id=file.stem,
        title=title,
        blocks=blocks,
        related=_names(facts, "related"),
        pages=_names(facts, "pages"),
        forms=_names(facts, "forms"),
        also=facts.get("also", ""),
    )


@dataclass(slots=True)
class _Reader:
    """Reads a page from the top; ``place`` is the next line."""

    file: str
    lines: list[str]
    place: int

    def title(self) -> str:
        """Return the heading the page begins with."""
        self._skip_blank()
        line = self._line()
        if line is None or not line.startswith("# ") or not line[2:].strip():
            raise self._fault("must begin with a title: # Title")
        self.place += 1
        return line[2:].strip()

    def blocks(self) -> list[Block | Table]:
        """Return what the page says, piece by piece."""
        found: list[Block | Table] = []
        self._skip_blank()
        while (line := self._line()) is not None:
            found += self._code() if line.startswith(_CODE_INDENT) else [self._block(line)]
            self._skip_blank()
        return found

    def _block(self, line: str) -> Block | Table:
        if line.startswith("# "):
            raise self._fault("has two titles")
        if line.startswith("## "):
            self.place += 1
            return Block(BlockKind.HEADING, self._spans(line[3:].strip()))
        if line.startswith("|"):
            return self._table()
        if line.startswith("- "):
            return Block(BlockKind.BULLET, self._spans(self._rest(line[2:])))
        if step := _STEP.fullmatch(line):
            return Block(BlockKind.STEP, self._spans(self._rest(step[1])))
        return Block(BlockKind.PARAGRAPH, self._spans(self._rest(line)))

    def _rest(self, first: str) -> str:
        """Return a paragraph or an entry of a list, whose lines go on until something else begins."""
        words = [first.strip()]
        self.place += 1
        while (line := self._line()) is not None and line.strip() and not _begins(line):
            words.append(line.strip())
            self.place += 1
        return " ".join(words)

    def _code(self) -> list[Block | Table]:
        typed: list[str] = []
        while (line := self._line()) is not None and line.startswith(_CODE_INDENT):
            typed.append(line[len(_CODE_INDENT) :].rstrip())
            self.place += 1
        return [Block(BlockKind.CODE, (Span("\n".join(typed), SpanStyle.CODE),))]

    def _table(self) -> Table:
        rows: list[Row] = []
        while (line := self._line()) is not None and line.startswith("|"):
            cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
            if not all(cell and set(cell) <= set("-:") for cell in cells):
                rows.append(tuple(self._spans(cell) for cell in cells))
            self.place += 1
        if len(rows) < 2 or len({len(row) for row in rows}) > 1:  # noqa: PLR2004 - a head and a row
            raise self._fault("has a table whose rows are not alike, or that is empty", back=1)
        return Table(rows[0], tuple(rows[1:]))

    def _spans(self, text: str) -> tuple[Span, ...]:
        spans: list[Span] = []
        after = 0
        for found in _SPAN.finditer(text):
            if found.start() > after:
                spans.append(Span(text[after : found.start()]))
            spans.append(self._span(found))
            after = found.end()
        if after < len(text):
            spans.append(Span(text[after:]))
        for span in spans:
            if span.style is SpanStyle.PLAIN and (_REFUSED.search(span.text) or "**" in span.text):
                raise self._fault(
                    "has something that is not read here: HTML, a picture or an address", back=1
                )
        return tuple(spans)

    def _span(self, found: re.Match[str]) -> Span:
        if found["strong"]:
            return Span(found["strong"], SpanStyle.STRONG)
        if found["code"]:
            return Span(found["code"], SpanStyle.CODE)
        link = _LINK.fullmatch(found["link"])
        if link is None:
            raise self._fault("has a link that does not lead to a page of the help", back=1)
        return Span(found["words"], link=link[1])

    def _line(self) -> str | None:
        return self.lines[self.place] if self.place < len(self.lines) else None

    def _skip_blank(self) -> None:
        while (line := self._line()) is not None and not line.strip():
            self.place += 1

    def _fault(self, what: str, *, back: int = 0) -> EnvironmentProblem:
        return _wrong(self.file, f"{what} (line {self.place + 1 - back})")


def _begins(line: str) -> bool:
    return line.startswith(("#", "|", "- ")) or _STEP.fullmatch(line) is not None


def _facts(file: str, lines: list[str]) -> tuple[dict[str, str], int]:
    """Return the facts between two lines of ``---`` at the top, and the line after them."""
    if not lines or lines[0] != "---":
        return {}, 0
    if "---" not in lines[1:]:
        raise _wrong(file, "does not close the facts at its top with ---")
    end = lines.index("---", 1)
    facts: dict[str, str] = {}
    for number, line in enumerate(lines[1:end], start=2):
        key, colon, value = line.partition(":")
        if not colon or key not in _FACTS or key in facts or not value.strip():
            raise _wrong(file, f"has a fact that is not read here (line {number})")
        facts[key] = value.strip()
    return facts, end + 1


def _names(facts: dict[str, str], key: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in facts.get(key, "").split(",") if name.strip())


def _wrong(file: str, what: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        f"The help page {file} {what}. No record was touched. Install CollabCare again."
    )
