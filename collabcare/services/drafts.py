"""Forms half written, kept as they stand so that nothing typed is lost: no part of the record.

A draft belongs to whoever types it and nobody else reads it. Saving the form for good is another command;
the form discards its draft then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.store.models import Draft, Episode

if TYPE_CHECKING:
    from sqlalchemy import Select

    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId, UserId
    from collabcare.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDraft:
    """What stands in a form, as JSON text; ``kind`` names the form, ``episode_id`` is None for no patient."""

    episode_id: EpisodeId | None
    kind: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardDraft:
    """The draft of one form."""

    episode_id: EpisodeId | None
    kind: str


def keep_draft(command: KeepDraft, uow: UnitOfWork) -> Changes:
    """Keep what stands in a form in the place of what stood there; nothing is audited, no screen loads again.

    Raises:
        RuleViolation: When there is no such episode.
    """
    with uow.begin(Permission.READ_CASELOAD, "Keep draft") as work:
        mine = work.acting.user_id
        kept = work.session.scalar(_draft(mine, command.episode_id, command.kind))
        if kept is not None:
            kept.body, kept.saved_at = command.body, work.at
        else:
            if command.episode_id is not None:
                work.get(Episode, command.episode_id)
            of = {"user_id": mine, "episode_id": command.episode_id, "kind": command.kind}
            work.add(Draft(**of, body=command.body, saved_at=work.at))
    return work.changes


def discard_draft(command: DiscardDraft, uow: UnitOfWork) -> Changes:
    """Throw the draft of one form away; when there is none, that is just as well."""
    with uow.begin(Permission.READ_CASELOAD, "Discard draft") as work:
        kept = work.session.scalar(_draft(work.acting.user_id, command.episode_id, command.kind))
        if kept is not None:
            work.session.delete(kept)
    return work.changes


def _draft(user_id: UserId, episode_id: EpisodeId | None, kind: str) -> Select[Draft]:
    of = (Draft.user_id == user_id, Draft.kind == kind)
    if episode_id is None:
        return select(Draft).where(*of, Draft.episode_id.is_(None))
    return select(Draft).where(*of, Draft.episode_id == episode_id)
