"""An older record is brought up to date whole, with its rows and triggers, or is left exactly as it was."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from collabcare.domain.errors import Cancelled, DamagedRecord, EnvironmentProblem, NewerRecord
from collabcare.paths import migrations_dir
from collabcare.store.access import unlock
from collabcare.store.drift import drift
from collabcare.store.keyfile import key_path
from collabcare.store.migrate import SCHEMA_HEAD, Schema, UpgradeRefused, current_schema, revision_of
from collabcare.store.record import OpenRecord, open_record, open_unlocked, verify
from collabcare.store.triggers import TRIGGERS
from tests.faults.forks import killed_at, needs_fork, steps_of
from tests.store import scenes
from tests.store.scenes import LOGIN, PASSWORD

if TYPE_CHECKING:
    from pathlib import Path

NEXT = int(SCHEMA_HEAD) + 1

HEADER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = {revision!r}, {before!r}


def upgrade():
"""

REBUILD_THE_PARENT = """
    with op.batch_alter_table("site") as table:
        table.add_column(sa.Column("ods_code", sa.String(8), nullable=True))
        table.create_check_constraint("ck_site_ods_code", "length(ods_code) = 5")
    with op.batch_alter_table("gp_practice") as table:
        table.alter_column("ods_code", type_=sa.String(5), existing_type=sa.String(8))
        table.create_check_constraint("ck_gp_practice_ods_code", "length(ods_code) = 5")
    site = sa.table("site", sa.column("name"))
    op.execute(site.update().values(name=site.c.name + " (upgraded)"))
"""

HALF = """
    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("gp_practice") as table:
        table.drop_column("telephone")
    op.execute("delete from audit_entry")
    {failure}
"""


def future(tmp_path: Path, *bodies: str) -> Schema:
    """Return the schema of a CollabCare that has ``bodies`` as its next migrations."""
    folder = tmp_path / "migrations of 50%"
    shutil.copytree(migrations_dir(), folder)
    for number, body in enumerate(bodies, NEXT):
        header = HEADER.format(revision=f"{number:04d}", before=f"{number - 1:04d}")
        (folder / "versions" / f"{number:04d}_next.py").write_text(header + body)
    now = current_schema()
    metadata = sa.MetaData(naming_convention=now.metadata.naming_convention)
    for table in now.metadata.sorted_tables:
        table.to_metadata(metadata)
    head = f"{NEXT + len(bodies) - 1:04d}"
    return Schema(head=head, migrations=folder, metadata=metadata, triggers=TRIGGERS)


def with_rebuilt_parents(tmp_path: Path) -> Schema:
    schema = future(tmp_path, REBUILD_THE_PARENT)
    site, practice = schema.metadata.tables["site"], schema.metadata.tables["gp_practice"]
    site.append_column(sa.Column("ods_code", sa.String(8)))
    site.append_constraint(sa.CheckConstraint("length(ods_code) = 5", name="ods_code"))
    practice.c.ods_code.type = sa.String(5)
    practice.append_constraint(sa.CheckConstraint("length(ods_code) = 5", name="ods_code"))
    return schema


@pytest.fixture
def lived_in(record: Path) -> Path:
    """A record with a parent row that has a child, and audit rows that refer to both."""
    patient = {
        "id": "1",
        "nhs_number_status": "'07'",
        "surname": "'Okafor'",
        "given_name": "'Grace'",
        "birth_date": "'1980-02-29'",
        "gender": "'2'",
        "address": "'1 Elm Street'",
        "gp_practice_id": "1",
        "version": "1",
    }
    scenes.run(
        record,
        "insert into gp_practice (id, name, address, version) values (1, 'Elm Tree Surgery', 'Leeds', 1)",
        f"insert into patient ({', '.join(patient)}) values ({', '.join(patient.values())})",
        "insert into audit_entry (at, actor_id, actor_role, action, kind, patient_id)"
        " values ('2026-07-06 09:30:00', 1, 'practitioner', 'Add patient', 'patient', 1)",
    )
    return record


