"""A letter as it will be printed: the real pages, to zoom and to scroll."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from collabcare.ui.theme import Token, current_theme
from collabcare.ui.views.pdf_pages import SCREEN_DOTS_PER_INCH, PlaceOnPage, place_of, render_pages
from collabcare.ui.widgets.buttons import Button, ButtonKind, IconButton
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collabcare.ui.tasks import Tasks

_ZOOMS = (0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)
_A4_WIDTH_INCHES = 8.27
_GAP = 16
_PATIENCE_MS = 120


class PageView(QWidget):
    """Shows a PDF; drawing happens away from the screen's thread, and the old picture stays meanwhile."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pdf, self._under = b"", ""
        self._zoom: float | None = None
        self._sheets = _Sheets()
        self._scroll = QScrollArea()
        self._scroll.setObjectName("letter_page")
        self._scroll.setWidget(self._sheets)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName("The letter as it will be printed")
        self._where = PlainLabel("", TextRole.SECONDARY)
        self._size = PlainLabel("", TextRole.SECONDARY)
        self.zoom_out = IconButton("Smaller", "minus")
        self.zoom_in = IconButton("Larger", "plus")
        self.fit = Button("Fit width", ButtonKind.QUIET, compact=True)
        for button, name in ((self.zoom_out, "zoom_out"), (self.zoom_in, "zoom_in"), (self.fit, "zoom_fit")):
            button.setObjectName(f"letter_{name}")
        self._tools = QWidget()
        self._tools.setLayout(row(self._where, STRETCH, self.zoom_out, self._size, self.zoom_in, self.fit))
        self._nothing = EmptyState("letter", "")
        whole = column(self._tools, self._scroll, self._nothing)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PATIENCE_MS)
        self._later.timeout.connect(self._draw)
        self.zoom_out.clicked.connect(partial(self._step_zoom, -1))
        self.zoom_in.clicked.connect(partial(self._step_zoom, 1))
        self.fit.clicked.connect(self._on_fit)
        self._scroll.verticalScrollBar().valueChanged.connect(self._say_where)
        self.show_nothing("")

    def show_pdf(self, pdf: bytes, words: str, under: str = "") -> None:
        """Show these pages; ``words`` is the same text for a screen reader.

        What stands ``under`` a heading is being written: it is brought into view.
        """
        self._pdf, self._under = pdf, under
        self._scroll.setAccessibleDescription(words)
        self._nothing.hide()
        self._tools.show()
        self._scroll.show()
        self._draw()

    def show_nothing(self, why: str) -> None:
        """Show no page, and say why there is none."""
        self._pdf = b""
        self._sheets.set_images(())
        self._tools.hide()
        self._scroll.hide()
        self._nothing.say(why)
        self._nothing.setVisible(bool(why))

    def pages(self) -> int:
        """Return how many pages are shown."""
        return len(self._sheets.images)

    def where(self) -> str:
        """Return which page is in view, as it is written above it."""
        return self._where.whole_text()

    @property
    def zoom(self) -> float:
        """The zoom in use: the one chosen, or the one that fits the width."""
        if self._zoom is not None:
            return self._zoom
        bar = self._scroll.verticalScrollBar().sizeHint().width()  # there or not, so that it settles at once
        room = self._scroll.width() - bar - 2 * current_theme().px(_GAP)
        return max(room / (_A4_WIDTH_INCHES * SCREEN_DOTS_PER_INCH), _ZOOMS[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._pdf and self._zoom is None:
            self._later.start()

    def _draw(self) -> None:
        if self._pdf:
            work = partial(render_pages, self._pdf, self.zoom, self.devicePixelRatioF())
            self._tasks.run(self, work, self._show, topic="pages")

    def _show(self, images: tuple[QImage, ...]) -> None:
        if self._pdf:
            self._sheets.set_images(images)
            self._size.setText(f"{round(self.zoom * 100)} %")
            self._say_where()
            if self._under:
                work = partial(place_of, self._pdf, self._under)
                self._under = ""
                self._tasks.run(self, work, self._bring_into_view, topic="place")

    def _bring_into_view(self, place: PlaceOnPage | None) -> None:
        if place is not None:  # a turn later: the pages have their room then
            QTimer.singleShot(0, self, partial(self._scroll_to, place))

    def _scroll_to(self, place: PlaceOnPage) -> None:
        bar, room = self._scroll.verticalScrollBar(), self._scroll.viewport().height()
        top = self._sheets.y_of(place)
        if top is not None and not bar.value() <= top <= bar.value() + room * 2 // 3:
            bar.setValue(top - room // 4)

    def _step_zoom(self, direction: int) -> None:
        now = self.zoom
        beyond = [zoom for zoom in _ZOOMS if (zoom - now) * direction > 0.01]  # noqa: PLR2004 - rounding
        if beyond:
            self._zoom = min(beyond, key=lambda zoom: abs(zoom - now))
            self._draw()

    def _on_fit(self) -> None:
        self._zoom = None
        self._draw()

    def _say_where(self) -> None:
        middle = self._scroll.verticalScrollBar().value() + self._scroll.viewport().height() // 2
        page = self._sheets.page_at(middle)
        self._where.setText(f"Page {page} of {self.pages()}" if self.pages() else "")
        self._scroll.setAccessibleName(f"The letter as it will be printed, {self.where().lower()}")


class _Sheets(QWidget):
    """The pages one under the other, each with an edge."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self.images: tuple[QImage, ...] = ()

    def set_images(self, images: tuple[QImage, ...]) -> None:
        """Show these pages."""
        self.images = images
        gap = current_theme().px(_GAP)
        widest = max((round(image.deviceIndependentSize().width()) for image in images), default=0)
        height = sum(round(image.deviceIndependentSize().height()) + gap for image in images) + gap
        self.setMinimumSize(QSize(widest + 2 * gap, height))
        self.update()

    def page_at(self, y: int) -> int:
        """Return the number of the page at a height, counted from 1."""
        number = 1
        for number, place in enumerate(self._places(), start=1):
            if y < place.bottom() + current_theme().px(_GAP):
                return number
        return number

    def y_of(self, place: PlaceOnPage) -> int | None:
        """Return how far down a place is, None where there is no such page."""
        pages = self._places()
        if place.page >= len(pages):
            return None
        return pages[place.page].top() + round(pages[place.page].height() * place.down)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = current_theme()
        painter.setPen(QPen(theme.colour(Token.CONTROL_LINE), 1))
        for image, place in zip(self.images, self._places(), strict=True):
            if place.intersects(event.rect()):
                painter.drawImage(place.topLeft(), image)
                painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.end()

    def _places(self) -> list[QRect]:
        gap = current_theme().px(_GAP)
        top, found = gap, []
        for image in self.images:
            size = image.deviceIndependentSize().toSize()
            found.append(QRect(QPoint(max((self.width() - size.width()) // 2, gap), top), size))
            top += size.height() + gap
        return found
