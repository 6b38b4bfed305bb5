"""The pages of the main window and the way back through them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLayout

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
    HELP = "help"
    REMINDERS = "reminders"
    LOOP = "loop"
    PRACTICE = "practice"
    COVER = "cover"
    SNIPPETS = "snippets"
    DETAILS = "details"
    PEOPLE = "people"
    GOALS = "goals"
    MEDICATION = "medication"
    SAFETY = "safety"
    REACHING = "reaching"
    STAYING_WELL = "staying well"
    ENDING = "ending"


LISTS = frozenset(
    {
        PageName.TODAY,
        PageName.CASELOAD,
        PageName.REMINDERS,
        PageName.LOOP,
        PageName.COVER,
        PageName.PRACTICE,
    }
)
"""The places on the left: Esc ends there."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and what it shows where it can show several things."""

    page: PageName
    episode_id: EpisodeId | None = None
    letter: str | LetterId = ""
    """The kind of a letter to write, or the number of one that was issued."""
    topic: str = ""
    """The page of the help, or ``page/form`` for the one about these."""
    opened_from: EpisodeId | None = None
    """The episode on whose page this one, of the same patient, was opened."""

    def is_about_another(self, than: Place | None) -> bool:
        """Return whether this place and that one are about patients, and not about the same one."""
        ones, others = _episodes(self), _episodes(than)
        return bool(ones and others) and ones.isdisjoint(others)


class Pages(QStackedWidget):
    """Shows one page at a time and remembers the places before it.

    Signals:
        moved: The :class:`Place` now on show.
    """

    moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: dict[PageName, QWidget] = {}
        self._later: dict[PageName, Callable[[], QWidget]] = {}
        self._been: list[Place] = []
        self._last: Place | None = None
        self.place = Place(PageName.TODAY)

    @property
    def page(self) -> QWidget:
        """The page on show."""
        return self._pages[self.place.page]

    def add(self, name: PageName, page: QWidget) -> None:
        """Add a page; the first one added is on show."""
        self._pages[name] = page
        self.addWidget(page)

    def add_later(self, name: PageName, make: Callable[[], QWidget]) -> None:
        """Add a page that is made when it is first shown: most of them are not, on most days."""
        self._later[name] = make

    def minimumSizeHint(self) -> QSize:
        # Of the page on show: the others may be in want of more, which is no reason for this one to scroll.
        if not self._pages:
            return super().minimumSizeHint()
        return least_wrapped(self.page.minimumSizeHint(), self.page.layout(), self.width())

    def made(self) -> tuple[QWidget, ...]:
        """Return the pages there are by now."""
        return tuple(self._pages.values())

    def has(self, name: PageName) -> bool:
        """Return whether there is such a page, made by now or not."""
        return name in self._pages or name in self._later

    def page_of(self, name: PageName) -> QWidget:
        """Return a page, making it if nobody has needed it yet."""
        if name not in self._pages:
            self.add(name, self._later.pop(name)())
        return self._pages[name]

    def go(self, place: Place) -> None:
        """Show a place and remember the one it follows."""
        if place != self.place:
            self._been = [*self._been[-_LONGEST:], self.place]
        self._show(place)

    @property
    def been(self) -> tuple[Place, ...]:
        """The places before the one on show, the last at the end."""
        return tuple(self._been)

    def before(self) -> Place | None:
        """Forget the place on show and return the one before it, or None at the start.

        The way back never leads to another patient than the one who was on show last: a key too many would
        write in the wrong record.
        """
        while self._been:
            place = self._been.pop()
            if not place.is_about_another(self._last):
                return place
        return None

    def return_to(self, place: Place) -> None:
        """Show a place without remembering where one comes from."""
        self._show(place)

    def go_again(self, place: Place, been: tuple[Place, ...]) -> None:
        """Show a place that was reached by way of others, in a window made anew."""
        self.go(place)
        self._been = list(been)

    def _show(self, place: Place) -> None:
        self.place = place
        if place.episode_id is not None:
            self._last = place
        self.setCurrentWidget(self.page_of(place.page))
        self.updateGeometry()
        self.moved.emit(place)


def least_wrapped(least: QSize, layout: QLayout | None, width: int) -> QSize:
    """Return what a page needs at the least when it is as wide as this: its words may wrap."""
    if layout is None or not layout.hasHeightForWidth():
        return least
    wrapped = layout.totalMinimumHeightForWidth(max(width, least.width()))
    return QSize(least.width(), max(least.height(), wrapped))


def _episodes(place: Place | None) -> frozenset[EpisodeId]:
    named = () if place is None else (place.episode_id, place.opened_from)
    return frozenset(each for each in named if each is not None)
