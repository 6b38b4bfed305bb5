"""Runs the work of :class:`Tasks` at once and in place, so that a test reads top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.ui.tasks import Lane


class InlineExecutor:
    """Runs each job when asked, on the thread that asks."""

    def __init__(self) -> None:
        self.lanes: list[Lane] = []

    def submit(self, lane: Lane, job: Callable[[], None]) -> None:
        self.lanes.append(lane)
        job()

    def shutdown(self) -> None:
        """Nothing is left running."""


class PatientExecutor(InlineExecutor):
    """Keeps jobs until the test lets them run, to see what happens meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Callable[[], None]] = []

    def submit(self, lane: Lane, job: Callable[[], None]) -> None:
        self.lanes.append(lane)
        self.waiting.append(job)

    def run_all(self) -> None:
        """Let every waiting job run, oldest first."""
        while self.waiting:
            self.waiting.pop(0)()
