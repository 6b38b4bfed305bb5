"""Every connection is keyed, encrypts and is set up alike; the key never leaves the engine."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, cast

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from collabcare.domain.errors import DamagedRecord, EnvironmentProblem
from collabcare.store import engine as engine_module
from collabcare.store.engine import (
    WRITE,
    RawConnection,
    in_words,
    open_engine,
    open_raw,
    prepare,
    raw_of,
    true_problem,
)
from collabcare.store.vault import RecordKey
from tests.store import scenes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def key(record: Path) -> RecordKey:
    return scenes.sign_in(record).key


@pytest.fixture
def engine(record: Path, key: RecordKey) -> Iterator[sa.Engine]:
    engine = open_engine(record, key)
    yield engine
    engine.dispose()


PRAGMAS = {
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "journal_mode": "wal",
    "synchronous": 2,
    "cache_size": -8192,
    "busy_timeout": 10_000,
    "temp_store": 2,
    "secure_delete": 1,
    "trusted_schema": 0,
}


def settings_of(connection: sa.Connection) -> dict[str, object]:
    return {name: connection.exec_driver_sql(f"pragma {name}").scalar() for name in PRAGMAS}


def test_fifty_connections_are_all_keyed_and_set_up_alike(engine: sa.Engine) -> None:
    seen = 0
    while seen < 50:
        with ExitStack() as stack:
            for connection in [stack.enter_context(engine.connect()) for _ in range(10)]:
                assert settings_of(connection) == PRAGMAS
                assert connection.exec_driver_sql("pragma cipher_version").scalar()
                assert connection.exec_driver_sql("select count(*) from site").scalar() == 1
                seen += 1
        engine.dispose()


def test_the_pool_hands_a_connection_to_one_user_at_a_time(engine: sa.Engine) -> None:
    assert isinstance(engine.pool, QueuePool)  # SQLAlchemy's own choice here has crashed other programs
    with engine.connect() as one, engine.connect() as two:
        assert raw_of(one) is not raw_of(two)


def test_the_file_is_nothing_to_a_library_without_the_key(record: Path) -> None:
    assert not record.read_bytes().startswith(b"SQLite format 3")
    with (
        closing(sqlite3.connect(record)) as plain,
        pytest.raises(sqlite3.DatabaseError, match="not a database"),
    ):
        plain.execute("select * from site")


def test_a_library_that_does_not_encrypt_is_refused(tmp_path: Path) -> None:
    plain = cast(
        "RawConnection", sqlite3.connect(tmp_path / "plain.db")
    )  # it takes "pragma key" without a word
    with pytest.raises(EnvironmentProblem, match="no encryption library"):
        prepare(plain, RecordKey.random())
    assert (tmp_path / "plain.db").read_bytes() == b""


def test_a_library_with_the_known_corruption_is_refused(
    record: Path, key: RecordKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "LIBRARY_FLOOR", (99, 0, 0))
    with pytest.raises(EnvironmentProblem, match="too old"):
        open_engine(record, key)
    with pytest.raises(EnvironmentProblem, match="too old"):
        open_raw(record, key)


def test_opening_never_makes_a_file(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "none.ccrecord", RecordKey.random())
    with pytest.raises(EnvironmentProblem, match="could not be opened"), in_words("none"), engine.connect():
        pass
    assert scenes.listing(tmp_path) == set()


def test_another_key_is_a_damaged_or_foreign_file_and_says_nothing_on_the_console(
    record: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    engine = open_engine(record, RecordKey.random())
    with pytest.raises(DamagedRecord, match="first page"), in_words(record.name), engine.connect():
        pass
    assert capfd.readouterr() == ("", "")


def test_the_key_and_what_was_written_stay_out_of_urls_and_logs(
    record: Path, key: RecordKey, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    engine = open_engine(record, key)
    note = "Mrs Canary said so"
    with pytest.raises(sa.exc.IntegrityError) as refused, engine.connect() as connection:
        connection.execute(sa.text("insert into site (id, name) values (1, :note)"), {"note": note})
    engine.dispose()
    shown = f"{engine!r} {engine.url!r} {engine.url.render_as_string(hide_password=False)} {refused.value}"
    for secret in (key.reveal().hex(), key.reveal().hex().upper(), note):
        assert secret not in shown + caplog.text


def test_a_writer_takes_the_lock_at_once_and_a_reader_does_not(
    engine: sa.Engine, record: Path, key: RecordKey
) -> None:
    sessions = sessionmaker(engine)
    with closing(open_raw(record, key)) as other:
        other.execute("pragma busy_timeout=0")
        with sessions() as session:
            session.execute(sa.text("select * from site"))
            other.execute("begin immediate")
            other.execute("rollback")
        with sessions() as session:
            session.connection(execution_options=WRITE)
            with pytest.raises(EnvironmentProblem, match="Another program is writing"), in_words("elm"):
                other.execute("begin immediate")


def test_a_session_that_is_not_committed_leaves_nothing(engine: sa.Engine) -> None:
    with Session(engine) as session:
        session.connection(execution_options=WRITE)
        session.execute(sa.text("update site set name = 'Other'"))
    with Session(engine) as session:
        assert session.scalar(sa.text("select name from site")) == "Elm Tree PCN"


def test_an_unknown_refusal_is_still_a_sentence() -> None:
    assert (
        str(true_problem(ValueError("x"), "elm"))
        == "The database refused (no reason given). Nothing was saved."
    )
