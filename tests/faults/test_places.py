"""Places that cannot be written: refused in words, nothing lost, and work goes on when they can."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.errors import EnvironmentProblem
from collabcare.store.access import change_password, unlock
from collabcare.store.backup import copy_record
from collabcare.store.engine import WRITE, in_words
from collabcare.store.keyfile import key_path
from collabcare.store.migrate import current_schema
from collabcare.store.record import OpenRecord, open_record, open_unlocked, verify
from collabcare.store.vault import PRODUCTION_COST, password_credential, refuse_unknown
from tests.faults.forks import as_nobody, needs_fork
from tests.store import scenes
from tests.store.scenes import LOGIN, PASSWORD, QUICK

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def shared(template: Path) -> Iterator[Path]:
    """A record in a folder that everybody may use: nobody, whom these tests become, among them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        record = scenes.copy_of(template, folder)
        for path, mode in ((folder, 0o777), (record, 0o666), (key_path(record), 0o666)):
            path.chmod(mode)
        yield record
        folder.chmod(0o700)


@needs_fork
@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o777), (0o666, 0o555), (0o444, 0o555)])
def test_a_read_only_record_is_refused_in_words_and_not_touched(shared: Path, file: int, folder: int) -> None:
    schema, before = current_schema(), shared.read_bytes()

    def sign_in() -> None:
        open_unlocked(scenes.sign_in(shared), schema).close()

    assert as_nobody(sign_in) == ""
    shared.chmod(file)
    shared.parent.chmod(folder)
    assert as_nobody(sign_in) == (
        "EnvironmentProblem: The record elm.ccrecord cannot be written: the file, its folder or the disk is "
        "read-only. Nothing was changed. Ask for write access to the folder, or move the record to one of "
        "your own."
    )
    assert shared.read_bytes() == before
    assert scenes.listing(shared.parent) == {"elm.ccrecord", "elm.ccrecord.keys"}


@needs_fork
def test_a_record_nobody_may_read_is_refused_in_words(shared: Path) -> None:
    key_path(shared).chmod(0o600)
    if os.geteuid() != 0:
        key_path(shared).chmod(0)
    assert as_nobody(lambda: scenes.sign_in(shared)).startswith(
        "EnvironmentProblem: CollabCare could not read"
    )


@needs_fork
def test_a_password_change_in_a_read_only_folder_keeps_the_old_one(shared: Path) -> None:
    shared.parent.chmod(0o555)
    said = as_nobody(lambda: change_password(shared, LOGIN, PASSWORD, "new", QUICK))
    assert said.startswith("EnvironmentProblem: CollabCare could not save the key file")
    assert said.endswith("The old passwords still work.")
    unlock(shared, LOGIN, PASSWORD)


@needs_fork
def test_a_record_is_not_made_where_one_may_not_write(shared: Path) -> None:
    shared.parent.chmod(0o555)
    said = as_nobody(lambda: scenes.make(shared.with_name("new.ccrecord")))
    assert "could not make the record" in said
    assert "you are not allowed to write there. Nothing was left behind." in said
    assert scenes.listing(shared.parent) == {"elm.ccrecord", "elm.ccrecord.keys"}


@pytest.mark.parametrize("below", ["file", "file/deeper"])
def test_a_record_is_not_made_below_a_file(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentProblem, match="no folder"):
        scenes.make(tmp_path / below / "elm.ccrecord")


def test_a_folder_that_vanishes_while_the_record_is_open_is_told(record: Path) -> None:
    opened = open_record(record, LOGIN, PASSWORD)
    opened.engine.dispose()
    shutil.rmtree(record.parent)
    with pytest.raises(EnvironmentProblem, match="could not be opened"), in_words(record.name):
        opened.engine.connect()
    opened.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of two megabytes."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if sys.platform == "win32" or os.geteuid() != 0 or not mount or not unmount:
        pytest.skip("only the administrator of a Unix system can make a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("this system lets nobody mount a disk")
    yield disk
    subprocess.run([unmount, "-l", disk], check=True)


def fill(opened: OpenRecord, added: list[int]) -> None:
    """Add rows one by one, noting each once it is committed, until the disk refuses."""
    while True:
        with in_words(opened.path.name), opened.sessions() as session:
            session.connection(execution_options=WRITE).exec_driver_sql(
                f"insert into gp_practice (name, address, version) values ('{len(added)}', '{'x' * 5000}', 1)"
            )
            session.commit()
        added.append(len(added))


def test_a_full_disk_loses_nothing_and_works_again_when_there_is_room(
    small_disk: Path, template: Path
) -> None:
    record, added = scenes.copy_of(template, small_disk), list[int]()
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(800_000))
    with open_record(record, LOGIN, PASSWORD) as opened:
        with pytest.raises(EnvironmentProblem, match="disk is full"):
            fill(opened, added)
        assert len(added) > 20
        ballast.unlink()
        assert verify(opened) == []
        with opened.engine.connect() as connection:
            assert connection.exec_driver_sql("select count(*) from gp_practice").scalar() == len(added)
        with opened.sessions() as session, session.begin():
            session.connection().exec_driver_sql("update site set name = 'Oak'")
    assert scenes.rows(record, "select name from site") == [("Oak",)]


def test_a_full_disk_leaves_no_half_copy_record_or_key_file(small_disk: Path, record: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(2_000_000))
    with (
        open_record(record, LOGIN, PASSWORD) as opened,
        pytest.raises(EnvironmentProblem, match="disk is full"),
    ):
        copy_record(opened, small_disk / "copy.ccrecord")
    with pytest.raises(EnvironmentProblem, match="disk is full"):
        scenes.make(small_disk / "new.ccrecord")
    assert scenes.listing(small_disk) == {"ballast"}


@needs_fork
def test_too_little_memory_to_derive_the_key_is_told_in_words() -> None:
    resource = pytest.importorskip("resource")

    def sign_in_with_little_memory() -> None:
        now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + 2**26, now + 2**26))
        refuse_unknown(password_credential("zoe", "x"), PRODUCTION_COST)

    if not Path("/proc/self/statm").exists():
        pytest.skip("only Linux says how much memory a process has")
    said = as_nobody(sign_in_with_little_memory)
    assert said.startswith("EnvironmentProblem: There is not enough free memory to sign in.")
