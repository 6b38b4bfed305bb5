"""The only door from the screens to the record: read something, write something, or run something slow.

Reading happens on a few threads at once, writing on one thread only, in the order asked. Every answer comes
back on the thread of the screens. The latest question wins, a closed screen is never called, and an error
has one way out.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from collabcare.domain.errors import CollabCareError, EnvironmentProblem
from collabcare.ui.problems import Presenter, explain

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from collabcare.domain.changes import Changes

T = TypeVar("T")
OpenRead: TypeAlias = "Callable[[], AbstractContextManager[Session]]"
Refused: TypeAlias = Callable[[str], None]

_READERS = 2


class Lane(StrEnum):
    """Where work waits for its turn."""

    READ = "read"
    WRITE = "write"


class Executor(Protocol):
    """Something that runs work; tests run it at once and in place."""

    def submit(self, lane: Lane, job: Callable[[], None]) -> None:
        """Run ``job`` when its lane is free."""

    def shutdown(self) -> None:
        """Finish the writing that was asked for, forget the reading, and stop."""


class ThreadExecutor:
    """Runs reading on a small pool of threads and writing on one thread of its own."""

    def __init__(self) -> None:
        self._lanes = {
            Lane.READ: ThreadPoolExecutor(_READERS, thread_name_prefix="reader"),
            Lane.WRITE: ThreadPoolExecutor(1, thread_name_prefix="writer"),
        }

    def submit(self, lane: Lane, job: Callable[[], None]) -> None:
        """Run ``job`` when its lane is free."""
        self._lanes[lane].submit(job)

    def shutdown(self) -> None:
        """Finish the writing that was asked for, forget the reading not yet begun, and stop."""
        self._lanes[Lane.WRITE].shutdown()
        self._lanes[Lane.READ].shutdown(cancel_futures=True)


class Tasks(QObject):
    """Runs work away from the screens and brings the answer back to them.

    Signals:
        changed: What a command just changed, as :class:`Changes`; screens it concerns load again.
        busy: Whether anything is going on.
    """

    changed = Signal(object)
    busy = Signal(bool)
    _finished = Signal(object)

    def __init__(
        self, prompts: Presenter, executor: Executor | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._prompts = prompts
        self._executor = executor or ThreadExecutor()
        self._open_read: OpenRead | None = None
        self._serial = count()
        self._latest: dict[tuple[int, str], int] = {}
        self._pending = 0
        self._stopped = False
        # Emitted on whichever thread did the work. Qt hands it to this object's thread, that of the screens.
        self._finished.connect(self._on_finished)

    @property
    def idle(self) -> bool:
        """Whether nothing is going on."""
        return self._pending == 0

    def use(self, open_read: OpenRead | None) -> None:
        """Read from another record from now on, or from none: nobody is signed in."""
        self._open_read = open_read

    def read(
        self, owner: QObject, query: Callable[[Session], T], then: Callable[[T], None], *, topic: str = ""
    ) -> None:
        """Run ``query`` in a short session and give what it returns to ``then``.

        The answer is dropped if ``owner`` is gone, or has asked again about the same ``topic`` meanwhile.
        """
        self._ask(owner, topic, partial(_in_session, self._open_read, query), then)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        then: Callable[[T], None],
        *,
        refused: Refused | None = None,
        topic: str = "",
    ) -> None:
        """Run work that needs no session, such as opening a record or drawing a PDF; else like ``read``.

        ``refused`` is given the sentence of a refusal instead of a dialog.
        """
        self._ask(owner, topic, work, then, refused)

    def write(
        self,
        command: Callable[[], Changes],
        then: Callable[[Changes], None] | None = None,
        refused: Refused | None = None,
    ) -> None:
        """Run ``command`` after every command asked for before it, then tell everybody what changed.

        A refusal goes to ``refused`` as a sentence, so that a form can stay open and show it; without
        ``refused`` it is shown in a dialog. After a fault in the program ``refused`` is called too.
        """

        def done(changes: Changes) -> None:
            self.changed.emit(changes)
            if then is not None and _alive(then):
                then(changes)

        self._submit(Lane.WRITE, command, done, partial(self._refuse, refused))

    def shutdown(self) -> None:
        """Let commands already asked for finish, and deliver nothing any more."""
        self._stopped = True
        self._executor.shutdown()

    def _ask(
        self,
        owner: QObject,
        topic: str,
        work: Callable[[], T],
        then: Callable[[T], None],
        refused: Refused | None = None,
    ) -> None:
        question = (id(owner), topic)
        if question not in self._latest:
            owner.destroyed.connect(partial(self._latest.pop, question, None))
        serial = self._latest[question] = next(self._serial)

        def wanted() -> bool:
            return shiboken6.isValid(owner) and self._latest.get(question) == serial

        def done(result: T) -> None:
            if wanted():
                then(result)

        def failed(error: Exception) -> None:
            if wanted():
                self._refuse(refused, error)

        self._submit(Lane.READ, work, done, failed)

    def _submit(
        self,
        lane: Lane,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        if self._stopped:
            return

        def job() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - the boundary: every error has its one way out here
                self._finished.emit(partial(failed, error))
            else:
                self._finished.emit(partial(done, result))

        self._pending += 1
        if self._pending == 1:
            self.busy.emit(True)
        self._executor.submit(lane, job)

    @Slot(object)
    def _on_finished(self, deliver: Callable[[], None]) -> None:
        self._pending -= 1
        if not self._pending:
            self.busy.emit(False)
        if not self._stopped:
            deliver()

    def _refuse(self, refused: Refused | None, error: Exception) -> None:
        problem = explain(error)
        listening = refused is not None and _alive(refused)
        if not (listening and isinstance(error, CollabCareError)):
            self._prompts.error(problem)
        if refused is not None and listening:
            refused(problem.sentence)


def _in_session(open_read: OpenRead | None, query: Callable[[Session], T]) -> T:
    if open_read is None:
        raise EnvironmentProblem("The record is locked. Sign in to go on.")
    with open_read() as session:
        return query(session)


def _alive(callback: Callable[..., None]) -> bool:
    """Return whether the screen a callback belongs to, if it is one's method, still exists."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
