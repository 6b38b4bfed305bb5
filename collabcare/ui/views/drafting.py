"""Keeps what stands in unsaved forms as encrypted drafts in the record, and brings it back.

A draft belongs to one user, one episode and one form. It is written every few seconds while something
changes, and at once when the form goes out of sight: at a lock, on another page, when the window closes.
Writing happens on the writer's thread like every command, and no screen loads again for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from collabcare.domain.calendar import LONDON
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.queries.drafts import DraftRow, drafts
from collabcare.services.drafts import DiscardDraft, KeepDraft, discard_draft, keep_draft
from collabcare.ui.forms.kept_fields import Value, kept_fields, put_back, spoken_names
from collabcare.ui.views.drafts_unlooked import tell_unlooked, untell_unlooked
from collabcare.ui.views.snippet_shelf import SnippetShelf
from collabcare.ui.views.spelling_help import SpellingHelp
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.inline_message import InlineMessage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from collabcare.services.desk import Desk
    from collabcare.store.unit_of_work import UnitOfWork
    from collabcare.ui.forms.entry_form import EntryForm
    from collabcare.ui.tasks import Refused, Tasks

EVERY_SECONDS = 5
"""At most so much typing is lost when the computer goes down."""

LONGEST_KIND = 24


@dataclass(slots=True)
class Watched:
    """One open form, whose it is, and what of it was last asked to be kept."""

    form: EntryForm
    episode_id: EpisodeId | None
    kind: str
    asked: str = ""
    refused: bool = False

    def discard(self) -> DiscardDraft:
        """Return the command that throws its draft away."""
        return DiscardDraft(episode_id=self.episode_id, kind=self.kind)


class Drafting(QObject):
    """Keeps the drafts of the forms of one page, ``place``, which ``holder`` shows.

    ``elsewhere`` are the drafts about the same patient that belong to other pages.

    Signals:
        found: The episode whose drafts were read just now, None for what is about no patient.
    """

    found = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, holder: QWidget, place: str) -> None:
        super().__init__(holder)
        self._desk, self._tasks, self._holder = desk, tasks, holder
        self.place = self._place = place
        self._watched: list[Watched] = []
        self.elsewhere: tuple[DraftRow, ...] = ()
        self._waiting: dict[tuple[EpisodeId | None, str], DraftRow] = {}
        self._unlooked: set[EpisodeId | None] = set()
        self._shelf = SnippetShelf(desk, tasks, self)
        self._spelling = SpellingHelp(desk, tasks, self)
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY_SECONDS * 1000)
        self.timer.timeout.connect(self._on_time)

    def look_for(self, episode_id: EpisodeId | None, refused: Refused | None = None) -> None:
        """Read what this user left unsaved about an episode; ``found`` says when it is known.

        A page that says itself that it could not be read, and tries again, gives ``refused``. Without it the
        forms say so, and it is looked again while one of them is open.
        """
        query = partial(drafts, user_id=self._desk.acting.user_id, episode_id=episode_id)
        unread = refused or partial(self._on_unlooked, episode_id)
        self._tasks.read(self, query, partial(self._on_read, episode_id), refused=unread)

    def waiting(self, episode_id: EpisodeId | None) -> tuple[DraftRow, ...]:
        """Return the drafts of an episode that no open form has taken yet, the latest first."""
        mine = (row for (episode, _), row in self._waiting.items() if episode == episode_id)
        return tuple(sorted(mine, key=lambda row: row.saved_at, reverse=True))

    def watch(self, form: EntryForm, episode_id: EpisodeId | None, kind: str) -> None:
        """Keep drafts of a form from now on, bring its own back into it, and help its notes."""
        self._help(form)
        form.grown.connect(partial(self._help, form))
        watched = Watched(form, episode_id, kind[:LONGEST_KIND])
        self._watched.append(watched)
        self.bring_back(form)
        self.timer.start()
        if episode_id in self._unlooked:
            self.look_for(episode_id)

    def _help(self, form: EntryForm) -> None:
        """Offer snippets in every note of a form, and mark what is misspelt there."""
        if not form.KEEPS_FIELDS:  # in a snippet the name of another one is no more than its words
            self._shelf.equip(form)
        self._spelling.equip(form)

    def bring_back(self, form: EntryForm) -> None:
        """Put the draft that waits for a form back into it, unless somebody has typed in it already."""
        watched = self._of(form)
        if watched is None or form.is_touched():
            return
        row = self._waiting.pop((watched.episode_id, watched.kind), None)
        if row is None:
            return
        fields = _fields_of(row.body)
        form.make_room(set(fields))
        put_back(form, {name: now for name, (_was, now) in fields.items()})
        if not form.is_touched():
            self._tasks.write(partial(discard_draft, watched.discard(), self._desk.uow))
            return
        watched.asked = self._body(form)
        before = form.opened
        other = {name for name, (was, _now) in fields.items() if name in before and before[name] != was}
        _tell(form, row, spoken_names(form, other))

    def carrying_out(self, form: EntryForm, work: Callable[[], Changes]) -> Callable[[], Changes]:
        """Return ``work`` with the throwing away of the form's draft behind it: saved, it is no draft."""
        watched = self._of(form)
        if watched is None or not watched.asked:
            return work
        return partial(carry_out, work, watched.discard(), self._desk.uow)

    def forget(self, form: EntryForm, *, saved: bool = False) -> None:
        """Keep no more drafts of a form that goes; unless it was saved, the one there is goes too."""
        watched = self._of(form)
        if watched is None:
            return
        if watched.asked and not saved:
            self._tasks.write(partial(discard_draft, watched.discard(), self._desk.uow), self._on_discarded)
        self._let_go(watched)

    def leave(self, form: EntryForm) -> None:
        """Watch a form no longer that turns to something else; its draft waits until it turns back."""
        watched = self._of(form)
        if watched is None:
            return
        if not form.saving:
            self._keep(watched)
        if watched.asked:
            self._waiting[watched.episode_id, watched.kind] = DraftRow(
                episode_id=watched.episode_id,
                kind=watched.kind,
                body=watched.asked,
                saved_at=self._desk.clock.now(),
            )
        self._let_go(watched)

    def unkept(self) -> Watched | None:
        """Return a form that something was typed in which could not be kept, if there is one."""
        live = (each for each in self._watched if shiboken6.isValid(each.form))
        return next((each for each in live if each.refused and each.form.is_touched()), None)

    def has_unsaved(self) -> bool:
        """Return whether anything typed in a form watched here is not saved yet."""
        return any(each.form.is_touched() for each in self._watched if shiboken6.isValid(each.form))

    def watches(self, form: QWidget) -> bool:
        """Return whether drafts of a form are kept now."""
        return any(each.form is form for each in self._watched)

    def keep_now(self) -> None:
        """Keep what stands in every form, as far as it is not kept already."""
        self._watched = [each for each in self._watched if shiboken6.isValid(each.form)]
        for watched in self._watched:
            if not watched.form.saving:
                self._keep(watched)

    def _keep(self, watched: Watched) -> None:
        body = self._body(watched.form)
        if body == watched.asked:
            return
        watched.asked = body
        if not body:
            self._tasks.write(partial(discard_draft, watched.discard(), self._desk.uow), None, _say_nothing)
            return
        command = KeepDraft(episode_id=watched.episode_id, kind=watched.kind, body=body)
        work = partial(keep_draft, command, self._desk.uow)
        self._tasks.write(work, partial(self._on_kept, watched), partial(self._on_refused, watched))

    def _let_go(self, watched: Watched) -> None:
        self._watched.remove(watched)
        _untell(watched.form)
        if not self._watched:
            self.timer.stop()

    def _on_kept(self, watched: Watched, _changes: Changes) -> None:
        watched.refused = False
        self._tasks.noted.emit(f"Draft kept {fmt_time(self._desk.clock.now().astimezone(LONDON))}")

    def _on_discarded(self, _changes: Changes) -> None:
        self._tasks.noted.emit("Draft thrown away")

    def _on_refused(self, watched: Watched, sentence: str) -> None:
        watched.refused = True
        if shiboken6.isValid(watched.form):
            watched.form.message.show_attention(
                f"What you type here is not being kept as a draft: {sentence} It is still in the form."
            )

    def _on_time(self) -> None:
        if self._holder.isVisible():  # out of sight it was kept when it went, and the record may be locked
            for episode_id in {each.episode_id for each in self._watched} & self._unlooked:
                self.look_for(episode_id)
            self.keep_now()

    def _on_unlooked(self, episode_id: EpisodeId | None, _sentence: str) -> None:
        self._unlooked.add(episode_id)
        for form in self._forms_about(episode_id):
            tell_unlooked(form, partial(self.look_for, episode_id))

    def _on_read(self, episode_id: EpisodeId | None, rows: Mapping[str, DraftRow]) -> None:
        open_now = {(each.episode_id, each.kind) for each in self._watched if each.asked}
        self._waiting = {key: row for key, row in self._waiting.items() if key[0] != episode_id}
        for kind, row in rows.items():
            if (episode_id, kind) not in open_now and place_of(row) == self._place:
                self._waiting[episode_id, kind] = row
        self.elsewhere = tuple(row for row in rows.values() if place_of(row) != self._place)
        self._unlooked.discard(episode_id)
        for form in self._forms_about(episode_id):
            untell_unlooked(form)
            self.bring_back(form)
        self.found.emit(episode_id)

    def _forms_about(self, episode_id: EpisodeId | None) -> tuple[EntryForm, ...]:
        mine = (each.form for each in self._watched if each.episode_id == episode_id)
        return tuple(form for form in mine if shiboken6.isValid(form))

    def _body(self, form: EntryForm) -> str:
        """Return what was typed in a form as JSON, nothing for one that nobody touched."""
        typed = _typed(form) if form.is_touched() else {}
        told = {"place": self._place, "title": form.called(), "fields": typed}
        return json.dumps(told, ensure_ascii=False) if typed else ""

    def _of(self, form: EntryForm) -> Watched | None:
        return next((each for each in self._watched if each.form is form), None)


