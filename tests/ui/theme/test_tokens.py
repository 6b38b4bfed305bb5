"""The theme file: complete, readable, and with enough contrast in every look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import resources_dir
from collabcare.ui.theme.tokens import FONT_FAMILY, TextSize, Theme, ThemeName, Token, load_theme_file

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QColor

FILE = resources_dir() / "theme" / "theme.toml"
LOOKS = (ThemeName.LIGHT, ThemeName.DARK, ThemeName.CONTRAST)
GROUNDS = (Token.PAGE, Token.SURFACE, Token.RAISED, Token.RAIL)

TEXT_PAIRS = [
    *((text, ground) for text in (Token.TEXT, Token.TEXT_SECONDARY, Token.ACCENT) for ground in GROUNDS),
    *((text, Token.HOVER) for text in (Token.TEXT, Token.TEXT_SECONDARY, Token.GOOD, Token.ATTENTION)),
    *((text, Token.BANNER) for text in (Token.TEXT, Token.TEXT_SECONDARY, Token.ACCENT)),
    *((text, Token.DECEASED) for text in (Token.TEXT, Token.TEXT_SECONDARY, Token.ACCENT)),
    *((text, Token.SURFACE) for text in (Token.GOOD, Token.ATTENTION, Token.DANGER, Token.CHART_CUTOFF)),
    *((text, Token.PAGE) for text in (Token.GOOD, Token.ATTENTION, Token.DANGER)),
    *((Token.TEXT, ground) for ground in (Token.GOOD_SURFACE, Token.ATTENTION_SURFACE, Token.DANGER_SURFACE)),
    (Token.TEXT_HINT, Token.SURFACE),
    (Token.TEXT, Token.ACCENT_SURFACE),
    (Token.TEXT, Token.DISABLED_SURFACE),
    (Token.ACCENT, Token.ACCENT_SURFACE),
    (Token.ACCENT_HOVER, Token.ACCENT_SURFACE),
    (Token.GOOD, Token.GOOD_SURFACE),
    (Token.ATTENTION, Token.ATTENTION_SURFACE),
    (Token.DANGER, Token.DANGER_SURFACE),
    (Token.ON_ACCENT, Token.ACCENT),
    (Token.ON_ACCENT, Token.ACCENT_HOVER),
    (Token.ACCENT, Token.ON_ACCENT),
    (Token.SELECTION_TEXT, Token.SELECTION),
    (Token.SELECTION_SECONDARY, Token.SELECTION),
    (Token.DEMO_TEXT, Token.DEMO),
    (Token.DEMO_TEXT, Token.DEMO_STRIPE),
]
ON_SELECTION = (Token.GOOD, Token.ATTENTION, Token.DANGER, Token.ACCENT, Token.TEXT_SECONDARY)
PART_PAIRS = [
    *((Token.CONTROL_LINE, ground) for ground in (*GROUNDS, Token.HOVER)),
    (Token.ACCENT, Token.SURFACE),
    (Token.CHART_LINE, Token.SURFACE),
    (Token.TEXT, Token.DECEASED_STRIPE),
]


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(theme: Theme, one: Token, other: Token) -> float:
    lighter, darker = sorted((luminance(theme.colour(one)), luminance(theme.colour(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(params=LOOKS)
def theme(request: pytest.FixtureRequest) -> Theme:
    look: ThemeName = request.param
    return load_theme_file(FILE).theme(look, 1.0)


def test_text_can_be_read(theme: Theme) -> None:
    pairs = [*TEXT_PAIRS, *((theme.on_selection(token), Token.SELECTION) for token in ON_SELECTION)]
    poor = {(str(one), str(other)): round(contrast(theme, one, other), 2) for one, other in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


def test_a_hint_never_looks_like_what_somebody_typed(theme: Theme) -> None:
    assert theme.colour(Token.TEXT_HINT) != theme.colour(Token.TEXT)


def test_the_edges_of_controls_can_be_seen(theme: Theme) -> None:
    ratios = {(str(one), str(other)): round(contrast(theme, one, other), 2) for one, other in PART_PAIRS}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}


@pytest.mark.parametrize("ground", [*GROUNDS, Token.BANNER, Token.SELECTION, Token.DECEASED])
def test_the_focus_ring_stands_out_from_any_ground(theme: Theme, ground: Token) -> None:
    assert max(contrast(theme, Token.FOCUS, ground), contrast(theme, Token.FOCUS_EDGE, ground)) >= 3


def test_the_two_bands_of_the_focus_ring_stand_out_from_each_other() -> None:
    for look in (ThemeName.LIGHT, ThemeName.DARK):
        assert contrast(load_theme_file(FILE).theme(look, 1.0), Token.FOCUS, Token.FOCUS_EDGE) >= 3


def test_one_scale_multiplies_every_length_and_stays_between_one_and_two() -> None:
    file = load_theme_file(FILE)
    plain, large = file.theme(ThemeName.LIGHT, 1.0), file.theme(ThemeName.LIGHT, 1.5)
    assert (plain.row, large.row) == (36, 54)
    assert [large.font_px(size) / plain.font_px(size) for size in TextSize] == pytest.approx(
        [1.5] * 4, rel=0.05
    )
    assert large.hairline == pytest.approx(plain.hairline * 1.5)
    assert [file.theme(ThemeName.LIGHT, scale).scale for scale in (0.1, 9.0)] == [1.0, 2.0]


@pytest.mark.usefixtures("qapp")
def test_type_is_the_bundled_face_with_figures_of_one_width(theme: Theme) -> None:
    font = theme.font(TextSize.HEADING, bold=True)
    assert (font.family(), font.pixelSize(), font.bold()) == (FONT_FAMILY, 16, True)
    assert [bytes(tag.toString().data()) for tag in font.featureTags()] == [b"tnum"]


def test_high_contrast_owns_no_colour() -> None:
    file = load_theme_file(FILE)
    roles = dict.fromkeys(file.contrast_palette, "#123456")
    assert set(file.theme(ThemeName.CONTRAST, 1.0, roles).colours.values()) == {"#123456"}


def test_a_missing_or_unknown_colour_is_refused_by_name(tmp_path: Path) -> None:
    damaged = tmp_path / "theme.toml"
    damaged.write_text(FILE.read_text(encoding="utf-8").replace("accent_hover", "pink", 1), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=r"theme.toml, \[light\].*accent_hover, pink"):
        load_theme_file(damaged)
