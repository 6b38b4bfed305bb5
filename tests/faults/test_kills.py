"""Killed at any moment, a record is as it was or as it was to be."""

from __future__ import annotations

import os
import random
import signal
import struct
import traceback
from typing import TYPE_CHECKING

import pytest

from collabcare.clock import SteadyClock
from collabcare.domain.acting import Acting, Permission, Role
from collabcare.domain.changes import Kind
from collabcare.domain.errors import MissingRecord, WrongPassword
from collabcare.domain.ids import UserId
from collabcare.store.access import (
    Unlocked,
    add_user_slot,
    change_password,
    recover,
    remove_user_slot,
    unlock,
    unlock_with_words,
)
from collabcare.store.backup import copy_record
from collabcare.store.keyfile import key_path
from collabcare.store.models import GpPractice
from collabcare.store.record import open_record, open_unlocked, verify
from collabcare.store.unit_of_work import UnitOfWork
from tests.faults.forks import in_child, killed_at, needs_fork, steps_of
from tests.store import scenes
from tests.store.scenes import AT, LOGIN, PASSWORD, QUICK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = needs_fork

ADMINISTRATOR = Acting(user_id=UserId(1), login=LOGIN, name="Ada", role=Role.ADMINISTRATOR)
KILLS = 50
ID = struct.Struct("<q")


def write_for_ever(record: Path, tell: int) -> None:
    """Add GP practices one by one, and tell the number of each once it is committed."""
    with open_record(record, LOGIN, PASSWORD) as opened:
        unit = UnitOfWork(opened.sessions, ADMINISTRATOR, SteadyClock(AT))
        while True:
            with unit.begin(Permission.MANAGE_PRACTICE, "Add GP practice") as work:
                number = work.add(GpPractice(name=os.urandom(8).hex(), address="x" * 500)).id
                work.touched(Kind.PRACTICE, subject_id=number)
            os.write(tell, ID.pack(number))


