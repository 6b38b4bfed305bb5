"""Gives Qt the same screen, font and manners on every computer that runs the tests.

Offscreen Qt has a screen of 800 by 800 and, on a bare system, no font at all: widgets change
size and pictures show boxes for letters. Here it has a 1920 by 1080 screen of 96 dpi and the
font the program ships.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase

from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from PySide6.QtWidgets import QApplication

PLATFORM_VARIABLE = "COLLABCARE_TEST_PLATFORM"
"""Set to ``xcb`` or ``windows`` to watch the tests on a real screen."""

SCREEN = Path(__file__).parent / "data" / "screen.json"

_DESKTOP_TASTE = (
    "QT_FONT_DPI",
    "QT_QPA_PLATFORMTHEME",
    "QT_SCALE_FACTOR",
    "QT_SCREEN_SCALE_FACTORS",
    "QT_STYLE_OVERRIDE",
)


def choose_screen(environment: MutableMapping[str, str]) -> None:
    """Set the variables Qt reads when its first application starts."""
    for name in _DESKTOP_TASTE:
        environment.pop(name, None)
    # A drive letter's colon would end the argument, so the path is relative where it may hold one.
    screen = os.path.relpath(SCREEN) if os.name == "nt" else str(SCREEN)
    offscreen = f"offscreen:configfile={screen}"
    environment["QT_QPA_PLATFORM"] = environment.get(PLATFORM_VARIABLE, offscreen)


def dress(application: QApplication) -> None:
    """Give the application the bundled font in the size the program uses at 100 %."""
    for face in ("Regular", "Bold"):
        loaded = QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / f"NotoSans-{face}.ttf"))
        assert loaded >= 0, face
    font = QFont("Noto Sans")
    font.setPixelSize(14)
    application.setFont(font)
