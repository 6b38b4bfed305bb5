"""Forms of a full page: one in view for one patient, and those of other patients waiting as they were left.

Nothing typed is lost: a refused form stays open, and what was begun for one patient waits while another is
looked at. A form is bound to its patient for as long as it lives.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.ui.views.closing_form import may_close
from collabcare.ui.views.drafting import Drafting, waiting_words
from collabcare.ui.widgets.layouts import column

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent

    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from collabcare.queries.patient_page import PatientPage
    from collabcare.services.desk import Desk
    from collabcare.ui.forms.entry_form import PatientForm
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks

    Service = Callable[[object], Callable[[], Changes]]


class FormStack(QWidget):
    """Holds the forms of one full page and carries out what they ask for.

    Signals:
        saved: The form's kind and the :class:`Changes`, once the record holds them.
        closed: The kind of a form the user closed without saving.
        opened: A form came into view, new or as it was begun.
        left: A sentence about what was left unsaved here, when the program ended.
    """

    saved = Signal(str, object)
    closed = Signal(str)
    opened = Signal()
    left = Signal(str)

    def __init__(self, desk: Desk, tasks: Tasks, prompts: Prompts, place: str) -> None:
        super().__init__()
        self.drafting = Drafting(desk, tasks, self, place)
        self.drafting.found.connect(self._on_drafts)
        self._tasks, self._prompts = tasks, prompts
        self._forms: dict[tuple[EpisodeId, str], PatientForm] = {}
        self._page: PatientPage | None = None
        self._holder = column(gap=0)
        self.setLayout(self._holder)

    def set_page(self, page: PatientPage) -> None:
        """Show what waits for this patient, or tell the forms what has become of the same one."""
        another = self._page is None or self._page.facts.episode_id != page.facts.episode_id
        self._page = page
        for (episode_id, _kind), form in list(self._forms.items()):
            if episode_id == page.facts.episode_id:
                form.set_page(page)
            elif another:
                form.hide()
                if not form.is_touched():
                    self._drop(form)
        if another and (waiting := next(iter(self._mine()), "")):
            self._bring(waiting)
        if another:
            self.drafting.look_for(page.facts.episode_id)

    def open(self, kind: str, make: Callable[[], PatientForm], service: Service) -> PatientForm:
        """Open a form, or bring the one begun back into view, with the keyboard on its first field.

        ``kind`` tells the forms of one patient apart; ``service`` turns the form's command into the call that
        carries it out on the writer's thread.
        """
        if self._page is None:
            raise RuntimeError("no patient is on show")
        self.opened.emit()
        key = self._page.facts.episode_id, kind
        if key not in self._forms:
            form = self._forms[key] = make()
            form.submitted.connect(partial(self._on_submitted, key, service))
            form.cancelled.connect(partial(self._on_cancelled, key))
            self._holder.addWidget(form)
            self.drafting.watch(form, self._page.facts.episode_id, kind)
        self._bring(kind)
        self._forms[key].take_keyboard()
        return self._forms[key]

    def form(self, kind: str = "") -> PatientForm | None:
        """Return this patient's form of a kind, or without a kind the one in view."""
        mine = self._mine()
        return mine.get(kind) if kind else next((form for form in mine.values() if not form.isHidden()), None)

    def open_now(self) -> tuple[str, PatientForm | None]:
        """Return by what the form in view is opened, and the form."""
        return next(((kind, form) for kind, form in self._mine().items() if not form.isHidden()), ("", None))

    def has_unsaved(self) -> bool:
        """Return whether anything typed for any patient is not saved yet."""
        return any(form.is_touched() for form in self._forms.values())

    def keep_drafts(self) -> None:
        """Keep what stands in the forms, so that it comes back whatever happens."""
        self.drafting.keep_now()

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_drafts()
        super().hideEvent(event)

    def _on_drafts(self, episode_id: EpisodeId) -> None:
        """Say what was left unsaved; it comes back into its form when that is opened."""
        waiting = self.drafting.waiting(episode_id)
        if waiting and self._page is not None and self._page.facts.episode_id == episode_id:
            self.left.emit(waiting_words(waiting))

    def _mine(self) -> dict[str, PatientForm]:
        if self._page is None:
            return {}
        shown = self._page.facts.episode_id
        return {kind: form for (episode_id, kind), form in self._forms.items() if episode_id == shown}

    def _bring(self, kind: str) -> None:
        for other, form in self._mine().items():
            if other != kind:
                form.hide()
        self._mine()[kind].show()

    def _drop(self, form: PatientForm, *, saved: bool = False) -> None:
        self.drafting.forget(form, saved=saved)
        key = next((key for key, each in self._forms.items() if each is form), None)
        if key is not None:
            del self._forms[key]
        self._holder.removeWidget(form)
        form.hide()
        form.deleteLater()

    def _on_submitted(self, key: tuple[EpisodeId, str], service: Service, command: object) -> None:
        form = self._forms[key]
        self._tasks.write(
            self.drafting.carrying_out(form, service(command)),
            partial(self._on_saved, form, key[1]),
            partial(self._on_refused, form),
        )

    def _on_saved(self, form: PatientForm, kind: str, changes: Changes) -> None:
        if shiboken6.isValid(self) and shiboken6.isValid(form):
            self._drop(form, saved=True)
            self.saved.emit(kind, changes)

    def _on_refused(self, form: PatientForm, sentence: str) -> None:
        if shiboken6.isValid(form):
            form.refuse(sentence)

    def _on_cancelled(self, key: tuple[EpisodeId, str]) -> None:
        form = self._forms[key]
        if not may_close(form, self._prompts):
            return
        self._drop(form)
        self.closed.emit(key[1])
