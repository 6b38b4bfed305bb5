"""The tour's fourth part: a picture of every form there is, opened for somebody to whom it applies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.errors import EnvironmentProblem
from collabcare.ui.pages import PageName, Place
from collabcare.ui.tour.page_forms import page_forms
from collabcare.ui.views.cards_page import CardsPage
from collabcare.ui.views.composer import FORM_KINDS
from collabcare.ui.views.record_bar import nothing_asked, why_not

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.tour.album import Album
    from collabcare.ui.tour.page_forms import PageForm


class EveryForm:
    """Opens each form once and closes it again without saving."""

    def __init__(self, window: MainWindow, tasks: Tasks, album: Album) -> None:
        self._window, self._work, self._tasks, self._album = window, window.work, tasks, album

    def run(self) -> None:
        """Take a picture of each."""
        for kind in FORM_KINDS:
            self._recorded(kind)
        for form in page_forms():
            self._of_a_page(form)
        self._work.show_today()
        self._wait()

    def _recorded(self, kind: str) -> None:
        """Open one of the forms of the patient's own page."""
        role = self._window.desk.acting.role
        pathway = self._window.desk.rulebook.pathway
        may = (facts for facts in self._everybody() if not nothing_asked(kind, facts, pathway))
        facts = next((facts for facts in may if not why_not(kind, role, facts)), None)
        if facts is None:
            raise _nobody(kind)
        self._work.show_patient(facts.episode_id, kind)
        self._wait()
        form = self._work.patient.composer.form()
        if form is None or kind != form.KIND:
            raise _nobody(kind)
        self._album.take(self._window, f"form-{_dashed(kind)}")
        form.cancelled.emit()

    def _of_a_page(self, wanted: PageForm) -> None:
        for facts in self._everybody():
            if (subject := wanted.of(facts)) is None:
                continue
            page = self._page_of(wanted.page, facts)
            page.unfold(wanted.kind, subject)
            self._wait()
            if (form := page.forms.form()) is not None:
                self._album.take(self._window, f"form-{_dashed(wanted.page)}-{_dashed(wanted.kind)}")
                form.cancelled.emit()
                return
        raise _nobody(wanted.kind)

    def _page_of(self, name: PageName, facts: EpisodeFacts) -> CardsPage:
        self._work.go(Place(name, facts.episode_id))
        self._wait()
        page = self._work.page
        if not isinstance(page, CardsPage):
            raise TypeError(name)
        return page

    def _everybody(self) -> Iterator[EpisodeFacts]:
        return (row.facts for row in self._work.open_caseload.rows)

    def _wait(self) -> None:
        self._album.wait(lambda: self._tasks.settled, "the form")


def _dashed(name: str) -> str:
    return name.replace(" ", "-").replace("_", "-")


def _nobody(kind: str) -> EnvironmentProblem:
    return EnvironmentProblem(f"Nobody in this demo has a use for the form {kind}. Build a larger one.")
