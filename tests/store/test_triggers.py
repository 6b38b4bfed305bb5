"""What the database refuses, whoever asks."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2

from collabcare.domain.safety_facts import PlanStatus
from collabcare.store.engine import RawConnection, open_raw
from collabcare.store.models import Base
from collabcare.store.triggers import (
    ENDED,
    FIXED,
    NEVER_ALTERED,
    NEVER_DELETED,
    OPEN_UNTIL_ENDED,
    PLAN_WORDS,
    TRIGGERS,
)
from tests.store import scenes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy as sa

VALUES: dict[type, str] = {int: "1", bool: "1", bytes: "x'00'"}


def a_row(table: sa.Table) -> str:
    """Write a row that satisfies nothing but the types; keys and rules are off meanwhile."""
    columns = [column for column in table.columns if not column.nullable]
    values = [VALUES.get(column.type.python_type, "'2026-07-06'") for column in columns]
    return f"insert into {table.name} ({', '.join(c.name for c in columns)}) values ({', '.join(values)})"


@pytest.fixture
def raw(record: Path) -> Iterator[RawConnection]:
    with closing(open_raw(record, scenes.sign_in(record).key)) as raw:
        raw.execute("pragma foreign_keys=off")
        raw.execute("pragma ignore_check_constraints=on")
        for table in Base.metadata.sorted_tables:
            if raw.execute(f"select count(*) from {table.name}").fetchall() == [(0,)]:
                raw.execute(a_row(table))
        yield raw


@pytest.mark.parametrize("table", NEVER_DELETED)
def test_rows_are_never_deleted(raw: RawConnection, table: str) -> None:
    for sql in (f"delete from {table}", f"delete from {table} where id = 1"):
        with pytest.raises(dbapi2.IntegrityError, match=f"{table}: rows are never deleted"):
            raw.execute(sql)
    assert raw.execute(f"select count(*) from {table}").fetchall() == [(1,)]


@pytest.mark.parametrize("table", NEVER_ALTERED)
def test_evidence_is_never_altered(raw: RawConnection, table: str) -> None:
    with pytest.raises(dbapi2.IntegrityError, match=f"{table}: rows are never altered"):
        raw.execute(f"update {table} set id = 7")


def test_a_row_is_not_replaced_behind_the_triggers_back(raw: RawConnection) -> None:
    with pytest.raises(dbapi2.IntegrityError, match="never deleted"):
        raw.execute(
            "insert or replace into audit_entry (id, at, actor_role, action, kind) "
            "values (1, '2026', 'reader', 'a', 'k')"
        )


@pytest.mark.parametrize("change", ["record_id = 'x'", "is_demo = not is_demo"])
def test_a_record_does_not_become_another_one(raw: RawConnection, change: str) -> None:
    with pytest.raises(dbapi2.IntegrityError, match="does not become another"):
        raw.execute(f"update site set {change}")
    raw.execute("update site set name = 'A new name'")


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, columns in FIXED.items() for column in columns]
)
def test_what_was_recorded_stays_as_it_was(raw: RawConnection, table: str, column: str) -> None:
    with pytest.raises(dbapi2.IntegrityError, match=f"{table}: what was recorded is never altered"):
        raw.execute(f"update {table} set {column} = {column}")


def open_columns(table: str) -> set[str]:
    return {column.name for column in Base.metadata.tables[table].columns} - {"id", *FIXED[table]}


@pytest.mark.parametrize("table", FIXED)
def test_what_is_not_fixed_can_be_written(raw: RawConnection, table: str) -> None:
    if table == "safety_plan":
        raw.execute("update safety_plan set status = 'draft' where status = '2026-07-06'")
    for column in sorted(open_columns(table) - {*ENDED.values(), "status"}):
        raw.execute(f"update {table} set {column} = {column}")


@pytest.mark.parametrize(("table", "end"), ENDED.items())
def test_what_has_ended_stays_ended(raw: RawConnection, table: str, end: str) -> None:
    raw.execute(f"update {table} set {end} = '2026-07-07'")
    for other in ("null", "'2026-07-08'"):
        with pytest.raises(dbapi2.IntegrityError, match=f"{table}: what has ended is never altered"):
            raw.execute(f"update {table} set {end} = {other}")
    assert raw.execute(f"select {end} from {table}").fetchall() == [("2026-07-07",)]


@pytest.mark.parametrize(("table", "columns"), OPEN_UNTIL_ENDED.items())
def test_what_has_ended_can_be_said_to_be_an_error(
    raw: RawConnection, table: str, columns: tuple[str, ...]
) -> None:
    assert open_columns(table) == {*columns, "voided_reason", "version"}
    raw.execute(f"update {table} set ended_on = '2026-07-07'")
    for column in columns:
        with pytest.raises(dbapi2.IntegrityError, match=f"{table}: what has ended is never altered"):
            raw.execute(f"update {table} set {column} = {column}")
    raw.execute(f"update {table} set voided_reason = 'Another patient', version = 2")


def plan(raw: RawConnection, status: str) -> None:
    """Put one plan of this status in the place of any other."""
    raw.execute("drop trigger tr_safety_plan_no_delete")
    raw.execute("delete from safety_plan")
    raw.execute(a_row(Base.metadata.tables["safety_plan"]).replace("'2026-07-06'", f"'{status}'", 1))
    assert raw.execute("select status from safety_plan").fetchall() == [(status,)]


FORWARD = {
    "draft": {"draft", "active", "superseded", "ended", "declined"},
    "active": {"superseded", "ended"},
    "superseded": set[str](),
    "ended": set[str](),
    "declined": set[str](),
}


@pytest.mark.parametrize("before", PlanStatus)
@pytest.mark.parametrize("after", PlanStatus)
def test_a_safety_plan_does_not_go_back(raw: RawConnection, before: str, after: str) -> None:
    plan(raw, before)
    if after in FORWARD[before]:
        raw.execute(f"update safety_plan set status = '{after}', version = 2")
    else:
        with pytest.raises(dbapi2.IntegrityError, match="safety_plan: a plan does not go back"):
            raw.execute(f"update safety_plan set status = '{after}', version = 2")


@pytest.mark.parametrize("column", PLAN_WORDS)
@pytest.mark.parametrize("status", PlanStatus)
def test_only_a_draft_of_a_safety_plan_is_worked_on(raw: RawConnection, status: str, column: str) -> None:
    plan(raw, status)
    if status == PlanStatus.DRAFT:
        raw.execute(f"update safety_plan set {column} = '2026-07-07'")
    else:
        with pytest.raises(dbapi2.IntegrityError, match="safety_plan: only a draft is worked on"):
            raw.execute(f"update safety_plan set {column} = '2026-07-07'")


def test_a_plan_has_nothing_that_could_still_be_altered() -> None:
    assert open_columns("safety_plan") - {*PLAN_WORDS} == {"status", "version", "ended_on", "ended_reason"}


def test_every_table_is_guarded_or_known_not_to_be() -> None:
    assert set(Base.metadata.tables) - set(NEVER_DELETED) == {
        *("gp_practice", "site_day", "site_helpline", "site_step"),
        *("draft", "preference", "snippet"),
    }
    assert set(OPEN_UNTIL_ENDED) <= set(ENDED)
    assert set(NEVER_ALTERED) <= set(NEVER_DELETED)
    assert set(ENDED) <= set(FIXED) <= set(NEVER_DELETED) - set(NEVER_ALTERED)
    assert len(TRIGGERS) == len(NEVER_DELETED) + len(NEVER_ALTERED) + len(FIXED) + len(ENDED) + 3
    unknown = {
        table: set(columns) - {column.name for column in Base.metadata.tables[table].columns}
        for table, columns in FIXED.items()
    }
    assert not any(unknown.values())
