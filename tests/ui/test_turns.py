"""Long work of the screens is cut into turns of the event loop, between which anything can happen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer

from collabcare.store.record import open_record
from collabcare.ui.shell import Shell
from collabcare.ui.tasks import Tasks, ThreadExecutor
from tests.record_fixtures import PASSWORD
from tests.ui.inline import InlineExecutor
from tests.ui.scripted_prompts import ScriptedPrompts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from collabcare.settings import Settings
    from collabcare.ui.doors import Doors


@pytest.fixture
def threaded(qapp: QApplication) -> Iterator[Tasks]:
    """The door to the record with the turns it has in real life."""
    tasks = Tasks(ScriptedPrompts(), ThreadExecutor())
    yield tasks
    tasks.shutdown()


def test_long_work_of_a_screen_is_done_in_turns_of_the_event_loop(threaded: Tasks, qtbot: QtBot) -> None:
    told, between, screen, gone = list[str](), list[int](), QObject(), QObject()
    QTimer.singleShot(0, screen, lambda: between.append(len(told)))
    threaded.in_turns(screen, *(partial(told.append, each) for each in "abc"))
    threaded.in_turns(gone, partial(told.append, "of a screen that is gone"))
    assert told == [], "none of it in this turn"
    shiboken6.delete(gone)
    assert not threaded.settled
    qtbot.waitUntil(lambda: threaded.settled)
    assert told == ["a", "b", "c"]
    assert between[0] < 3, "others had their turn meanwhile"


class LateTurns(InlineExecutor):
    """Keeps the turns of the event loop that are still to come."""

    def __init__(self) -> None:
        super().__init__()
        self.coming: list[Callable[[], None]] = []

    def next_turn(self, go_on: Callable[[], None]) -> None:
        self.coming.append(go_on)


def test_between_the_turns_in_which_the_window_is_made_everything_can_be_closed(
    qapp: QApplication, doors: Doors, settings: Settings, record: Path
) -> None:
    executor = LateTurns()
    shell = Shell(doors, settings, ScriptedPrompts(), executor)
    shell.open(record, "amina")
    card = shell.sign_in_window.card
    card.password.setText(PASSWORD)
    card.try_to_sign_in()
    executor.coming.pop(0)()
    assert len(executor.coming) >= 2, "the pages are made one after another"
    assert shell.main_window is None, "it is not whole yet"
    assert shell.sign_in_window.isVisible()
    assert not card.enter.isEnabled(), "once is enough"
    shell.shut()
    while executor.coming:
        executor.coming.pop(0)()
    assert shell.main_window is None
    assert not any(each.isVisible() for each in qapp.topLevelWidgets())
    open_record(record, "amina", PASSWORD).close()
