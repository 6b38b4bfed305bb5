"""Finds out what kept the thread of the screens from answering, in every test of the screens.

The processor's time of that thread is counted from the moment one of our screens is called (by a key, by a
timer, by an answer, or by the test itself) until it returns. What the program does on other threads is not
counted, although tests have it done in place; nor is looking for garbage, of which a test process has much,
nor importing, which is over by the time the first page is shown. Where the computer is slower than the one
this was written on, or busy, as much more time is allowed.

Even so a virtual computer that is paused by its host is charged for the pause: a Tab of 3 ms was once
measured as 297. So a stall counts when the same call of a screen stalls in two tests of one run, or when it
is so long that no pause explains it.
"""

from __future__ import annotations

import gc
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import thread_time
from typing import TYPE_CHECKING

import collabcare.ui
from tests.ui import away, keyboard
from tests.ui.away import AWAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

MOST_SECONDS = 0.2
FORGIVEN = 1.25
"""The limit is really 250 ms: two processes on one core take turns, and the same turn of a screen was
measured from 150 to 225 ms there."""

_TELLING = 4
"""How many of the calls in one another tell which screen it was; the first may be every answer's."""

BEYOND_DOUBT = 4.0
"""How many times the limit a stall is that counts at once."""

YARD_SECONDS = 0.007
"""What :func:`yard` took on the computer this was written on, with nothing else going on."""

_LOOK_SECONDS = 0.01
_SCREENS = str(Path(collabcare.ui.__file__).parent)
_HANDS, _TURNS = keyboard.__file__, away.__file__
_WAITING = (str(Path(_SCREENS, "qt_prompts.py")), str(Path(_SCREENS, "tour")))
"""What waits for the user, in the middle of which other screens are called."""

_IMPORTING = "<frozen importlib._bootstrap>"
_NOT_COUNTED = frozenset({_IMPORTING, "Shell.__init__", "apply_theme"})
"""Loading, and what makes the first window or dresses every part there is when the look changes."""


class StallWatch:
    """Looks now and again at what the thread of the screens is doing, while it is doing something."""

    def __init__(self) -> None:
        self.stalls: dict[str, tuple[float, str]] = {}
        self._since: dict[int, float] = {}
        self._last = 0.0

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch meanwhile."""
        before = signal.signal(signal.SIGALRM, self._look)
        signal.siginterrupt(signal.SIGALRM, False)  # noqa: FBT003 - only by place
        gc.callbacks.append(self._on_collecting)
        timer = signal.setitimer(signal.ITIMER_REAL, _LOOK_SECONDS, _LOOK_SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, *timer)
            gc.callbacks.remove(self._on_collecting)
            signal.signal(signal.SIGALRM, before)

    def _on_collecting(self, phase: str, _info: object) -> None:
        (AWAY.begin if phase == "start" else AWAY.end)()

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        """Find the outermost call of a screen, and how long it has lasted if it was seen before.

        A call that was seen is marked on its frame, where no later call of the same function finds the mark.
        """
        time, turn = thread_time(), AWAY.turn
        now, since_last, self._last = time - AWAY.seconds, time - self._last, time
        outermost, names = _outermost(frame)
        if outermost is None:
            return
        if not outermost.f_trace_opcodes:
            outermost.f_trace_opcodes = True
            self._since[turn] = now
        elif _NOT_COUNTED.intersection(names):
            self._since[turn] += since_last
        elif now - self._since[turn] > MOST_SECONDS:
            self.stalls[outermost.f_code.co_qualname] = (now - self._since[turn], " > ".join(names))


def _outermost(frame: FrameType | None) -> tuple[FrameType | None, list[str]]:
    """Return the outermost call of a screen and the names of all calls of screens, the outermost first."""
    found, names = None, list[str]()
    while frame is not None:
        file = frame.f_code.co_filename
        if file == _TURNS and frame.f_code.co_name == "next_turn":
            break
        if file == _IMPORTING:
            names.append(file)
        elif _is_a_call(file, frame.f_code.co_name):
            found = frame
            names.append(frame.f_code.co_qualname)
        frame = frame.f_back
    return found, names[::-1]


def _is_a_call(file: str, name: str) -> bool:
    """Return whether this is one key, or a function of the screens."""
    if file == _HANDS:
        return name == "_stroke"
    return file.startswith(_SCREENS) and not file.startswith(_WAITING)


def yard() -> float:
    """Return the seconds that a fixed piece of work takes now."""
    started = thread_time()
    words = [f"{number * 7919 % 10007:05d}" for number in range(20_000)]
    lengths = {word: len(word) for word in words}
    words.sort(key=lengths.__getitem__)
    return thread_time() - started


@contextmanager
def no_stall() -> Iterator[None]:
    """Fail when a screen took longer than it may."""
    if sys.platform == "win32":  # which has no such timer
        yield
        return
    watch = StallWatch()
    with watch.watching():
        yield
    slowness = max(median(yard() for _turn in range(5)) / YARD_SECONDS, 1.0) if watch.stalls else 1.0
    limit = MOST_SECONDS * slowness * FORGIVEN
    slow = [
        f"{seconds / slowness * 1000:.0f} ms: {where}"
        for seconds, where in watch.stalls.values()
        if seconds > limit and (seconds > limit * BEYOND_DOUBT or _seen_before(where))
    ]
    assert not slow, "the screens did not answer:\n" + "\n".join(slow)


_SEEN: set[str] = set()


def _seen_before(where: str) -> bool:
    """Return whether the same call stalled in an earlier test of this run, and remember that it did."""
    call = " > ".join(where.split(" > ")[:_TELLING])
    before = call in _SEEN
    _SEEN.add(call)
    return before
