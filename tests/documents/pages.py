"""Reading a PDF back: its words, where they stand, and what they are to a screen reader."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MM = 72 / 25.4
_LINE_END_HYPHEN = re.compile("[\x02\ufffe]\r?\n?")


@dataclass(frozen=True)
class Words:
    """A stretch of text on a page with its box in millimetres from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Tag:
    """An element of the structure: its role, its other text, and what is inside it."""

    role: str
    alt: str
    children: tuple[Tag, ...]

    def walk(self) -> Iterator[Tag]:
        """Yield this element and everything inside it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page; a hyphen at the end of a line is a hyphen."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        found = []
        for number in range(len(document)):
            with closing(document[number]) as page, closing(page.get_textpage()) as text:
                found.append(_LINE_END_HYPHEN.sub("-", text.get_text_range()).replace("\r\n", "\n"))
    return found


def whole_text(pdf: bytes) -> str:
    """Return the text of all pages."""
    return "\n".join(page_texts(pdf))


def squeezed(text: str) -> str:
    """Return text as print keeps it: composed, without spaces, line ends and what cannot be seen."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(c for c in composed if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf"})


def words_on(pdf: bytes, number: int = 0) -> list[Words]:
    """Return every stretch of text on a page with its place."""
    with closing(pypdfium2.PdfDocument(pdf)) as document, closing(document[number]) as page:
        height = page.get_height()
        with closing(page.get_textpage()) as text:
            found = []
            for place in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(place)
                words = text.get_text_bounded(left, bottom, right, top)
                box = (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)
                found.append(Words(words.strip(), *box))
            return found


def colours_on(pdf: bytes, number: int, box: Words) -> set[str]:
    """Return every colour drawn within a box of a page, three dots to the point."""
    with (
        closing(pypdfium2.PdfDocument(pdf)) as document,
        closing(document[number]) as page,
        closing(page.render(scale=3, rev_byteorder=True)) as drawn,
    ):
        dots, each, line = bytes(drawn.buffer), drawn.n_channels, drawn.stride
        across = range(int(box.left * MM * 3), int(box.right * MM * 3))
        down = range(int(box.top * MM * 3), int(box.bottom * MM * 3))
        places = (y * line + x * each for y in down for x in across)
        return {f"#{dots[place : place + 3].hex()}" for place in places}


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Return the width and height of each page in whole millimetres."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [(round(page.get_width() / MM), round(page.get_height() / MM)) for page in document]


def metadata(pdf: bytes) -> dict[str, str]:
    """Return what the file says of itself."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        found: dict[str, str] = document.get_metadata_dict()
        return found


def structure(pdf: bytes, number: int = 0) -> tuple[Tag, ...]:
    """Return the elements a page takes part in."""
    with closing(pypdfium2.PdfDocument(pdf)) as document, closing(document[number]) as page:
        tree = raw.FPDF_StructTree_GetForPage(page)
        try:
            count = raw.FPDF_StructTree_CountChildren(tree)
            return tuple(_tag(raw.FPDF_StructTree_GetChildAtIndex(tree, n)) for n in range(count))
        finally:
            raw.FPDF_StructTree_Close(tree)


def _tag(element: object) -> Tag:
    count = raw.FPDF_StructElement_CountChildren(element)
    children = (raw.FPDF_StructElement_GetChildAtIndex(element, n) for n in range(count))
    return Tag(
        role=_string(raw.FPDF_StructElement_GetType, element),
        alt=_string(raw.FPDF_StructElement_GetAltText, element),
        children=tuple(_tag(child) for child in children if child),
    )


def _string(ask: Callable[[object, object, int], int], element: object) -> str:
    length = ask(element, None, 0)
    if not length:
        return ""
    buffer = ctypes.create_string_buffer(length)
    ask(element, buffer, length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