def upgraded(record: Path, schema: Schema) -> OpenRecord:
    return open_unlocked(scenes.sign_in(record), schema)


def test_rebuilding_a_parent_keeps_its_children_and_every_trigger(lived_in: Path, tmp_path: Path) -> None:
    before, schema = scenes.content(lived_in), with_rebuilt_parents(tmp_path)
    with upgraded(lived_in, schema) as opened:
        assert verify(opened) == []
        with opened.engine.connect() as connection:
            assert drift(connection, schema.metadata, schema.triggers) == []
            assert connection.exec_driver_sql("pragma foreign_keys").scalar() == 1
            with pytest.raises(sa.exc.IntegrityError, match="never deleted"):
                connection.exec_driver_sql("delete from audit_entry")
    after = scenes.content(lived_in)
    assert {t: after[t] for t in ("patient", "audit_entry")} == {
        t: before[t] for t in ("patient", "audit_entry")
    }
    assert scenes.rows(lived_in, "select name from site") == [("Elm Tree PCN (upgraded)",)]
    assert not [name for name in after if "alembic_tmp" in name]


def test_a_verified_copy_is_made_first_and_is_the_record_as_it_was(lived_in: Path, tmp_path: Path) -> None:
    before = scenes.content(lived_in)
    with upgraded(lived_in, with_rebuilt_parents(tmp_path)) as opened:
        copy = opened.copy_before_upgrade
    assert copy == lived_in.with_name(f"elm.ccrecord.before-{NEXT:04d}")
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    restored = tmp_path / "restored.ccrecord"
    shutil.copy(copy, restored)
    shutil.copy(key_path(lived_in), key_path(restored))
    assert scenes.content(restored) == before
    open_record(restored, LOGIN, PASSWORD).close()  # with the version it was made by


def test_a_second_opening_does_nothing(lived_in: Path, tmp_path: Path) -> None:
    schema = with_rebuilt_parents(tmp_path)
    upgraded(lived_in, schema).close()
    before = scenes.listing(lived_in.parent)
    with upgraded(lived_in, schema) as opened:
        assert opened.copy_before_upgrade is None
    assert scenes.listing(lived_in.parent) == before


def test_the_version_before_refuses_the_upgraded_record(lived_in: Path, tmp_path: Path) -> None:
    upgraded(lived_in, with_rebuilt_parents(tmp_path)).close()
    before = lived_in.read_bytes()
    with pytest.raises(NewerRecord):
        open_record(lived_in, LOGIN, PASSWORD)
    assert lived_in.read_bytes() == before


def test_two_versions_are_caught_up_in_one_transaction(lived_in: Path, tmp_path: Path) -> None:
    later = '    op.execute("insert into nonexistent values (1)")\n'
    before, schema = scenes.content(lived_in), future(tmp_path, "    pass\n", later)
    with pytest.raises(UpgradeRefused):
        upgraded(lived_in, schema)
    assert scenes.content(lived_in) == before


FAILURES = {
    "a wrong statement": (
        'op.execute("insert into nonexistent values (1)")',
        UpgradeRefused,
        "a step of it failed",
    ),
    "a mistake in Python": ("1 / 0", ZeroDivisionError, "division"),
    "a lost reference": (
        'op.execute("delete from gp_practice")',
        UpgradeRefused,
        "a row would refer to nothing",
    ),
    "another outcome": ("pass", UpgradeRefused, "not the expected one"),
}


@pytest.mark.parametrize(("failure", "kind", "sentence"), FAILURES.values(), ids=FAILURES.keys())
def test_a_failed_upgrade_leaves_the_record_as_it_was(
    lived_in: Path, tmp_path: Path, failure: str, kind: type[Exception], sentence: str
) -> None:
    before, files = scenes.content(lived_in), scenes.listing(lived_in.parent)
    schema = future(tmp_path, HALF.format(failure=failure))
    with pytest.raises(kind, match=sentence):
        upgraded(lived_in, schema)
    assert scenes.content(lived_in) == before
    assert scenes.listing(lived_in.parent) - {"migrations of 50%"} == files
    open_record(lived_in, LOGIN, PASSWORD).close()