def kill_a_writer(record: Path, after: int) -> set[int]:
    """Kill a writer once it has told ``after`` numbers; return all it told."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(hear)
            write_for_ever(record, tell)
        finally:
            traceback.print_exc()
            os._exit(1)
    os.close(tell)
    with os.fdopen(hear, "rb") as pipe:
        told = pipe.read(after * ID.size)
        os.kill(child, signal.SIGKILL)
        told += pipe.read()
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    return {number for (number,) in ID.iter_unpack(told[: len(told) // ID.size * ID.size])}


def numbers(record: Path, sql: str) -> list[int]:
    return [int(str(row[0])) for row in scenes.rows(record, sql)]


def test_nothing_acknowledged_is_lost_and_every_row_has_its_audit_row(record: Path) -> None:
    chance, told = random.Random(7), set[int]()  # noqa: S311 - the same moments each time
    for _ in range(KILLS):
        told |= kill_a_writer(record, chance.randint(1, 60))
        with open_record(record, LOGIN, PASSWORD) as opened:
            assert verify(opened) == []
        kept = numbers(record, "select id from gp_practice order by id")
        assert told <= set(kept)
        assert kept == numbers(record, "select subject_id from audit_entry where id > 1 order by subject_id")
    assert len(told) > KILLS


def opens(record: Path, login: str, password: str) -> bool:
    try:
        open_unlocked(unlock(record, login, password)).close()
    except WrongPassword:
        return False
    return True


def add(record: Path) -> None:
    add_user_slot(scenes.sign_in(record), "zoe", "new", QUICK)


def change(record: Path) -> None:
    change_password(record, LOGIN, PASSWORD, "new", QUICK)


def remove(record: Path) -> None:
    remove_user_slot(unlock(record, "bea", "bea's own"), LOGIN)


@pytest.mark.parametrize(
    ("work", "old", "new"),
    [
        (change, (LOGIN, PASSWORD), (LOGIN, "new")),
        (add, (LOGIN, PASSWORD), ("zoe", "new")),
        (remove, (LOGIN, PASSWORD), ("bea", "bea's own")),
    ],
    ids=["change", "add", "remove"],
)
def test_a_change_of_keys_killed_at_any_step_leaves_the_old_or_the_new(
    record: Path, tmp_path: Path, work: Callable[[Path], None], old: tuple[str, str], new: tuple[str, str]
) -> None:
    add_user_slot(scenes.sign_in(record), "bea", "bea's own", QUICK)
    before, keys = key_path(record).read_bytes(), key_path(record)
    point = 1
    while killed_at(point, tmp_path, lambda: work(record)):
        assert opens(record, "bea", "bea's own")
        assert opens(record, *old) or opens(record, *new)
        if keys.read_bytes() == before:
            assert opens(record, *old)
        scenes.replace(keys, before)
        point += 1
    assert point > 4
    assert opens(record, *new)


def test_a_recovery_killed_at_any_step_can_be_done_again(tmp_path: Path) -> None:
    created = scenes.make(tmp_path / "elm.ccrecord")
    record, words = created.unlocked.path, " ".join(created.recovery_words)
    point = 1
    while killed_at(point, tmp_path, lambda: recover(record, words, LOGIN, "new", QUICK)):
        assert opens(record, LOGIN, PASSWORD) or opens(record, LOGIN, "new")
        unlock_with_words(record, words)
        point += 1
    assert point > 4
    assert opens(record, LOGIN, "new")


def whole_or_absent(record: Path) -> Unlocked | None:
    """Return the record unlocked, or None when there is none at all."""
    try:
        unlocked = scenes.sign_in(record)
    except MissingRecord:
        return None
    with open_unlocked(unlocked) as opened:
        assert verify(opened) == []
    return unlocked


def test_making_a_record_killed_at_any_step_leaves_nothing_or_everything(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    steps = steps_of(tmp_path / "first", lambda: scenes.make(tmp_path / "first" / "elm.ccrecord"))
    folder = tmp_path / "killed"
    folder.mkdir()
    record, outcomes = folder / "elm.ccrecord", set[str]()
    for step in [*range(1, steps - 12, 97), *range(steps - 12, steps + 1)]:  # its last steps one by one
        assert killed_at(step, folder, lambda: scenes.make(record))
        outcomes.add("both" if key_path(record).exists() else "database only" if record.exists() else "none")
        if whole_or_absent(record):
            for path in folder.iterdir():
                path.unlink()
    assert outcomes == {"none", "database only", "both"}
    scenes.make(record)  # what the last kill left behind is in nobody's way
    assert scenes.listing(folder) == {"elm.ccrecord", "elm.ccrecord.keys"}
    assert whole_or_absent(record)


def test_a_copy_killed_at_any_step_has_its_name_only_when_it_is_whole(record: Path, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "copy.ccrecord"
    target.parent.mkdir()

    def copy() -> None:
        with open_record(record, LOGIN, PASSWORD) as opened:
            copy_record(opened, target)

    point = 1
    while killed_at(point, target.parent, copy):
        if whole_or_absent(target):
            for path in target.parent.iterdir():
                path.unlink()
        with open_record(record, LOGIN, PASSWORD) as opened:
            assert verify(opened) == []
        point += 1
    assert point > 8
    assert scenes.content(target) == scenes.content(record)


def test_two_writers_at_once_lose_nothing(record: Path) -> None:
    def write(mark: str) -> None:
        with open_record(record, LOGIN, PASSWORD) as opened:
            unit = UnitOfWork(opened.sessions, ADMINISTRATOR, SteadyClock(AT))
            for number in range(50):
                with unit.begin(Permission.MANAGE_PRACTICE, "Add GP practice") as work:
                    work.add(GpPractice(name=f"{mark} {number}", address="x"))

    def write_both() -> None:
        child = os.fork()
        if child == 0:
            os._exit(in_child(lambda: write("left")))
        write("right")
        assert os.waitpid(child, 0)[1] == 0

    assert in_child(write_both) == 0
    assert scenes.rows(record, "select count(*) from gp_practice") == [(100,)]
