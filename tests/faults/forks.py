"""Run something in a forked copy of the test, so that it can be killed, or done as somebody else.

A kill is real: the operating system ends the process between two file operations or two statements, with no
chance to tidy up. Windows has no fork; these tests say so and are run on the systems that have.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import traceback
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy import event

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork a process")

KILLED = -signal.SIGKILL if sys.platform != "win32" else -9
NOBODY = 65534
_FILE_EVENTS = frozenset({"open", "os.link", "os.remove", "os.rename"})


def in_child(work: Callable[[], object]) -> int:
    """Run ``work`` in a forked process: 0 when it finished, 1 when it raised, negative when it was killed."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            if status:
                traceback.print_exc()
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(point: int, folder: Path, work: Callable[[], object]) -> bool:
    """Run ``work`` and kill it just before its ``point``-th step.

    A step is a file operation in ``folder``, a changing statement or a commit. Returns whether it was
    killed; once it was not, ``work`` has no further step.
    """

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def work_and_die() -> None:
        _at_each_step(str(folder), lambda step: die() if step == point else None)
        work()

    status = in_child(work_and_die)
    assert status in {0, KILLED}, "the work failed by itself"
    return status == KILLED


def steps_of(folder: Path, work: Callable[[], object]) -> int:
    """Run ``work`` undisturbed in a child and return how many steps :func:`killed_at` sees."""
    hear, tell = os.pipe()

    def work_and_tell() -> None:
        steps: list[int] = []
        _at_each_step(str(folder), steps.append)
        work()
        os.write(tell, str(len(steps)).encode())

    status = in_child(work_and_tell)
    os.close(tell)
    with os.fdopen(hear) as pipe:
        assert status == 0
        return int(pipe.read())


def _at_each_step(folder: str, do: Callable[[int], object]) -> None:
    """Call ``do`` with 1, 2, 3… before each step; there is no way back, so only ever in a child."""
    step = 0

    def count() -> None:
        nonlocal step
        step += 1
        do(step)

    def on_file(name: str, arguments: tuple[object, ...]) -> None:
        if name in _FILE_EVENTS and any(folder in str(argument) for argument in arguments):
            count()

    def on_statement(connection: sa.Connection, _cursor: object, sql: str, *_: object) -> None:
        if connection.engine.url.database and not sql.lower().startswith(("select", "pragma")):
            count()

    sys.addaudithook(on_file)
    event.listen(sa.Engine, "before_cursor_execute", on_statement)
    event.listen(sa.Engine, "commit", lambda _connection: count())


def as_nobody(work: Callable[[], object]) -> str:
    """Run ``work`` with no special rights; return what it raised as ``Kind: sentence``, or nothing."""
    with tempfile.TemporaryFile() as said:

        def confess() -> None:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            try:
                work()
            except Exception as error:  # noqa: BLE001 - whatever it is, the test reads it
                os.write(said.fileno(), f"{type(error).__name__}: {error}".encode())

        assert in_child(confess) == 0
        said.seek(0)
        return said.read().decode()
