"""Lets the notes of forms know British English and the words a user has added to it."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject

from collabcare.catalogue.speller import load_speller
from collabcare.domain.spelling import dictionary_form
from collabcare.paths import resources_dir
from collabcare.queries.preferences import preferences
from collabcare.services.preferences import SavePreference, save_preference
from collabcare.ui.widgets.note_edit import NoteEdit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from collabcare.catalogue.speller import Speller
    from collabcare.domain.spelling import Word
    from collabcare.services.desk import Desk
    from collabcare.ui.tasks import Tasks

MY_WORDS = "spelling_words"
"""The preference that keeps them."""


class SpellingHelp(QObject):
    """Reads the dictionary behind the first form that is opened; what is spelt is looked up here only."""

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._speller: Speller | None = None
        self._own: frozenset[str] = frozenset()
        self._forms: list[QWidget] = []
        self._asked = False

    def equip(self, form: QWidget) -> None:
        """Have every note of a form looked over."""
        if self._speller is not None:
            self._hand_to(form)
            return
        self._forms.append(form)
        if not self._asked:
            self._asked = True
            query = partial(preferences, user_id=self._desk.acting.user_id)
            self._tasks.read(self, query, self._on_preferences, topic="my words")
            work = partial(load_speller, resources_dir() / "spelling")
            self._tasks.run(self, work, self._on_loaded, topic="dictionary")

    def misspelt(self, text: str) -> tuple[Word, ...]:
        """Return the words of a text that neither the dictionary nor this user knows."""
        return () if self._speller is None else self._speller.misspelt(text, self._own)

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Return a few words that may have been meant."""
        return () if self._speller is None else self._speller.suggestions(word)

    def learn(self, word: str) -> None:
        """Know a word from now on, on every computer this user signs in on."""
        self._own |= {dictionary_form(word)}
        kept = SavePreference(name=MY_WORDS, value=json.dumps(sorted(self._own), ensure_ascii=False))
        self._tasks.write(partial(save_preference, kept, self._desk.uow))
        for form in self._forms:
            if shiboken6.isValid(form):
                self._look_again(form)

    def _on_preferences(self, kept: Mapping[str, str]) -> None:
        self._own |= frozenset(_words(kept.get(MY_WORDS, "")))

    def _on_loaded(self, speller: Speller) -> None:
        self._speller = speller
        for form in [each for each in self._forms if shiboken6.isValid(each)]:
            self._hand_to(form)

    def _hand_to(self, form: QWidget) -> None:
        alive = (each for each in self._forms if shiboken6.isValid(each) and each is not form)
        self._forms = [*alive, form]
        for note in form.findChildren(NoteEdit):
            note.set_spelling(self)

    def _look_again(self, form: QWidget) -> None:
        for note in form.findChildren(NoteEdit):
            note.look_over()


def _words(kept: str) -> tuple[str, ...]:
    try:
        words = json.loads(kept or "[]")
    except ValueError:
        return ()
    return tuple(word for word in words if isinstance(word, str)) if isinstance(words, list) else ()
