"""The Qt the tests and the program run on."""

from __future__ import annotations

import re
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
from PySide6 import __version__ as pyside_version
from PySide6.QtGui import QFontInfo, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from tests import qt_environment
from tests.architecture.tree import ROOT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

IMMORTAL = 2**30  # from Python 3.12 on, None is not counted and shows a constant about this high


def test_a_call_into_qt_gives_none_back_as_it_found_it(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Linux loses one reference per call, and Python 3.11 aborts after some thousands."""
    if sys.getrefcount(None) >= IMMORTAL:
        pytest.skip("None is immortal in this Python")
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.resize(1, 1)
    assert sys.getrefcount(None) > before - 100


def test_qt_is_the_version_that_survives_that_test() -> None:
    wanted = "6.11.3"
    assert pyside_version == wanted
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"PySide6-Essentials=={wanted}" in project["dependencies"]
    for lock in ("requirements.lock", "requirements-dev.lock"):
        pins = re.findall(r"^pyside6-?\w*==\S+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
        assert pins == [f"pyside6-essentials=={wanted}"], lock


def test_tests_draw_on_a_full_hd_screen_in_the_bundled_font(qapp: QApplication) -> None:
    if QGuiApplication.platformName() != "offscreen":
        pytest.skip(f"{qt_environment.PLATFORM_VARIABLE} chose another screen")
    screen = qapp.primaryScreen()
    assert (screen.size().width(), screen.size().height()) == (1920, 1080)
    assert screen.logicalDotsPerInch() == 96
    assert screen.devicePixelRatio() == 1
    assert QFontInfo(qapp.font()).family() == "Noto Sans"
