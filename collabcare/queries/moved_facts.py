"""Appointments that were moved to another time, as facts: the SELECT beside what its rows become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from collabcare.domain.attendance import Side
from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.moving import MoveFact, Slot
from collabcare.queries.grouped import by_code
from collabcare.store import models as m

if TYPE_CHECKING:
    from collabcare.queries.grouped import AnyRow, AnySelect

_MECHANISM = by_code(ConsultationMechanism)
_SIDE = by_code(Side)


def moves(which: ColumnElement[bool]) -> AnySelect:
    """Select the appointments that were moved, in the order of their moving; those in error are left out."""
    was, now = aliased(m.Contact), aliased(m.Contact)
    return (
        select(
            was.episode_id,
            was.id,
            was.on_date,
            was.at_time,
            now.on_date,
            now.at_time,
            was.mechanism,
            was.moved_on,
            was.moved_asked_by,
            was.note,
        )
        .join(m.Episode, m.Episode.id == was.episode_id)
        .join(now, now.moved_from_id == was.id)
        .where(which, was.moved_on.is_not(None), was.voided_reason.is_(None))
        .order_by(was.moved_on, was.id)
    )


def move(row: AnyRow) -> MoveFact:
    """Make one of them."""
    _, key, was_on, was_at, on, at, mechanism, moved_on, asked_by, note = row
    return MoveFact(
        id=key,
        was=Slot(was_on, was_at),
        to=Slot(on, at),
        mechanism=_MECHANISM[mechanism],
        moved_on=moved_on,
        asked_by=_SIDE[asked_by],
        note=note,
    )
