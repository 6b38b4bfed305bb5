"""Contacts that stand as attended and were once recorded as missed: the SELECT, and what its rows become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CTE, ColumnElement, select
from sqlalchemy.orm import aliased

from collabcare.domain.acting import Role
from collabcare.domain.codes import ATTENDED, AttendanceStatus
from collabcare.domain.ids import UserId
from collabcare.domain.unmissed import Hand, UnmissedFact
from collabcare.store import models as m

if TYPE_CHECKING:
    from collabcare.queries.grouped import AnyRow, AnySelect


def unmissed(which: ColumnElement[bool]) -> AnySelect:
    """Select them with each row of theirs that was a miss, the one taken back last coming last."""
    stands, was, before = m.Contact, aliased(m.Contact), _rows_before(which)
    took_back, saw = aliased(m.UserAccount), aliased(m.UserAccount)
    return (
        select(
            stands.episode_id,
            stands.id,
            stands.on_date,
            stands.at_time,
            was.practitioner_id,
            took_back.id,
            took_back.role,
            saw.id,
            saw.role,
        )
        .select_from(before)
        .join(stands, stands.id == before.c.stands_id)
        .join(was, was.id == before.c.was_id)
        .join(took_back, took_back.id == was.voided_by)
        .join(saw, saw.id == stands.practitioner_id)
        .where(was.attendance == AttendanceStatus.DID_NOT_ATTEND)
        .order_by(stands.on_date, was.id)
    )


def _rows_before(which: ColumnElement[bool]) -> CTE:
    """Return every row that a contact that stands as attended was before, each beside that contact."""
    stands, earlier = m.Contact, aliased(m.Contact)
    before = (
        select(stands.id.label("stands_id"), stands.moved_from_id.label("was_id"))
        .join(m.Episode, m.Episode.id == stands.episode_id)
        .where(
            which,
            stands.moved_from_id.is_not(None),
            stands.attendance.in_(ATTENDED),
            stands.voided_reason.is_(None),
        )
        .cte("before", recursive=True)
    )
    return before.union_all(
        select(before.c.stands_id, earlier.moved_from_id)
        .join(before, before.c.was_id == earlier.id)
        .where(earlier.moved_from_id.is_not(None))
    )


def unmissed_fact(row: AnyRow) -> UnmissedFact:
    """Make one of them."""
    _, contact_id, on, at, missed_by_id, *hands = row
    return UnmissedFact(
        contact_id=contact_id,
        on=on,
        at=at,
        missed_by_id=missed_by_id,
        hands=(_hand(*hands[:2]), _hand(*hands[2:])),
    )


def _hand(user_id: int, role: str) -> Hand:
    return Hand(UserId(user_id), role == Role.SUPERVISOR)
