"""Bring a record up to this version's schema: copy, one transaction, check, and only then keep it.

Alembic is imported only when there is something to do. The three traps it has on SQLite are met here and not
in each migration: rebuilding a table deletes its children unless keys are off before the transaction begins,
it drops the table's triggers, and it leaves half a migration behind unless we begin the transaction
ourselves.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import sqlalchemy as sa

from collabcare.domain.counting import uncounted
from collabcare.domain.errors import DamagedRecord, EnvironmentProblem, NewerRecord
from collabcare.paths import migrations_dir
from collabcare.store.backup import verified_copy
from collabcare.store.drift import drift
from collabcare.store.engine import WRITE, has_true_problem, raw_of
from collabcare.store.models import Base
from collabcare.store.triggers import TRIGGERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import TypeAlias

    from alembic.config import Config

    from collabcare.domain.counting import Counting
    from collabcare.store.vault import RecordKey

    Told: TypeAlias = Callable[[int], None]

SCHEMA_HEAD = "0006"
"""The newest migration. Compared by plain SQL at every sign-in, which needs no Alembic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A schema and the way to it."""

    head: str
    migrations: Path
    metadata: sa.MetaData
    triggers: Mapping[str, str]


def untold(done: int) -> None:
    """Take no notice of how many migrations are done."""


class UpgradeRefused(EnvironmentProblem):
    """The record could not be brought up to this version, and is as it was."""


def current_schema() -> Schema:
    """Return the schema of this version of CollabCare."""
    return Schema(head=SCHEMA_HEAD, migrations=migrations_dir(), metadata=Base.metadata, triggers=TRIGGERS)


def revision_of(connection: sa.Connection) -> str:
    """Return the migration a record stands at, by plain SQL; every finished record stands at one."""
    tables = connection.exec_driver_sql("select count(*) from sqlite_master where name = 'alembic_version'")
    if tables.scalar():
        found = connection.exec_driver_sql("select version_num from alembic_version").scalars().all()
        if len(found) == 1:
            return str(found[0])
    raise DamagedRecord(
        "The file opens with its key but is not a finished CollabCare record. It was not changed. Keep it as "
        "it is, and restore the record from a backup copy."
    )


def refuse_newer(connection: sa.Connection, schema: Schema) -> None:
    """Raise :class:`NewerRecord` for a record at a migration this version has never heard of."""
    revision = revision_of(connection)
    if revision != schema.head and revision not in _known_revisions(schema):
        raise NewerRecord(
            f"This record was last used with a newer CollabCare (its schema is {revision}, this program's is "
            f"{schema.head}). It was not changed. Install the newer version to open it."
        )


def build(engine: sa.Engine, schema: Schema, told: Told = untold) -> None:
    """Make the schema in an empty file, by the same migrations every older record goes through.

    ``told`` hears before the first migration and after each how many of them are done.
    """
    _upgrade(engine, schema, told)


def migrations_after(schema: Schema, revision: str = "") -> int:
    """Return how many migrations lead on from a revision; their files begin with the number of each."""
    files = (schema.migrations / "versions").glob("[0-9]*.py")
    return sum(1 for file in files if file.name.partition("_")[0] > revision)


def bring_up_to_date(
    engine: sa.Engine, path: Path, key: RecordKey, schema: Schema, counting: Counting = uncounted
) -> Path | None:
    """Upgrade the record if it is older, and return the verified copy that was made first.

    ``counting`` hears the number of each step as it begins: the copy, every migration, the check. All of them
    are one transaction, so the work may be stopped at each of them.

    Raises:
        UpgradeRefused: When a migration fails; the record is then as it was, the copy removed.
        Cancelled: When the user has stopped it; likewise.
    """
    with engine.connect() as connection:
        revision = revision_of(connection)
        if revision == schema.head:
            return None
        steps = 2 + migrations_after(schema, revision)
        counting(1, steps)
        copy = _free_name(path, schema.head)
        verified_copy(raw_of(connection), key, copy)
    with ExitStack() as on_failure:
        on_failure.callback(copy.unlink, missing_ok=True)
        _upgrade(engine, schema, lambda done: counting(2 + done, steps))
        on_failure.pop_all()
    return copy


def _upgrade(engine: sa.Engine, schema: Schema, told: Told) -> None:
    with engine.connect() as connection:
        raw = raw_of(connection)
        raw.execute("pragma foreign_keys=off")  # has no effect once a transaction has begun
        try:
            with connection.execution_options(**WRITE).begin():
                _drop_triggers(connection)
                _run_migrations(connection, schema, told)
                for sql in schema.triggers.values():
                    connection.exec_driver_sql(sql)
                _check(connection, schema)
        except sa.exc.SQLAlchemyError as error:
            if has_true_problem(error):
                raise
            raise UpgradeRefused(_refusal("a step of it failed")) from error
        finally:
            raw.execute("pragma foreign_keys=on")


def _run_migrations(connection: sa.Connection, schema: Schema, told: Told) -> None:
    from alembic import command

    done = count(1)
    config = _config(schema)
    config.attributes["connection"] = connection
    config.attributes["after_each"] = lambda **_about: told(next(done))
    told(0)
    command.upgrade(config, schema.head)


def _known_revisions(schema: Schema) -> frozenset[str]:
    from alembic.script import ScriptDirectory

    return frozenset(s.revision for s in ScriptDirectory.from_config(_config(schema)).walk_revisions())


def _config(schema: Schema) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(schema.migrations).replace("%", "%%"))
    return config


def _drop_triggers(connection: sa.Connection) -> None:
    names = (
        connection.exec_driver_sql("select name from sqlite_master where type = 'trigger'").scalars().all()
    )
    for name in names:
        connection.exec_driver_sql(f'drop trigger "{name}"')


def _check(connection: sa.Connection, schema: Schema) -> None:
    """Refuse to commit an upgrade that broke a reference or did not arrive where the models are."""
    if connection.exec_driver_sql("pragma foreign_key_check").first() is not None:
        raise UpgradeRefused(_refusal("a row would refer to nothing"))
    if differences := drift(connection, schema.metadata, schema.triggers):
        raise UpgradeRefused(_refusal(f"the outcome is not the expected one ({differences[0]})"))


def _refusal(why: str) -> str:
    return (
        f"The record could not be brought up to this version of CollabCare: {why}. It is as it was. Go on "
        "with the version you had, and report this."
    )


def _free_name(path: Path, head: str) -> Path:
    """Return a name for the copy before the upgrade to ``head`` that no earlier copy has."""
    copy = path.with_name(f"{path.name}.before-{head}")
    number = 2
    while copy.exists():
        copy = path.with_name(f"{path.name}.before-{head}-{number}")
        number += 1
    return copy
