"""The one theme in force, asked for by parts that paint themselves.

Like the application's palette, of which it is the fuller form, it belongs to the process: there is one
screen, one user and one look at a time.
"""

from __future__ import annotations

from functools import cache

from collabcare.paths import resources_dir
from collabcare.ui.theme.tokens import Theme, ThemeFile, ThemeName, load_theme_file

_in_force: list[Theme] = []


@cache
def theme_file() -> ThemeFile:
    """Return what the bundled theme file declares, read once."""
    return load_theme_file(resources_dir() / "theme" / "theme.toml")


def current_theme() -> Theme:
    """Return the theme in force; before any was applied, the light one."""
    return _in_force[0] if _in_force else theme_file().theme(ThemeName.LIGHT, 1.0)


def put_in_force(theme: Theme) -> None:
    """Make ``theme`` the one every part asks for from now on."""
    _in_force[:] = [theme]
