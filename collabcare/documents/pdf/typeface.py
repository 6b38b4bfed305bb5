"""The one typeface of print: embedded Noto Sans, with its widths, its gaps and its line breaks.

Latin, Greek and Cyrillic are in it. What it lacks is refused by name, never printed as a box; a few signs
of arithmetic (≥, ≤, −) come from the Vera that reportlab carries.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from collabcare.domain.errors import RuleViolation
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.documents.pdf.paper import Style

REGULAR = "NotoSans-Regular"
BOLD = "NotoSans-Bold"
_FALLBACK = {REGULAR: "Vera", BOLD: "VeraBd"}
_ASCENT = 1.069
_KEPT = "\n"
_INVISIBLE = frozenset(chr(code) for code in (*range(0xFE00, 0xFE10), 0x034F))
_AFTER_HYPHEN = re.compile(r"(?<=-)(?=[^-])")
_CONTROLS = frozenset({"Cc", "Cf"})
_COMBINING = frozenset({"Mn", "Me"})


@cache
def font(name: str) -> TTFont:
    """Return one of the fonts, registered with reportlab the first time."""
    file = name if name in _FALLBACK.values() else str(resources_dir() / "fonts" / name)
    found = TTFont(name, f"{file}.ttf")
    pdfmetrics.registerFont(found)
    return found


def printable(text: str) -> str:
    """Return the text as it can be printed: composed, with control and invisible characters dropped.

    Raises:
        RuleViolation: Naming the first character that no font here has.
    """
    whole = unicodedata.normalize("NFC", "\n".join(text.splitlines()).replace("\t", " "))
    kept = [c for c in whole if c in _KEPT or not (unicodedata.category(c) in _CONTROLS or c in _INVISIBLE)]
    for character in kept:
        if character not in _KEPT and not (_has(REGULAR, character) or _has(_FALLBACK[REGULAR], character)):
            raise RuleViolation(_refusal(character))
    return "".join(kept)


def runs(text: str, *, bold: bool) -> Iterator[tuple[str, str]]:
    """Yield the text in stretches of one font, each with the font's name."""
    main = BOLD if bold else REGULAR
    stretch, current = "", main
    for character in text:
        name = main if _has(main, character) else _FALLBACK[main]
        if name != current and stretch:
            yield current, stretch
            stretch = ""
        current = name
        stretch += character
    if stretch:
        yield current, stretch


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide the text is in points."""
    return sum(font(name).stringWidth(part, size) for name, part in runs(text, bold=bold))


def ascent(size: float) -> float:
    """Return how far the tallest letter reaches above the baseline."""
    return size * _ASCENT


def wrap(text: str, measure: float, size: float, *, bold: bool = False) -> list[str]:
    """Break printable text into lines that fit; every line but the last of a sentence ends in its space.

    A word wider than the measure is broken where it has to be. Line breaks in the text are kept.
    """
    lines: list[str] = []
    for each in text.split("\n"):
        lines += _wrap_one(list(filter(None, each.split(" "))), measure, size, bold=bold)
    return lines


def fitted(text: str, measure: float, look: Style) -> list[str]:
    """Make text printable and break it into lines of a style.

    Raises:
        RuleViolation: Naming a character that has no print.
    """
    return wrap(printable(text), measure, look.size, bold=look.bold)


def _wrap_one(words: list[str], measure: float, size: float, *, bold: bool) -> list[str]:
    lines: list[str] = []
    line, room = "", measure
    space = width(" ", size, bold=bold)
    for word in words:
        for piece, gap in _pieces(word, measure, size, bold=bold):
            wide = width(piece, size, bold=bold)
            if line and wide > room:
                lines.append(line)
                line, room = "", measure
            line += piece + gap
            room -= wide + space
    return [*lines, line.rstrip(" ")]


def _pieces(word: str, measure: float, size: float, *, bold: bool) -> Iterator[tuple[str, str]]:
    """Yield a word with the space after it, or in pieces that fit with a space after the last."""
    if width(word, size, bold=bold) <= measure:
        yield word, " "
        return
    *parts, last = _AFTER_HYPHEN.split(word)
    for part in parts:
        yield from ((piece, "") for piece, _gap in _pieces(part, measure, size, bold=bold))
    if parts:
        yield from _pieces(last, measure, size, bold=bold)
        return
    piece, room = "", measure
    for character in word:
        wide = width(character, size, bold=bold)
        if piece and wide > room and unicodedata.category(character) not in _COMBINING:
            yield piece, ""
            piece, room = "", measure
        piece += character
        room -= wide
    yield piece, " "


@cache
def _glyphs(name: str) -> frozenset[int]:
    return frozenset(font(name).face.charToGlyph)


def _has(name: str, character: str) -> bool:
    return ord(character) in _glyphs(name) and not unicodedata.category(character).startswith("C")


def _refusal(character: str) -> str:
    if 0xD800 <= ord(character) <= 0xDFFF:  # noqa: PLR2004 - half of a character, which has no name or shape
        return "The text holds a damaged character that cannot be printed. Type that word again."
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    return f"“{character}” ({name}) cannot be printed. Replace it, then try again. Nothing was issued."
