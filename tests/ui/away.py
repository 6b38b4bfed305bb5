"""Keeps count of what tests do on the thread of the screens that the program does elsewhere, or later."""

from __future__ import annotations

from contextlib import contextmanager
from time import thread_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Away:
    """The processor's time spent so far on what is not part of this turn of the screens."""

    def __init__(self) -> None:
        self._ended = [0.0]
        self._began: list[list[float]] = [[]]
        self._turns = [0.0]

    @property
    def turn(self) -> int:
        """How many turns are nested in one another: one, unless an answer is told in place."""
        return len(self._ended)

    @property
    def began(self) -> float:
        """Return when this turn began, by the clock of :func:`thread_time`; nothing where nobody knows."""
        return self._turns[-1]

    @property
    def seconds(self) -> float:
        """Return how much it is by now, with what is going on."""
        began = self._began[-1]
        return self._ended[-1] + (thread_time() - began[0] if began else 0.0)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count what happens meanwhile; within another such time it is counted once."""
        self.begin()
        try:
            yield
        finally:
            self.end()

    def begin(self) -> None:
        """Count from now on."""
        self._began[-1].append(thread_time())

    def end(self) -> None:
        """Count no more, unless an earlier time is still going on."""
        began = self._began[-1].pop()
        if not self._began[-1]:
            self._ended[-1] += thread_time() - began

    def next_turn(self, tell: Callable[[], None]) -> None:
        """Do at once what the program does at its next turn; it is no part of this one."""
        with self.counted():
            self._ended.append(0.0)
            self._began.append([])
            self._turns.append(thread_time())
            try:
                tell()
            finally:
                self._ended.pop()
                self._began.pop()
                self._turns.pop()


AWAY = Away()
