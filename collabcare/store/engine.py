"""Open the encrypted database: one engine, one set of pragmas, the key before anything else.

SQLite is always SQLCipher here: the library of the Python installation would write a record in clear without
a word. So every connection proves that it encrypts before it is handed out.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Protocol, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from collabcare.domain.errors import DamagedRecord, EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from collabcare.store.vault import RecordKey

WRITE = {"write": True}
"""Execution options of a connection whose transaction will write: it takes the write lock at once."""

USE_LOG = "journal_mode=wal"
"""Pragma that lets people read while somebody writes; a finished record keeps it in its file."""

BUSY_SECONDS = 10
LIBRARY_FLOOR = (3, 51, 3)  # earlier SQLite can corrupt a WAL file that two connections write

_PRAGMAS = (
    "foreign_keys=on",
    "recursive_triggers=on",  # or INSERT OR REPLACE deletes a row behind the back of its trigger
    "synchronous=full",
    # Pages once decrypted stay so: the difference between 5x and 1x of a plain database. Each of up to four
    # connections has its own: four times as much is no faster with ten thousand patients, a quarter faster
    # where nothing of one patient lies together, and 100 MB more once every connection has been used.
    "cache_size=-8192",
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "temp_store=memory",
    "secure_delete=on",
    "trusted_schema=off",
)
NOT_ENCRYPTED = (
    "This copy of CollabCare has no encryption library. Nothing was written. Install CollabCare again."
)

_REFUSALS = {
    "SQLITE_FULL": "The disk is full. Nothing was saved; what was there before is safe. Free space.",
    "SQLITE_READONLY": "The record cannot be written here: the file, its folder or the disk is read-only. "
    "Nothing was changed. Ask for write access to the folder, or move the record.",
    "SQLITE_CANTOPEN": "The record's file could not be opened. Nothing was changed. Check its folder and "
    "your rights to it.",
    "SQLITE_BUSY": "Another program is writing to the record. Nothing was saved. Try again in a moment.",
    "SQLITE_IOERR": "The disk reported an error. Nothing was saved. Check the disk before going on.",
    "SQLITE_NOMEM": "The computer is out of memory. Nothing was saved. Close some programs and try again.",
}
_DAMAGE = {
    "SQLITE_NOTADB": "its first page cannot be read with the record's own key, so it is damaged or another "
    "file stands in its place",
    "SQLITE_CORRUPT": "part of the file is damaged or missing",
}
_CODES = {
    "database or disk is full": "SQLITE_FULL",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
    "database is locked": "SQLITE_BUSY",
    "disk I/O error": "SQLITE_IOERR",
    "file is not a database": "SQLITE_NOTADB",
    "database disk image is malformed": "SQLITE_CORRUPT",
}


class RawConnection(Protocol):
    """What we use of a sqlcipher3 connection, which ships no types."""

    def execute(self, sql: str, /) -> RawCursor:
        """Run one statement."""
        ...

    def backup(self, target: RawConnection, /) -> None:
        """Copy the whole database, page by page."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


class RawCursor(Protocol):
    """The rows of a raw statement."""

    def fetchone(self) -> tuple[object, ...] | None:
        """Return the next row."""
        ...

    def fetchall(self) -> list[tuple[object, ...]]:
        """Return all rows."""
        ...


def open_engine(path: Path, key: RecordKey) -> sa.Engine:
    """Return an engine on the record at ``path``; the file is touched when the first connection is asked for.

    It never makes a file: a record that is missing stays missing. A connection that begins with :data:`WRITE`
    among its execution options takes the write lock at once; any other begins as a reader.
    """
    _check_library()
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=path.absolute().as_uri(), query={"mode": "rw", "uri": "true"}),
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=4,
        pool_use_lifo=True,  # the connection used last has its pages at hand
        connect_args={"isolation_level": None, "timeout": BUSY_SECONDS, "check_same_thread": False},
        hide_parameters=True,  # a statement that fails may be logged; what a note says may not
    )

    def on_connect(raw: RawConnection, _record: object) -> None:
        prepare(raw, key)

    event.listen(engine, "connect", on_connect, insert=True)  # before SQLAlchemy asks its first question
    event.listen(engine, "begin", _begin)
    return engine


