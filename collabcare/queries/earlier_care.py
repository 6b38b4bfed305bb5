"""A patient's other episodes of care: when each was, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from collabcare.domain.codes import ClosureReason, ReferralReason
from collabcare.domain.details_words import code_words
from collabcare.domain.ids import EpisodeId
from collabcare.queries.site import GpPracticeRow, gp_practices
from collabcare.store import models as m

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class CareRow:
    """One other episode of the same patient; ``closed_on`` is None while it is open."""

    episode_id: EpisodeId
    received_on: date
    closed_on: date | None
    step: int
    reason: str
    ended: str
    note: str


class DetailsBesides(NamedTuple):
    """What the page of details reads besides the patient's own: practices to choose from, other episodes."""

    practices: tuple[GpPracticeRow, ...]
    care: tuple[CareRow, ...]


def details_besides(session: Session, episode_id: EpisodeId) -> DetailsBesides:
    """Return it for the patient whose episode this is."""
    return DetailsBesides(tuple(gp_practices(session)), other_care(session, episode_id))


def other_care(session: Session, episode_id: EpisodeId) -> tuple[CareRow, ...]:
    """Return the other episodes of the patient whose episode this is, the newest first."""
    this = select(m.Episode.patient_id).where(m.Episode.id == episode_id).scalar_subquery()
    found = session.execute(
        select(
            m.Episode.id,
            m.Referral.received_on,
            m.Episode.closed_on,
            m.Episode.step,
            m.Referral.reason,
            m.Episode.closure_reason,
            m.Episode.closure_note,
        )
        .join(m.Referral, m.Referral.episode_id == m.Episode.id)
        .where(m.Episode.patient_id == this, m.Episode.id != episode_id)
        .order_by(m.Referral.received_on.desc(), m.Episode.id.desc())
    )
    return tuple(
        CareRow(
            episode_id=EpisodeId(key),
            received_on=received_on,
            closed_on=closed_on,
            step=step,
            reason=code_words(ReferralReason, reason),
            ended=code_words(ClosureReason, closure),
            note=note or "",
        )
        for key, received_on, closed_on, step, reason, closure, note in found
    )
