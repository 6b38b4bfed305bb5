"""Large practices: the demo's lives, each copied row by row into as many more as are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, func, insert, literal, select, text

from collabcare.domain.codes import ClosureReason
from collabcare.store import models as m
from collabcare.store.engine import WRITE

if TYPE_CHECKING:
    from sqlalchemy import Column, ColumnElement
    from sqlalchemy.orm import Session, sessionmaker

PATIENTS, OPEN, CONTACTS = 10_000, 1_000, 200_000

_EACH = 21
"""Contacts of a patient who was seen at all, which makes up for those who were not."""

_CLOSE = """
    update episode
    set phase = 'closed', closed_on = :today, phase_since = :today,
        closure_reason = coalesce(closure_reason, :reason)
    where closed_on is null
      and id not in (select id from episode where closed_on is null order by id limit :open)
"""
_SUM_UP = """
    insert into letter (episode_id, kind, kind_version, title, recipient, issued_on, issued_at, issued_by,
                        text, sha256, pdf)
    select episode.id, 'gp_discharge', 1, 'Discharge summary to the GP', 'Elm Tree Surgery', closed_on,
           closed_on || ' 17:00:00.000000', (select min(id) from user_account), '', '', x''
    from episode where closed_on is not null
"""
"""A practice that writes to its GPs: whose care has ended has the summary."""
_SEEN = """
    with recursive number(k) as (select 1 union all select k + 1 from number where k < :each),
    seen as (
        select episode_id, count(*) as had, min(id) as like_id, min(on_date) as since,
               julianday(max(on_date)) - julianday(min(on_date)) as days
        from contact where attendance in ('5', '6') and voided_reason is null group by episode_id
    )
    insert into contact ({columns})
    select {values}
    from seen join number on number.k <= :each - seen.had join contact on contact.id = seen.like_id
"""


def ten_thousand(sessions: sessionmaker[Session], today: str) -> None:
    """Make the demo a practice of ten thousand patients, of whom a thousand are open, with long histories."""
    with sessions() as session:
        patients = session.scalar(select(func.count()).select_from(m.Patient)) or 1
    multiply(sessions, -(-PATIENTS // patients))
    with sessions() as session:
        connection = session.connection(execution_options=WRITE)
        reason = ClosureReason.TREATMENT_COMPLETED
        connection.execute(text(_CLOSE), {"today": today, "open": OPEN, "reason": reason})
        connection.execute(text(_SUM_UP))
        names = [column.name for column in m.Contact.__table__.c if column.name != "id"]
        made = {name: f"contact.{name}" for name in names}
        made["on_date"] = (
            f"date(seen.since, '+' || cast(number.k * seen.days / {_EACH} as integer) || ' days')"
        )
        seen = _SEEN.format(columns=", ".join(made), values=", ".join(made.values()))
        connection.execute(text(seen), {"each": _EACH})
        session.commit()


def multiply(sessions: sessionmaker[Session], times: int) -> None:
    """Make every patient, and all that belongs to them, ``times`` as many."""
    with sessions() as session:
        session.connection(execution_options=WRITE)
        tables = _of_patients()
        step = {t.name: session.scalar(select(func.max(t.c.id))) or 0 for t in tables}
        before = {t.name: step[t.name] for t in tables}
        for round_ in range(1, times):
            for table in tables:
                copies = [_copied(column, step, round_) for column in table.c]
                rows = select(*copies).where(table.c.id <= before[table.name])
                session.execute(insert(table).from_select([column.name for column in table.c], rows))
        session.commit()


def _of_patients() -> list[Table]:
    """Return the tables whose rows belong to a patient, each after those it points at."""
    found: list[Table] = []
    for table in m.Base.metadata.sorted_tables:
        points_at = {key.column.table.name for key in table.foreign_keys}
        belongs = table.name == m.Patient.__tablename__ or points_at & {each.name for each in found}
        if belongs and table.name != m.AuditEntry.__tablename__ and "id" in table.c:
            found.append(table)
    return found


def _copied(column: Column[Any], step: dict[str, int], round_: int) -> ColumnElement[Any]:
    """Return a column, of whatever type, as it is copied: numbers moved on, NHS numbers and pages not."""
    if column.name == "nhs_number":
        return literal(None).label(column.name)
    if column.name == "pdf":
        return literal(b"").label(column.name)
    targets = [key.column.table.name for key in column.foreign_keys]
    target = column.table.name if column.name == "id" else next(iter(targets), "")
    return (column + step[target] * round_).label(column.name) if target in step else column