def title_of(row: DraftRow) -> str:
    """Return what the form of a draft is called, nothing where it does not say."""
    return _said(row, "title")


def place_of(row: DraftRow) -> str:
    """Return the page whose form a draft is of, nothing where it does not say."""
    return _said(row, "place")


def _said(row: DraftRow, name: str) -> str:
    try:
        said = json.loads(row.body).get(name)
    except (ValueError, AttributeError):
        return ""
    return said if isinstance(said, str) else ""


def waiting_words(rows: Sequence[DraftRow]) -> str:
    """Say what was typed and not saved, and how to go on with it; nothing where nothing waits."""
    begun = ", ".join(f"{title_of(row)} ({when_kept(row)})" for row in rows)
    return f"Typed and not saved yet: {begun}. Open it again to go on with it." if begun else ""


def when_kept(row: DraftRow) -> str:
    """Write when a draft was last kept, by the clock on the wall."""
    at = row.saved_at.astimezone(LONDON)
    return f"{fmt_date(at.date())} at {fmt_time(at)}"


def _typed(form: EntryForm) -> dict[str, list[Value]]:
    """Return how the fields stood when the form was opened and stand now, where that differs."""
    opened = form.opened
    return {
        name: [opened.get(name), now]
        for name, now in kept_fields(form).items()
        if name not in opened or opened[name] != now
    }


