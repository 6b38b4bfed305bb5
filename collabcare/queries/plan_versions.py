"""Every version of an episode's staying-well plan as it was kept."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.plan_facts import RelapsePlanFact
from collabcare.store import models as m

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collabcare.domain.ids import EpisodeId

_WORDS = tuple(each.name for each in fields(RelapsePlanFact))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """One version: its number from 1, who kept it, and its words."""

    number: int
    by: str
    plan: RelapsePlanFact


def plan_versions(session: Session, episode_id: EpisodeId) -> tuple[PlanVersion, ...]:
    """Return every version of the staying-well plan, the latest first."""
    kept = m.RelapsePlan
    columns = kept.__table__.c
    rows = session.execute(
        select(kept.number, m.UserAccount.name, *(columns[name] for name in _WORDS))
        .join(m.UserAccount, m.UserAccount.id == kept.recorded_by)
        .where(kept.episode_id == episode_id)
        .order_by(kept.number.desc())
    )
    return tuple(
        PlanVersion(number=number, by=by, plan=RelapsePlanFact(**dict(zip(_WORDS, words, strict=True))))
        for number, by, *words in rows
    )
