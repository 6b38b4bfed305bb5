"""Dresses the application: face, palette, style sheet and focus ring."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from collabcare.ui.theme.current import current_theme, put_in_force, theme_file
from collabcare.ui.theme.focus_ring import install_focus_ring
from collabcare.ui.theme.fonts import register_fonts
from collabcare.ui.theme.palette import palette_of, system_roles
from collabcare.ui.theme.style_sheet import style_sheet
from collabcare.ui.theme.tokens import TextSize, Theme, ThemeName

_IN_FUSION = "in_fusion"


def new_application(program: str) -> QApplication:
    """Return the application in the style ours is drawn over, without a Python object for the style.

    Such an object makes PySide load everything about styles, which a first window has no use for.
    """
    app = QApplication([program, "-style", "fusion"])
    app.setProperty(_IN_FUSION, True)
    return app


def apply_theme(app: QApplication, name: ThemeName = ThemeName.SYSTEM, scale: float = 1.0) -> Theme:
    """Dress the whole application; may be called again at any time.

    Args:
        app: The application.
        name: The look; ``SYSTEM`` follows the operating system's light, dark or high contrast.
        scale: Text and every length are multiplied by it, 1.0 to 2.0.
    """
    register_fonts()
    system_palette = _palette_before_ours()
    demanded = _contrast_demanded(app)
    roles = system_roles(system_palette) if demanded else None
    chosen = _look_of_the_system(app, contrast=demanded) if name is ThemeName.SYSTEM else name
    theme = theme_file().theme(chosen, scale, roles)
    if app.styleSheet() and theme == current_theme():
        return current_theme()  # else Qt dresses every part there is once more
    put_in_force(theme)
    # Once: with a style sheet on, Qt no longer says which style is under it.
    if not app.property(_IN_FUSION) and not app.styleSheet():
        app.setStyle("Fusion")
    app.setFont(theme.font(TextSize.BODY))
    app.setPalette(palette_of(theme))
    sheet = style_sheet(theme)
    if app.styleSheet() != sheet:  # Qt would dress every part there is anew, in the same
        app.setStyleSheet(sheet)
    install_focus_ring(app)
    return theme


@cache
def _palette_before_ours() -> QPalette:
    return QPalette(QApplication.palette())


def _contrast_demanded(app: QApplication) -> bool:
    hints = app.styleHints()  # held: without it PySide drops the object the next call returns
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def _look_of_the_system(app: QApplication, *, contrast: bool) -> ThemeName:
    if contrast:
        return ThemeName.CONTRAST
    dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return ThemeName.DARK if dark else ThemeName.LIGHT
