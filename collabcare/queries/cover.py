"""The cover that holds or is to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from collabcare.domain.cover import CoverFact
from collabcare.domain.ids import UserId
from collabcare.store import models as m

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session


def covers(session: Session, today: date) -> tuple[CoverFact, ...]:
    """Return what holds today or begins later, and has not been ended, in one SELECT, the first first."""
    covered, by, cover = aliased(m.UserAccount), aliased(m.UserAccount), m.Cover
    rows = session.execute(
        select(cover, covered.name, by.name)
        .join(covered, covered.id == cover.covered_id)
        .join(by, by.id == cover.by_id)
        .where(cover.ended_on.is_(None), or_(cover.until_on.is_(None), cover.until_on >= today))
        .order_by(cover.from_on, cover.id)
    )
    return tuple(
        CoverFact(
            id=row.id,
            row_version=row.version,
            covered_id=UserId(row.covered_id),
            covered=covered_name,
            by_id=UserId(row.by_id),
            by=by_name,
            from_on=row.from_on,
            until_on=row.until_on,
        )
        for row, covered_name, by_name in rows
    )
