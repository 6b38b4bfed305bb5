"""The watch over the screens: it sees what keeps them from answering, and nothing else."""

from __future__ import annotations

import gc
import sys
from functools import partial
from itertools import count, islice, repeat
from time import thread_time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, QTimer

from collabcare.ui.tasks import Tasks
from collabcare.ui.widgets.line_edit import LineEdit
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import press, under_hands
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.stalls import MOST_SECONDS, Stall, StallWatch, no_stall

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such timer on Windows")

LONG, SHORT = MOST_SECONDS * 1.5, MOST_SECONDS / 5


def burn(seconds: float, *_answer: object) -> None:
    """Keep this thread busy."""
    until = thread_time() + seconds
    while thread_time() < until:
        pass


def many_rounds() -> int:
    """Return how far C can count in a time that is too long."""
    started = thread_time()
    next(islice(count(), 5_000_000, None))
    return round(LONG / (thread_time() - started) * 5_000_000)


@pytest.fixture
def tasks(qtbot: QtBot) -> Tasks:
    """The door to the record, whose answers come through a module of the screens."""
    return Tasks(ScriptedPrompts(), InlineExecutor())


def stalls(watch: StallWatch) -> list[str]:
    """Return what was seen, without where it was."""
    return [stall.where.split(" > ")[0] for stall in watch.stalls.values()]


def test_an_answer_that_takes_long_is_seen(tasks: Tasks) -> None:
    watch = StallWatch()
    with watch.watching():
        tasks.run(owner := QObject(), lambda: 1, partial(burn, LONG))
    assert stalls(watch) == ["_Bench._on_finished"]
    assert owner is not None


def test_a_single_long_call_of_qt_or_c_is_seen_whole(tasks: Tasks) -> None:
    """Python looks at nothing meanwhile, so it is first seen when it is over."""
    rounds, watch, owner = many_rounds(), StallWatch(), QObject()

    def add_up(_answer: int) -> None:
        next(islice(count(), rounds, None))

    with watch.watching():
        tasks.run(owner, lambda: 1, add_up)
        burn(SHORT)
    assert stalls(watch) == ["_Bench._on_finished"]


def test_what_was_done_before_a_call_is_not_its_own(tasks: Tasks) -> None:
    watch, owner = StallWatch(), QObject()
    last = islice(count(), many_rounds(), None)  # C counts up to there, then calls the screen
    with watch.watching():
        burn(LONG)
        tasks.run(owner, lambda: 1, partial(burn, MOST_SECONDS / 2))
        next(map(partial(tasks.run, owner, lambda: 1), map(partial(partial, burn), repeat(SHORT), last)))
    assert stalls(watch) == []


def test_a_slow_computer_is_given_more_time() -> None:
    stall = Stall(seconds=0.3, paces=(2.0, 2.2, 1.8), where="somewhere")
    assert stall.seconds_there() == pytest.approx(0.15)
    assert stall.seconds_there(9.0) < stall.seconds_there(), "as does one slow before or after"
    fast = Stall(seconds=0.3, paces=(0.5,), where="somewhere")
    assert fast.seconds_there() == pytest.approx(0.3), "and a fast one no less"


def test_a_key_that_takes_long_is_seen(qtbot: QtBot) -> None:
    edit = LineEdit("Name")
    under_hands(qtbot, edit)
    edit.textChanged.connect(partial(burn, LONG))
    watch = StallWatch()
    with watch.watching():
        press(Qt.Key.Key_A)
    assert stalls(watch) == ["_stroke"]


def test_many_short_answers_are_no_stall(tasks: Tasks) -> None:
    watch, owner = StallWatch(), QObject()
    with watch.watching():
        for _turn in range(10):
            tasks.run(owner, lambda: 1, partial(burn, SHORT))
    assert stalls(watch) == []


def test_what_is_done_on_other_threads_is_not_counted(tasks: Tasks) -> None:
    watch, owner = StallWatch(), QObject()
    with watch.watching():
        tasks.run(owner, partial(burn, LONG), lambda _answer: None)
    assert stalls(watch) == []


def test_an_answer_told_in_place_is_a_turn_of_its_own(tasks: Tasks) -> None:
    """Three questions asked one within the answer to another: the program has a turn for each."""
    watch, owner = StallWatch(), QObject()

    def answer(left: int, *_answer: object) -> None:
        burn(MOST_SECONDS / 2)
        if left:
            tasks.run(owner, lambda: 1, partial(answer, left - 1), topic=str(left))

    with watch.watching():
        answer(3)
    assert stalls(watch) == []


def test_looking_for_garbage_is_not_counted(tasks: Tasks) -> None:
    watch, owner = StallWatch(), QObject()

    def look_around(_phase: str, _info: object) -> None:
        burn(LONG / 2)

    def collect(_answer: int) -> None:
        gc.collect(0)

    gc.callbacks.append(look_around)
    try:
        with watch.watching():
            gc.callbacks.insert(0, gc.callbacks.pop())  # the watch goes first, as the garbage comes after it
            tasks.run(owner, lambda: 1, collect)
    finally:
        gc.callbacks.remove(look_around)
    assert stalls(watch) == []


def test_a_test_fails_by_what_did_not_answer(tasks: Tasks) -> None:
    owner = QObject()
    with pytest.raises(AssertionError, match=r"did not answer:\n\d+ ms: _Bench\._on_finished"), no_stall():
        tasks.run(owner, lambda: 1, partial(burn, MOST_SECONDS * 12))  # too long on a slow computer too


def test_what_a_timer_sets_off_is_seen(qtbot: QtBot, tasks: Tasks) -> None:
    done, owner = list[bool](), QObject()

    def ask() -> None:
        tasks.run(owner, lambda: 1, partial(burn, LONG))
        done.append(True)

    watch = StallWatch()
    QTimer.singleShot(0, owner, ask)
    with watch.watching():
        qtbot.waitUntil(lambda: bool(done))
    assert stalls(watch) == ["_Bench._on_finished"]


def test_one_pause_is_forgiven_and_the_same_screen_stalling_again_is_not(tasks: Tasks) -> None:
    owner = QObject()
    with no_stall():
        tasks.run(owner, lambda: 1, partial(burn, MOST_SECONDS * 3))
    with pytest.raises(AssertionError, match="did not answer"), no_stall():
        tasks.run(owner, lambda: 1, partial(burn, MOST_SECONDS * 3))
