"""The migrations arrive exactly where the models are, and a difference of any kind would be seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from collabcare.paths import migrations_dir
from collabcare.store.drift import drift
from collabcare.store.migrate import SCHEMA_HEAD, current_schema
from collabcare.store.models import Base
from collabcare.store.record import open_record
from tests.store import scenes
from tests.store.scenes import LOGIN, PASSWORD


def differences(record: Path) -> list[str]:
    schema = current_schema()
    with open_record(record, LOGIN, PASSWORD) as opened, opened.engine.connect() as connection:
        return drift(connection, schema.metadata, schema.triggers)


def test_a_record_made_by_the_migrations_is_what_the_models_say(record: Path) -> None:
    assert differences(record) == []


def test_alembic_sees_no_difference_either(record: Path) -> None:
    with open_record(record, LOGIN, PASSWORD) as opened, opened.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


CHANGES = {
    "a trigger lost": ("drop trigger tr_audit_entry_no_delete", "trigger tr_audit_entry_no_delete"),
    "a trigger of somebody else's": (
        "create trigger extra after insert on site begin select 1; end",
        "not in the models: trigger extra",
    ),
    "an index lost": ("drop index ix_patient_surname_given_name", "index patient"),
    "a column more": ("alter table site add column extra text", "not in the models: column site.extra"),
    "a column less": ("alter table gp_practice drop column telephone", "column gp_practice.telephone"),
    "a table more": ("create table extra (id integer)", "not in the models: table extra"),
    "a table renamed": ("alter table letter rename to letters", "not in the database: table letter"),
    "a view": ("create view v as select 1", "not in the models: view v"),
}


@pytest.mark.parametrize(("change", "seen"), CHANGES.values(), ids=CHANGES.keys())
def test_a_difference_is_seen(record: Path, change: str, seen: str) -> None:
    scenes.run(record, change)
    assert any(seen in line for line in differences(record))


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("length(nhs_number) = 10", "length(nhs_number) = 11"),
        ("ON DELETE RESTRICT", "ON DELETE CASCADE"),
        ("AUTOINCREMENT", ""),
        ("surname VARCHAR NOT NULL", "surname VARCHAR"),
        ("login VARCHAR NOT NULL", "login VARCHAR(20) NOT NULL"),
    ],
)
def test_a_rule_that_a_rebuild_lost_is_seen(record: Path, part: str, other: str) -> None:
    scenes.run(
        record,
        "pragma writable_schema=on",
        f"update sqlite_master set sql = replace(sql, '{part}', '{other}') where type = 'table'",
    )
    assert differences(record)


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()))
    return ScriptDirectory.from_config(config)


def test_the_newest_migration_is_the_one_the_program_expects() -> None:
    assert scripts().get_heads() == [SCHEMA_HEAD]


def test_migrations_are_numbered_in_order_and_tell_a_clinician_what_they_do() -> None:
    history = list(scripts().walk_revisions())
    assert [script.revision for script in reversed(history)] == [
        f"{n:04d}" for n in range(1, len(history) + 1)
    ]
    for script in history:
        assert Path(script.path).name.startswith(f"{script.revision}_")
        assert len(script.longdoc.splitlines()) > 1, (
            f"{script.path} says nothing about the rows already there"
        )
        assert not hasattr(script.module, "downgrade")


def test_every_reference_forbids_deleting_what_it_refers_to() -> None:
    loose = [
        str(key.target_fullname)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.ondelete != "RESTRICT"
    ]
    assert loose == []
