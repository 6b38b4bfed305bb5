"""The pages of a PDF as pictures, drawn by the library that draws them in browsers."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from threading import Lock

from PySide6.QtGui import QImage

POINTS_PER_INCH = 72
SCREEN_DOTS_PER_INCH = 96
_ONE_AT_A_TIME = Lock()  # the library is not made for two threads at once


@dataclass(frozen=True, slots=True)
class PlaceOnPage:
    """A line of a PDF: its page counted from 0, and how far down it, from 0 to 1."""

    page: int
    down: float


def place_of(pdf: bytes, words: str) -> PlaceOnPage | None:
    """Return where these words stand first, None where they do not."""
    import pypdfium2

    with _ONE_AT_A_TIME, closing(pypdfium2.PdfDocument(pdf)) as document:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            found = text.search(words, match_case=True).get_next()
            if found is not None:
                _left, _bottom, _right, top = text.get_charbox(found[0])
                return PlaceOnPage(number, 1 - top / page.get_height())
    return None


def render_pages(pdf: bytes, zoom: float, pixel_ratio: float) -> tuple[QImage, ...]:
    """Draw every page; a ``zoom`` of 1 is the size of the paper. Takes some milliseconds a page."""
    import pypdfium2

    scale = zoom * pixel_ratio * SCREEN_DOTS_PER_INCH / POINTS_PER_INCH
    with _ONE_AT_A_TIME, closing(pypdfium2.PdfDocument(pdf)) as document:
        images = []
        for number in range(len(document)):
            bitmap = document[number].render(scale=scale)
            shared = QImage(
                bytes(bitmap.buffer),
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_BGR888,
            )
            image = shared.copy()  # its own memory: the bitmap's goes with the document
            image.setDevicePixelRatio(pixel_ratio)
            images.append(image)
        return tuple(images)
