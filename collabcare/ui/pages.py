"""The pages of the main window and the way back through them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId, LetterId

_LONGEST = 40


class PageName(StrEnum):
    """A page."""

    TODAY = "today"
    CASELOAD = "caseload"
    PATIENT = "patient"
    LETTER = "letter"
    NEW_PATIENT = "new patient"
    COLLEAGUES = "colleagues"
    KEYS = "keys"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and what it shows where it can show several things."""

    page: PageName
    episode_id: EpisodeId | None = None
    letter: str | LetterId = ""
    """The kind of a letter to write, or the number of one that was issued."""


class Pages(QStackedWidget):
    """Shows one page at a time and remembers the places before it.

    Signals:
        moved: The :class:`Place` now on show.
    """

    moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: dict[PageName, QWidget] = {}
        self._been: list[Place] = []
        self.place = Place(PageName.TODAY)

    @property
    def page(self) -> QWidget:
        """The page on show."""
        return self._pages[self.place.page]

    def add(self, name: PageName, page: QWidget) -> None:
        """Add a page; the first one added is on show."""
        self._pages[name] = page
        self.addWidget(page)

    def go(self, place: Place) -> None:
        """Show a place and remember the one it follows."""
        if place != self.place:
            self._been = [*self._been[-_LONGEST:], self.place]
        self._show(place)

    def before(self) -> Place | None:
        """Forget the place on show and return the one before it, or None at the start."""
        return self._been.pop() if self._been else None

    def return_to(self, place: Place) -> None:
        """Show a place without remembering where one comes from."""
        self._show(place)

    def _show(self, place: Place) -> None:
        self.place = place
        self.setCurrentWidget(self._pages[place.page])
        self.moved.emit(place)
