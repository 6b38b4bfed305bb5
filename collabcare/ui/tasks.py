"""The only door from the screens to the record: read something, write something, or run something slow.

Reading happens on a few threads at once, writing on one thread only, in the order asked. Every answer comes
back on the thread of the screens. The latest question wins, a closed screen is never called, and an error
has one way out.

Work that may take longer than a second counts what is done, can be stopped, and waits in a lane of its own:
nothing that is saved meanwhile has to wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from itertools import count as numbers
from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar
from weakref import WeakValueDictionary

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from collabcare.domain.errors import Cancelled, CollabCareError, EnvironmentProblem
from collabcare.ui.problems import Presenter, explain
from collabcare.ui.turns import Turns

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from collabcare.domain.changes import Changes
    from collabcare.ui.count import Count

T = TypeVar("T")
Query: TypeAlias = "Callable[[Session], T]"
OpenRead: TypeAlias = "Callable[[], AbstractContextManager[Session]]"
Refused: TypeAlias = Callable[[str], None]


class Lane(StrEnum):
    """Where work waits for its turn."""

    READ = "read"
    WRITE = "write"
    LONG = "long"


_THREADS = {Lane.READ: (2, "reader"), Lane.WRITE: (1, "writer"), Lane.LONG: (1, "long work")}


class Executor(Protocol):
    """Something that does work; tests have it done at once and in place."""

    def submit(self, lane: Lane, work: Callable[[], None], tell: Callable[[], None]) -> None:
        """Do ``work`` when its lane is free, away from the screens, then have the screens told."""

    def next_turn(self, go_on: Callable[[], None]) -> None:
        """Go on with the screens in a turn of the event loop that comes after this one."""

    def shutdown(self) -> None:
        """Finish the writing that was asked for, forget the reading, and stop."""


class ThreadExecutor:
    """Runs reading on a small pool of threads, writing on one thread of its own, long work on another."""

    def __init__(self) -> None:
        self._lanes: dict[Lane, ThreadPoolExecutor] = {}
        self._turns = Turns()

    def _lane(self, lane: Lane) -> ThreadPoolExecutor:
        """Return the threads of a lane, made when work first asks for them, not before the first paint."""
        if lane not in self._lanes:
            from concurrent.futures import ThreadPoolExecutor

            threads, name = _THREADS[lane]
            self._lanes[lane] = ThreadPoolExecutor(threads, thread_name_prefix=name)
        return self._lanes[lane]

    def submit(self, lane: Lane, work: Callable[[], None], tell: Callable[[], None]) -> None:
        """Do ``work`` when its lane is free, then have the screens told."""

        def do() -> None:
            work()
            tell()

        self._lane(lane).submit(do)

    def next_turn(self, go_on: Callable[[], None]) -> None:
        """Go on with the screens in a turn of the event loop that comes after this one."""
        self._turns.do(go_on)

    def shutdown(self) -> None:
        """Finish the writing that was asked for, forget the reading not yet begun, and stop."""
        self._turns.stop()
        for lane in (Lane.WRITE, Lane.LONG, Lane.READ):
            if lane in self._lanes:
                self._lanes[lane].shutdown(cancel_futures=lane is not Lane.WRITE)


class _Bench(QObject):
    """Hands work to the executor, and what came of it to whoever waits; see :class:`Tasks`."""

    changed = Signal(object)
    busy = Signal(bool)
    noted = Signal(str)
    counting = Signal(object)
    stopped = Signal(str)
    _finished = Signal(object)

    def __init__(
        self, prompts: Presenter, executor: Executor | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._prompts = prompts
        self._executor = executor or ThreadExecutor()
        self._open_read: OpenRead | None = None
        self._serial = numbers()
        self._latest: dict[tuple[int, str], int] = {}
        self._counts: list[Count] = []
        self._asked: WeakValueDictionary[tuple[int, str], Count] = WeakValueDictionary()
        self._pending = self._to_come = 0
        self._stopped = False
        # Emitted on whichever thread did the work. Qt hands it to this object's thread, that of the screens.
        self._finished.connect(self._on_finished)

    @property
    def idle(self) -> bool:
        """Whether nothing is going on."""
        return self._pending == 0

    @property
    def settled(self) -> bool:
        """Whether nothing is going on, and nothing is left for a coming turn of the screens either."""
        return self.idle and not self._to_come

    def use(self, open_read: OpenRead | None) -> None:
        """Read from another record from now on, or from none: nobody is signed in."""
        self._open_read = open_read

    def shutdown(self) -> None:
        """Let commands already asked for finish, stop what is counted, and deliver nothing any more."""
        self._stopped = True
        for count in self._counts:
            count.cancel()
        self._executor.shutdown()

    def _question(
        self,
        owner: QObject,
        topic: str,
        work: Callable[[], T],
        then: Callable[[T], None],
        refused: Refused | None = None,
    ) -> _Job[T]:
        """Return work whose answer is dropped once nobody waits for it."""
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

        return _Job(work, done, failed)

    def _submit(self, lane: Lane, job: _Job[T], count: Count | None = None) -> None:
        if self._stopped:
            return
        self._pending += 1
        if self._pending == 1:
            self.busy.emit(True)
        if count is not None:
            job.count = count
            self._counts.append(count)
            self.counting.emit(count)
        self._executor.submit(lane, job.run, partial(self._finished.emit, job))

    @Slot(object)
    def _on_finished(self, job: _Job[T]) -> None:
        tell = job.settle()
        self._pending -= 1
        if not self._pending:
            self.busy.emit(False)
        if job.count is not None:
            job.count.finished = True
            self._counts.remove(job.count)
        if not self._stopped:
            tell()

    def _in_turn(self, owner: QObject, thing: Callable[[], None]) -> None:
        self._to_come -= 1
        if shiboken6.isValid(owner):
            thing()

    def _written(self, then: Callable[[Changes], None] | None, changes: Changes) -> None:
        self.changed.emit(changes)
        if then is not None and _alive(then):
            then(changes)

    def _refuse(self, refused: Refused | None, error: Exception) -> None:
        listening = refused is not None and _alive(refused)
        if isinstance(error, Cancelled) and not listening:
            self.stopped.emit(str(error))
            return
        problem = explain(error)
        if not (listening and isinstance(error, CollabCareError)):
            self._prompts.error(problem)
        if refused is not None and listening:
            refused(problem.sentence)


class Tasks(_Bench):
    """Runs work away from the screens and brings the answer back to them.

    Signals:
        changed: What a command just changed, as :class:`Changes`; screens it concerns load again.
        busy: Whether anything is going on.
        noted: Something small was done, to be told at the foot of the window.
        counting: Work that counts has begun, as :class:`Count`; it says itself when it is finished.
        stopped: The user stopped work that counts, and nobody else says so: the sentence to show.
    """

    def read(
        self,
        owner: QObject,
        query: Callable[[Session], T],
        then: Callable[[T], None],
        *,
        topic: str = "",
        refused: Refused | None = None,
    ) -> None:
        """Run ``query`` in a short session and give what it returns to ``then``.

        The answer is dropped if ``owner`` is gone, or has asked again about the same ``topic`` meanwhile.
        When reading fails ``refused`` is given the sentence instead of a dialog, so that the page can say so
        and stop waiting.
        """
        work = partial(_in_session, self._open_read, query)
        self._submit(Lane.READ, self._question(owner, topic, work, then, refused))

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
        self._submit(Lane.READ, self._question(owner, topic, work, then, refused))

    def in_turns(self, owner: QObject, *things: Callable[[], None]) -> None:
        """Do one thing after the other, each in a turn of its own, between which the screens answer.

        None is done any more once ``owner`` is gone.
        """
        for thing in things:
            self._to_come += 1
            self._executor.next_turn(partial(self._in_turn, owner, thing))

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
        self._submit(Lane.WRITE, _Job(command, partial(self._written, then), partial(self._refuse, refused)))

    def read_counted(
        self,
        owner: QObject,
        count: Count,
        query: Callable[[Session], T],
        then: Callable[[T], None],
        *,
        refused: Refused | None = None,
    ) -> None:
        """Read with a query that tells ``count`` how far it is; else like ``read``.

        What the owner asked before about the topic of the count is stopped. Refusals are as in
        ``run_counted``.
        """
        if (earlier := self._asked.get((id(owner), count.topic))) is not None:
            earlier.cancel()
        self._asked[id(owner), count.topic] = count
        work = partial(_in_session, self._open_read, query)
        self._submit(Lane.READ, self._question(owner, count.topic, work, then, refused), count)

    def follow(self, count: Count) -> None:
        """Show a count of work that is asked for piece by piece; whoever counts says when it is finished."""
        self._counts = [each for each in self._counts if not each.finished]
        if self._stopped:
            count.cancel()
            return
        self._counts.append(count)
        self.counting.emit(count)

    def run_counted(
        self,
        owner: QObject,
        count: Count,
        work: Callable[[], T],
        then: Callable[[T], None],
        *,
        refused: Refused | None = None,
    ) -> None:
        """Run work that tells ``count`` how far it is; else like ``run``.

        When the user stops it no dialog is shown: ``refused`` is given the sentence of the count, or else it
        is said at the foot of the window.
        """
        self._submit(Lane.LONG, self._question(owner, f"count {id(count)}", work, then, refused), count)

    def write_counted(
        self,
        count: Count,
        command: Callable[[], Changes],
        then: Callable[[Changes], None] | None = None,
        refused: Refused | None = None,
    ) -> None:
        """Run a command that tells ``count`` how far it is; else like ``write``.

        What is saved meanwhile does not wait for it, so it may hold the record for moments only.
        """
        job = _Job(command, partial(self._written, then), partial(self._refuse, refused))
        self._submit(Lane.LONG, job, count)


class _Job(Generic[T]):
    """A piece of work, then what came of it, and whom to tell.

    The thread that works keeps hold of its job a little longer than it works. It must not be the last to let
    go of a screen, which would then be taken down by that thread: ``settle`` empties the job first.
    """

    __slots__ = ("_done", "_failed", "_tell", "_work", "count")

    def __init__(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        self._work, self._done, self._failed = work, done, failed
        self._tell: Callable[[], None] | None = None
        self.count: Count | None = None

    def run(self) -> None:
        """Do the work and keep what came of it."""
        try:
            result = self._work()
        except Exception as error:  # noqa: BLE001 - the boundary: every error has its one way out here
            self._tell = partial(self._failed, error)
        else:
            self._tell = partial(self._done, result)

    def settle(self) -> Callable[[], None]:
        """Return what tells whoever waits, and let go of everything; on the screens' thread."""
        tell = self._tell or _nothing
        del self._work, self._done, self._failed, self._tell
        return tell


def _nothing() -> None:
    pass


def _in_session(open_read: OpenRead | None, query: Callable[[Session], T]) -> T:
    if open_read is None:
        raise EnvironmentProblem("The record is locked. Sign in to go on.")
    with open_read() as session:
        return query(session)


def _alive(callback: Callable[..., None]) -> bool:
    """Return whether the screen a callback belongs to, if it is one's method, still exists."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
