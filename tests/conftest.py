"""What every test stands on: no network, no real home, no local time, the same Qt everywhere."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from PySide6.QtWidgets import QApplication

from collabcare.paths import HOME_VARIABLE
from tests import qt_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["tests.record_fixtures", "tests.demo_record", "tests.desktop_fixtures"]

qt_environment.choose_screen(os.environ)

# Fourteen hours ahead of London: a test that passes here does not lean on the computer's own time zone.
os.environ["TZ"] = "Pacific/Kiritimati"
if sys.platform != "win32":
    time.tzset()

# The same examples each time, and no deadline: a busy computer is not a broken rule.
settings.register_profile("collabcare", derandomize=True, deadline=None)
settings.load_profile("collabcare")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for garbage neither while every test is read nor, later, among what was read then.

    All of it is kept to the end, so that each look would go through it for nothing.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the settings and records of whoever runs the tests out of reach."""
    os.environ[HOME_VARIABLE] = str(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application of pytest-qt, with the font the program ships."""
    qt_environment.dress(qapp)
    return qapp


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread running or a window open: the next test would meet it."""
    before = set(threading.enumerate())
    yield
    threads = [t.name for t in threading.enumerate() if t not in before and not t.daemon]
    assert not threads, f"threads left running: {threads}"
    windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert not windows, f"windows left open: {windows}"
