"""The look as data: colours by meaning and sizes, read from ``resources/theme/theme.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont

from collabcare.domain.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FONT_FAMILY = "Noto Sans"
SMALLEST_SCALE = 1.0
LARGEST_SCALE = 2.0


class Token(StrEnum):
    """A colour by what it means, never by what it looks like."""

    PAGE = "page"
    SURFACE = "surface"
    RAISED = "raised"
    RAIL = "rail"
    TEXT = "text"
    TEXT_SECONDARY = "text_secondary"
    TEXT_DISABLED = "text_disabled"
    TEXT_HINT = "text_hint"
    DISABLED_SURFACE = "disabled_surface"
    LINE = "line"
    CONTROL_LINE = "control_line"
    HOVER = "hover"
    SELECTION = "selection"
    SELECTION_TEXT = "selection_text"
    SELECTION_SECONDARY = "selection_secondary"
    ACCENT = "accent"
    ACCENT_HOVER = "accent_hover"
    ACCENT_SURFACE = "accent_surface"
    ON_ACCENT = "on_accent"
    FOCUS = "focus"
    FOCUS_EDGE = "focus_edge"
    GOOD = "good"
    GOOD_SURFACE = "good_surface"
    ATTENTION = "attention"
    ATTENTION_SURFACE = "attention_surface"
    DANGER = "danger"
    DANGER_SURFACE = "danger_surface"
    BANNER = "banner"
    DECEASED = "deceased"
    DECEASED_STRIPE = "deceased_stripe"
    DEMO = "demo"
    DEMO_STRIPE = "demo_stripe"
    DEMO_TEXT = "demo_text"
    CHART_LINE = "chart_line"
    CHART_GRID = "chart_grid"
    CHART_CUTOFF = "chart_cutoff"


class ThemeName(StrEnum):
    """The looks a user can choose; ``SYSTEM`` follows the operating system."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class TextSize(StrEnum):
    """The four sizes of type."""

    SECONDARY = "secondary"
    BODY = "body"
    HEADING = "heading"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Every length of the look, in pixels at a text scale of 100 %."""

    font_secondary: int
    font_body: int
    font_heading: int
    font_title: int
    grid: int
    row: int
    row_compact: int
    radius: int
    hairline: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One look at one text scale: the only source of colours, lengths and fonts on screen."""

    name: ThemeName
    scale: float
    sizes: Sizes
    colours: Mapping[Token, str]

    def colour(self, token: Token) -> QColor:
        """Return the colour this look gives to a meaning."""
        return QColor(self.colours[token])

    def on_selection(self, token: Token) -> Token:
        """Return what ``token`` becomes on a chosen row, where high contrast has one colour for all."""
        return Token.SELECTION_TEXT if self.name is ThemeName.CONTRAST else token

    def px(self, length: float) -> int:
        """Return a length of the 100 % design at this text scale, in whole pixels."""
        return round(length * self.scale)

    @property
    def hairline(self) -> float:
        """The width of a painted border; never under 1.5, which some screens would lose."""
        return self.sizes.hairline * self.scale

    @property
    def row(self) -> int:
        """The height of a table row."""
        return self.px(self.sizes.row)

    def font_px(self, size: TextSize) -> int:
        """Return the height of a size of type, in pixels."""
        return self.px(getattr(self.sizes, f"font_{size}"))

    def font(self, size: TextSize = TextSize.BODY, *, bold: bool = False) -> QFont:
        """Return the bundled face with figures of equal width, so that numbers line up."""
        font = QFont(FONT_FAMILY)
        font.setPixelSize(self.font_px(size))
        font.setBold(bold)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFile:
    """What the theme file declares."""

    sizes: Sizes
    light: Mapping[Token, str]
    dark: Mapping[Token, str]
    contrast_roles: Mapping[Token, str]
    contrast_palette: Mapping[str, str]

    def theme(self, name: ThemeName, scale: float, system_roles: Mapping[str, str] | None = None) -> Theme:
        """Return a look; ``system_roles`` are the colours the operating system demands in high contrast."""
        if name is ThemeName.CONTRAST:
            roles = system_roles or self.contrast_palette
            colours = {token: roles[role] for token, role in self.contrast_roles.items()}
        else:
            colours = dict(self.dark if name is ThemeName.DARK else self.light)
        within = min(max(scale, SMALLEST_SCALE), LARGEST_SCALE)
        return Theme(name=name, scale=within, sizes=self.sizes, colours=colours)


def load_theme_file(path: Path) -> ThemeFile:
    """Read the theme file; a missing or unknown colour is refused by name."""
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    return ThemeFile(
        sizes=Sizes(**declared["sizes"]),
        light=_by_meaning(declared, "light", path),
        dark=_by_meaning(declared, "dark", path),
        contrast_roles=_by_meaning(declared, "contrast", path),
        contrast_palette=declared["contrast_palette"],
    )


def _by_meaning(declared: Mapping[str, Mapping[str, str]], section: str, path: Path) -> dict[Token, str]:
    given = declared[section]
    if wrong := sorted({str(token) for token in Token} ^ given.keys()):
        raise EnvironmentProblem(f"{path.name}, [{section}]: missing or unknown colours: {', '.join(wrong)}.")
    return {token: given[token] for token in Token}
