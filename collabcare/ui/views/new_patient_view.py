"""A referral has come: the page on which a patient is taken on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QSpacerItem, QWidget

from collabcare.domain.ids import EpisodeId, GpPracticeId
from collabcare.queries.facts import facts_by_name, facts_by_nhs_number
from collabcare.queries.patient_page import newcomer_choices
from collabcare.services.patients import ReferAgain, add_patient, refer_again
from collabcare.ui.forms.new_patient_form import Newcomer, NewPatientForm
from collabcare.ui.forms.tab_order import move_in_reading_order
from collabcare.ui.pages import PageName
from collabcare.ui.prompts import Question
from collabcare.ui.views.drafting import Drafting
from collabcare.ui.views.practice_keeping import keep_practice
from collabcare.ui.widgets.layouts import PAGE, column
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.unread import Unread

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QHideEvent

    from collabcare.domain.changes import Changes
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.queries.patient_page import NewcomerChoices
    from collabcare.services.desk import Desk
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks


class NewPatientView(QWidget):
    """The form on a page of its own.

    Signals:
        added: The episode of the patient just taken on.
        said: What came of it, with what the rules suggest, in a sentence or two.
        patient_requested: The episode of a patient who turns out to be in the record already.
        cancelled: The user thinks better of it.
    """

    added = Signal(object)
    said = Signal(str)
    patient_requested = Signal(object)
    cancelled = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._prompts = desk, tasks, prompts
        self.form: NewPatientForm | None = None
        self._title = PlainLabel("New patient", TextRole.TITLE)
        self._why = PlainLabel(
            "Adds the patient with the referral that brings them, and opens their episode of care.",
            TextRole.SECONDARY,
            wrap=True,
        )
        self.unread = Unread()
        self._known: EpisodeFacts | None = None
        self.unread.again.connect(lambda: self.start(self._known))
        self._holder = column(self._title, self._why, self.unread, gap=8, margin=PAGE)
        self._holder.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding))
        self.setLayout(self._holder)
        self.drafting = Drafting(desk, tasks, self, PageName.NEW_PATIENT)

    def start(self, known: EpisodeFacts | None = None) -> None:
        """Begin with an empty form, unless one with something typed in it is still here.

        With somebody ``known`` only the new referral is asked for.
        """
        if self.has_unsaved() and self.form is not None:
            self.form.take_keyboard()
            return
        self._known = known
        self._tasks.read(self, newcomer_choices, partial(self._show, known=known), refused=self._on_unread)

    def has_unsaved(self) -> bool:
        """Return whether anything typed is not saved yet."""
        return self.form is not None and self.form.is_touched()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        return move_in_reading_order(self, forward=forward) or super().focusNextPrevChild(forward)

    def _on_unread(self, _sentence: str) -> None:
        self._drop()
        self.unread.failed(known=False)

    def _show(self, choices: NewcomerChoices, known: EpisodeFacts | None = None) -> None:
        self.unread.worked()
        self._drop()
        form = NewPatientForm(choices, self._desk.acting, self._desk.rulebook, self._desk.today)
        self.form = form
        self._holder.insertWidget(3, form, 1)
        form.nhs_number_typed.connect(self._look_for)
        form.name_typed.connect(self._look_for_name)
        form.known_requested.connect(self.patient_requested)
        form.submitted.connect(self._on_submitted)
        form.cancelled.connect(self._on_cancelled)
        form.show()
        form.take_keyboard()
        if known is not None:
            form.refer_again(known)
        self.drafting.watch(form, None, form.KIND)
        self.drafting.look_for(None)

    def keep_drafts(self) -> None:
        """Keep what stands in the form, so that it comes back whatever happens."""
        self.drafting.keep_now()

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_drafts()
        super().hideEvent(event)

    def _drop(self, *, saved: bool = False) -> None:
        if self.form is not None:
            self.drafting.forget(self.form, saved=saved)
            self._holder.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _look_for(self, digits: str) -> None:
        if self.form is not None:
            query = partial(facts_by_nhs_number, nhs_number=digits)
            people = self.form.people
            self._tasks.read(
                self, query, people.show_number, refused=people.number_unread, topic="nhs number"
            )

    def _look_for_name(self, surname: str, born: date) -> None:
        if self.form is not None:
            query = partial(facts_by_name, surname=surname, birth_date=born)
            people = self.form.people
            self._tasks.read(self, query, people.show_names, refused=people.names_unread, topic="name")

    def _on_submitted(self, newcomer: Newcomer | ReferAgain) -> None:
        if self.form is not None:
            work = self.drafting.carrying_out(self.form, partial(_take_on, newcomer, self._desk))
            self._tasks.write(work, self._on_saved, self.form.refuse)

    def _on_saved(self, changes: Changes) -> None:
        self._drop(saved=True)
        told = " ".join(each.sentence for each in changes.suggestions)
        if changes.made is not None:
            self.added.emit(EpisodeId(changes.made))
            self.said.emit(f"The referral is recorded. {told}".strip())

    def _on_cancelled(self) -> None:
        if self.has_unsaved() and not self._prompts.confirm(
            Question(
                title="Leave without adding the patient?",
                text="What you typed on this page will be gone.",
                act="Leave without adding",
                danger=True,
            )
        ):
            return
        self._drop()
        self.cancelled.emit()


def _take_on(newcomer: Newcomer | ReferAgain, desk: Desk) -> Changes:
    """Add the patient, and first what is new of their GP practice: both are kept, or neither.

    Somebody who was in our care before is referred again, with what is known of them.
    """
    pathway = desk.rulebook.pathway
    if isinstance(newcomer, ReferAgain):
        return refer_again(newcomer, desk.uow, desk.rulebook)
    if newcomer.practice is None:
        return add_patient(newcomer.patient, desk.uow, pathway)
    with desk.uow.batch():
        practice = keep_practice(newcomer.practice, desk.uow)
        patient = replace(newcomer.patient, gp_practice_id=GpPracticeId(practice.made or 0))
        added = add_patient(patient, desk.uow, pathway)
    return replace(added, kinds=practice.kinds | added.kinds)
