"""What was put off or declined as facts: the SELECT beside what its rows become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from collabcare.domain.due_kinds import DueKind
from collabcare.domain.postponing import PostponementFact, Waiting
from collabcare.queries.grouped import by_code
from collabcare.store import models as m

if TYPE_CHECKING:
    from collabcare.queries.grouped import AnyRow, AnySelect

_KIND = by_code(DueKind)
_WAITING = by_code(Waiting)


def postponements(which: ColumnElement[bool]) -> AnySelect:
    """Select the decisions in the order in which they were made."""
    made = m.Postponement
    return (
        select(
            made.episode_id,
            made.kind,
            made.subject_id,
            made.due_on,
            made.decision,
            made.until,
            made.reason,
            made.made_on,
            m.UserAccount.name,
        )
        .join(m.Episode, m.Episode.id == made.episode_id)
        .join(m.UserAccount, m.UserAccount.id == made.made_by)
        .where(which)
        .order_by(made.id)
    )


def postponement(row: AnyRow) -> PostponementFact:
    """Make one decision."""
    _, kind, subject_id, due_on, decision, until, reason, made_on, by = row
    return PostponementFact(
        kind=_KIND[kind],
        subject_id=subject_id,
        due_on=due_on,
        decision=_WAITING[decision],
        until=until,
        reason=reason,
        made_on=made_on,
        by=by,
    )
