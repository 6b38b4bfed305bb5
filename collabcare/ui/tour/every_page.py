"""The tour's third part: a picture of every page that is made when first shown, and of its main forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.gate_today import open_review
from collabcare.ui.pages import PageName, Place
from collabcare.ui.views.every_page import LIST_PAGES, PATIENT_PAGE_VIEWS
from collabcare.ui.views.patient_page_view import PatientPageView

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
_FORMS = ((PageName.SAFETY, "assessment"), (PageName.SAFETY, "plan"))


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
        for name, form in _FORMS:
            self._go(Place(name, self._somebody(name).episode_id), "")
            page = self._work.page
            if isinstance(page, PatientPageView):
                page.begin(form)
                self._wait()
                self._album.take(self._window, f"page-{form}-form")
        self._work.show_today()

    def _go(self, place: Place, picture: str) -> None:
        self._work.go(place)
        self._wait()
        if picture:
            self._album.take(self._window, picture)

    def _wait(self) -> None:
        self._album.wait(lambda: self._tasks.idle, "the page")

    def _somebody(self, name: PageName) -> EpisodeFacts:
        rows = self._work.open_caseload.rows
        shown = _SHOWN_BY.get(name)
        return next((row.facts for row in rows if shown is not None and shown(row.facts)), rows[0].facts)


def _title(name: PageName) -> str:
    return f"page-{name.value.replace(' ', '-')}"
