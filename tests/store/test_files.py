"""Files are whole or absent, and a disk that refuses is told in words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from collabcare.domain.errors import EnvironmentProblem
from collabcare.store.files import (
    folder_problem,
    make_folder,
    publish,
    refused,
    write_atomically,
    write_private,
)
from tests.faults.forks import as_nobody, needs_fork
from tests.store.scenes import listing


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_atomically(tmp_path / "keys", b"one")
    write_atomically(tmp_path / "keys", b"two")
    assert (tmp_path / "keys").read_bytes() == b"two"
    assert listing(tmp_path) == {"keys"}


def test_a_replacement_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()  # a folder cannot be replaced by a file
    with pytest.raises(OSError, match="keys"):
        write_atomically(tmp_path / "keys", b"two")
    assert listing(tmp_path) == {"keys"}


def test_a_private_file_never_reuses_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "keys").write_bytes(b"precious")
    with pytest.raises(FileExistsError):
        write_private(tmp_path / "keys", b"other")
    assert (tmp_path / "keys").read_bytes() == b"precious"


@pytest.fixture(params=["hard links", "no hard links"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder on an ordinary disk, and one on a memory stick, which has no hard links."""

    def unsupported(_self: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if request.param == "no hard links":
        monkeypatch.setattr(Path, "hardlink_to", unsupported)
    return tmp_path


def test_a_finished_file_gets_its_name_once(disk: Path) -> None:
    (disk / "new").write_bytes(b"one")
    publish(disk / "new", disk / "final")
    assert listing(disk) == {"final"}
    (disk / "new").write_bytes(b"two")
    with pytest.raises(FileExistsError):
        publish(disk / "new", disk / "final")
    assert (disk / "final").read_bytes() == b"one"
    assert listing(disk) == {"final", "new"}


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "you are not allowed to write there"),
        (errno.EROFS, "that disk is read-only"),
        (errno.EBUSY, os.strerror(errno.EBUSY).lower()),
        (0, "the computer refused"),
    ],
)
def test_a_refusal_says_what_why_and_what_is_safe(code: int, reason: str) -> None:
    error = OSError(code, os.strerror(code)) if code else OSError()
    said = str(refused(error, "save the file", "The old one is safe."))
    assert said == f"CollabCare could not save the file: {reason}. The old one is safe."


def test_a_folder_is_tried_before_it_is_chosen(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert folder_problem(tmp_path) == ""
    assert folder_problem(tmp_path / "none").startswith("There is no folder")
    assert folder_problem(tmp_path / "file").startswith("There is no folder")
    assert "name is too long" in folder_problem(tmp_path / ("x" * 300))
    assert listing(tmp_path) == {"file"}


@needs_fork
def test_a_folder_one_may_not_write_to_is_told_in_words() -> None:
    said = as_nobody(lambda: _raise(folder_problem(Path("/"))))
    assert "you are not allowed to write there. Choose another folder." in said


def _raise(said: str) -> None:
    raise EnvironmentProblem(said)


def test_a_folder_is_made_with_those_above_it_or_refused_in_words(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentProblem, match="could not make the folder"):
        make_folder(tmp_path / "file" / "b")
