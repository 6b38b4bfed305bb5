"""How work that takes a while says how far it is, and how it learns that the user stopped it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")


class Counting(Protocol):
    """Told after each piece of the work; it may answer with a refusal to go on."""

    def __call__(self, done: int, total: int) -> None:
        """Take in that ``done`` pieces of ``total`` are finished.

        Raises:
            Cancelled: When the user has stopped the work. Whoever is told leaves nothing half done.
        """


def uncounted(done: int, total: int) -> None:
    """Take no notice: for work whose progress nobody looks at."""


def counted(pieces: Sequence[T], counting: Counting) -> Iterator[T]:
    """Give each piece in turn, and tell how many are finished before each and after the last.

    Raises:
        Cancelled: When the user has stopped the work.
    """
    for done, piece in enumerate(pieces):
        counting(done, len(pieces))
        yield piece
    counting(len(pieces), len(pieces))
