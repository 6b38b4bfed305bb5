"""A damaged record is named as damaged and not made worse: never an empty caseload, never a crash."""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.errors import DamagedRecord
from collabcare.store.keyfile import key_path
from collabcare.store.record import open_record, open_unlocked
from tests.faults.forks import in_child, needs_fork
from tests.store import scenes
from tests.store.scenes import LOGIN, PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20260706)  # noqa: S311 - the same damage each time


def refused_as_damaged(record: Path) -> str:
    """Return the sentence a damaged record is refused with, after checking that nothing changed."""
    before = record.read_bytes()
    assert before
    with pytest.raises(DamagedRecord) as refused:
        open_unlocked(scenes.sign_in(record))
    assert record.read_bytes() == before
    sentence = str(refused.value)
    assert "backup" in sentence
    return sentence


def every_one_is_refused(record: Path, damages: Iterable[bytes]) -> int:
    """Return how many kinds of damage were put in the record's place, all of them refused."""
    count = 0
    for damaged in damages:
        scenes.replace(record, damaged)
        refused_as_damaged(record)
        for leftover in ("-wal", "-shm"):
            record.with_name(record.name + leftover).unlink(missing_ok=True)
        count += 1
    return count


def test_one_flipped_bit_anywhere_is_noticed_at_sign_in(record: Path, chance: random.Random) -> None:
    whole = record.read_bytes()

    def flipped() -> Iterable[bytes]:
        for _ in range(200):
            damaged = bytearray(whole)
            damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
            yield bytes(damaged)

    assert every_one_is_refused(record, flipped()) == 200


def test_a_damaged_first_page_is_not_called_a_wrong_password(record: Path, chance: random.Random) -> None:
    whole = record.read_bytes()
    for _ in range(20):
        scenes.replace(record, whole)
        scenes.flip(record, chance.randrange(4096), chance.randrange(8))
        sentence = refused_as_damaged(record)
        assert "Your password is right" in sentence


def test_a_truncated_record_is_noticed_at_sign_in(record: Path, chance: random.Random) -> None:
    whole = record.read_bytes()
    lengths = [*(chance.randrange(1, len(whole)) for _ in range(80)), *range(4096, len(whole), 4096), 1]
    assert every_one_is_refused(record, (whole[:length] for length in lengths)) >= 100


def test_a_bad_sector_is_noticed_at_sign_in(record: Path, chance: random.Random) -> None:
    whole = record.read_bytes()
    starts = [chance.randrange(0, len(whole) - 65536) for _ in range(20)]
    damages = (whole[:at] + bytes(65536) + whole[at + 65536 :] for at in starts)
    assert every_one_is_refused(record, damages) == 20


def test_random_bytes_are_refused_in_words(record: Path, chance: random.Random) -> None:
    sizes = [1, 15, 16, 17, 4095, 4096, 4097, *(chance.randrange(1, 200_000) for _ in range(193))]
    assert every_one_is_refused(record, (chance.randbytes(size) for size in sizes)) == 200


@pytest.mark.parametrize(
    "content",
    [b"SQLite format 3\0" + bytes(4080), b"PK\x03\x04" + bytes(10_000), b"%PDF-1.7\n" * 500, bytes(8192)],
    ids=["plain SQLite", "zip", "PDF", "zeros"],
)
def test_another_file_in_its_place_is_refused(record: Path, content: bytes) -> None:
    scenes.replace(record, content)
    assert "another file stands in its place" in refused_as_damaged(record)


def test_an_empty_record_is_never_an_empty_caseload(record: Path) -> None:
    scenes.replace(record, b"")
    with pytest.raises(DamagedRecord, match="is empty"):
        open_record(record, LOGIN, PASSWORD)
    assert record.read_bytes() == b""
    assert scenes.listing(record.parent) == {"elm.ccrecord", "elm.ccrecord.keys"}


def test_a_damaged_key_file_is_named_and_the_record_left_alone(record: Path, chance: random.Random) -> None:
    keys = key_path(record)
    whole, database = keys.read_bytes(), record.read_bytes()
    for length in (0, 1, 200, len(whole) - 1):
        scenes.replace(keys, whole[:length])
        with pytest.raises(
            DamagedRecord, match=r"key file elm\.ccrecord\.keys is damaged.*not a wrong password"
        ):
            open_record(record, LOGIN, PASSWORD)
    scenes.replace(keys, chance.randbytes(900))
    with pytest.raises(DamagedRecord, match="key file"):
        open_record(record, LOGIN, PASSWORD)
    assert record.read_bytes() == database


def crash_while_open(record: Path, sql: str) -> None:
    """Commit a change and die without closing, so that it stands in the log only."""

    def commit_and_die() -> None:
        opened = open_record(record, LOGIN, PASSWORD)
        with opened.sessions() as session, session.begin():
            session.connection().exec_driver_sql(sql)
        os._exit(0)

    assert in_child(commit_and_die) == 0


def log_of(record: Path) -> Path:
    return record.with_name(f"{record.name}-wal")


@needs_fork
def test_a_change_that_stands_in_the_log_only_is_kept(record: Path) -> None:
    crash_while_open(record, "update site set name = 'Oak'")
    assert log_of(record).stat().st_size > 0
    open_record(record, LOGIN, PASSWORD).close()
    assert not log_of(record).exists()
    assert scenes.rows(record, "select name from site") == [("Oak",)]


MANY_ROWS = """
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 500)
    insert into gp_practice (name, address, version) select i || hex(randomblob(9)), 'Leeds', 1 from n
"""


@needs_fork
@pytest.mark.parametrize("whose", ["another record's", "a later copy's"])
def test_a_log_that_does_not_fit_is_not_written_into_the_record(
    record: Path, tmp_path: Path, whose: str
) -> None:
    other = tmp_path / "other" / "elm.ccrecord"
    other.parent.mkdir()
    if whose == "another record's":
        scenes.make(other)
    else:
        scenes.run(scenes.copy_of(record, other.parent), MANY_ROWS)
    crash_while_open(other, MANY_ROWS)
    shutil.copy(log_of(other), log_of(record))
    before, log = record.read_bytes(), log_of(record).read_bytes()
    with pytest.raises(DamagedRecord, match="was not closed properly"):
        open_record(record, LOGIN, PASSWORD)
    assert (record.read_bytes(), log_of(record).read_bytes()) == (before, log)
