"""Every test of the screens sees them dressed as the user does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.ui.theme import ThemeName, apply_theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> None:
    """Apply the light theme at 100 %, once."""
    apply_theme(qapp, ThemeName.LIGHT)
