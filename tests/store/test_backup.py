"""Copies are made while people work, proved good, and never half there."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from collabcare.domain.errors import DamagedRecord, EnvironmentProblem, RuleViolation
from collabcare.store import record as record_module
from collabcare.store.backup import copy_record
from collabcare.store.engine import WRITE
from collabcare.store.record import OpenRecord, open_record, verify
from tests.store import scenes
from tests.store.scenes import LOGIN, PASSWORD

if TYPE_CHECKING:
    from pathlib import Path


def test_a_copy_is_the_record_with_its_passwords(record: Path, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "elm 2026-07-06.ccrecord"
    target.parent.mkdir()
    with open_record(record, LOGIN, PASSWORD) as opened:
        copy_record(opened, target)
        with opened.sessions() as session:
            assert session.scalar(sa.text("select name from site")) == "Elm Tree PCN"  # it went on being open
    assert scenes.listing(target.parent) == {target.name, f"{target.name}.keys"}
    assert scenes.content(target) == scenes.content(record)
    with open_record(target, LOGIN, PASSWORD) as copy:
        assert verify(copy) == []
        assert copy.record_id == scenes.sign_in(record).identity.record_id
    assert not target.read_bytes().startswith(b"SQLite format 3")


def add_practices(opened: OpenRecord, stop: threading.Event, numbers: list[int]) -> None:
    """Write pairs of rows, each pair in one transaction, until told to stop."""
    while not stop.is_set():
        with opened.sessions() as session:
            session.connection(execution_options=WRITE)
            for side in ("left", "right"):
                session.execute(
                    sa.text("insert into gp_practice (name, address, version) values (:n, '', 1)"),
                    {"n": f"{side} {len(numbers)}"},
                )
            session.commit()
        numbers.append(len(numbers))


def test_each_copy_made_while_writing_is_one_moment_of_the_record(record: Path, tmp_path: Path) -> None:
    stop, numbers = threading.Event(), list[int]()
    with open_record(record, LOGIN, PASSWORD) as opened:
        writer = threading.Thread(target=add_practices, args=(opened, stop, numbers))
        writer.start()
        try:
            for n in range(10):
                copy_record(opened, tmp_path / f"{n}.ccrecord")
        finally:
            stop.set()
            writer.join()
    written = []
    for n in range(10):
        names = [
            str(row[0])
            for row in scenes.rows(tmp_path / f"{n}.ccrecord", "select name from gp_practice order by id")
        ]
        pairs = len(names) // 2
        assert names == [f"{side} {pair}" for pair in range(pairs) for side in ("left", "right")]
        written.append(pairs)
    assert written == sorted(written)
    assert written[-1] > written[0]


@pytest.mark.parametrize("standing", ["copy.ccrecord", "copy.ccrecord.keys"])
def test_nothing_that_stands_there_is_replaced(record: Path, tmp_path: Path, standing: str) -> None:
    (tmp_path / standing).write_bytes(b"precious")
    with (
        open_record(record, LOGIN, PASSWORD) as opened,
        pytest.raises(RuleViolation, match="already a record"),
    ):
        copy_record(opened, tmp_path / "copy.ccrecord")
    assert (tmp_path / standing).read_bytes() == b"precious"


def test_a_copy_has_the_name_of_a_record(record: Path, tmp_path: Path) -> None:
    with (
        open_record(record, LOGIN, PASSWORD) as opened,
        pytest.raises(RuleViolation, match="ends in"),
    ):
        copy_record(opened, tmp_path / "copy.db")


def test_an_impossible_place_is_refused_in_words_and_work_goes_on(record: Path, tmp_path: Path) -> None:
    with open_record(record, LOGIN, PASSWORD) as opened:
        with pytest.raises(EnvironmentProblem, match="does not exist"):
            copy_record(opened, tmp_path / "none" / "copy.ccrecord")
        assert verify(opened) == []


def test_a_damaged_record_is_not_copied(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_module, "CHECKED_AT_OPENING", 0)
    scenes.flip_in_table(record, "patient")
    before = scenes.listing(tmp_path)
    with open_record(record, LOGIN, PASSWORD) as opened, pytest.raises(DamagedRecord):
        copy_record(opened, tmp_path / "copy.ccrecord")
    assert scenes.listing(tmp_path) == before
