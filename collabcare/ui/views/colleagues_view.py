"""Who signs in to this record, and the form that adds a colleague."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from collabcare.domain.acting import ROLE_WORDS
from collabcare.domain.changes import Kind
from collabcare.queries.site import UserRow, users
from collabcare.services.users import add_colleague
from collabcare.ui.forms.colleague_form import ColleagueForm
from collabcare.ui.forms.tab_order import move_in_reading_order
from collabcare.ui.models.row_table import RowTable
from collabcare.ui.models.rows import Column, RowModel
from collabcare.ui.pages import PageName
from collabcare.ui.passing import Passing
from collabcare.ui.prompts import Question
from collabcare.ui.theme import current_theme
from collabcare.ui.views.column_fit import ColumnFit
from collabcare.ui.views.drafting import Drafting
from collabcare.ui.views.live_view import LiveView
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import APART, STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.changes import Changes
    from collabcare.services.desk import Desk
    from collabcare.services.users import NewColleague
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks

_FORM = 424
_DRAFTS = "drafts"
_COLUMNS: tuple[Column[UserRow], ...] = (
    Column(title="Name", text=lambda user: user.name, tip=lambda user: user.name, width=130),
    Column(title="Role", text=lambda user: ROLE_WORDS[user.role], width=110),
    Column(
        title="Job title",
        text=lambda user: user.job_title or "",
        spoken=lambda user: user.job_title or "No job title",
        tip=lambda user: user.job_title or "",
        width=130,
    ),
    Column(title="Sign-in name", text=lambda user: user.login, width=110),
    Column(title="In use", text=lambda user: "Yes" if user.active else "No", width=60),
)
_LEAVE = Question(
    title="Leave without adding the colleague?",
    text="What you typed on this page will be gone.",
    act="Leave without adding",
    danger=True,
)


class ColleaguesView(LiveView):
    """The list of users beside the form for one more.

    Signals:
        back_requested: The user has seen enough.
    """

    DEPENDS_ON = frozenset({Kind.USER})
    back_requested = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._desk, self._prompts = desk, prompts
        self.back = Button("Back", ButtonKind.QUIET, icon_name="arrow-left", compact=True)
        self.model = RowModel[UserRow](_COLUMNS, key=lambda user: user.id, name=lambda user: user.name)
        self.table = RowTable(self.model, "Colleagues")
        growing, leaving = {"Name": 0.5, "Job title": 0.5}, ("Job title", "Sign-in name", "In use")
        ColumnFit(self.table, _COLUMNS, growing=growing, leaving=leaving)
        self.done = InlineMessage()
        Passing(self, tasks, self.done.pass_on)
        self.form = ColleagueForm()
        self._people = Card("Who signs in")
        self._people.body.addWidget(self.table)
        adding = Card(self.form.TITLE)
        adding.body.addLayout(column(self.done, self.form, STRETCH, gap=8))
        adding.setFixedWidth(current_theme().px(_FORM))
        head = row(self.back, PlainLabel("Colleagues", TextRole.TITLE), STRETCH, gap=12)
        both = row(column(self.stand_in(self._people), self._people), adding, gap=APART)
        both.setStretch(0, 1)
        page = column(head, both, gap=12, margin=16)
        page.setStretch(1, 1)
        self.setLayout(page)
        self.back.clicked.connect(self.back_requested)
        self.form.submitted.connect(self._on_submitted)
        self.form.cancelled.connect(self._on_cancelled)
        self.drafting = Drafting(desk, tasks, self, PageName.COLLEAGUES)
        self.drafting.found.connect(lambda _episode_id: self.let_go(_DRAFTS))
        self._looked = False

    def reload(self) -> None:
        self.read(users, self._show)

    def keep_drafts(self) -> None:
        """Keep what stands in the form, but for the passwords, so that it comes back whatever happens."""
        self.drafting.keep_now()

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_drafts()
        super().hideEvent(event)

    def has_unsaved(self) -> bool:
        """Return whether anything typed is not saved yet."""
        return self.form.is_touched()

    def forget_passwords(self) -> None:
        """Keep no typed password while nobody is signed in."""
        self.form.forget_passwords()

    def take_keyboard(self) -> None:
        """Put the keyboard into the form."""
        self.form.take_keyboard()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        return move_in_reading_order(self, forward=forward) or super().focusNextPrevChild(forward)

    def _show(self, found: list[UserRow]) -> None:
        self.model.set_rows(found)
        self._people.set_count(len(found))
        if not self.drafting.watches(self.form):
            self.drafting.watch(self.form, None, self.form.KIND)
        if not self._looked:
            self._looked = True
            self.drafting.look_for(None, self._on_no_drafts)

    def _on_no_drafts(self, sentence: str) -> None:
        self._looked = False
        self.not_read(_DRAFTS, sentence)

    def _on_submitted(self, command: NewColleague) -> None:
        self.done.clear()
        work = self.drafting.carrying_out(self.form, partial(add_colleague, command, self._desk))
        self._tasks.write(work, self._on_added, self._on_refused)

    def _on_added(self, changes: Changes) -> None:
        name, login = " ".join(self.form.name.text().split()), self.form.login.text().strip()
        self._begin_again(saved=True)
        self.done.show_good(
            f"{name} can sign in as {login.casefold()} now. Give them the starting password in person."
        )
        self.form.take_keyboard()
        self.table.select_key(changes.made)

    def _on_refused(self, sentence: str) -> None:
        """Keep what was typed; the account may stand in the list although its key is missing."""
        self.form.refuse(sentence)
        self.go_stale()

    def _on_cancelled(self) -> None:
        if self.has_unsaved() and not self._prompts.confirm(_LEAVE):
            return
        self._begin_again(saved=False)
        self.done.clear()
        self.back_requested.emit()

    def _begin_again(self, *, saved: bool) -> None:
        self.drafting.forget(self.form, saved=saved)
        self.form.clear()
        self.drafting.watch(self.form, None, self.form.KIND)
