"""The screens with the threads they have in real life, by the clock on the wall: busy work never holds them.

Everywhere else what the screens ask for is done in place, which is quick to test and cannot show whether a
screen waits for a thread. Here a reader and the writer are kept busy until the journey is over.

Nor does what is done in place show what Qt does by itself at the next turn of the event loop, where it lays
out and paints what was made. So whole turns are watched here too, in processor's time.
"""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from statistics import fmean, median
from threading import Event
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, QTimer

from collabcare import bootstrap
from collabcare.clock import SteadyClock
from collabcare.domain.calendar import LONDON
from collabcare.domain.changes import Changes
from collabcare.ui.pages import PageName, Place
from collabcare.ui.shell import Shell
from collabcare.ui.theme import ThemeName, apply_theme
from tests.demo_record import DEMO_TODAY
from tests.ui.keyboard import press, write
from tests.ui.screens_scene import PATIENT_PAGES, PLAIN_PAGES, somebody
from tests.ui.stalls import MOST_SECONDS as STALL_SECONDS
from tests.ui.stalls import YARD_SECONDS, pace, yard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from collabcare.demo.build import DemoRecord
    from collabcare.settings import Settings
    from tests.ui.scripted_prompts import ScriptedPrompts

MOST_SECONDS = 1.0
"""What nobody would call frozen, for a page made for the first time while other threads work."""

LONG_SECONDS = STALL_SECONDS / 2
TO_SHOW = 3
"""Turns in which what was made is laid out and painted."""

YARDS = 10
"""Long enough for other programs to get their turn, who keep the screens waiting too."""

HELD_SECONDS = 30.0
PATIENCE_MS = 30_000


class Turns(QObject):
    """Notes the longest time in which the thread of the screens took no turn."""

    def __init__(self) -> None:
        super().__init__()
        self.longest, self._last = 0.0, perf_counter()
        self._timer = QTimer(self, interval=5)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start()

    def _on_turn(self) -> None:
        now = perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


@pytest.fixture
def shell(
    qapp: QApplication, demo_record: DemoRecord, settings: Settings, prompts: ScriptedPrompts, qtbot: QtBot
) -> Iterator[Shell]:
    """The desktop with real threads, the first practitioner of the demo signed in and nothing going on."""
    apply_theme(qapp, ThemeName.LIGHT)
    doors = bootstrap.desktop_doors(SteadyClock(datetime.combine(DEMO_TODAY, time(9, 30), LONDON)))
    shell = Shell(doors, settings, prompts)
    login, password, _role = demo_record.sign_ins[0]
    shell.open(demo_record.path, login)
    shell.sign_in_window.card.password.setText(password)
    shell.sign_in_window.card.try_to_sign_in()
    qtbot.waitUntil(lambda: shell.main_window is not None and shell.tasks.settled, timeout=PATIENCE_MS)
    yield shell
    shell.shut()