def open_raw(path: Path, key: RecordKey, *, read_only: bool = False) -> RawConnection:
    """Return one keyed connection outside any pool, for copying and checking whole files.

    A read-only one looks at a record as its log would make it, without writing the log into it.
    """
    _check_library()
    mode = "ro" if read_only else "rw"
    raw = cast(
        "RawConnection",
        dbapi2.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=BUSY_SECONDS
        ),
    )
    prepare(raw, key)
    return raw


def prepare(raw: RawConnection, key: RecordKey) -> None:
    """Key a new connection, prove that it encrypts and that the key fits, set what every connection needs."""
    with ExitStack() as on_failure:
        on_failure.callback(raw.close)
        raw.execute("pragma cipher_log_level=none")  # or a wrong key is announced on the console
        raw.execute(f"pragma key=\"x'{key.reveal().hex()}'\"")  # the first statement that touches the file
        _check_encrypts(raw)
        for pragma in _PRAGMAS:
            raw.execute(f"pragma {pragma}")
        raw.execute("select count(*) from sqlite_master")
        if raw.execute("pragma page_count").fetchone() != (0,):  # an empty file is not made a new database
            raw.execute(f"pragma {USE_LOG}")
        on_failure.pop_all()


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Turn a database error about the record called ``name`` into a sentence."""
    try:
        yield
    except (sa.exc.DBAPIError, dbapi2.Error) as error:
        raise true_problem(error, name) from error


def true_problem(error: BaseException, name: str) -> EnvironmentProblem:
    """Return what a database error means for the record called ``name``, in words that are safe to show."""
    code = _primary_code(error)
    if code in _DAMAGE:
        return DamagedRecord(
            f"The record {name} cannot be read: {_DAMAGE[code]}. Your password is right and the file was not "
            "changed. Keep it as it is, and restore the record from a backup copy."
        )
    if code in _REFUSALS:
        return EnvironmentProblem(_REFUSALS[code])
    return EnvironmentProblem(f"The database refused ({code or 'no reason given'}). Nothing was saved.")


def has_true_problem(error: BaseException) -> bool:
    """Return whether the file or the computer is to blame for a database error, not the statement."""
    return _primary_code(error) in {*_DAMAGE, *_REFUSALS}


def integrity_problems(connection: sa.Connection) -> list[str]:
    """Check the authentication code of every page; about 4 ms for each megabyte. Empty means undamaged."""
    return raw_integrity_problems(raw_of(connection))


def raw_integrity_problems(raw: RawConnection) -> list[str]:
    """Do :func:`integrity_problems` on a connection outside the pool; all rows are read, not the first."""
    return [str(row[0]) for row in raw.execute("pragma cipher_integrity_check").fetchall()]


def raw_of(connection: sa.Connection) -> RawConnection:
    """Return the sqlcipher3 connection under a SQLAlchemy one."""
    return cast("RawConnection", connection.connection.dbapi_connection)


def _check_library() -> None:
    version: Sequence[int] = dbapi2.sqlite_version_info
    if tuple(version) < LIBRARY_FLOOR:
        raise EnvironmentProblem(
            f"The database library is too old ({dbapi2.sqlite_version}) to keep a record safely. Nothing was "
            "opened. Install CollabCare again."
        )


def _check_encrypts(raw: RawConnection) -> None:
    if not raw.execute("pragma cipher_version").fetchone():
        raise EnvironmentProblem(NOT_ENCRYPTED)


def _begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _primary_code(error: BaseException) -> str:
    original = getattr(error, "orig", None) or error  # SQLAlchemy wraps the library's own exception
    name = getattr(original, "sqlite_errorname", "") or _CODES.get(
        str(original), ""
    )  # backup() gives no code
    return "_".join(str(name).split("_")[:2])
