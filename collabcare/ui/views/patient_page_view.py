"""What every full page about one patient has: the banner, the way to the other pages, a body that scrolls."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.changes import Kind
from collabcare.domain.safety_plan import plan_banner
from collabcare.queries.patient_page import patient_page
from collabcare.ui.forms.tab_order import move_in_reading_order
from collabcare.ui.panes import first_stop
from collabcare.ui.passing import Passing
from collabcare.ui.theme import current_theme
from collabcare.ui.views.below_banner import BannerPage
from collabcare.ui.views.form_stack import FormStack
from collabcare.ui.views.low_page import is_low
from collabcare.ui.views.patient_tabs import TAB_WORDS, PatientTabs
from collabcare.ui.views.patient_words import banner_facts
from collabcare.ui.views.scrolled import Scrolled
from collabcare.ui.widgets.busy_strip import BusyStrip
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import APART, STRETCH, column

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from collabcare.queries.patient_page import PatientPage
    from collabcare.services.desk import Desk
    from collabcare.ui.forms.entry_form import EntryForm
    from collabcare.ui.pages import PageName
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.drafting import Drafting

PATIENT_PAGES = tuple(TAB_WORDS)
"""Every page about one patient, in the order of its tabs."""


class PatientPageView(BannerPage):
    """A full page about one patient; a subclass fills ``body`` and shows what was read.

    ``forms`` holds what is typed on the page, bound to its patient; ``message`` says what came of it.

    Signals:
        back_requested: The user wants the place they came from.
        page_requested: The :class:`PageName` of another page about the same patient.
        compose_requested: The episode, and the form to open on the patient's own page.
        letter_requested: The episode and the kind of letter to write.
    """

    back_requested = Signal()
    page_requested = Signal(object)
    compose_requested = Signal(object, str)
    letter_requested = Signal(object, str)

    NAME: ClassVar[PageName]
    DEPENDS_ON = frozenset(Kind)

    def __init__(self, desk: Desk, tasks: Tasks, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self.desk, self.prompts = desk, prompts
        self.page: PatientPage | None = None
        self._episode_id: EpisodeId | None = None
        self.tabs = PatientTabs(self.NAME, PATIENT_PAGES)
        self.message = InlineMessage()
        self.forms = FormStack(desk, tasks, prompts, self.NAME)
        self.body = column(gap=16)
        self._busy = BusyStrip("Loading the patient")
        self._gone = EmptyState("patient", "This patient is not in the record.", act="Back")
        self._whole = column(self.body, STRETCH, margin=APART)
        self._scroll = Scrolled(self._whole, TAB_WORDS[self.NAME])
        self._inside = self._scroll.widget() or self._scroll
        self._top = column(self.tabs, self.message, gap=8)
        self._top.setContentsMargins(16, 8, 16, 0)
        top = QWidget()
        top.setLayout(self._top)
        rest = column(self._busy, top, self.stand_in(), self._scroll, self._gone, gap=0)
        rest.setStretch(3, 1)
        self.lay_out(rest)
        self.tabs.back_requested.connect(self.back_requested)
        self.tabs.page_requested.connect(self.page_requested)
        self._gone.act_requested.connect(self.back_requested)
        self.forms.saved.connect(self.on_saved)
        self.forms.left.connect(self.message.show_lasting)
        self.forms.opened.connect(self.message.clear)
        Passing(self, tasks, self.message.pass_on)
        self.build()
        self._show_nobody()

    def build(self) -> None:
        """Fill ``body`` with the parts of the page, once."""

    def show_page(self, page: PatientPage) -> None:
        """Show what was read; what a page needs besides, it asks for here under a topic of its own."""
        raise NotImplementedError

    def on_saved(self, _kind: str, _changes: Changes) -> None:
        """Say what was saved; the page is read again by itself."""
        self.message.show_good("Saved.")

    def show_episode(self, episode_id: EpisodeId) -> None:
        """Show this episode; nothing of the one before stays in view while it loads."""
        if episode_id != self._episode_id:
            self._episode_id = episode_id
            self.message.clear()
            self._show_nobody()
        self.go_stale()

    def has_unsaved(self) -> bool:
        """Return whether anything typed for any patient is not saved yet."""
        return self.forms.has_unsaved()

    def keep_drafts(self) -> None:
        """Keep what stands in the forms, so that it comes back whatever happens."""
        self.forms.keep_drafts()

    @property
    def drafting(self) -> Drafting:
        """What keeps the drafts of the forms."""
        return self.forms.drafting

    def open_now(self) -> tuple[str, EntryForm | None]:
        """Return by what the form in view is opened, and the form."""
        return self.forms.open_now()

    def open_again(self, kind: str) -> None:
        """Open a form, at once or as soon as the page is there."""
        self.begin(kind)

    def begin(self, form: str) -> None:
        """Open one of the forms of this page, at once or as soon as the page is there; none by itself."""

    def open_form(self) -> str:
        """Return the kind of the form that is open, empty when none is."""
        form = self.forms.form()
        return "" if form is None else form.KIND

    def panes(self) -> list[QWidget]:
        """Return the parts that F6 goes through, in the order of reading."""
        return [self.banner, self.tabs, self._scroll]

    def take_keyboard(self) -> None:
        """Put the keyboard into the form that is open, else on the first thing that takes it."""
        form = self.forms.form()
        if form is not None:
            form.take_keyboard()
        else:
            (first_stop(self._inside) or self.tabs.back).setFocus()

    def reload(self) -> None:
        if self._episode_id is None:
            return
        self._busy.set_busy(busy=True)
        query = partial(
            patient_page, episode_id=self._episode_id, rulebook=self.desk.rulebook, today=self.desk.today
        )
        self.read(query, self._on_read)

    def make_room(self) -> None:
        """Let the form that is open have the room of the tabs where the page is low."""
        low = self.forms.form() is not None and is_low(self)
        self.tabs.setVisible(not low)
        edge = current_theme().px(4 if low else APART)
        self._whole.setContentsMargins(edge, edge, edge, edge)
        self._top.setContentsMargins(16, 0 if low else 8, 16, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self.make_room()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        return move_in_reading_order(self, forward=forward) or super().focusNextPrevChild(forward)

    def _on_read(self, page: PatientPage | None) -> None:
        self._busy.set_busy(busy=False)
        if page is None:
            self._show_nobody()
            self._gone.show()
            return
        if page.facts.episode_id != self._episode_id:
            return  # an answer about somebody who is not meant any more
        arrived = self.page is None
        self.page = page
        self._gone.hide()
        self.banner.show()
        self.banner.show_patient(banner_facts(page.facts, page.today, self.desk.acting.role))
        self.tabs.say(plan_banner(page.facts, today=page.today))
        self.forms.set_page(page)
        self.show_page(page)
        self._scroll.show()
        if arrived and self.isVisible():
            self.take_keyboard()

    def _on_changed(self, changes: Changes) -> None:
        if not changes.episodes or self._episode_id in changes.episodes:
            super()._on_changed(changes)

    def _show_nobody(self) -> None:
        self.page = None
        self.know_nothing()
        self._gone.hide()
        self.banner.hide()
        self._scroll.hide()
