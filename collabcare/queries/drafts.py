"""What one user has half written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from collabcare.domain.display import fmt_name
from collabcare.domain.ids import EpisodeId
from collabcare.store import models as m

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from collabcare.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """What stood in one form when it was last kept; ``episode_id`` is None for a form about no patient."""

    episode_id: EpisodeId | None
    kind: str
    body: str
    saved_at: datetime


def drafts(session: Session, user_id: UserId, episode_id: EpisodeId | None) -> dict[str, DraftRow]:
    """Return this user's drafts for one episode, or those for none, by the kind of form."""
    of = m.Draft.episode_id.is_(None) if episode_id is None else m.Draft.episode_id == episode_id
    return {row.kind: row for row in _rows(session, m.Draft.user_id == user_id, of)}


def all_drafts(session: Session, user_id: UserId) -> tuple[DraftRow, ...]:
    """Return every draft of this user, the latest first."""
    return tuple(_rows(session, m.Draft.user_id == user_id))


class BegunForm(NamedTuple):
    """A draft, and the name of whom it is about; empty for what is about no patient."""

    draft: DraftRow
    name: str


def begun_forms(session: Session, user_id: UserId) -> tuple[BegunForm, ...]:
    """Return every form this user has begun and not saved, the latest first, in two SELECTs."""
    found = all_drafts(session, user_id)
    patient = m.Patient
    asked = {row.episode_id for row in found if row.episode_id is not None}
    named = (
        select(m.Episode.id, patient.surname, patient.given_name, patient.title)
        .join(patient, m.Episode.patient_id == patient.id)
        .where(m.Episode.id.in_(asked))
    )
    rows = session.execute(named) if asked else ()
    names = {id: fmt_name(surname, given, title) for id, surname, given, title in rows}
    return tuple(BegunForm(row, names.get(row.episode_id or 0, "")) for row in found)


def _rows(session: Session, *which: ColumnElement[bool]) -> Iterator[DraftRow]:
    kept = select(m.Draft.episode_id, m.Draft.kind, m.Draft.body, m.Draft.saved_at)
    newest_first = (m.Draft.saved_at.desc(), m.Draft.id.desc())
    for episode, kind, body, saved_at in session.execute(kept.where(*which).order_by(*newest_first)):
        of = None if episode is None else EpisodeId(episode)
        yield DraftRow(episode_id=of, kind=kind, body=body, saved_at=saved_at)
