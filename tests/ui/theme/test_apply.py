"""Dressing the application, more than once."""

from __future__ import annotations

import gc
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from collabcare.ui.theme import ThemeName, Token, apply_theme, current_theme, style_sheet
from collabcare.ui.theme.current import theme_file
from collabcare.ui.theme.palette import palette_of, system_roles
from collabcare.ui.widgets.chip import Chip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from collabcare.ui.theme.tokens import Theme

LOOKS = (ThemeName.LIGHT, ThemeName.DARK, ThemeName.CONTRAST)
SLOW_OR_FORBIDDEN = {
    "sqlalchemy",
    "sqlcipher3",
    "alembic",
    "reportlab",
    "pypdfium2",
    "cryptography",
    "holidays",
}


@pytest.fixture(scope="module", autouse=True)
def without_the_windows_of_other_tests(qapp: QApplication) -> None:
    """Let go of what earlier tests left behind, which would be dressed anew every time."""
    gc.collect()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def plain_afterwards(qapp: QApplication) -> Iterator[None]:
    """Leave the look the other tests expect."""
    yield
    apply_theme(qapp, ThemeName.LIGHT)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_look_dresses_the_application_at_every_scale(
    qapp: QApplication, look: ThemeName, scale: float
) -> None:
    theme = apply_theme(qapp, look, scale)
    assert current_theme() is theme
    assert (theme.name, theme.scale) == (look, scale)
    assert qapp.font().pixelSize() == round(14 * scale)
    assert QFontInfo(qapp.font()).family() == "Noto Sans"
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.colour(Token.PAGE)


def test_the_style_sheet_has_no_gap_and_qt_understands_it(qapp: QApplication, qtbot: QtBot) -> None:
    """Qt reports what it does not understand as a warning, which fails a test."""
    theme = apply_theme(qapp, ThemeName.LIGHT)
    assert "$" not in style_sheet.style_sheet(theme)
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    ticked = QCheckBox("Ticked")
    ticked.setChecked(True)
    layout.addWidget(ticked)
    layout.addWidget(QPushButton("Press"))
    window.show()
    accent = theme.colour(Token.ACCENT)
    picture = ticked.grab().toImage()
    assert any(
        picture.pixelColor(x, y) == accent for x in range(picture.width()) for y in range(picture.height())
    )


def test_a_second_theme_redraws_what_is_on_screen(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, ThemeName.LIGHT)
    button = QPushButton("Press")
    qtbot.addWidget(button)
    button.show()
    before = button.grab().toImage()
    apply_theme(qapp, ThemeName.DARK)
    assert button.grab().toImage() != before


def test_the_look_that_is_worn_already_dresses_nothing_anew(qapp: QApplication, qtbot: QtBot) -> None:
    theme = apply_theme(qapp, ThemeName.LIGHT)
    button = QPushButton("Press")
    qtbot.addWidget(button)
    button.show()
    dressed = Dressed(button)
    assert apply_theme(qapp, ThemeName.LIGHT) is theme
    assert dressed.times == 0
    apply_theme(qapp, ThemeName.DARK)
    assert dressed.times > 0


class Dressed(QObject):
    """Counts how often Qt dresses a part."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self.times = 0
        part.installEventFilter(self)

    def eventFilter(self, _part: QObject, event: QEvent) -> bool:  # noqa: N802 - named by Qt
        self.times += event.type() == QEvent.Type.StyleChange
        return False


def test_the_system_decides_when_asked_to(qapp: QApplication) -> None:
    assert apply_theme(qapp, ThemeName.SYSTEM).name in LOOKS


def test_the_systems_own_contrast_colours_are_taken_from_its_palette(qapp: QApplication) -> None:
    palette = palette_of(light())
    roles = system_roles(palette)
    assert roles["window"] == light().colours[Token.PAGE]
    assert roles["highlight"] == light().colours[Token.SELECTION]
    assert roles["disabled_text"] == light().colours[Token.TEXT_DISABLED]


def light() -> Theme:
    return theme_file().theme(ThemeName.LIGHT, 1.0)


def test_the_look_and_its_parts_load_nothing_slow() -> None:
    """The sign-in window is painted before the record's libraries are imported."""
    code = (
        "import pkgutil, sys, importlib, collabcare.ui.widgets as w, collabcare.ui.theme;"
        "[importlib.import_module(f'{w.__name__}.{m.name}') for m in pkgutil.iter_modules(w.__path__)];"
        "print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "PySide6" in loaded
    assert loaded & SLOW_OR_FORBIDDEN == set()


@pytest.mark.parametrize("tenths", range(10, 21))
def test_what_is_round_stays_round_at_every_size_of_text(
    qapp: QApplication, qtbot: QtBot, tenths: int
) -> None:
    theme = apply_theme(qapp, ThemeName.LIGHT, tenths / 10)
    holder, off, on, choice = QWidget(), Chip("Overdue", count=10), Chip("All", count=20), QRadioButton("a")
    on.setChecked(True)
    box = QVBoxLayout(holder)
    for part in (off, on, choice):
        box.addWidget(part)
    qtbot.addWidget(holder)
    holder.resize(holder.sizeHint())
    picture = holder.grab().toImage()
    option = QStyleOptionButton()
    choice.initStyleOption(option)
    dot = choice.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, choice)
    round_parts = (off.geometry(), on.geometry(), dot.translated(choice.pos()))
    ground = theme.colour(Token.PAGE).rgb()
    for shape in round_parts:
        corner = max(shape.height() // 8, 1)
        assert picture.pixel(shape.left(), shape.top() + corner) == ground, shape
        assert picture.pixel(shape.left(), shape.center().y()) != ground, shape
