"""A caseload of a thousand: the demo's lives, each copied row by row into as many more as are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, func, insert, literal, select

from collabcare.store import models as m
from collabcare.store.engine import WRITE

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session, sessionmaker

_OWN = (
    m.Patient,
    m.Episode,
    m.Referral,
    m.StepMove,
    m.Contact,
    m.Ladder,
    m.Attempt,
    m.Measure,
    m.SafetyConversation,
    m.SupervisionReview,
    m.SupervisionAction,
    m.Letter,
)
_POINTS_AT = {
    "patient_id": "patient",
    "episode_id": "episode",
    "contact_id": "contact",
    "ladder_id": "ladder",
    "measure_id": "measure",
    "review_id": "supervision_review",
}


def multiply(sessions: sessionmaker[Session], times: int) -> None:
    """Make every patient, and all that belongs to them, ``times`` as many."""
    with sessions() as session:
        session.connection(execution_options=WRITE)
        tables = [table for record in _OWN if isinstance(table := record.__table__, Table)]
        step = {t.name: session.scalar(select(func.max(t.c.id))) or 0 for t in tables}
        before = {t.name: step[t.name] for t in tables}
        for round_ in range(1, times):
            for table in tables:
                names = [column.name for column in table.c]
                copies = [_copied(table, name, step, round_) for name in names]
                rows = select(*copies).where(table.c.id <= before[table.name])
                session.execute(insert(table).from_select(names, rows))
        session.commit()


def _copied(table: Table, name: str, step: dict[str, int], round_: int) -> ColumnElement[Any]:
    """Return a column, of whatever type, as it is copied: numbers moved on, NHS numbers left out."""
    if name == "nhs_number":
        return literal(None).label(name)
    target = table.name if name == "id" else _POINTS_AT.get(name)
    column = table.c[name]
    return (column + step[target] * round_).label(name) if target else column
