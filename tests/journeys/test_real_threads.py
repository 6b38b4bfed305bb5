"""The screens with the threads they have in real life, by the clock on the wall: busy work never holds them.

Everywhere else what the screens ask for is done in place, which is quick to test and cannot show whether a
screen waits for a thread. Here a reader and the writer are kept busy until the journey is over.
"""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from statistics import median
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, QTimer

from collabcare import bootstrap
from collabcare.clock import SteadyClock
from collabcare.domain.calendar import LONDON
from collabcare.domain.changes import Changes
from collabcare.ui.pages import PageName
from collabcare.ui.shell import Shell
from collabcare.ui.theme import ThemeName, apply_theme
from tests.demo_record import DEMO_TODAY
from tests.ui.keyboard import press, write
from tests.ui.stalls import YARD_SECONDS, yard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from collabcare.demo.build import DemoRecord
    from collabcare.settings import Settings
    from tests.ui.scripted_prompts import ScriptedPrompts

MOST_SECONDS = 1.0
"""What nobody would call frozen, for a page made for the first time while other threads work."""

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
    qtbot.waitUntil(lambda: shell.main_window is not None and shell.tasks.idle, timeout=PATIENCE_MS)
    yield shell
    shell.shut()


def written_after(done: Event) -> Changes:
    """Be a command that takes long and changes nothing."""
    done.wait(HELD_SECONDS)
    return Changes()


def slowness() -> float:
    """Return how many times slower this computer is now than the one the limit was chosen on, by the wall."""

    def seconds() -> float:
        started = perf_counter()
        yard()
        return perf_counter() - started

    return max(1.0, median(seconds() for _turn in range(5)) / YARD_SECONDS)


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
    qtbot.waitUntil(lambda: shell.tasks.idle, timeout=PATIENCE_MS)
    assert freed == [True]
    assert turns.longest < MOST_SECONDS * max(before, slowness())
