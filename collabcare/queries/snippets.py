"""The snippets one user can put into a note: their own, and the practice's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from collabcare.store import models as m

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collabcare.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetRow:
    """One snippet; ``version`` is what a command hands back as ``seen``."""

    id: int
    version: int
    name: str
    text: str
    of_practice: bool


def snippets(session: Session, user_id: UserId) -> tuple[SnippetRow, ...]:
    """Return this user's own by name, then the practice's by name, in one SELECT."""
    kept = m.Snippet
    rows = session.execute(
        select(kept.id, kept.version, kept.name, kept.text, kept.owner_id.is_(None)).where(
            or_(kept.owner_id == user_id, kept.owner_id.is_(None))
        )
    )
    found = [
        SnippetRow(id=key, version=version, name=name, text=text, of_practice=of_practice)
        for key, version, name, text, of_practice in rows
    ]
    return tuple(sorted(found, key=lambda row: (row.of_practice, row.name.casefold(), row.name)))
