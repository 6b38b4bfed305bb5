"""The look: colours by meaning, sizes, type and icons, from ``resources/theme`` and ``resources/icons``."""

from __future__ import annotations

from collabcare.ui.theme.apply import apply_theme, new_application
from collabcare.ui.theme.current import current_theme
from collabcare.ui.theme.icons import draw_icon, icon, pixmap
from collabcare.ui.theme.tokens import TextSize, Theme, ThemeName, Token

__all__ = [
    "TextSize",
    "Theme",
    "ThemeName",
    "Token",
    "apply_theme",
    "current_theme",
    "draw_icon",
    "icon",
    "new_application",
    "pixmap",
]
