"""Where everything about a patient is recorded: a bar of forms at the top of the story, one open at a time.

Nothing typed is lost: a form left for another stays as it was, a refused one stays open, and the forms of one
patient wait while another is looked at. A form is bound to its patient for as long as it lives.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal

from collabcare.domain.display import fmt_date
from collabcare.domain.episode import Phase
from collabcare.domain.ids import ContactId, LetterId, MeasureId
from collabcare.ui.forms.attempt_form import AttemptForm
from collabcare.ui.forms.booking_form import BookingForm
from collabcare.ui.forms.contact_error_form import ContactErrorForm
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.forms.correction_form import CorrectionForm
from collabcare.ui.forms.letter_end_form import LetterEndForm
from collabcare.ui.forms.measure_form import MeasureForm
from collabcare.ui.forms.milestone_form import MilestoneForm
from collabcare.ui.forms.move_form import MoveForm
from collabcare.ui.forms.note_form import NoteForm
from collabcare.ui.forms.put_off_form import PutOffForm
from collabcare.ui.forms.reply_form import ReplyForm
from collabcare.ui.forms.safety_form import SafetyForm
from collabcare.ui.forms.step_form import StepForm
from collabcare.ui.forms.supervision_form import SupervisionForm
from collabcare.ui.pages import PageName
from collabcare.ui.views.closing_form import may_close
from collabcare.ui.views.composer_card import ComposerCard
from collabcare.ui.views.drafting import place_of, title_of, when_kept
from collabcare.ui.views.patient_tabs import TAB_WORDS
from collabcare.ui.views.record_bar import LETTER, nothing_asked, where_else, why_not
from collabcare.ui.views.recording import aftermath, service_of
from collabcare.ui.views.way_back import WayBack, way_back
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Role
    from collabcare.domain.changes import Changes
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.queries.drafts import DraftRow
    from collabcare.queries.patient_page import PatientPage
    from collabcare.services.desk import Desk
    from collabcare.ui.forms.entry_form import PatientForm
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.aftermath import Aftermath

_FORMS: dict[str, type[PatientForm]] = {
    "contact": ContactForm,
    "contact_error": ContactErrorForm,
    "booking": BookingForm,
    "move": MoveForm,
    "note": NoteForm,
    "milestone": MilestoneForm,
    "attempt": AttemptForm,
    "reply": ReplyForm,
    "put_off": PutOffForm,
    "measure": MeasureForm,
    "correction": CorrectionForm,
    "safety": SafetyForm,
    "step": StepForm,
    "supervision": SupervisionForm,
    "letter_end": LetterEndForm,
}
FORM_KINDS = tuple(_FORMS)
"""Every form of this page, by its kind."""
PAGE = "page"


class Composer(ComposerCard):
    """The bar and the form it opened.

    Signals:
        letter_requested: The kind of letter to write.
        opened: The form now open, an empty text when none is; said again when it wants another room.
        reload_wanted: The page should be read again before going on.
        page_requested: The name of another page about this patient.
    """

    letter_requested = Signal(str)
    opened = Signal(str)
    reload_wanted = Signal()
    page_requested = Signal(str)

    def __init__(self, desk: Desk, tasks: Tasks, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(desk, tasks, parent)
        self._desk, self._tasks, self._prompts = desk, tasks, prompts
        self._page: PatientPage | None = None
        self._forms: dict[EpisodeId, dict[str, PatientForm]] = {}
        self._kind = ""
        self._next: tuple[Aftermath, WayBack] | None = None
        self._ended = PlainLabel("", TextRole.SECONDARY, wrap=True)
        for part in (self.bar, self._ended, self.message):
            self.body.addWidget(part)
        # A turn later: the page is there to be read before a form is made and filled again.
        self.drafting.found.connect(self._on_drafts, Qt.ConnectionType.QueuedConnection)
        self.bar.chosen.connect(self.open)
        self.followed.connect(self.open)

    def set_page(self, page: PatientPage) -> None:
        """Show another patient, or what has become of the same one; what was typed stays with its patient."""
        another = self._page is None or self._page.facts.episode_id != page.facts.episode_id
        if another:
            self._leave()
        self._page = page
        self.bar.offer(self._desk.acting.role, page.facts)
        closed = page.facts.phase is Phase.CLOSED
        self._ended.setText(_what_is_still_kept(page) if closed else "")
        self._ended.setVisible(closed)
        for form in self._mine().values():
            form.set_page(page)
        if another:
            self._bring_back()
            self.drafting.look_for(page.facts.episode_id)
        if self._next is not None and not another:
            self._go_on(*self._next)
        self._next = None

    def open(self, kind: str, about: int | None = None) -> None:
        """Open a form with the keyboard on its first field; ``about`` names the booking or measure meant.

        A form that does not apply to this patient now says why instead.
        """
        if self._page is None:
            return
        kind, _, which = kind.partition(":")
        if kind == LETTER:
            self.bar.set_value(self._kind)
            self.letter_requested.emit(which)
            return
        if kind == PAGE:
            self.page_requested.emit(which)
            return
        if elsewhere := where_else(kind, self._desk.acting.role, self._page.facts):
            self.page_requested.emit(elsewhere)
            return
        if reason := _why_not(kind, self._desk.acting.role, self._page):
            self.say(reason)
            return
        self._show(kind)
        form = self._mine()[kind]
        if about is not None:
            _aim(form, about)
        if which and isinstance(form, MeasureForm):
            form.choose_instrument(which)
        form.take_keyboard()

    def form(self, kind: str = "") -> PatientForm | None:
        """Return the form of a kind if there is one, or without a kind the one in view."""
        return self._mine().get(kind or self._kind)

    def has_unsaved(self) -> bool:
        """Return whether anything typed for any patient is not saved yet."""
        return any(form.is_touched() for forms in self._forms.values() for form in forms.values())

    def _mine(self) -> dict[str, PatientForm]:
        return {} if self._page is None else self._forms.setdefault(self._page.facts.episode_id, {})

    def _show(self, kind: str) -> None:
        forms = self._mine()
        kept = [form.TITLE for other, form in forms.items() if other != kind and form.is_touched()]
        if self._page is not None and kind and kind not in forms:
            forms[kind] = form = _FORMS[kind](self._page, self._desk.acting, self)
            self._hear(form)
            self.body.addWidget(form)
            self.drafting.watch(form, self._page.facts.episode_id, kind)
        for other, form in forms.items():
            if other != kind:
                form.hide()
        self._kind = kind
        self.opened.emit(kind)  # while no form shows: a wide one is given its room first
        if kind in forms:
            forms[kind].show()
        self.say(f"{', '.join(kept)}: what you typed there is kept." if kept else "")
        self.bar.set_value(kind)

    def _hear(self, form: PatientForm) -> None:
        form.tell_time(self._desk.clock.now)
        form.submitted.connect(partial(self._on_submitted, form))
        form.cancelled.connect(partial(self._on_cancelled, form))
        form.wants.connect(self.open)
        form.room_changed.connect(lambda: self.opened.emit(self._kind))

    def _leave(self) -> None:
        """Put away the forms of the patient shown so far; those nobody touched are gone."""
        self.keep_drafts()
        for form in list(self._mine().values()):
            form.hide()
            if not form.is_touched():
                self._drop(form)
        self._kind = ""
        self.say("")

    def _bring_back(self) -> None:
        """Open again what was left unsaved when another patient was looked at."""
        waiting = next(iter(self._mine()), "")
        if waiting:
            self._show(waiting)
            self.say("What you typed before is still here, not saved yet.")
        else:
            self.bar.set_value("")
            self.opened.emit("")

    def _on_drafts(self, episode_id: EpisodeId) -> None:
        """Open again what was left unsaved last when the program ended; the rest comes back when opened."""
        page = self._page
        if page is None or page.facts.episode_id != episode_id:
            return
        left = [
            row
            for row in self.drafting.waiting(episode_id)
            if row.kind in _FORMS and not _why_not(row.kind, self._desk.acting.role, page)
        ]
        if left and not self._kind:
            latest = left.pop(0).kind
            self._show(latest)
            if not (form := self._mine()[latest]).is_touched():  # nothing of it can be typed any more
                self._drop(form)
                self._show("")
        if left := [*left, *self.drafting.elsewhere]:
            self.say("")
            self.message.show_lasting(" ".join(_left_at(row) for row in left))

    def _drop(self, form: PatientForm, *, saved: bool = False) -> None:
        self.drafting.forget(form, saved=saved)
        self._forms[form.page.facts.episode_id].pop(form.KIND, None)
        self.body.removeWidget(form)
        form.hide()
        form.deleteLater()

    def _on_submitted(self, form: PatientForm, command: object) -> None:
        work = self.drafting.carrying_out(form, service_of(form, command, self._desk))
        before = form.page.facts  # as it stands before; the form hears of what follows sooner than we do
        saved = partial(self._on_saved, form, command, before)
        self._tasks.write(work, saved, partial(self._on_refused, form))

    def _on_saved(self, form: PatientForm, command: object, before: EpisodeFacts, changes: Changes) -> None:
        if not shiboken6.isValid(self) or not shiboken6.isValid(form):
            return
        in_view = form is self.form()
        if in_view:
            self.bar.choice.setFocus()  # before the form goes: Qt would pass the keyboard on to anywhere
        self._drop(form, saved=True)
        if in_view:
            self._show("")
            way = way_back(command, changes.made, before, self._desk)
            self._next = aftermath(form, command, changes.made), way
            self.reload_wanted.emit()

    def _on_refused(self, form: PatientForm, sentence: str) -> None:
        if shiboken6.isValid(form):
            form.refuse(sentence)
            self.reload_wanted.emit()

    def _on_cancelled(self, form: PatientForm) -> None:
        if not may_close(form, self._prompts):
            return
        self.bar.choice.setFocus()
        self._drop(form)
        self._show("")

    def _go_on(self, after: Aftermath, way: WayBack) -> None:
        """Say what was saved, and lead to what follows; a form opened since the save stays as it is."""
        if after.at_once and not self._kind:
            self.open(after.opens, after.about)
            self.message.show_info(after.said)  # what is about safety has no colour of its own
            return
        self.say_done(after)
        self.last_act.remember(way, lambda: self._page.facts if self._page else None)


def _why_not(kind: str, role: Role, page: PatientPage) -> str:
    """Return why a form cannot be opened for this patient now, or nothing."""
    return why_not(kind, role, page.facts) or nothing_asked(kind, page.facts, page.rulebook.pathway)


def _what_is_still_kept(page: PatientPage) -> str:
    """Say that care has ended, and what can be recorded all the same."""
    ended = f"Care ended {fmt_date(page.facts.closed_on)}."
    if page.facts.patient.died_on is not None:
        return f"{ended} Nothing more can be recorded."
    return (
        f"{ended} A form that came in since by post, phone, text or email can be kept, and what was said "
        "about it. For more, refer them again."
    )


def _left_at(row: DraftRow) -> str:
    """Say where something lies that was left unsaved."""
    pages = {page.value: words for page, words in TAB_WORDS.items()}
    where = {**pages, PageName.LETTER.value: "Letter"}.get(place_of(row), "another page")
    return f"Also not saved yet: {title_of(row)}, typed on {when_kept(row)}, under {where}."


def _aim(form: PatientForm, about: int) -> None:
    """Choose the booking or the measure a form is opened for."""
    if isinstance(form, ContactForm | MoveForm):
        form.choose_slot(ContactId(about))
    elif isinstance(form, ContactErrorForm):
        form.choose_contact(ContactId(about))
    elif isinstance(form, CorrectionForm):
        form.choose_form(MeasureId(about))
    elif isinstance(form, SafetyForm):
        form.choose_prompt(MeasureId(about))
    elif isinstance(form, LetterEndForm):
        form.choose_letter(LetterId(about))