def _fields_of(body: str) -> dict[str, tuple[Value, Value]]:
    """Return what stood in each field when the form was opened and when it was kept."""
    try:
        fields = json.loads(body)["fields"]
        return {str(name): (was, now) for name, (was, now) in fields.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}  # written by another version of the program: nothing of it can be told


def carry_out(work: Callable[[], Changes], discard: DiscardDraft, uow: UnitOfWork) -> Changes:
    """Save and discard in one transaction: whatever happens, what was saved never comes back as a draft."""
    with uow.batch():
        changes = work()
        discard_draft(discard, uow)
    return changes


def _tell(form: EntryForm, row: DraftRow, other: list[str]) -> None:
    words = f"What you typed on {when_kept(row)} is back, not saved yet."
    if other:
        words += f" Look at {', '.join(other)}: something else stood there when you began."
    notice = InlineMessage(form)
    notice.setObjectName(f"{form.KIND}_restored")
    discard = Button("Discard", ButtonKind.QUIET, compact=True)
    discard.setObjectName(f"{form.KIND}_discard")
    discard.clicked.connect(form.cancelled)
    notice.add_act(discard)
    form.body.insertWidget(0, notice)
    notice.show_info(words)


def _untell(form: EntryForm) -> None:
    """Take away what was said of a draft that came back: the form goes on with something else."""
    for notice in form.findChildren(InlineMessage, f"{form.KIND}_restored"):
        form.body.removeWidget(notice)
        notice.hide()
        notice.deleteLater()


def _say_nothing(_sentence: str) -> None:
    """Take a refusal to throw away what is not wanted any more; it is asked again when the form closes."""
