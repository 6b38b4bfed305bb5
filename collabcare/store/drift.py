"""Compare a database with the models: tables, columns, keys, rules, indexes and triggers.

The models are built in memory and both sides are read back in the same way, so that a rule which a migration
lost shows up even where Alembic does not look (CHECK, ON DELETE, AUTOINCREMENT, triggers).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NOT_OURS = frozenset({"alembic_version"})


def drift(connection: sa.Connection, metadata: sa.MetaData, triggers: Mapping[str, str]) -> list[str]:
    """Return what the database has that the models do not, and the reverse; empty when they agree."""
    found = set(_described(connection))
    expected = set(_expected(metadata, triggers))
    extra = [f"not in the models: {line}" for line in sorted(found - expected)]
    lacking = [f"not in the database: {line}" for line in sorted(expected - found)]
    return extra + lacking


def _expected(metadata: sa.MetaData, triggers: Mapping[str, str]) -> list[str]:
    engine = sa.create_engine("sqlite://", module=dbapi2, poolclass=StaticPool)  # in memory; holds no data
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            for sql in triggers.values():
                connection.exec_driver_sql(sql)
            return list(_described(connection))
    finally:
        engine.dispose()


def _described(connection: sa.Connection) -> Iterator[str]:
    inspector = sa.inspect(connection)
    for table in inspector.get_table_names():
        if table not in _NOT_OURS:
            yield from _table(inspector, table)
    rows = connection.exec_driver_sql("select type, name, sql from sqlite_master where sql is not null")
    for kind, name, sql in rows:
        if kind in {"trigger", "view"}:
            yield f"{kind} {name}: {_plain(sql)}"
        elif kind == "table" and "AUTOINCREMENT" in sql.upper():
            yield f"table {name} numbers its rows without reuse"


def _table(inspector: sa.Inspector, table: str) -> Iterator[str]:
    yield f"table {table}"
    for column in inspector.get_columns(table):
        need = "null" if column["nullable"] else "not null"
        yield f"column {table}.{column['name']}: {column['type']!s} {need} default {column['default']}"
    key = inspector.get_pk_constraint(table)
    yield f"primary key {table}: {key['name']} {key['constrained_columns']}"
    for foreign in inspector.get_foreign_keys(table):
        far = f"{foreign['referred_table']} {foreign['referred_columns']}"
        options = sorted(foreign.get("options", {}).items())
        yield f"foreign key {table}: {foreign['name']} {foreign['constrained_columns']} to {far} {options}"
    for unique in inspector.get_unique_constraints(table):
        yield f"unique {table}: {unique['name']} {unique['column_names']}"
    for check in inspector.get_check_constraints(table):
        yield f"check {table}: {check['name']} {_plain(check['sqltext'])}"
    for index in inspector.get_indexes(table):
        only = {key: _plain(value) for key, value in index.get("dialect_options", {}).items()}
        yield f"index {table}: {index['name']} {index['column_names']} {index['unique']} {only}"


def _plain(sql: object) -> str:
    return " ".join(str(sql).split())
