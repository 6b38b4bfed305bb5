"""A theme as the palette Qt's own parts draw with, and the system's high contrast as theme colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette

from collabcare.ui.theme.tokens import Theme, Token

if TYPE_CHECKING:
    from collections.abc import Mapping

_Role = QPalette.ColorRole
_ROLES: dict[QPalette.ColorRole, Token] = {
    _Role.Window: Token.PAGE,
    _Role.WindowText: Token.TEXT,
    _Role.Base: Token.SURFACE,
    _Role.AlternateBase: Token.HOVER,
    _Role.Text: Token.TEXT,
    _Role.PlaceholderText: Token.TEXT_HINT,
    _Role.Button: Token.RAISED,
    _Role.ButtonText: Token.TEXT,
    _Role.BrightText: Token.ON_ACCENT,
    _Role.ToolTipBase: Token.RAISED,
    _Role.ToolTipText: Token.TEXT,
    _Role.Highlight: Token.SELECTION,
    _Role.HighlightedText: Token.SELECTION_TEXT,
    _Role.Accent: Token.ACCENT,
    _Role.Link: Token.ACCENT,
    _Role.LinkVisited: Token.ACCENT,
    _Role.Light: Token.RAISED,
    _Role.Midlight: Token.HOVER,
    _Role.Mid: Token.LINE,
    _Role.Dark: Token.CONTROL_LINE,
    _Role.Shadow: Token.CONTROL_LINE,
}
_GREYED = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText, _Role.PlaceholderText)
_SYSTEM_ROLES: dict[str, tuple[QPalette.ColorGroup, QPalette.ColorRole]] = {
    "window": (QPalette.ColorGroup.Active, _Role.Window),
    "base": (QPalette.ColorGroup.Active, _Role.Base),
    "window_text": (QPalette.ColorGroup.Active, _Role.WindowText),
    "disabled_text": (QPalette.ColorGroup.Disabled, _Role.WindowText),
    "highlight": (QPalette.ColorGroup.Active, _Role.Highlight),
    "highlighted_text": (QPalette.ColorGroup.Active, _Role.HighlightedText),
    "link": (QPalette.ColorGroup.Active, _Role.Link),
}


def palette_of(theme: Theme) -> QPalette:
    """Return the palette for every part that paints itself with Qt's roles."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, theme.colour(token))
    for role in _GREYED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour(Token.TEXT_DISABLED))
    return palette


def system_roles(palette: QPalette) -> Mapping[str, str]:
    """Return the system's own colours under the role names the theme file uses for high contrast."""
    return {name: palette.color(group, role).name() for name, (group, role) in _SYSTEM_ROLES.items()}
