"""Runs the work of :class:`Tasks` at once and in place, so that a test reads top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.away import AWAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.ui.tasks import Lane


class InlineExecutor:
    """Does each piece of work when asked, on the thread that asks."""

    def __init__(self) -> None:
        self.lanes: list[Lane] = []

    def submit(self, lane: Lane, work: Callable[[], None], tell: Callable[[], None]) -> None:
        self.lanes.append(lane)
        with AWAY.counted():
            work()
        AWAY.next_turn(tell)

    def next_turn(self, go_on: Callable[[], None]) -> None:
        """Go on at once; it is watched as a turn of its own."""
        AWAY.next_turn(go_on)

    def shutdown(self) -> None:
        """Nothing is left running."""


class PatientExecutor(InlineExecutor):
    """Keeps jobs until the test lets them run, to see what happens meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Callable[[], None]] = []

    def submit(self, lane: Lane, work: Callable[[], None], tell: Callable[[], None]) -> None:
        def do() -> None:
            with AWAY.counted():
                work()
            AWAY.next_turn(tell)

        self.lanes.append(lane)
        self.waiting.append(do)

    def run_all(self) -> None:
        """Let every waiting job run, oldest first."""
        while self.waiting:
            self.waiting.pop(0)()