class LongTurns(QObject):
    """Notes how much of the processor's time the turns of the event loop take that take long.

    It is told as it would be on the computer the limit was chosen on: how slow this one is is measured then.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest, self.counted, self._last = 0.0, 0, thread_time()
        self._timer = QTimer(self, interval=1)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start()

    def _on_turn(self) -> None:
        seconds = thread_time() - self._last
        if seconds > LONG_SECONDS:
            self.longest = max(self.longest, seconds / max(fmean(pace() for _time in range(YARDS)), 1.0))
        self.counted += 1
        self._last = thread_time()


def written_after(done: Event) -> Changes:
    """Be a command that takes long and changes nothing."""
    done.wait(HELD_SECONDS)
    return Changes()


def slowness() -> float:
    """Return how many times slower this computer is now than the one the limit was chosen on, by the wall."""

    def seconds() -> float:
        started = perf_counter()
        for _turn in range(YARDS):
            yard()
        return perf_counter() - started

    return max(1.0, median(seconds() for _turn in range(5)) / YARD_SECONDS / YARDS)


def test_the_screens_answer_while_other_threads_are_busy(shell: Shell, qtbot: QtBot) -> None:
    window, done = shell.main_window, Event()
    assert window is not None
    qtbot.waitUntil(lambda: bool(window.work.open_caseload.rows), timeout=PATIENCE_MS)
    row = next(row for row in window.work.open_caseload.rows if row.facts.patient.surname.isascii())
    before, owner, freed = slowness(), QObject(), list[bool]()
    shell.tasks.read(owner, lambda _session: done.wait(HELD_SECONDS), freed.append)
    shell.tasks.write(partial(written_after, done))
    turns = Turns()
    window.act("show_caseload")
    press(Qt.Key.Key_K, ctrl=True)
    write(row.facts.patient.surname[:4])
    qtbot.waitUntil(lambda: bool(window.top.search.results.offers()), timeout=PATIENCE_MS)
    press(Qt.Key.Key_Escape)
    window.work.show_patient(row.facts.episode_id, "contact")
    qtbot.waitUntil(lambda: window.work.patient.composer.form() is not None, timeout=PATIENCE_MS)
    write("1 they came")
    window.act("show_today")
    assert window.work.place.page is PageName.TODAY
    assert freed == [], "the other thread was busy all the while"
    done.set()
    qtbot.waitUntil(lambda: shell.tasks.settled, timeout=PATIENCE_MS)
    assert freed == [True]
    assert turns.longest < MOST_SECONDS * max(before, slowness())


def test_no_turn_of_the_event_loop_takes_long(shell: Shell, qtbot: QtBot) -> None:
    """Every page is made, laid out and painted, with every form of a patient, and another look put on.

    A computer that is paused by its host is charged for that, but not in the same place again.
    """
    slow = walked(shell, qtbot, ThemeName.DARK)
    again = walked(shell, qtbot, ThemeName.LIGHT) if slow else {}  # with another look all is made anew
    assert {act: (seconds, again[act]) for act, seconds in slow.items() if act in again} == {}


def walked(shell: Shell, qtbot: QtBot, look: ThemeName) -> dict[str, float]:
    """Put a look on and go everywhere; return what took a turn longer than it may, and how long."""
    turns, slow = LongTurns(), dict[str, float]()
    for act, do in acts(shell, look):
        turns.longest = 0.0
        QTimer.singleShot(0, do)
        settled(shell, turns, qtbot)
        if turns.longest > STALL_SECONDS:
            slow[act] = turns.longest
    return slow


def settled(shell: Shell, turns: LongTurns, qtbot: QtBot) -> None:
    """Wait until everything is read, and then until it is on show."""
    for _time in range(2):
        there = partial(is_settled, shell, turns, turns.counted + TO_SHOW)
        qtbot.waitUntil(there, timeout=PATIENCE_MS)


def is_settled(shell: Shell, turns: LongTurns, later: int) -> bool:
    """Return whether nothing is going on, so many turns later."""
    return turns.counted >= later and shell.tasks.settled and not shell.is_changing


def acts(shell: Shell, look: ThemeName) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what a user does, one after another, with the window there is by then."""
    window = shell.main_window
    assert window is not None
    yield f"look {look}", partial(window.look.use_theme, look)
    window = shell.main_window
    assert window is not None
    work = window.work
    for name in PLAIN_PAGES:
        yield name, work.new_patient if name is PageName.NEW_PATIENT else partial(work.go, Place(name))
    whom = somebody(window)
    yield "first patient with a form", partial(work.show_patient, whom, "contact")
    for name in PATIENT_PAGES:
        kind = "gp_review" if name is PageName.LETTER else ""
        yield name, partial(work.go, Place(name, whom, kind))
    for kind in ("attempt", "measure", "reply", "safety", "supervision"):
        yield kind, partial(work.show_patient, somebody(window, kind), kind)
