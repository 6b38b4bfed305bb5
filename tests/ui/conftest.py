"""Every test of the screens sees them dressed as the user does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.queries.grouped import collector_resting
from collabcare.ui.theme import ThemeName, apply_theme
from tests.ui.leavings import take_down
from tests.ui.stalls import no_stall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> None:
    """Apply the light theme at 100 %, once."""
    apply_theme(qapp, ThemeName.LIGHT)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Let no test of the screens pass in which they did not answer for longer than they may.

    Garbage is not looked for meanwhile: a thread that does so could take down what an earlier test left of
    the screens, and end the process.
    """
    with no_stall(), collector_resting():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Iterator[None]:
    """Nor let it pass where they did not while what it stands on was made: signing in, another look."""
    take_down()
    with no_stall():
        yield
