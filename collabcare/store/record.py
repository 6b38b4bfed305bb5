"""Make a record, open it, close it: the database file and its key file as one thing."""

from __future__ import annotations

import os
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from collabcare.domain.changes import Kind
from collabcare.domain.counting import uncounted
from collabcare.domain.errors import DamagedRecord, EnvironmentProblem, RuleViolation
from collabcare.paths import RECORD_SUFFIX
from collabcare.store import migrate
from collabcare.store.access import (
    Unlocked,
    publish_record,
    unfinished_key_path,
    unlock,
)
from collabcare.store.engine import (
    NOT_ENCRYPTED,
    USE_LOG,
    WRITE,
    in_words,
    integrity_problems,
    open_engine,
    open_raw,
    raw_of,
)
from collabcare.store.files import create_private, refused, remove_database, sync_file, write_private
from collabcare.store.keyfile import KeyFile, encode, key_path
from collabcare.store.models import AuditEntry, Site, UserAccount
from collabcare.store.recovery_words import new_recovery_words, recovery_credential
from collabcare.store.vault import (
    PRODUCTION_COST,
    RecordIdentity,
    RecordKey,
    VaultCost,
    new_password_credential,
    normalise_login,
    seal,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from collabcare.domain.acting import Role
    from collabcare.domain.counting import Counting

CHECKED_AT_OPENING = 16 * 1024 * 1024
"""Bytes up to which every page is checked at sign-in (4 ms a megabyte); above it, call :func:`verify`."""

_PLAIN_HEADER = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """The service whose record is made."""

    name: str
    address: str
    postcode: str | None = None
    telephone: str | None = None
    pathway_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstUser:
    """The person who makes the record and signs in first."""

    login: str
    password: str = field(repr=False)
    name: str
    role: Role
    job_title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """What the first-run assistant asks for."""

    site: NewSite
    user: FirstUser
    is_demo: bool = False
    recovery_words: tuple[str, ...] = field(default=(), repr=False)
    """The words of a recovery key that is printed already; left out, new ones are made."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Created:
    """A finished record. Open it with ``unlocked``; print the recovery words now, for they are not kept."""

    unlocked: Unlocked
    recovery_words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OpenRecord:
    """A record that somebody has signed in to. Closing it wipes the key."""

    unlocked: Unlocked
    engine: sa.Engine
    sessions: sessionmaker[Session]
    checked: bool
    """Whether every page was checked at opening; if not, run :func:`verify` in the background."""
    copy_before_upgrade: Path | None = None

    @property
    def path(self) -> Path:
        """Return the database file."""
        return self.unlocked.path

    @property
    def record_id(self) -> str:
        """Return the UUID that the database and the key file share."""
        return self.unlocked.identity.record_id

    @property
    def is_demo(self) -> bool:
        """Return whether the record holds synthetic people only."""
        return self.unlocked.identity.is_demo

    @property
    def login(self) -> str:
        """Return the normalised name of who signed in, as in ``user_account.login``."""
        return self.unlocked.login

    @property
    def key(self) -> RecordKey:
        """Return the record's key."""
        return self.unlocked.key

    def close(self) -> None:
        """Write the log back into the file, close every connection and wipe the key."""
        with suppress(sa.exc.DBAPIError, EnvironmentProblem), self.engine.connect() as connection:
            raw_of(connection).execute("pragma wal_checkpoint(truncate)")
        self.engine.dispose()
        self.key.wipe()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def create_record(
    path: Path,
    new: NewRecord,
    at: datetime,
    cost: VaultCost = PRODUCTION_COST,
    counting: Counting = uncounted,
) -> Created:
    """Make a record with its site, its first user and a recovery key.

    It is built under another name in the same folder and appears whole or not at all. Nothing is replaced: a
    record or key file that stands there is refused.

    ``counting`` hears the number of each step as it begins: two keys, every migration, the first rows, and
    giving it its name, up to which it may be stopped and nothing is left behind.
    """
    _check_place(path)
    schema = migrate.current_schema()
    steps = 4 + migrate.migrations_after(schema)
    counting(1, steps)
    user = new_password_credential(new.user.login, new.user.password)
    words = new.recovery_words or new_recovery_words()
    identity = RecordIdentity(record_id=str(uuid4()), is_demo=new.is_demo)
    key = RecordKey.random()
    recovery = seal(key, recovery_credential(" ".join(words)), identity, cost)
    counting(2, steps)
    slot = seal(key, user, identity, cost)
    with _beside(path) as building:
        write_private(unfinished_key_path(path), encode(KeyFile(identity=identity, slots=(slot, recovery))))
        with in_words(path.name), _built(building, key) as engine:
            migrate.build(engine, schema, lambda done: counting(3 + done, steps))
            with Session(engine) as session:
                session.connection(execution_options=WRITE)
                _add_first_rows(session, new, identity, at)
                session.commit()
        counting(steps, steps)
        publish_record(building, path)
    unlocked = Unlocked(path=path, identity=identity, login=slot.login, slot_id=slot.id, key=key)
    return Created(unlocked=unlocked, recovery_words=words)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give the name under which a record is built; what was built goes again unless the record is there."""
    building = path.with_name(f"{path.name}.new")
    try:
        remove_database(building)  # what an attempt that never finished left behind
        unfinished_key_path(path).unlink(missing_ok=True)
        yield building
    except OSError as error:
        raise refused(error, f"make the record in {path.parent}", "Nothing was left behind.") from error
    finally:
        if not path.exists():
            remove_database(building)
            unfinished_key_path(path).unlink(missing_ok=True)


def open_record(path: Path, login: str, password: str) -> OpenRecord:
    """Sign in: derive the key, open the database, check it and bring it up to date.

    Raises, each with a sentence that is true: :class:`MissingRecord`, :class:`WrongPassword`,
    :class:`DamagedRecord`, :class:`NewerRecord`, or :class:`EnvironmentProblem` for a disk that refuses.
    """
    return open_unlocked(unlock(path, login, password))


def open_unlocked(
    unlocked: Unlocked, schema: migrate.Schema | None = None, counting: Counting = uncounted
) -> OpenRecord:
    """Open a record whose key is already known; the key is wiped if it does not open.

    ``counting`` hears 0 of 0 before the record is looked at, and then how far bringing it up to date is.
    """
    engine = open_engine(unlocked.path, unlocked.key)
    with ExitStack() as on_failure:
        on_failure.callback(unlocked.key.wipe)
        on_failure.callback(engine.dispose)
        try:
            with in_words(unlocked.path.name):
                counting(0, 0)
                opened = _checked(engine, unlocked, schema or migrate.current_schema(), counting)
        except OSError as error:
            doing = f"open the record {unlocked.path.name}"
            raise refused(error, doing, "It was not changed.") from error
        on_failure.pop_all()
    return opened


def _checked(engine: sa.Engine, unlocked: Unlocked, schema: migrate.Schema, counting: Counting) -> OpenRecord:
    path = unlocked.path
    _check_writable(path)
    _check_log(path, unlocked.key)
    small = path.stat().st_size <= CHECKED_AT_OPENING
    with engine.connect() as connection:
        if small:
            _check_pages(connection, path)
        migrate.refuse_newer(connection, schema)
        _check_identity(connection, unlocked)
    copy = migrate.bring_up_to_date(engine, path, unlocked.key, schema, counting)
    return OpenRecord(
        unlocked=unlocked,
        engine=engine,
        sessions=sessionmaker(engine),
        checked=small,
        copy_before_upgrade=copy,
    )


def verify(opened: OpenRecord) -> list[str]:
    """Check every page, table and reference of an open record; slow, so never on the screen's thread.

    Returns what is wrong, for the log and for support: page and table names, never content.
    """
    with in_words(opened.path.name), opened.engine.connect() as connection:
        if problems := integrity_problems(connection):
            return problems  # what follows would stop at the first damaged page
        problems += [str(line) for line in _column(connection, "pragma quick_check") if line != "ok"]
        problems += [
            f"dangling reference in {line}" for line in _column(connection, "pragma foreign_key_check")
        ]
    return problems


def _column(connection: sa.Connection, sql: str) -> list[object]:
    return [row[0] for row in connection.exec_driver_sql(sql)]


def _check_place(path: Path) -> None:
    if path.suffix != RECORD_SUFFIX:
        raise RuleViolation(f"A record has a name that ends in {RECORD_SUFFIX}. Nothing was made.")
    if not path.parent.is_dir():
        raise EnvironmentProblem(
            f"There is no folder {path.parent}. Nothing was made. Choose another folder."
        )
    if path.exists() or key_path(path).exists():
        raise RuleViolation(
            f"There is already a record called {path.name} in that folder. It was not touched. "
            "Choose another name."
        )


@contextmanager
def _built(building: Path, key: RecordKey) -> Iterator[sa.Engine]:
    """Give an empty database to be filled, and see to it that all of it is encrypted and on the disk."""
    create_private(building)
    engine = open_engine(building, key)
    try:
        with engine.connect() as connection:
            raw_of(connection).execute(f"pragma {USE_LOG}")
        yield engine
        with engine.connect() as connection:
            raw_of(connection).execute("pragma wal_checkpoint(truncate)")
    finally:
        engine.dispose()
    with building.open("rb") as file:
        if file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
            raise EnvironmentProblem(NOT_ENCRYPTED)
    sync_file(building)


def _add_first_rows(session: Session, new: NewRecord, identity: RecordIdentity, at: datetime) -> None:
    """Add the site, its first user and the first line of the audit trail."""
    site, user = new.site, new.user
    first = UserAccount(
        login=normalise_login(user.login),
        name=user.name,
        role=user.role,
        job_title=user.job_title,
        active=True,
        created_at=at,
    )
    place = Site(
        id=1,
        record_id=identity.record_id,
        is_demo=identity.is_demo,
        name=site.name,
        address=site.address,
        postcode=site.postcode,
        telephone=site.telephone,
        pathway_id=site.pathway_id,
        created_at=at,
    )
    session.add_all([place, first])
    session.flush()
    session.add(
        AuditEntry(
            at=at,
            actor_id=first.id,
            actor_role=first.role,
            action="Make the record",
            kind=Kind.PRACTICE,
            subject_id=place.id,
        )
    )


def _check_writable(path: Path) -> None:
    """Refuse a read-only file or folder in words; SQLite would open it and fail at the first save."""
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise EnvironmentProblem(
            f"The record {path.name} cannot be written: the file, its folder or the disk is read-only. "
            "Nothing was changed. Ask for write access to the folder, or move the record to one of your own."
        )


def _check_log(path: Path, key: RecordKey) -> None:
    """Look through a log left by a crash before SQLite writes it into the record, which cannot be undone.

    A log fits the record it was written for and no other: not a backup copy put in that record's place.
    """
    log = path.with_name(f"{path.name}-wal")
    if not log.exists() or log.stat().st_size == 0:
        return
    try:
        with in_words(path.name), closing(open_raw(path, key, read_only=True)) as raw:
            fits = raw.execute("pragma quick_check").fetchall() == [("ok",)]
            fits = fits and not raw.execute("pragma foreign_key_check").fetchall()
    except DamagedRecord:
        fits = False
    if not fits:
        raise DamagedRecord(
            f"The record {path.name} was not closed properly, and the log beside it ({log.name}) is damaged "
            "or belongs to another copy. Neither was changed. Keep both as they are, and restore the record "
            "and its key file from a backup copy into another folder."
        )


def _check_identity(connection: sa.Connection, unlocked: Unlocked) -> None:
    found = connection.exec_driver_sql("select record_id, is_demo from site").all()
    expected = unlocked.identity
    if [(row[0], bool(row[1])) for row in found] != [(expected.record_id, expected.is_demo)]:
        raise DamagedRecord(
            f"The record {unlocked.path.name} and its key file do not belong together. Neither was changed. "
            "Restore both from the same backup copy."
        )


def _check_pages(connection: sa.Connection, path: Path) -> None:
    problems = integrity_problems(connection)
    if not problems:
        return
    places = "one place" if len(problems) == 1 else f"{len(problems)} places"
    raise DamagedRecord(
        f"The record {path.name} is damaged in {places}. Your password is right and the file was not "
        "changed. Keep it as it is, and restore the record from a backup copy."
    )
