"""Words that are written again and again: a user's own, and the practice's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.typed_text import typed_block, typed_line
from collabcare.store.models import Snippet

if TYPE_CHECKING:
    from collabcare.domain.ids import UserId
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_NAME, LONGEST_TEXT = 32, 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveSnippet:
    """A snippet's name and words; without ``snippet_id`` a new one. ``seen`` is the version looked at."""

    name: str
    text: str
    of_practice: bool = False
    snippet_id: int | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteSnippet:
    """One snippet, as it was when the user looked at it."""

    snippet_id: int
    seen: int
    of_practice: bool = False


def save_snippet(command: SaveSnippet, uow: UnitOfWork) -> Changes:
    """Keep a snippet: one's own, or the practice's for those who manage it.

    Raises:
        RuleViolation: When it has no name or words, they are too long, or the name is taken.
        StaleRecord: When somebody changed it since the user looked.
    """
    with uow.begin(_permission(of_practice=command.of_practice), "Save snippet") as work:
        owner = None if command.of_practice else work.acting.user_id
        name = typed_line(command.name, "The name", LONGEST_NAME)
        text = typed_block(command.text, "The text", LONGEST_TEXT)
        if not name or not text:
            raise RuleViolation("A snippet needs a name and a text.")
        _refuse_taken(work, owner, name, besides=command.snippet_id)
        if command.snippet_id is None:
            kept = work.add(Snippet(owner_id=owner, name=name, text=text))
            work.made = kept.id
        else:
            kept = _mine(work, owner, command.snippet_id, command.seen)
            kept.name, kept.text = name, text
        work.touched(Kind.SNIPPET, subject_id=kept.id)
    return work.changes


def delete_snippet(command: DeleteSnippet, uow: UnitOfWork) -> Changes:
    """Throw a snippet away: one's own, or the practice's for those who manage it.

    Raises:
        RuleViolation: When it is not there, or somebody else's.
        StaleRecord: When somebody changed it since the user looked.
    """
    with uow.begin(_permission(of_practice=command.of_practice), "Delete snippet") as work:
        owner = None if command.of_practice else work.acting.user_id
        kept = _mine(work, owner, command.snippet_id, command.seen)
        work.session.delete(kept)
        work.touched(Kind.SNIPPET, subject_id=kept.id)
    return work.changes


def _permission(*, of_practice: bool) -> Permission:
    return Permission.MANAGE_PRACTICE if of_practice else Permission.READ_CASELOAD


def _mine(work: Work, owner: UserId | None, snippet_id: int, seen: int | None) -> Snippet:
    found = work.get(Snippet, snippet_id, seen=seen)
    if found.owner_id != owner:
        raise RuleViolation("That snippet is not in this list. Nothing was changed.")
    return found


def _refuse_taken(work: Work, owner: UserId | None, name: str, *, besides: int | None) -> None:
    """Refuse a name that another snippet of the same list has; capitals make no difference."""
    of = Snippet.owner_id.is_(None) if owner is None else Snippet.owner_id == owner
    taken = work.session.execute(select(Snippet.id, Snippet.name).where(of)).all()
    if any(key != besides and other.casefold() == name.casefold() for key, other in taken):
        raise RuleViolation("There is a snippet of that name already. Choose another name.")
