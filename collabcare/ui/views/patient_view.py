"""One patient: who they are, where they stand, what happened, how they are, and recording it all in place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from collabcare.domain.changes import Kind
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.ids import ActionId, EpisodeId, LetterId
from collabcare.domain.safety_plan import plan_banner
from collabcare.queries.page_timeline import page_timeline
from collabcare.queries.patient_page import patient_page
from collabcare.queries.timeline_care import earlier_entries
from collabcare.queries.timeline_entry import EntryKind
from collabcare.services.supervision import complete_action
from collabcare.ui.forms.entry_form import RoomWanted
from collabcare.ui.forms.tab_order import move_in_reading_order
from collabcare.ui.pages import PageName
from collabcare.ui.passing import Passing
from collabcare.ui.prompts import Question
from collabcare.ui.summary import SummaryPrinter
from collabcare.ui.views.composer import Composer
from collabcare.ui.views.due_acts import due_act, form_for, form_there, letter_of
from collabcare.ui.views.interpreter_noted import note_booked
from collabcare.ui.views.low_page import is_low, is_tight
from collabcare.ui.views.patient_columns import PatientColumns
from collabcare.ui.views.patient_now import NowPanel
from collabcare.ui.views.patient_page_view import PATIENT_PAGES
from collabcare.ui.views.patient_parts import PatientParts
from collabcare.ui.views.patient_scores import ScoresPanel
from collabcare.ui.views.patient_tabs import PatientTabs
from collabcare.ui.views.patient_words import banner_facts, who_line
from collabcare.ui.views.story_column import StoryColumn
from collabcare.ui.views.story_view import StoryView
from collabcare.ui.views.undoing import UndoBar
from collabcare.ui.widgets.busy_strip import BusyStrip
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.why import explain

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from collabcare.domain.changes import Changes
    from collabcare.domain.due_kinds import Due
    from collabcare.domain.ids import ContactId
    from collabcare.queries.patient_page import PatientPage
    from collabcare.queries.timeline_entry import TimelineEntry
    from collabcare.services.desk import Desk
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Query, Tasks


class PatientView(PatientParts):
    """The page of one patient's episode of care.

    Signals:
        letter_requested: The episode and the kind of letter to write.
        episode_requested: Another episode of the same patient to look at.
        letter_opened: The episode and the letter already issued to look at.
        back_requested: The user wants the list they came from.
        page_requested: The :class:`PageName` of another page about the same patient.
        form_requested: The same, and the form to open there.
        again_requested: The facts of the patient who is to be referred again.
    """

    letter_requested = Signal(object, str)
    letter_opened = Signal(object, object)
    episode_requested = Signal(object)
    back_requested = Signal()
    page_requested = Signal(object)
    form_requested = Signal(object, str)
    again_requested = Signal(object)
    DEPENDS_ON = frozenset(Kind)

    def __init__(self, desk: Desk, tasks: Tasks, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._desk, self._prompts = desk, prompts
        self._episode_id: EpisodeId | None = None
        self._page: PatientPage | None = None
        self._waiting: str = ""
        self.now = NowPanel(desk.acting)
        self.story = StoryView()
        self.scores = ScoresPanel(desk.acting.role)
        self.composer = Composer(desk, tasks, prompts)
        self.tabs = PatientTabs(PageName.PATIENT, PATIENT_PAGES)
        self.back = self.tabs.back
        self._busy = BusyStrip("Loading the patient")
        self._gone = EmptyState("patient", "This patient is not in the record.", act="Back")
        self._middle = StoryColumn(self.composer, self.story)
        self.picture = self._middle.picture
        self._printer = SummaryPrinter(desk, tasks, prompts, self)
        self.columns, self.undo_bar = PatientColumns(self.now, self._middle, self.scores), UndoBar()
        self.columns.picture_placed.connect(self._middle.place_picture)
        page = _padded(self.tabs, self.undo_bar, self.stand_in(), self.columns)
        rest = column(self._busy, page, self._gone, gap=0)
        rest.setStretch(1, 1)
        self.lay_out(rest)
        self._connect()
        self._show_nobody()

    @property
    def page(self) -> PatientPage | None:
        """Return what is on show, None until it has been read."""
        return self._page

    def show_episode(self, episode_id: EpisodeId) -> None:
        """Show this episode; nothing of the one before stays in view while it loads."""
        if episode_id != self._episode_id:
            self._episode_id = episode_id
            self._waiting = ""
            self._show_nobody()
        self.go_stale()

    def compose(self, kind: str) -> None:
        """Open a form in place, the keyboard on its first field, at once or as soon as the page is there."""
        if self._page is None:
            self._waiting = kind
            return
        self.columns.show_story()
        self.composer.open(kind)

    def explain(self) -> None:
        """Say why the first thing suggested for this patient is, the keyboard on it; Esc there closes it."""
        self.columns.show_rest()
        if (button := self.now.first_why()) is not None:
            explain(button)

    def open_form(self) -> str:
        """Return the kind of the form that is open, empty when none is."""
        return "" if (form := self.composer.form()) is None else form.KIND

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height() and self.composer.form() is not None:
            _make_room(self)

    def reload(self) -> None:
        if self._episode_id is None:
            return
        self._busy.set_busy(busy=True)
        self.read(_reading(self._episode_id, self._desk), self._show)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        return move_in_reading_order(self, forward=forward) or super().focusNextPrevChild(forward)

    def _on_changed(self, changes: Changes) -> None:
        if not changes.episodes or self._episode_id in changes.episodes:
            super()._on_changed(changes)

    def _connect(self) -> None:
        self.tabs.back_requested.connect(self.back_requested)
        self.tabs.page_requested.connect(self.page_requested)
        self._gone.act_requested.connect(self.back_requested)
        self.now.compose_requested.connect(self.compose)
        self.now.due_chosen.connect(self._on_due)
        self.scores.page_requested.connect(self.page_requested)
        self.scores.correction_requested.connect(partial(self.composer.open, "correction"))
        self.scores.interpreter_booked.connect(self._on_interpreter)
        self.story.entry_opened.connect(self._on_entry_opened)
        self.picture.print_requested.connect(self._printer.save_story)
        self._printer.said.connect(self.composer.tell)
        self.composer.letter_requested.connect(self._on_letter)
        self.composer.opened.connect(partial(_make_room, self))
        Passing(self, self._tasks, self.composer.pass_on, self.undo_bar.withdraw)
        self.composer.reload_wanted.connect(self.reload)
        self.composer.page_requested.connect(partial(_turn_to, self))

    def _show_nobody(self) -> None:
        self._page = None
        self.know_nothing()
        self.undo_bar.withdraw()
        self._gone.hide()
        self.banner.hide()
        self.columns.hide()

    def _show(self, page: PatientPage | None) -> None:
        self._busy.set_busy(busy=False)
        if page is None:
            self._show_nobody()
            self._gone.show()
            return
        if page.facts.episode_id != self._episode_id:
            return  # an answer about somebody who is not meant any more
        arrived = self._page is None
        self._page = page
        self.banner.show()
        self.banner.show_patient(banner_facts(page.facts, page.today, self._desk.acting.role))
        self.tabs.say(plan_banner(page.facts, today=page.today))
        self.now.set_page(page)
        self.scores.set_page(page)
        self.columns.glance.set_page(page)
        self._middle.set_page(page)
        self.story.set_entries(page_timeline(page), earlier_entries(page.other_care))
        self.composer.set_page(page)
        self._gone.hide()
        self.columns.show()
        if self._waiting:
            self._tasks.in_turns(self, self._compose_waiting)  # not in this turn, which is a long one
        elif arrived and self._may_take_keyboard():
            self.composer.bar.choice.setFocus()

    def _compose_waiting(self) -> None:
        """Open the form that was asked for before the page was there."""
        waiting, self._waiting = self._waiting, ""
        if waiting and self._page is not None:
            self.compose(waiting)

    def _may_take_keyboard(self) -> bool:
        """Return whether nothing else has the keyboard: digits then open the forms at once."""
        focused = QApplication.focusWidget()
        return self.isVisible() and (focused is None or focused is self or self.isAncestorOf(focused))

    def _on_due(self, due: Due) -> None:
        """Do what a thing due asks for, where it is done."""
        if (page := self._page) is None:
            return
        if letter := letter_of(due, page.facts, page.rulebook, self._desk.acting.role):
            self._on_letter(letter)
        elif due.kind is DueKind.SUPERVISION_ACTION:
            self._complete(due)
        elif (done_on := due_act(due.kind).page) is not None:
            self.form_requested.emit(done_on, form_there(due))
        else:
            self.columns.show_story()
            self.composer.open(form_for(due), due.subject_id)

    def _complete(self, due: Due) -> None:
        if self._page is None or due.subject_id is None:
            return
        if self._prompts.confirm(_done_question(due, self._page)):
            work = partial(complete_action, ActionId(due.subject_id), self._desk.uow)
            self._tasks.write(work, lambda _changes: self.composer.tell(_ACTION_DONE))

    def _on_interpreter(self, contact_id: ContactId) -> None:
        if self._episode_id is not None:
            self.composer.last_act.forget()
            note_booked(self._episode_id, contact_id, self._desk, self._tasks, self.undo_bar)

    def _on_letter(self, kind: str) -> None:
        if self._episode_id is not None:
            self.letter_requested.emit(self._episode_id, kind)

    def _on_entry_opened(self, entry: TimelineEntry) -> None:
        if entry.kind is EntryKind.EARLIER:
            self.episode_requested.emit(EpisodeId(entry.subject_id))
        elif self._episode_id is not None:
            self.letter_opened.emit(self._episode_id, LetterId(entry.subject_id))


def _reading(episode_id: EpisodeId, desk: Desk) -> Query[PatientPage | None]:
    """Return what reads the page as it stands now."""
    now, book = desk.clock.now(), desk.rulebook
    return partial(patient_page, episode_id=episode_id, rulebook=book, today=desk.today, now=now)


_ACTION_DONE = "The action is done. It stays with the review it was agreed in."


def _make_room(view: PatientView, _kind: str = "") -> None:
    """Let the form that is open have the room it wants; on a low page nothing else is shown."""
    form = view.composer.form()
    low = form is not None and is_low(view)
    wanted = RoomWanted.USUAL if form is None else form.wants_room()
    view.tabs.setVisible(not low and not (wanted >= RoomWanted.HIGH and is_tight(view)))
    view.columns.give_room(RoomWanted.ONLY if low else wanted)


def _done_question(due: Due, page: PatientPage) -> Question:
    return Question(
        title="Mark this action as done?",
        text=due.why,
        act="Mark done",
        about=who_line(page.facts.patient, page.today),
    )


def _turn_to(view: PatientView, wanted: str) -> None:
    """Go to another page about this patient, perhaps with a form open there (``safety:assessment``)."""
    name, _, form = wanted.partition(":")
    if name == PageName.NEW_PATIENT and view.page is not None:
        view.again_requested.emit(view.page.facts)
    elif form:
        view.form_requested.emit(PageName(name), form)
    else:
        view.page_requested.emit(PageName(name))


def _padded(*parts: QWidget) -> QWidget:
    padded = QWidget()
    whole = column(*parts, gap=8)
    whole.setStretch(len(parts) - 1, 1)
    whole.setContentsMargins(16, 8, 16, 16)
    padded.setLayout(whole)
    return padded
