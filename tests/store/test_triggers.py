"""What the database refuses, whoever asks."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2

from collabcare.store.engine import RawConnection, open_raw
from collabcare.store.models import Base
from collabcare.store.triggers import NEVER_ALTERED, NEVER_DELETED, TRIGGERS
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


def test_every_table_is_guarded_or_known_not_to_be() -> None:
    assert set(Base.metadata.tables) - set(NEVER_DELETED) == {"gp_practice"}
    assert set(NEVER_ALTERED) <= set(NEVER_DELETED)
    assert len(TRIGGERS) == len(NEVER_DELETED) + len(NEVER_ALTERED) + 1
