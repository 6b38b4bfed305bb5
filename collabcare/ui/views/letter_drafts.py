"""Keeps what is written in letters as encrypted drafts, like what stands in forms, and brings it back.

A draft belongs to one user, one episode and one kind of letter. Its snippets and its spelling come from the
same places as those of every other note.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, QTimer

from collabcare.domain.calendar import LONDON
from collabcare.domain.display import fmt_time
from collabcare.domain.ids import EpisodeId
from collabcare.domain.letter_safety import SAFETY_PART
from collabcare.services.drafts import DiscardDraft, KeepDraft, discard_draft, keep_draft
from collabcare.ui.pages import PageName
from collabcare.ui.views.drafting import EVERY_SECONDS, LONGEST_KIND, carry_out, place_of, when_kept
from collabcare.ui.views.snippet_shelf import SnippetShelf
from collabcare.ui.views.spelling_help import SpellingHelp

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.changes import Changes
    from collabcare.queries.drafts import DraftRow
    from collabcare.services.desk import Desk
    from collabcare.services.letter_page import LetterPage
    from collabcare.ui.tasks import Tasks

Place: TypeAlias = tuple[EpisodeId, str]
"""Whose letter, and of which kind."""
_BEFORE = "l:"


class LetterDrafts(QObject):
    """What was typed for letters, by patient and kind, and the drafts of it; ``holder`` shows the letter."""

    def __init__(self, desk: Desk, tasks: Tasks, holder: QWidget, keep: Callable[[], None]) -> None:
        super().__init__(holder)
        self._desk, self._tasks = desk, tasks
        self._typed: dict[Place, dict[str, str]] = {}
        self._before: dict[Place, dict[str, str]] = {}
        self._kept: dict[Place, str] = {}
        self._said: dict[Place, str] = {}
        self._shelf = SnippetShelf(desk, tasks, self)
        self._spelling = SpellingHelp(desk, tasks, self)
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY_SECONDS * 1000)
        # out of sight it was kept when it went, and the record may be locked
        self.timer.timeout.connect(lambda: keep() if holder.isVisible() else None)

    def equip(self, form: QWidget) -> None:
        """Give the notes of the letter in view the snippets and the dictionary; keep drafts from now on."""
        self._shelf.equip(form)
        self._spelling.equip(form)
        self.timer.start()

    def typed(self, place: Place) -> dict[str, str]:
        """Return what was typed for a letter before, or the words of the record it begins with."""
        return self._typed.get(place, self._before.get(place, {}))

    def any_typed(self) -> bool:
        """Return whether words typed for any letter are not issued yet."""
        return any(self._typed.values())

    def take_up(self, page: LetterPage) -> None:
        """Take up what this user left unissued, unless something was typed for that letter already.

        What the record says about safety is put in again where such a draft is silent: it may be newer.
        """
        self._before.update(
            {(page.facts.episode_id, kind): dict(words) for kind, words in page.beforehand.items()}
        )
        for kind, row in page.drafts.items():
            place = page.facts.episode_id, letter_kind(row)
            mine = kind.startswith(_BEFORE) and place_of(row) == PageName.LETTER
            if mine and place not in self._typed and (typed := _typed(row)):
                safety = {k: v for k, v in self._before.get(place, {}).items() if k == SAFETY_PART}
                self._typed[place], self._kept[place] = {**safety, **typed}, row.body
                self._said[place] = f"What you wrote on {when_kept(row)} is back, not issued yet."

    def said(self, place: Place) -> str:
        """Return once how to say that what was typed is back."""
        return self._said.pop(place, "")

    def keep(self, place: Place, title: str, typed: dict[str, str]) -> None:
        """Remember a letter, and keep it as a draft unless it is kept already; nothing typed is no draft."""
        if typed == self._before.get(place, {}):
            self._typed.pop(place, None)
            typed = {}
        else:
            self._typed[place] = typed
        told = {"place": PageName.LETTER.value, "title": title, "typed": typed}
        body = json.dumps(told, ensure_ascii=False) if typed else ""
        if self._kept.get(place, "") == body:
            return
        self._kept[place] = body
        if not body:
            work = partial(discard_draft, _named(place), self._desk.uow)
            self._tasks.write(work, None, partial(self._on_refused, place))
            return
        command = KeepDraft(episode_id=place[0], kind=_key(place[1]), body=body)
        work = partial(keep_draft, command, self._desk.uow)
        self._tasks.write(work, self._on_kept, partial(self._on_refused, place))

    def carrying_out(self, place: Place, work: Callable[[], Changes]) -> Callable[[], Changes]:
        """Return ``work`` with the throwing away of the letter's draft behind it: issued, it is none."""
        if not self._kept.get(place):
            return work
        return partial(carry_out, work, _named(place), self._desk.uow)

    def forget(self, place: Place) -> None:
        """Know nothing of a letter any more: it was issued."""
        for known in (self._typed, self._kept, self._said):
            known.pop(place, None)

    def _on_refused(self, place: Place, sentence: str) -> None:
        """Say so, and leave it to the next try: what was written still stands in the letter."""
        self._kept.pop(place, None)
        self._tasks.noted.emit(f"The letter is not kept as a draft: {sentence}")

    def _on_kept(self, _changes: Changes) -> None:
        self._tasks.noted.emit(f"Draft kept {fmt_time(self._desk.clock.now().astimezone(LONDON))}")


def letter_kind(draft: DraftRow) -> str:
    """Return the kind of letter a draft is of."""
    return draft.kind.removeprefix(_BEFORE)


def _key(kind: str) -> str:
    return f"{_BEFORE}{kind}"[:LONGEST_KIND]


def _named(place: Place) -> DiscardDraft:
    return DiscardDraft(episode_id=place[0], kind=_key(place[1]))


def _typed(row: DraftRow) -> dict[str, str]:
    try:
        typed = json.loads(row.body)["typed"]
        return {str(part): str(text) for part, text in typed.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}  # written by another version of the program: nothing of it can be told
