"""Hands the snippets of whoever is signed in to the notes of the forms they open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject

from collabcare.domain.changes import Kind
from collabcare.domain.snippet_words import Snippet
from collabcare.queries.snippets import snippets
from collabcare.ui.widgets.note_edit import NoteEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.changes import Changes
    from collabcare.queries.snippets import SnippetRow
    from collabcare.services.desk import Desk
    from collabcare.ui.tasks import Tasks


class SnippetShelf(QObject):
    """Reads them when the first form is opened, and again when they have changed."""

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._snippets: tuple[Snippet, ...] | None = None
        self._forms: list[QWidget] = []
        tasks.changed.connect(self._on_changed)

    def equip(self, form: QWidget) -> None:
        """Offer the snippets in every note of a form."""
        self._forms = [each for each in self._forms if shiboken6.isValid(each) and each is not form]
        self._forms.append(form)
        if self._snippets is None:
            query = partial(snippets, user_id=self._desk.acting.user_id)
            self._tasks.read(self, query, self._on_read, refused=self._on_unread, topic="snippets")
        else:
            self._hand_to(form, self._snippets)

    def _on_read(self, rows: tuple[SnippetRow, ...]) -> None:
        self._snippets = tuple(Snippet(row.name, row.text) for row in rows)
        for form in self._forms:
            if shiboken6.isValid(form):
                self._hand_to(form, self._snippets)

    def _on_unread(self, _sentence: str) -> None:
        """Let the list of snippets in each note say so, and offer to try again."""
        for form in self._forms:
            if shiboken6.isValid(form):
                for note in form.findChildren(NoteEdit):
                    note.offer_snippets_again(partial(self.equip, form))

    def _on_changed(self, changes: Changes) -> None:
        if Kind.SNIPPET in changes.kinds:
            self._snippets = None
            for form in list(self._forms):
                if shiboken6.isValid(form):
                    self._forms.remove(form)
                    self.equip(form)

    def _hand_to(self, form: QWidget, offered: tuple[Snippet, ...]) -> None:
        for note in form.findChildren(NoteEdit):
            note.set_snippets(offered)
