"""Beside Today's list: the chosen patient, and in their place the form that lets something wait."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.display import fmt_date
from collabcare.domain.due_kinds import SEARCHES
from collabcare.queries.support import crisis_support
from collabcare.services.postponing import Postpone, postpone
from collabcare.ui.forms.crisis_panel import CrisisPanel
from collabcare.ui.forms.not_now_form import NotNowForm
from collabcare.ui.pages import PageName
from collabcare.ui.theme import current_theme
from collabcare.ui.views.closing_form import may_close
from collabcare.ui.views.drafting import Drafting
from collabcare.ui.views.due_acts import words_for
from collabcare.ui.views.patient_panel import PatientPanel
from collabcare.ui.views.patient_words import banner_facts, who_line
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import STRETCH, column
from collabcare.ui.widgets.patient_banner import PatientBanner

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent

    from collabcare.domain.changes import Changes
    from collabcare.domain.crisis_lines import CrisisSupport
    from collabcare.queries.worklist import WorklistItem
    from collabcare.services.desk import Desk
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks


_LOW = 620
"""A page lower than this, at 100 %, has no room for a form and for whom to ring under it."""


class TodaySide(QWidget):
    """The patient panel, or the form about the thing due that is to wait.

    Signals:
        said: What came of the form, in a sentence.
        done: The form is gone; the keyboard belongs on the list again.
    """

    said = Signal(str)
    done = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._prompts = desk, tasks, prompts
        self.panel = PatientPanel(desk.rulebook, desk.acting.role)
        self.form: NotNowForm | None = None
        self._about = ""
        self.banner = PatientBanner()
        self.drafting = Drafting(desk, tasks, self, PageName.TODAY)
        self._card = Card(NotNowForm.TITLE)
        self._card.body.addWidget(self.banner)
        self._card.hide()
        self.crisis = Card("Whom to ring")
        self.lines = CrisisPanel()
        self.crisis.body.addWidget(self.lines)
        whole = column(self.panel, self._card, self.crisis, gap=8)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._card.body.addLayout(column(STRETCH))

    def minimumSizeHint(self) -> QSize:
        # With text that wraps, what stands lower would take the room of what stands above it.
        hint, layout = super().minimumSizeHint(), self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return hint
        wrapped = layout.totalMinimumHeightForWidth(max(self.width(), hint.width()))
        return QSize(hint.width(), max(hint.height(), wrapped))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
        self._make_room()

    def _make_room(self) -> None:
        """On a low page the form has the room of whom to ring, and the banner makes do with one line."""
        low = self.form is not None and self.height() < current_theme().px(_LOW)
        self.crisis.setVisible(not low)
        self.banner.fold(folded=low)

    def show_item(self, item: WorklistItem | None) -> None:
        """Show whom the chosen line is about, with the act it asks for."""
        if item is None:
            self.panel.show_nobody()
            return
        role, rulebook, kind = self._desk.acting.role, self._desk.rulebook, item.due.kind
        may_wait = kind in SEARCHES or not NotNowForm.why_not(item.due, rulebook)
        words = words_for(item.due, item.row.facts, rulebook, role)
        self.panel.show_row(
            item.row, item.due, words, may_wait=may_wait and allowed(role, Permission.POSTPONE)
        )

    def not_now(self, item: WorklistItem) -> None:
        """Open the form about one thing due, the keyboard on its first field."""
        if why := NotNowForm.why_not(item.due, self._desk.rulebook):
            self.said.emit(why)
            return
        if self.form is not None and self.form.is_about(item.row, item.due):
            self.form.take_keyboard()
            return
        self._leave()
        form = self.form = NotNowForm(item.row, item.due, self._desk.rulebook)
        form.submitted.connect(partial(self._on_submitted, form))
        form.cancelled.connect(self._on_cancelled)
        self._card.body.insertWidget(1, form)
        self.banner.show_patient(banner_facts(item.row.facts, self._desk.today, self._desk.acting.role))
        self._about = who_line(item.row.facts.patient, self._desk.today)
        self.panel.hide()
        self._card.show()
        self._make_room()
        form.take_keyboard()
        self.drafting.watch(form, form.episode_id, form.draft_kind)
        self.drafting.look_for(form.episode_id)

    def hideEvent(self, event: QHideEvent) -> None:
        self.drafting.keep_now()
        super().hideEvent(event)

    def read_lines(self) -> None:
        """Read whom somebody can ring; it stands under whatever else is here."""
        self._tasks.read(self, crisis_support, self._show_lines, refused=self._show_national, topic="lines")

    def _show_lines(self, support: CrisisSupport) -> None:
        book = self._desk.rulebook
        self.lines.show_support(support.on(self._desk.today, book.calendar), book.helplines)

    def _show_national(self, _sentence: str) -> None:
        """Show the national lines, which are no part of the record, when the site's own cannot be read."""
        self.lines.show_national(self._desk.rulebook.helplines)

    def _leave(self) -> None:
        """Put away a form about something else; what was typed in it waits as a draft."""
        if self.form is not None:
            self.drafting.leave(self.form)
        self._drop()

    def _drop(self, *, saved: bool = False) -> None:
        if self.form is not None:
            self.drafting.forget(self.form, saved=saved)
            self._card.body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self._card.hide()
        self.panel.show()
        self._make_room()

    def _on_cancelled(self) -> None:
        if self.form is not None and not may_close(self.form, self._prompts, self._about):
            return
        self._drop()
        self.done.emit()

    def _on_submitted(self, form: NotNowForm, command: Postpone) -> None:
        postponed = partial(postpone, command, self._desk.uow, self._desk.rulebook)
        work = self.drafting.carrying_out(form, postponed)
        self._tasks.write(work, partial(self._on_saved, form, command), form.refuse)

    def _on_saved(self, form: NotNowForm, command: Postpone, _changes: Changes) -> None:
        if not shiboken6.isValid(self) or form is not self.form:
            return
        self._drop(saved=True)
        whom = form.whom
        until = "" if command.until is None else f" until {fmt_date(command.until, weekday=True)}"
        later = f"{whom}: put off{until}, with the reason. It comes back by itself."
        declined = f"{whom}: declined, with the reason. It is asked again later if it still holds."
        self.said.emit(declined if command.until is None else later)
        self.done.emit()
