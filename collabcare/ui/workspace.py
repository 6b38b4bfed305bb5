"""The pages a user works in, and how one leads to another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import Signal

from collabcare.ui.joining import add_pages_made_later, joined_page
from collabcare.ui.late_pages import LatePages
from collabcare.ui.meant import NOBODY_MEANT, episode_meant
from collabcare.ui.menus import actions_for
from collabcare.ui.models.open_caseload import OpenCaseload
from collabcare.ui.pages import PageName, Place
from collabcare.ui.panes import enter
from collabcare.ui.summary import SummaryPrinter
from collabcare.ui.views.about_view import AboutView
from collabcare.ui.views.caseload_view import CaseloadView
from collabcare.ui.views.colleagues_view import ColleaguesView
from collabcare.ui.views.help_view import HelpView, topic_about
from collabcare.ui.views.keys_view import KeysView
from collabcare.ui.views.letter_view import LetterView
from collabcare.ui.views.live_view import LiveView
from collabcare.ui.views.patient_page_view import PatientPageView
from collabcare.ui.views.patient_tabs import TAB_WORDS
from collabcare.ui.views.patient_view import PatientView
from collabcare.ui.views.today_view import TodayView
from collabcare.ui.views.undo_last import undo_last
from collabcare.ui.widgets.unread import unread_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId, LetterId
    from collabcare.services.desk import Desk
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks


@runtime_checkable
class HasUnsaved(Protocol):
    """A page on which something can be typed."""

    def has_unsaved(self) -> bool:
        """Return whether anything typed is not saved yet."""


@runtime_checkable
class KeepsDrafts(Protocol):
    """A page whose forms are kept as drafts."""

    def keep_drafts(self) -> None:
        """Keep what stands in its forms, so that it comes back whatever happens."""


@runtime_checkable
class HasPanes(Protocol):
    """A page of several parts."""

    def panes(self) -> list[QWidget]:
        """Return the parts that F6 goes through, in the order of reading."""


@runtime_checkable
class TakesKeyboard(Protocol):
    """A page that knows where on it the keyboard belongs."""

    def take_keyboard(self) -> None:
        """Put the keyboard there."""


class Workspace(LatePages):
    """Every page of one signed-in user over one reading of the open caseload.

    Today and the caseload are there from the start: :func:`~collabcare.ui.joining.first_pages` makes them.

    Signals:
        counted: How many things there are for this user to do today, and how many reminders to make.
        said: What came of a command, in a sentence.
    """

    counted = Signal(int, int)
    said = Signal(str)

    today: TodayView
    caseload: CaseloadView

    def __init__(self, desk: Desk, tasks: Tasks, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open_caseload = OpenCaseload(desk, tasks, self)
        self.summary = SummaryPrinter(desk, tasks, prompts, self)
        self.add_later(
            PageName.KEYS, partial(joined_page, self, partial(KeysView, actions_for(desk.acting.role)))
        )
        self.add_later(PageName.ABOUT, partial(joined_page, self, AboutView))
        add_pages_made_later(self, desk, tasks, prompts)

    def go_on(self) -> None:
        """Read the record, at the start or after a lock."""
        self.caseload.go_on()
        self.open_caseload.go_on()

    def pause(self) -> None:
        """Keep what is being written and read nothing: the record is about to be closed."""
        self.keep_drafts()
        self.open_caseload.pause()
        self.caseload.finish()
        for page in self.made():
            if isinstance(page, ColleaguesView):
                page.forget_passwords()

    def has_unsaved(self) -> bool:
        """Return whether something was typed that is not saved."""
        return any(page.has_unsaved() for page in self.made() if isinstance(page, HasUnsaved))

    def would_lose(self) -> bool:
        """Return whether something was typed that is neither saved nor kept as a draft."""
        unsaved = (page for page in self.made() if isinstance(page, HasUnsaved) and page.has_unsaved())
        return any(not isinstance(page, KeepsDrafts) for page in unsaved)

    def keep_drafts(self) -> None:
        """Keep what stands in every form, so that it comes back whatever happens."""
        for page in self.made():
            if isinstance(page, KeepsDrafts):
                page.keep_drafts()

    def show_today(self) -> None:
        """Go to what there is to do today."""
        self.go(Place(PageName.TODAY))

    def show_caseload(self, view: str = "") -> None:
        """Go to the caseload, perhaps to one of its filters."""
        self.caseload.show_view(view)
        self.go(Place(PageName.CASELOAD))

    def show_patient(self, episode_id: EpisodeId, compose: str = "") -> None:
        """Go to a patient's page, perhaps with a form open."""
        self.go(Place(PageName.PATIENT, episode_id))
        if compose:
            self.patient.compose(compose)

    def show_letter(self, episode_id: EpisodeId, kind: str = "") -> None:
        """Go to a letter about a patient, to be written: the one that is due where no kind is named."""
        self.go(Place(PageName.LETTER, episode_id, kind))

    def show_issued(self, episode_id: EpisodeId, letter_id: LetterId) -> None:
        """Go to a letter that was issued."""
        self.go(Place(PageName.LETTER, episode_id, letter_id))

    def new_patient(self, known: EpisodeFacts | None = None) -> None:
        """Go to the form for a new patient, or to refer again somebody who was in our care."""
        self.newcomer.start(known)
        self.go(Place(PageName.NEW_PATIENT))

    def show_help(self) -> None:
        """Open the help at the page about what is on show: the form that is open, else the page."""
        if self.place.page is not PageName.HELP:
            self.go(Place(PageName.HELP, topic=topic_about(self.place.page, self.page)))

    def show_help_page(self, id: str) -> None:
        """Open a page of the help."""
        self.go(Place(PageName.HELP, topic=id))

    def compose(self, kind: str) -> None:
        """Open a form on the page of the patient on show or chosen in the list, or the letter to the GP."""
        episode_id = episode_meant(self.place, self.page)
        if episode_id is None:
            self.said.emit(NOBODY_MEANT)
        elif kind == "letter":
            self.show_letter(episode_id)
        else:
            self.show_patient(episode_id, kind)

    def open_page(self, name: PageName, form: str = "") -> None:
        """Go to a page that needs nothing more, or to one about the patient meant, perhaps with a form."""
        if name not in TAB_WORDS:
            self.go(Place(name))
        elif (episode_id := episode_meant(self.place, self.page)) is None:
            self.said.emit(NOBODY_MEANT)
        elif self.has(name):
            self.open_page_of(episode_id, name, form)

    def open_page_of(self, episode_id: EpisodeId, name: PageName, form: str = "") -> None:
        """Go to a page about a patient, perhaps with a form open there."""
        self.go(Place(name, episode_id))
        if form and isinstance(page := self.page, PatientPageView):
            page.begin(form)

    def explain(self) -> None:
        """Say why something stands on the page: the rule, the facts it went by and its source."""
        if isinstance(page := self.page, TodayView | CaseloadView | PatientView):
            page.explain()

    def not_now(self) -> None:
        """Let the thing chosen on Today wait, or decline it, with the reason."""
        if self.place.page is PageName.TODAY:
            self.today.not_now()

    def undo(self) -> None:
        """Take back what was done last on the page on show, or say why no key does and what to do instead."""
        if said := undo_last(self.page):
            self.said.emit(said)

    def print_summary(self) -> None:
        """Print the page on show: the patient's summary or the issued letter, else the caseload as shown."""
        page = self.page
        if isinstance(page, LetterView):
            page.print_letter()
        elif isinstance(page, PatientView | PatientPageView):
            if page.page is not None:
                self.summary.save_story(page.page.row)
        else:
            self.summary.save(self.caseload.model.shown, self.caseload.shown_words())

    def refresh(self) -> None:
        """Read everything on screen from the record again."""
        self.open_caseload.reload()
        for page in self.made():
            if isinstance(page, LiveView):
                page.go_stale()

    def go(self, place: Place) -> None:
        super().go(place)
        self._fill(place)
        self.take_keyboard()

    def back(self) -> None:
        """Go back to where one came from; at the start, to Today."""
        place = self.before() or Place(PageName.TODAY)
        self.return_to(place)
        self._fill(place)
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Give the keyboard to the page, unless the page has taken it already."""
        page = unread_of(self.page) or self.page
        if isinstance(page, TakesKeyboard):
            page.take_keyboard()
        else:
            enter(page)

    def panes(self) -> list[QWidget]:
        """Return the parts of the page that F6 goes through."""
        if self.place.page is PageName.TODAY:
            return [self.today.list, self.today.side]
        if self.place.page is PageName.CASELOAD:
            return [self.caseload.whose, self.caseload.table, self.caseload.panel, self.caseload.side]
        return self.page.panes() if isinstance(self.page, HasPanes) else [self.page]

    def _fill(self, place: Place) -> None:
        """Have the page on show load what it is about; it is seen already, so it can take the keyboard."""
        if isinstance(page := self.page, HelpView):
            page.show_topic(place.topic)
        if place.episode_id is None:
            return
        if place.page is PageName.PATIENT:
            self.patient.show_episode(place.episode_id)
        elif isinstance(page := self.page, PatientPageView):
            page.show_episode(place.episode_id)
        elif isinstance(place.letter, str):
            self.letter.show_letter(place.episode_id, place.letter)
        else:
            self.letter.show_issued(place.episode_id, place.letter)

    def show_added(self, episode_id: EpisodeId) -> None:
        """Go from the finished form to the new patient's page, so that Back does not return to the form."""
        came_from = self.before()
        if came_from is not None:
            self.return_to(came_from)
        self.show_patient(episode_id)
