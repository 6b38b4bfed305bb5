"""Small real records for the tests of the store, and ways to look at them from outside."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from collabcare.domain.acting import Role
from collabcare.store.access import Unlocked, unlock
from collabcare.store.engine import open_raw
from collabcare.store.keyfile import key_path
from collabcare.store.record import Created, FirstUser, NewRecord, NewSite, create_record
from collabcare.store.vault import VaultCost

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.store.vault import RecordKey

QUICK = VaultCost(memory_kib=64, time=1, lanes=1)
AT = datetime(2026, 7, 6, 9, 30, tzinfo=UTC)
LOGIN, PASSWORD = "ada", "correct horse"


def new_record(*, is_demo: bool = False) -> NewRecord:
    """What a practice answers to the first-run assistant."""
    return NewRecord(
        site=NewSite(name="Elm Tree PCN", address="1 Elm Street\nLeeds", pathway_id="collaborative_care"),
        user=FirstUser(login=LOGIN, password=PASSWORD, name="Ada Okafor", role=Role.PRACTITIONER),
        is_demo=is_demo,
    )


def make(path: Path, *, is_demo: bool = False) -> Created:
    """Make a record whose passwords cost next to nothing."""
    return create_record(path, new_record(is_demo=is_demo), AT, QUICK)


def sign_in(record: Path) -> Unlocked:
    """Unlock with the first user's password."""
    return unlock(record, LOGIN, PASSWORD)


def copy_of(record: Path, folder: Path) -> Path:
    """Put a closed record and its key file into ``folder``."""
    for path in (record, key_path(record)):
        shutil.copy(path, folder / path.name)
    return folder / record.name


def listing(folder: Path) -> set[str]:
    """Return the names of the files in ``folder``."""
    return {path.name for path in folder.iterdir()}


def run(record: Path, *statements: str, key: RecordKey | None = None) -> None:
    """Do something to a closed record that no service would."""
    with closing(open_raw(record, key or sign_in(record).key)) as raw:
        for statement in statements:
            raw.execute(statement)


def rows(record: Path, sql: str, key: RecordKey | None = None) -> list[tuple[object, ...]]:
    """Ask a closed record something."""
    with closing(open_raw(record, key or sign_in(record).key)) as raw:
        return raw.execute(sql).fetchall()


def content(record: Path, key: RecordKey | None = None) -> dict[str, list[str]]:
    """Return all that a record says, with its schema: two equal contents are the same record."""
    with closing(open_raw(record, key or sign_in(record).key)) as raw:
        schema = raw.execute("select type, name, sql from sqlite_master order by type, name").fetchall()
        tables = [str(name) for kind, name, _ in schema if kind == "table"]
        said = {
            table: sorted(map(repr, raw.execute(f'select * from "{table}"').fetchall())) for table in tables
        }
        return {"schema": [f"{kind} {name}: {_lines(sql)}" for kind, name, sql in schema], **said}


def _lines(sql: object) -> list[str]:
    """Return the lines of a statement in order: a rebuilt table names its rules in any order it likes."""
    return sorted(line.strip(" ,\t") for line in str(sql).splitlines())


def flip(path: Path, offset: int, bit: int = 0) -> None:
    """Damage one bit of a file, as a worn disk does."""
    damaged = bytearray(path.read_bytes())
    damaged[offset] ^= 1 << bit
    replace(path, bytes(damaged))


def flip_in_table(record: Path, table: str) -> None:
    """Damage the first page of a table, which opening the record does not read."""
    [(page,)] = rows(record, f"select rootpage from sqlite_master where name = '{table}'")
    [(size,)] = rows(record, "pragma page_size")
    flip(record, (int(str(page)) - 1) * int(str(size)) + 100)


def replace(path: Path, content: bytes) -> None:
    """Put other bytes where a file stands."""
    path.unlink(missing_ok=True)
    path.write_bytes(content)
