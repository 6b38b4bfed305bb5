"""Colours as they came out on a picture of a widget, and how well they stand out from one another."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, QRect

Colour = tuple[int, int, int]


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of WCAG 2.2, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def colours(picture: QImage, box: QRect) -> Counter[Colour]:
    """Return how often each colour stands in a part of a picture."""
    part = picture.copy(box & picture.rect()).convertToFormat(QImage.Format.Format_RGB32)
    if part.isNull():
        return Counter()
    pixels = memoryview(part.constBits()).cast("I")
    return Counter({_split(value): times for value, times in Counter(pixels).items()})


def colour_at(picture: QImage, at: QPoint) -> Colour:
    """Return the colour of one pixel."""
    return _split(picture.pixel(at))


def text_contrast(picture: QImage, box: QRect) -> float:
    """Return how far the words in a box stand out from what is behind them.

    Behind them is what there is most of; the words are what stands out most, some pixels of it at least: the
    edges of letters are blended.
    """
    found = colours(picture, box)
    if not found:
        return 21.0
    behind, _times = found.most_common(1)[0]
    return max(contrast(behind, colour) for colour in found)


def _split(value: int) -> Colour:
    return (value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF)


@cache
def _luminance(colour: Colour) -> float:
    linear = [
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
