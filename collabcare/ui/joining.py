"""How the pages of the workspace lead to one another: which signal of which page goes where."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from collabcare.ui.pages import PageName, Place
from collabcare.ui.views.caseload_view import CaseloadView
from collabcare.ui.views.colleagues_view import ColleaguesView
from collabcare.ui.views.every_page import LIST_PAGES, PATIENT_PAGE_VIEWS
from collabcare.ui.views.help_view import HelpView
from collabcare.ui.views.letter_view import LetterView
from collabcare.ui.views.new_patient_view import NewPatientView
from collabcare.ui.views.patient_view import PatientView
from collabcare.ui.views.today_view import TodayView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.ids import EpisodeId
    from collabcare.services.desk import Desk
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.about_view import AboutView
    from collabcare.ui.views.keys_view import KeysView
    from collabcare.ui.views.list_page_view import ListPageView
    from collabcare.ui.views.patient_page_view import PatientPageView
    from collabcare.ui.workspace import Workspace

P = TypeVar("P")


def first_pages(
    work: Workspace, desk: Desk, tasks: Tasks, prompts: Prompts
) -> tuple[Callable[[], None], ...]:
    """Return what makes the pages that are there from the start, each to be done in a turn of its own."""

    def make_today() -> None:
        work.today = TodayView(desk, tasks, prompts, work.open_caseload)
        work.add(PageName.TODAY, work.today)

    def make_caseload() -> None:
        work.caseload = CaseloadView(desk, tasks, prompts, work.open_caseload)
        work.add(PageName.CASELOAD, work.caseload)
        _join_first(work)

    return make_today, make_caseload


def _join_first(work: Workspace) -> None:
    work.open_caseload.loaded.connect(lambda: work.counted.emit(*work.today.my_counts()))
    work.today.compose_requested.connect(work.show_patient)
    work.today.letter_requested.connect(work.show_letter)
    work.today.page_requested.connect(work.open_page_of)
    work.today.reminders_requested.connect(lambda: work.go(Place(PageName.REMINDERS)))
    _join_caseload(work)
    work.summary.said.connect(work.said)


def joined_page(work: Workspace, make: Callable[[], KeysView | AboutView]) -> QWidget:
    """Make a page that only leads back."""
    page = make()
    page.back_requested.connect(work.back)
    return page


def add_pages_made_later(work: Workspace, desk: Desk, tasks: Tasks, prompts: Prompts) -> None:
    """Add every page that is made when it is first shown."""
    parts = (desk, tasks, prompts)
    work.add_later(PageName.PATIENT, partial(_joined, work, partial(PatientView, *parts), _join_patient))
    work.add_later(PageName.LETTER, partial(_joined, work, partial(LetterView, *parts), _join_letter))
    newcomer = partial(NewPatientView, *parts)
    work.add_later(PageName.NEW_PATIENT, partial(_joined, work, newcomer, _join_newcomer))
    work.add_later(PageName.COLLEAGUES, partial(_joined, work, partial(ColleaguesView, *parts), _join_staff))
    work.add_later(PageName.HELP, partial(joined_help, work, partial(HelpView, tasks)))
    for name, list_view in LIST_PAGES.items():
        make_list = partial(list_view, desk, tasks, prompts, work.open_caseload)
        work.add_later(name, partial(joined_list, work, make_list))
    for name, patient_view in PATIENT_PAGE_VIEWS.items():
        make_page = partial(patient_view, desk, tasks, prompts)
        work.add_later(name, partial(joined_patient_page, work, make_page))


def joined_help(work: Workspace, make: Callable[[], HelpView]) -> QWidget:
    """Make the help and connect it."""
    page = make()
    page.back_requested.connect(work.back)
    page.page_requested.connect(work.show_help_page)
    return page


def joined_list(work: Workspace, make: Callable[[], ListPageView]) -> QWidget:
    """Make a page about nobody in particular and connect it."""
    page = make()
    page.back_requested.connect(work.back)
    page.patient_requested.connect(work.show_patient)
    return page


def joined_patient_page(work: Workspace, make: Callable[[], PatientPageView]) -> QWidget:
    """Make a page about one patient and connect it."""
    page = make()
    page.back_requested.connect(work.back)
    page.page_requested.connect(work.open_page)
    page.compose_requested.connect(work.show_patient)
    page.letter_requested.connect(work.show_letter)
    return page


def _join_caseload(work: Workspace) -> None:
    page = work.caseload
    page.patient_requested.connect(work.show_patient)
    page.compose_requested.connect(work.show_patient)
    page.page_requested.connect(lambda episode, name: work.go(Place(name, episode)))
    page.letter_requested.connect(work.show_letter)
    page.print_requested.connect(work.summary.save)
    page.said.connect(work.said)
    page.new_requested.connect(work.new_patient)


def _joined(work: Workspace, make: Callable[[], P], join: Callable[[Workspace, P], None]) -> P:
    """Make a page and connect it."""
    page = make()
    join(work, page)
    return page


def _join_patient(work: Workspace, page: PatientView) -> None:
    page.letter_requested.connect(work.show_letter)
    page.letter_opened.connect(work.show_issued)
    page.episode_requested.connect(partial(_show_other_care, work))
    page.page_requested.connect(work.open_page)
    page.form_requested.connect(work.open_page)
    page.again_requested.connect(work.new_patient)
    page.back_requested.connect(work.back)


def _join_letter(work: Workspace, page: LetterView) -> None:
    page.back_requested.connect(work.back)
    page.form.mend_requested.connect(partial(work.open_page, PageName.DETAILS))


def _join_staff(work: Workspace, page: ColleaguesView) -> None:
    page.back_requested.connect(work.back)


def _join_newcomer(work: Workspace, page: NewPatientView) -> None:
    page.added.connect(work.show_added)
    page.said.connect(work.said)
    page.cancelled.connect(work.back)
    page.patient_requested.connect(work.show_patient)


def _show_other_care(work: Workspace, episode_id: EpisodeId) -> None:
    """Go to another episode of the patient on show, from which the way back leads here."""
    work.go(Place(PageName.PATIENT, episode_id, opened_from=work.place.episode_id))
