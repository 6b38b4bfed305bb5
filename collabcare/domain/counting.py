"""How work that takes a while says how far it is, and how it learns that the user stopped it."""

from __future__ import annotations

from typing import Protocol


class Counting(Protocol):
    """Told after each piece of the work; it may answer with a refusal to go on."""

    def __call__(self, done: int, total: int) -> None:
        """Take in that ``done`` pieces of ``total`` are finished.

        Raises:
            Cancelled: When the user has stopped the work. Whoever is told leaves nothing half done.
        """


def uncounted(done: int, total: int) -> None:
    """Take no notice: for work whose progress nobody looks at."""
