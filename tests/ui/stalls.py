"""Finds out what kept the thread of the screens from answering, in every test of the screens.

The processor's time of that thread is counted, in each test and while it is set up, for each turn of the
screens: from the moment one of them is called (by a key, by a timer, by an answer, or by the test itself)
until it returns. No turn may take more than 200 ms on the computer this was written on. Where a computer is
slower, or busy, as much more time is allowed: how slow it is is measured while the turn goes on.

Three things are not counted, because no turn of the program has them: what the program does on other threads
although tests have it done in place; importing, which is over by the time the first page is shown; and
looking for garbage, which the program does between two turns (see collabcare/ui/collector.py).

A virtual computer that is paused by its host is charged for the pause: a Tab of 3 ms was once measured as
297. No measure of ours can tell the two apart, but a pause does not come again in the same place. So a stall
counts when the same call of a screen stalls in two tests of one run, or when it is so long that no pause
explains it.
"""

from __future__ import annotations

import gc
import signal
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from time import thread_time
from typing import TYPE_CHECKING

import collabcare.ui
from tests.ui import away, keyboard
from tests.ui.away import AWAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

MOST_SECONDS = 0.2

_TELLING = 4
"""How many of the calls in one another tell which screen it was; the first may be every answer's."""

BEYOND_DOUBT = 4.0
"""How many times the limit a stall is that counts at once."""

YARD_SECONDS = 0.00066
"""What :func:`yard` took on the computer this was written on, with nothing else going on."""

_LOOK_SECONDS = 0.01
_LONG_SECONDS, _PACE_EVERY_SECONDS = MOST_SECONDS / 2, 0.01
"""From when on, and how often, it is measured how slow the computer is: that changes within seconds."""

_SCREENS = str(Path(collabcare.ui.__file__).parent)
_HANDS, _TURNS = keyboard.__file__, away.__file__
_WAITING = (str(Path(_SCREENS, "qt_prompts.py")), str(Path(_SCREENS, "tour")))
"""What waits for the user, in the middle of which other screens are called."""

_IMPORTING = "<frozen importlib._bootstrap>"


@dataclass(frozen=True, slots=True)
class Stall:
    """A turn that took longer than it may on the computer this was written on."""

    seconds: float
    paces: tuple[float, ...]
    """How many times slower this computer was meanwhile, measured now and again."""
    where: str

    def seconds_there(self, *paces: float) -> float:
        """Return how long it would have taken there, going also by paces measured before and after."""
        return self.seconds / max(fmean((*self.paces, *paces)), 1.0)


class StallWatch:
    """Looks now and again at what the thread of the screens is doing, while it is doing something."""

    def __init__(self) -> None:
        self.stalls: dict[str, Stall] = {}
        self._since: dict[int, float] = {}
        self._last: dict[int, tuple[float, float]] = {}
        self._paces: list[float] = []

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch meanwhile."""
        before = signal.signal(signal.SIGALRM, self._look)
        signal.siginterrupt(signal.SIGALRM, False)  # noqa: FBT003 - only by place
        gc.callbacks.append(self._on_collecting)
        self._last = {AWAY.turn: (thread_time(), AWAY.seconds)}
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
        time, turn, elsewhere = thread_time(), AWAY.turn, AWAY.seconds
        now, since_last = time - elsewhere, self._since_last(time, elsewhere)
        outermost, names = _outermost(frame)
        if outermost is None:
            return
        if not outermost.f_trace_opcodes:
            outermost.f_trace_opcodes = True
            self._paces = []
            # All since the last look is its own: Qt may have been at it for long. Not so if it only begins.
            self._since[turn] = now if outermost is frame and _only_begins(frame) else now - since_last
        elif _IMPORTING in names:
            self._since[turn] += since_last
        seconds = now - self._since[turn]
        if seconds > _LONG_SECONDS + len(self._paces) * _PACE_EVERY_SECONDS:
            with AWAY.counted():
                self._paces.append(pace())
        if seconds > MOST_SECONDS:
            self._keep(outermost.f_code.co_qualname, Stall(seconds, tuple(self._paces), " > ".join(names)))

    def _since_last(self, time: float, elsewhere: float) -> float:
        """Return how much of this turn passed since the last look."""
        turn = AWAY.turn
        last, elsewhere_then = self._last.get(turn, (AWAY.began, 0.0))
        if last < AWAY.began:  # that was another turn, as deep in others
            last, elsewhere_then = AWAY.began, 0.0
        self._last[turn] = time, elsewhere
        return time - last - (elsewhere - elsewhere_then)

    def _keep(self, call: str, stall: Stall) -> None:
        """Keep the longest of each call."""
        if call not in self.stalls or self.stalls[call].seconds_there() <= stall.seconds_there():
            self.stalls[call] = stall


def _only_begins(frame: FrameType) -> bool:
    """Return whether nothing of a function has been done yet."""
    return frame.f_lasti <= _PROLOGUE


_PROLOGUE = 8
"""The last instruction before the first of the function's own, as Python counts them."""


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
    words = [f"{number * 7919 % 10007:05d}" for number in range(2_000)]
    lengths = {word: len(word) for word in words}
    words.sort(key=lengths.__getitem__)
    return thread_time() - started


def pace() -> float:
    """Return how many times slower this computer is now than the one the limit was chosen on.

    Never many times: a pause of the computer in the middle of the yard would forgive anything.
    """
    return min(yard() / YARD_SECONDS, BEYOND_DOUBT)


@contextmanager
def no_stall() -> Iterator[None]:
    """Fail when a screen took longer than it may."""
    if sys.platform == "win32":  # which has no such timer
        yield
        return
    watch, before = StallWatch(), pace()
    with watch.watching():
        yield
    after = pace() if watch.stalls else before
    slow = [
        f"{seconds * 1000:.0f} ms: {stall.where}"
        for stall in watch.stalls.values()
        if (seconds := stall.seconds_there(before, after)) > MOST_SECONDS
        and (seconds > MOST_SECONDS * BEYOND_DOUBT or _seen_before(stall.where))
    ]
    assert not slow, "the screens did not answer:\n" + "\n".join(slow)


_SEEN: set[str] = set()


def _seen_before(where: str) -> bool:
    """Return whether the same call stalled in an earlier test of this run, and remember that it did."""
    call = " > ".join(where.split(" > ")[:_TELLING])
    before = call in _SEEN
    _SEEN.add(call)
    return before
