"""The screens over a practice of ten thousand: filling, searching, sorting and opening, in processor's time.

Budgets are those of a screen that is answered at once: 300 milliseconds for a list, 50 for a key, 3 seconds
for a patient. The time of other programs on the same computer is not ours and is not counted.
"""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from statistics import median
from time import thread_time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from collabcare import bootstrap
from collabcare.clock import SteadyClock
from collabcare.domain.calendar import LONDON
from collabcare.domain.caseload import caseload_rows
from collabcare.domain.caseload_filters import Whose
from collabcare.queries.grouped import collector_resting
from collabcare.settings import Settings
from collabcare.ui.pages import PageName
from collabcare.ui.shell import Shell
from collabcare.ui.theme import ThemeName, apply_theme
from tests.benchmarks.thousand import OPEN
from tests.demo_record import DEMO_TODAY
from tests.journeys.hands import Hands
from tests.ui.away import AWAY
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import here
from tests.ui.scripted_prompts import ScriptedPrompts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from collabcare.demo.build import DemoRecord
    from collabcare.ui.main_window import MainWindow

TO_FILL, TO_SORT, PER_KEY, TO_OPEN = 0.3, 0.3, 0.05, 3.0
ROUNDS = 5
TURNS = 3
"""Turns of the event loop after each act, in which what it changed is laid out and painted."""


@pytest.fixture(scope="module")
def opened(
    qapp: QApplication, large_practice: DemoRecord, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """The real main window over the large practice, signed in once for all and hidden."""
    apply_theme(qapp, ThemeName.LIGHT)
    doors = bootstrap.desktop_doors(SteadyClock(datetime.combine(DEMO_TODAY, time(9, 30), LONDON)))
    settings = Settings(path=tmp_path_factory.mktemp("settings") / "settings.toml", theme="light")
    shell = Shell(doors, settings, ScriptedPrompts(), InlineExecutor())
    login, password, _role = large_practice.sign_ins[0]
    shell.open(large_practice.path, login)
    card = shell.sign_in_window.card
    card.password.setText(password)
    card.try_to_sign_in()
    window = shell.main_window
    assert window is not None, card.message.text()
    window.resize(1366, 768)
    window.hide()
    yield window
    shell.shut()


@pytest.fixture
def desktop(opened: MainWindow) -> Iterator[MainWindow]:
    """The window, active and showing everybody's caseload."""
    before = QWidget()  # offscreen, a window shown again is only active when another one was meanwhile
    for each in (before, opened):
        each.show()
        each.activateWindow()
        QTest.qWaitForWindowActive(each)
    before.hide()
    opened.act("show_caseload")
    opened.work.caseload.whose.set_value(Whose.EVERYONES)
    opened.work.caseload.whose.chosen.emit(Whose.EVERYONES)
    settle()
    yield opened
    opened.hide()


def settle() -> None:
    """Let what was changed be laid out and painted."""
    for _turn in range(TURNS):
        QApplication.processEvents()


def seconds(act: Callable[[], object]) -> float:
    """Return what an act costs on the thread of the screens until it is painted."""
    started = thread_time() - AWAY.seconds
    act()
    settle()
    return thread_time() - AWAY.seconds - started


@pytest.mark.timeout(300)
def test_the_caseload_is_filled_within_300_ms_after_the_query_returns(desktop: MainWindow) -> None:
    """Every rule is asked of the facts the query gave; Today, the counts and the list are filled, painted."""
    caseload, rulebook = desktop.work.open_caseload, desktop.desk.rulebook
    facts = [row.facts for row in caseload.rows]
    assert len(desktop.work.caseload.model.shown) == OPEN

    def fill() -> None:
        with collector_resting():
            caseload_rows(facts, rulebook, caseload.today)
        caseload.loaded.emit()

    times = [seconds(fill) for _round in range(ROUNDS)]
    assert min(times) <= TO_FILL, times


@pytest.mark.timeout(300)
def test_typing_in_the_search_redraws_within_50_ms_a_key(desktop: MainWindow) -> None:
    search, shown = desktop.work.caseload.search, desktop.work.caseload.model
    search.setFocus()
    settle()
    assert here() is search
    found: list[list[float]] = []
    for _round in range(ROUNDS):
        keys = [*"okafor", *[Qt.Key.Key_Backspace] * 6]
        found.append([seconds(partial(_stroke, key)) for key in keys])
        assert len(shown.shown) == OPEN
    by_key = [min(times) for times in zip(*found, strict=True)]
    assert max(by_key) <= PER_KEY, by_key


def _stroke(key: Qt.Key | str) -> None:
    if isinstance(key, str):
        QTest.keyClicks(here(), key)
    else:
        QTest.keyClick(here(), key)


@pytest.mark.timeout(300)
def test_sorting_by_any_column_takes_at_most_300_ms(desktop: MainWindow) -> None:
    model = desktop.work.caseload.model
    slow: dict[str, float] = {}
    for place, column in enumerate(model.columns):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            times = [seconds(partial(model.sort, place, order)) for _round in range(3)]
            slow[column.title] = max(slow.get(column.title, 0.0), min(times))
    assert max(slow.values()) <= TO_SORT, slow


@pytest.mark.timeout(300)
def test_a_patient_among_ten_thousand_is_open_within_3_seconds_and_6_keys(desktop: MainWindow) -> None:
    """What is read from the record counts here too: it is what the user waits for."""
    times = []
    for _round in range(3):
        hands = Hands()
        started = thread_time()
        hands.press(Qt.Key.Key_K, ctrl=True)
        hands.write("okaf")
        hands.press(Qt.Key.Key_Return)
        settle()
        times.append(thread_time() - started)
        assert desktop.work.place.page is PageName.PATIENT
        assert hands.keys <= 6
        desktop.act("show_caseload")
        settle()
    assert median(times) <= TO_OPEN, times
