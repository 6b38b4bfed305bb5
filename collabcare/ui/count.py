"""How far a piece of work has come: told by the thread that does it, looked at by the screens."""

from __future__ import annotations

from collabcare.domain.errors import Cancelled


class Count:
    """A count of what is done, such as "Printing 120 of 1,000", that can be stopped.

    The work calls it as :class:`collabcare.domain.counting.Counting`, on whichever thread that runs. It knows
    no Qt, so that both sides may touch it: each fact in it is written by one side only.
    """

    def __init__(
        self, doing: str, stopped: str, *, topic: str = "", counted: str = "", binding: str = ""
    ) -> None:
        """Make one for work not begun.

        Args:
            doing: What is being done, in one word or two: "Printing".
            stopped: What is said when the user stops it: "Stopped. No summary was saved."; empty for work
                that cannot be stopped at all.
            topic: What is read: the same screen asking about it again stops what it asked before.
            counted: What is said in front of the count, if that is something else.
            binding: Why it cannot be stopped: from the last piece on, or at all.
        """
        self.doing, self.stopped, self.topic = doing, stopped, topic
        self.counted, self.binding = counted or doing, binding
        self.done = 0
        self.total = 0
        self.finished = False
        self.bound = bool(binding and not stopped)
        self._cancelled = False

    def __call__(self, done: int, total: int) -> None:
        """Take in how far the work is.

        Raises:
            Cancelled: When the user has stopped it.
        """
        if self._cancelled:
            raise Cancelled(self.stopped)
        self.done, self.total = done, total
        self.bound = self.bound or bool(self.binding and 0 < total <= done)

    @property
    def cancelled(self) -> bool:
        """Whether the user has stopped it; the work may take a moment to notice."""
        return self._cancelled

    def cancel(self) -> None:
        """Stop the work at the next piece, unless it cannot be stopped any more."""
        self._cancelled = not self.bound
