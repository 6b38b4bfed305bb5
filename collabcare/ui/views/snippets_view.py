"""Snippets: the words a user writes again and again, their own and the practice's."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.changes import Kind
from collabcare.queries.snippets import SnippetRow, snippets
from collabcare.services.snippets import DeleteSnippet, SaveSnippet, delete_snippet, save_snippet
from collabcare.ui.forms.snippet_form import SnippetForm
from collabcare.ui.forms.tab_order import move_in_reading_order
from collabcare.ui.pages import PageName
from collabcare.ui.prompts import Question
from collabcare.ui.views.closing_form import may_close
from collabcare.ui.views.list_page_view import ListPageView
from collabcare.ui.views.remade_rows import RemadeRows
from collabcare.ui.views.scrolled import Scrolled
from collabcare.ui.views.suggested import quiet
from collabcare.ui.views.two_columns import TwoColumns
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes

_HOW = (
    "In a note, type ; and the name, then a space. Ctrl+Space shows them all. What stands in [[ ]] is filled "
    "in each time: Tab goes from one to the next."
)


class SnippetsView(ListPageView):
    """The lists, and beside them the form for one more."""

    NAME = PageName.SNIPPETS
    DEPENDS_ON = frozenset({Kind.SNIPPET})

    def build(self) -> None:
        self._may_share = allowed(self.desk.acting.role, Permission.MANAGE_PRACTICE)
        self.mine, self.shared = RemadeRows(), RemadeRows()
        self.form = SnippetForm(may_share=self._may_share)
        self._title = PlainLabel(SnippetForm.TITLE, TextRole.STRONG)
        head = row(self.back, PlainLabel("Snippets", TextRole.TITLE), STRETCH, gap=12)
        left = column(
            quiet(_HOW), _card("Mine", self.mine), _card("The practice’s", self.shared), STRETCH, gap=12
        )
        right = column(_card("", self._title, self.form), STRETCH, gap=12)
        body = Scrolled(column(TwoColumns(left, right), STRETCH), "Snippets")
        page = column(head, self.message, self.stand_in(body), body, gap=12, margin=16)
        page.setStretch(3, 1)
        self.setLayout(page)
        self.form.submitted.connect(self._on_submitted)
        self.form.cancelled.connect(self._on_cancelled)

    def reload(self) -> None:
        self.read(partial(snippets, user_id=self.desk.acting.user_id), self._show)

    def say_left(self, words: str) -> None:
        self.message.show_lasting(words)

    def take_keyboard(self) -> None:
        """Put the keyboard into the form."""
        self.form.take_keyboard()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        return move_in_reading_order(self, forward=forward) or super().focusNextPrevChild(forward)

    def edit(self, snippet: SnippetRow | None) -> None:
        """Begin to change a snippet, or to add one; what was begun before waits as a draft."""
        self.drafting.leave(self.form)
        self._begin(snippet)

    def _begin(self, snippet: SnippetRow | None) -> None:
        self.form.begin(snippet)
        self._title.setText(self.form.called())
        kind = f"{self.form.KIND}:{snippet.id}" if snippet else self.form.KIND
        self.drafting.watch(self.form, None, kind)
        self.form.take_keyboard()

    def _show(self, rows: tuple[SnippetRow, ...]) -> None:
        none = "None yet. Write one in the form."
        self.mine.show_rows([self._line(each) for each in rows if not each.of_practice] or [quiet(none)])
        shared = [self._line(each) for each in rows if each.of_practice]
        self.shared.show_rows(shared or [quiet("None yet. Who manages the practice can add them.")])
        if not self.drafting.watches(self.form):
            self.drafting.watch(self.form, None, self.form.KIND)

    def _line(self, snippet: SnippetRow) -> QWidget:
        name = PlainLabel(f";{snippet.name}", TextRole.STRONG)
        line = row(column(name, quiet(" ".join(snippet.text.split())), gap=0), gap=8)
        line.setStretch(0, 1)
        if self._may_share or not snippet.of_practice:
            for text, act in (("Change", self.edit), ("Delete", self._delete)):
                button = Button(text, ButtonKind.QUIET, compact=True)
                button.setAccessibleName(f"{text} {snippet.name}")
                button.setObjectName(f"snippet_{text.lower()}_{snippet.id}")
                button.clicked.connect(partial(act, snippet))
                line.addWidget(button)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    def _delete(self, snippet: SnippetRow) -> None:
        question = Question(
            title=f"Delete ;{snippet.name}?",
            text="What was written with it stays as it is.",
            act="Delete",
            danger=True,
        )
        if self.prompts.confirm(question):
            gone = DeleteSnippet(snippet_id=snippet.id, seen=snippet.version, of_practice=snippet.of_practice)
            work = partial(delete_snippet, gone, self.desk.uow)
            self._tasks.write(work, partial(self._on_deleted, snippet), self.message.show_error)

    def _on_submitted(self, command: SaveSnippet) -> None:
        work = self.drafting.carrying_out(self.form, partial(save_snippet, command, self.desk.uow))
        self._tasks.write(work, partial(self._on_saved, command.name), self.form.refuse)

    def _on_cancelled(self) -> None:
        if may_close(self.form, self.prompts):
            self.drafting.forget(self.form)
            self._begin(None)

    def _on_deleted(self, snippet: SnippetRow, _changes: Changes) -> None:
        if self.form.changes(snippet):
            self.drafting.forget(self.form)
            self._begin(None)
        self.message.show_good(f";{snippet.name} is deleted. What was written with it stays as it is.")

    def _on_saved(self, name: str, _changes: Changes) -> None:
        self.drafting.forget(self.form, saved=True)
        self._begin(None)
        self.message.show_good(f";{name} is saved. Type ;{name} and a space in a note to use it.")


def _card(title: str, *parts: QWidget) -> Card:
    card = Card(title)
    for part in parts:
        card.body.addWidget(part)
    return card
