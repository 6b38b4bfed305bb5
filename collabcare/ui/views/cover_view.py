"""Who looks after whose patients: what is arranged, ending it, and arranging more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.changes import Kind
from collabcare.domain.display import spoken_dates
from collabcare.queries.cover import covers
from collabcare.queries.site import users
from collabcare.services.cover import ArrangeCover, EndCover, arrange_cover, end_cover
from collabcare.ui.forms.cover_form import CoverForm
from collabcare.ui.forms.tab_order import move_in_reading_order
from collabcare.ui.pages import PageName
from collabcare.ui.prompts import Question
from collabcare.ui.theme import current_theme
from collabcare.ui.views.closing_form import may_close
from collabcare.ui.views.list_page_view import ListPageView
from collabcare.ui.views.scrolled import Scrolled
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import APART, STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes
    from collabcare.domain.cover import CoverFact
    from collabcare.queries.site import UserRow

_FORM = 424
_NONE = (
    "Nobody covers for anybody now. Patients stay with whoever holds them; "
    "cover only adds them to another list."
)


class CoverView(ListPageView):
    """The cover that holds or is to come, beside the form for more."""

    NAME = PageName.COVER
    DEPENDS_ON = frozenset({Kind.COVER, Kind.USER})

    def build(self) -> None:
        """Lay out the page, once."""
        self.form = CoverForm(self.desk.acting, self.desk.today)
        self._lines = QWidget()
        self._holder = column(self._lines, gap=0)
        arranged = Card("Arranged")
        arranged.body.addWidget(Scrolled(self._holder, "Arranged cover"))
        adding = Card(CoverForm.TITLE)
        adding.body.addLayout(column(self.form, STRETCH))
        adding.setFixedWidth(current_theme().px(_FORM))
        if not allowed(self.desk.acting.role, Permission.ARRANGE_COVER):
            adding.hide()
        both = row(column(self.stand_in(arranged), arranged), adding, gap=APART)
        both.setStretch(0, 1)
        head = row(self.back, PlainLabel("Cover", TextRole.TITLE), STRETCH, gap=12)
        page = column(head, self.message, both, gap=12, margin=16)
        page.setStretch(2, 1)
        self.setLayout(page)
        self.form.submitted.connect(self._on_submitted)
        self.form.cancelled.connect(self._on_cancelled)

    def reload(self) -> None:
        today = self.desk.today
        self.read(lambda session: (users(session), covers(session, today=today)), self._got)

    def take_keyboard(self) -> None:
        """Put the keyboard into the form."""
        self.form.take_keyboard()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        return move_in_reading_order(self, forward=forward) or super().focusNextPrevChild(forward)

    def _got(self, read: tuple[list[UserRow], tuple[CoverFact, ...]]) -> None:
        self._offer(read[0])
        self._show(read[1])

    def _offer(self, found: list[UserRow]) -> None:
        """Offer the colleagues; a draft can only come back once those it names can be chosen."""
        self.form.set_users(found)
        if not self.drafting.watches(self.form):
            self.drafting.watch(self.form, None, self.form.KIND)

    def _show(self, found: tuple[CoverFact, ...]) -> None:
        lines = QWidget()
        lines.setObjectName("scrolled")
        inside = column(*(self._line(cover) for cover in found), gap=8)
        if not found:
            inside.addWidget(PlainLabel(_NONE, TextRole.SECONDARY, wrap=True))
        inside.addStretch(1)
        lines.setLayout(inside)
        self._holder.replaceWidget(self._lines, lines)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = lines
        lines.show()

    def _line(self, cover: CoverFact) -> QWidget:
        words = PlainLabel(cover.words, wrap=True)
        words.setAccessibleName(spoken_dates(cover.words))
        end = Button("End", ButtonKind.QUIET, compact=True)
        end.setAccessibleName(f"End: {spoken_dates(cover.words)}")
        if not allowed(self.desk.acting.role, Permission.ARRANGE_COVER):
            end.hide()
        end.clicked.connect(partial(self._on_end, cover))
        line = QWidget()
        inside = row(words, end, gap=8)
        inside.setStretch(0, 1)
        line.setLayout(inside)
        return line

    def _on_end(self, cover: CoverFact) -> None:
        question = Question(title="End this cover today?", text=cover.words, act="End cover")
        if self.prompts.confirm(question):
            command = EndCover(cover_id=cover.id, seen=cover.row_version)
            self._tasks.write(
                partial(end_cover, command, self.desk.uow),
                lambda _changes: self.message.show_good(
                    "The cover has ended. From today their patients are on no other list."
                ),
                self.message.show_error,
            )

    def _on_submitted(self, command: ArrangeCover) -> None:
        self.message.clear()
        work = self.drafting.carrying_out(self.form, partial(arrange_cover, command, self.desk.uow))
        self._tasks.write(work, self._on_arranged, self.form.refuse)

    def _on_cancelled(self) -> None:
        if may_close(self.form, self.prompts):
            self._begin_again(saved=False)
            self.form.take_keyboard()

    def _begin_again(self, *, saved: bool) -> None:
        self.drafting.forget(self.form, saved=saved)
        self.form.clear()
        self.drafting.watch(self.form, None, self.form.KIND)

    def _on_arranged(self, _changes: Changes) -> None:
        self._begin_again(saved=True)
        self.message.show_good("The cover is saved. Their patients stand on Today under “Covering”.")
