"""Write small files whole or not at all, and say in words why a disk refused.

Standard library only: the sign-in window uses it before the data stack is loaded.
"""

from __future__ import annotations

import errno
import os
import secrets
import sys
from typing import TYPE_CHECKING

from collabcare.domain.errors import EnvironmentProblem

if TYPE_CHECKING:
    from pathlib import Path

OWNER_ONLY = 0o600

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "you are not allowed to write there",
    errno.EPERM: "you are not allowed to write there",
    errno.EROFS: "that disk is read-only",
    errno.ENOENT: "that folder does not exist",
    errno.ENOTDIR: "that is not a folder",
    errno.ENAMETOOLONG: "that name is too long",
    errno.EIO: "the disk reported an error",
}


def refused(error: OSError, doing: str, safe: str) -> EnvironmentProblem:
    """Return a sentence for ``error``: what could not be done, why, and what is safe."""
    reason = _REASONS.get(error.errno or 0, (error.strerror or "the computer refused").lower())
    return EnvironmentProblem(f"CollabCare could not {doing}: {reason}. {safe}")


def create_private(path: Path) -> None:
    """Make an empty file that only its owner may read; raise ``FileExistsError`` rather than reuse one."""
    path.touch(mode=OWNER_ONLY, exist_ok=False)


def write_private(path: Path, content: bytes) -> None:
    """Make the new file ``path``, private from its first byte, and return once it is on the disk."""
    create_private(path)
    with path.open("r+b") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_atomically(path: Path, content: bytes) -> None:
    """Replace ``path`` so that a crash at any moment leaves the old content or the new, never a mixture."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    try:
        write_private(temporary, content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def publish(temporary: Path, final: Path) -> None:
    """Give a finished file its name; raise ``FileExistsError`` rather than replace what stands there."""
    try:
        final.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: ask first, then rename
        if final.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(final)) from None
        temporary.rename(final)
    else:
        temporary.unlink()
    sync_folder(final.parent)


def remove_database(path: Path) -> None:
    """Remove a database that was never finished, with its log and index."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Return once the content of ``path`` is on the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Return once the names in ``folder`` are on the disk; Windows does this by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def folder_problem(folder: Path) -> str:
    """Return why a record cannot be kept in ``folder``, in words, or an empty text when it can."""
    probe = folder / f".collabcare-{secrets.token_hex(6)}"
    try:
        if not folder.is_dir():
            return f"There is no folder {folder}. Choose another."
        create_private(probe)
        probe.unlink()
    except OSError as error:
        return str(refused(error, f"write to {folder}", "Choose another folder."))
    return ""


def make_folder(folder: Path) -> None:
    """Make a folder for records, with those above it.

    Raises:
        EnvironmentProblem: When it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(error, f"make the folder {folder}", "Choose another folder.") from error


def write_document(path: Path, content: bytes) -> None:
    """Write a file the user asked for, such as a PDF, where they chose.

    Raises:
        EnvironmentProblem: When it cannot be written.
    """
    try:
        write_atomically(path, content)
    except OSError as error:
        raise refused(
            error, f"write {path.name}", "Nothing else was changed. Choose another place."
        ) from error
