"""Stops work that counts in the middle of it, as a user does who presses Cancel while it goes on."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from collabcare.ui.count import Count
from tests.ui.inline import InlineExecutor

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from collabcare.ui.tasks import Lane


class MidwayExecutor(InlineExecutor):
    """Does work at once, or once it is let go; Cancel can be pressed between two pieces of it."""

    def __init__(self) -> None:
        super().__init__()
        self._at: int | None = None
        self._press: Callable[[], None] | None = None
        self.stopped_at = -1
        self.holding = False
        self._held: list[Callable[[], None]] = []

    def stop(self, at: int, press: Callable[[], None]) -> None:
        """Press Cancel in the next work that counts, when it tells that so many pieces are done."""
        self._at, self._press, self.stopped_at = at, press, -1

    def let_go(self) -> None:
        """Do what was asked for meanwhile."""
        self.holding = False
        while self._held:
            self._held.pop(0)()

    def submit(self, lane: Lane, work: Callable[[], None], tell: Callable[[], None]) -> None:
        if self.holding:
            self._held.append(partial(super().submit, lane, work, tell))
        elif self._press is None:
            super().submit(lane, work, tell)
        else:
            sys.setprofile(self._look)  # work calls its count itself: nothing of ours stands between them
            try:
                super().submit(lane, work, tell)
            finally:
                sys.setprofile(None)

    def _look(self, frame: FrameType, event: str, _about: object) -> None:
        told = event == "call" and frame.f_code is Count.__call__.__code__
        if told and self._press is not None and frame.f_locals["done"] >= (self._at or 0):
            press, self._press = self._press, None
            self.stopped_at = frame.f_locals["done"]
            press()
