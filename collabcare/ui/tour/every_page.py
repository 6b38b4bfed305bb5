"""The tour's third part: a picture of every page that is made when first shown, and of its main forms."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from collabcare.domain.gate_today import open_review
from collabcare.ui.pages import PageName, Place
from collabcare.ui.views.cards_page import CardsPage
from collabcare.ui.views.caseload_acts import Act
from collabcare.ui.views.every_page import LIST_PAGES, PATIENT_PAGE_VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.tour.album import Album

_SHOWN_BY: dict[PageName, Callable[[EpisodeFacts], bool]] = {
    PageName.PEOPLE: lambda facts: bool(facts.carers),
    PageName.GOALS: lambda facts: bool(facts.goals),
    PageName.MEDICATION: lambda facts: bool(facts.medication),
    PageName.SAFETY: lambda facts: bool(facts.safety_plans and facts.safety_assessments),
    PageName.REACHING: lambda facts: facts.open_ladder is not None,
    PageName.STAYING_WELL: lambda facts: facts.relapse_plan is not None,
    PageName.ENDING: lambda facts: open_review(facts) is not None,
}
"""Of whom a page has something to show."""


class EveryPage:
    """Goes to each page once, about somebody of whom there is something on it."""

    def __init__(self, window: MainWindow, tasks: Tasks, album: Album) -> None:
        self._window, self._work, self._tasks, self._album = window, window.work, tasks, album

    def run(self) -> None:
        """Take a picture of each."""
        for name in PATIENT_PAGE_VIEWS:
            self._go(Place(name, self._somebody(name).episode_id), _title(name))
        for name in LIST_PAGES:
            self._go(Place(name), _title(name))
        self._of_the_caseload()
        self._others()
        self._work.show_today()

    def _of_the_caseload(self) -> None:
        """The cards that unfold beside the list, and the list with nobody in it."""
        caseload = self._work.caseload
        self._go(Place(PageName.CASELOAD), "")
        caseload.table.selectAll()
        for card, unfold in (
            ("letters", partial(caseload.bulk.do, Act.LETTERS)),
            ("export", caseload.bulk.export_shown),
            ("own-view", caseload.own_views.save),
        ):
            unfold()
            self._wait()
            self._album.take(self._window, f"caseload-{card}")
            caseload.side.fold()
        caseload.preview()
        self._wait()
        self._album.take(self._window, "caseload-preview")
        caseload.preview()
        caseload.search.setText("nobody of this name")
        self._album.take(self._window, "caseload-nobody")
        caseload.asking.clear()

    def _others(self) -> None:
        """Pages that are in no table, everything the box at the top offers, and a page for the patient."""
        self._go(Place(PageName.COLLEAGUES), "page-colleagues")
        self._go(Place(PageName.ABOUT), "page-about")
        self._window.open_palette()
        self._album.take(self._window, "find-everything")
        self._work.take_keyboard()
        self._go(Place(PageName.SAFETY, self._somebody(PageName.SAFETY).episode_id), "")
        if isinstance(page := self._work.page, CardsPage):
            page.show_copy()
            self._album.wait(lambda: self._tasks.settled, "the patient's copy")
            self._album.take(self._window, "patients-copy")
            self._work.back()

    def _go(self, place: Place, picture: str) -> None:
        self._work.go(place)
        self._wait()
        if picture:
            self._album.take(self._window, picture)

    def _wait(self) -> None:
        self._album.wait(lambda: self._tasks.settled, "the page")

    def _somebody(self, name: PageName) -> EpisodeFacts:
        rows = self._work.open_caseload.rows
        shown = _SHOWN_BY.get(name)
        return next((row.facts for row in rows if shown is not None and shown(row.facts)), rows[0].facts)


def _title(name: PageName) -> str:
    return f"page-{name.value.replace(' ', '-')}"
