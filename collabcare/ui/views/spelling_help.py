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

_DICTIONARY = "The dictionary could not be read."
_OWN = "Your own words could not be read."


class SpellingHelp(QObject):
    """Reads the dictionary behind the first form that is opened; what is spelt is looked up here only."""

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._speller: Speller | None = None
        self._own: frozenset[str] = frozenset()
        self._forms: list[QWidget] = []
        self._asked: set[str] = set()
        self._unread: set[str] = set()
        self._knows_own, self._to_keep = False, False

    def equip(self, form: QWidget) -> None:
        """Have every note of a form looked over."""
        self._forms.append(form)
        self.read_again()
        if self._speller is not None or self._unread:
            self._hand_to(form)

    def read_again(self) -> None:
        """Read what is not known yet, unless it was asked for already."""
        if not self._knows_own and _OWN not in self._asked:
            self._asked.add(_OWN)
            query = partial(preferences, user_id=self._desk.acting.user_id)
            refused = partial(self._on_unread, _OWN)
            self._tasks.read(self, query, self._on_preferences, refused=refused, topic="my words")
        if self._speller is None and _DICTIONARY not in self._asked:
            self._asked.add(_DICTIONARY)
            work = partial(load_speller, resources_dir() / "spelling")
            refused = partial(self._on_unread, _DICTIONARY)
            self._tasks.run(self, work, self._on_loaded, refused=refused, topic="dictionary")

    def unread(self) -> str:
        """Say what could not be read, nothing while all is known."""
        return next((each for each in (_DICTIONARY, _OWN) if each in self._unread), "")

    def misspelt(self, text: str) -> tuple[Word, ...]:
        """Return the words of a text that neither the dictionary nor this user knows."""
        return () if self._speller is None else self._speller.misspelt(text, self._own)

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Return a few words that may have been meant."""
        return () if self._speller is None else self._speller.suggestions(word)

    def learn(self, word: str) -> None:
        """Know a word from now on, on every computer this user signs in on."""
        self._own |= {dictionary_form(word)}
        if self._knows_own:
            self._keep()
        else:
            self._to_keep = True  # once the others are known: what is kept replaces them all
            self.read_again()
        self._look_again()

    def _keep(self) -> None:
        self._to_keep = False
        kept = SavePreference(name=MY_WORDS, value=json.dumps(sorted(self._own), ensure_ascii=False))
        self._tasks.write(partial(save_preference, kept, self._desk.uow))

    def _on_preferences(self, kept: Mapping[str, str]) -> None:
        self._knows_own = True
        self._own |= frozenset(_words(kept.get(MY_WORDS, "")))
        if self._to_keep:
            self._keep()
        self._was_read(_OWN)

    def _on_loaded(self, speller: Speller) -> None:
        self._speller = speller
        for form in [each for each in self._forms if shiboken6.isValid(each)]:
            self._hand_to(form)
        self._was_read(_DICTIONARY)

    def _on_unread(self, what: str, _sentence: str) -> None:
        """Let the menu of each note say so; it is read again with the next form, or when the user asks."""
        self._asked.discard(what)
        self._unread.add(what)
        for form in [each for each in self._forms if shiboken6.isValid(each)]:
            self._hand_to(form)

    def _was_read(self, what: str) -> None:
        self._asked.discard(what)
        if what in self._unread:
            self._unread.discard(what)
            self._look_again()

    def _hand_to(self, form: QWidget) -> None:
        alive = (each for each in self._forms if shiboken6.isValid(each) and each is not form)
        self._forms = [*alive, form]
        for note in form.findChildren(NoteEdit):
            note.set_spelling(self)

    def _look_again(self) -> None:
        for form in self._forms:
            if shiboken6.isValid(form):
                for note in form.findChildren(NoteEdit):
                    note.look_over()


def _words(kept: str) -> tuple[str, ...]:
    try:
        words = json.loads(kept or "[]")
    except ValueError:
        return ()
    return tuple(word for word in words if isinstance(word, str)) if isinstance(words, list) else ()
