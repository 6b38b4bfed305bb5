"""The real main window over a demo caseload, worked in place."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest

from collabcare import bootstrap
from collabcare.clock import SteadyClock
from collabcare.domain.calendar import LONDON
from collabcare.ui.shell import Shell
from collabcare.ui.theme import ThemeName, apply_theme
from tests.demo_record import DEMO_TODAY
from tests.ui.inline import InlineExecutor
from tests.ui.leavings import take_down
from tests.ui.stalls import no_stall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from collabcare.demo.build import DemoRecord
    from collabcare.settings import Settings
    from collabcare.ui.main_window import MainWindow
    from tests.ui.scripted_prompts import ScriptedPrompts


@pytest.fixture
def desktop(
    qapp: QApplication, demo_record: DemoRecord, settings: Settings, prompts: ScriptedPrompts
) -> Iterator[MainWindow]:
    """Sign in as the first practitioner of the demo and return the main window, on the day of the demo."""
    apply_theme(qapp, ThemeName.LIGHT)
    doors = bootstrap.desktop_doors(SteadyClock(datetime.combine(DEMO_TODAY, time(9, 30), LONDON)))
    shell = Shell(doors, settings, prompts, InlineExecutor())
    login, password, _role = demo_record.sign_ins[0]
    shell.open(demo_record.path, login)
    card = shell.sign_in_window.card
    card.password.setText(password)
    card.try_to_sign_in()
    assert shell.main_window is not None, card.message.text()
    shell.main_window.resize(1366, 768)
    QTest.qWaitForWindowActive(shell.main_window)
    yield shell.main_window
    shell.shut()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Iterator[None]:
    """Let no journey pass in which the screens did not answer while somebody signed in."""
    take_down()
    with no_stall():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Nor one in which they did not for longer than they may."""
    with no_stall():
        yield