def test_a_damaged_record_is_not_upgraded(lived_in: Path, tmp_path: Path) -> None:
    schema = with_rebuilt_parents(tmp_path)
    scenes.flip_in_table(lived_in, "letter")
    before = lived_in.read_bytes()
    with pytest.raises(DamagedRecord):
        upgraded(lived_in, schema)
    assert lived_in.read_bytes() == before


def test_an_upgrade_without_room_for_the_copy_is_refused_in_words(lived_in: Path, tmp_path: Path) -> None:
    schema, before = with_rebuilt_parents(tmp_path), scenes.content(lived_in)
    long = lived_in.with_name("e" * 235 + ".ccrecord")  # the copy's name is longer than a name may be
    lived_in.rename(long)
    key_path(lived_in).rename(key_path(long))
    with pytest.raises(EnvironmentProblem, match="name is too long"):
        upgraded(long, schema)
    assert scenes.content(long) == before


def test_an_upgrade_counts_its_steps_and_stopped_at_any_leaves_the_record_as_it_was(
    lived_in: Path, tmp_path: Path
) -> None:
    schema, before = future(tmp_path, "    pass\n", "    pass\n"), scenes.content(lived_in)
    there = scenes.listing(lived_in.parent)
    told: list[tuple[int, int]] = []
    for last in ((0, 0), *((step, 4) for step in (1, 2, 3, 4))):

        def counting(done: int, total: int, last: tuple[int, int] = last) -> None:
            told.append((done, total))
            if (done, total) == last:
                raise Cancelled("Stopped.")

        told.clear()
        with pytest.raises(Cancelled):
            open_unlocked(unlock(lived_in, LOGIN, PASSWORD), schema, counting)
        assert told == [(0, 0), *((step, 4) for step in range(1, last[0] + 1))]
        assert scenes.content(lived_in) == before
        assert scenes.listing(lived_in.parent) == there
    with upgraded(lived_in, schema) as opened, opened.engine.connect() as connection:
        assert revision_of(connection) == schema.head


@needs_fork
def test_an_upgrade_killed_at_any_step_leaves_the_old_or_the_new(lived_in: Path, tmp_path: Path) -> None:
    schema = with_rebuilt_parents(tmp_path)
    folder = tmp_path / "killed"
    folder.mkdir()
    record = scenes.copy_of(lived_in, folder)
    old = scenes.content(record)
    trial = tmp_path / "trial"
    trial.mkdir()
    rehearsal = scenes.copy_of(lived_in, trial)

    def upgrade_and_work_on(path: Path) -> None:
        with upgraded(path, schema) as opened, opened.sessions() as session, session.begin():
            session.connection()  # a last step, when the upgrade stands in the log only

    steps = steps_of(trial, lambda: upgrade_and_work_on(rehearsal))
    new, seen = scenes.content(rehearsal), set[str]()
    for step in [*range(1, steps - 6, 8), *range(steps - 6, steps + 1)]:
        assert killed_at(step, folder, lambda: upgrade_and_work_on(record))
        now = scenes.content(record)
        assert now in (old, new)
        seen.add("old" if now == old else "new")
        if now == new:
            for path in folder.iterdir():
                path.unlink()
            scenes.copy_of(lived_in, folder)
    assert seen == {"old", "new"}
    with upgraded(record, schema) as opened:  # it succeeds in the end, beside what the kills left
        assert verify(opened) == []
    assert scenes.content(record) == new
    for copy in folder.glob("*.before-*"):
        assert scenes.content(copy, key=scenes.sign_in(record).key) == old


def test_alembics_own_command_refuses_to_run(tmp_path: Path) -> None:
    code = "import sys; from alembic.config import main; main(argv=sys.argv[1:])"
    (tmp_path / "alembic.ini").write_text(f"[alembic]\nscript_location = {migrations_dir()}\n")
    done = subprocess.run(
        [sys.executable, "-c", code, "-c", str(tmp_path / "alembic.ini"), "upgrade", "head"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Migrations run when CollabCare opens a record" in done.stderr
