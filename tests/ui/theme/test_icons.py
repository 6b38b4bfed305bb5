"""The drawings, and how they take their colour."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QFile, QSize
from PySide6.QtGui import QIcon, QImage
from PySide6.QtSvg import QSvgRenderer

from collabcare.paths import resources_dir
from collabcare.ui.theme import ThemeName, Token, apply_theme, current_theme, icon, pixmap
from collabcare.ui.theme.icons import PLACEHOLDER, tinted_svg
from collabcare.ui.theme.memory_files import publish

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

DRAWINGS = sorted((resources_dir() / "icons").glob("*.svg"))


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda path: path.stem)
def test_every_drawing_is_20_by_20_in_the_placeholder_colour_only(drawing: Path) -> None:
    text = drawing.read_text(encoding="utf-8")
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}", text)) == {PLACEHOLDER}
    renderer = QSvgRenderer(text.encode())
    assert renderer.isValid()
    assert renderer.defaultSize() == QSize(20, 20)


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda path: path.stem)
def test_every_drawing_stays_inside_its_frame(drawing: Path, qapp: QApplication) -> None:
    image = pixmap(drawing.stem, Token.TEXT, 80).toImage()
    edge = [(x, y) for x in range(80) for y in (0, 79)] + [(x, y) for y in range(80) for x in (0, 79)]
    assert [spot for spot in edge if image.pixelColor(*spot).alpha()] == []


def ink(image: QImage) -> set[str]:
    solid = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    ]
    return {colour.name() for colour in solid}


def test_an_icon_takes_its_tokens_colour_and_keeps_up_with_the_theme(qapp: QApplication) -> None:
    apply_theme(qapp, ThemeName.LIGHT)
    mark = icon("plus", Token.ACCENT)
    assert ink(mark.pixmap(40, 40).toImage()) == {current_theme().colours[Token.ACCENT]}
    apply_theme(qapp, ThemeName.DARK)
    assert ink(mark.pixmap(40, 40).toImage()) == {current_theme().colours[Token.ACCENT]}
    greyed = mark.pixmap(QSize(40, 40), QIcon.Mode.Disabled)
    assert ink(greyed.toImage()) == {current_theme().colours[Token.TEXT_DISABLED]}
    apply_theme(qapp, ThemeName.LIGHT)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_an_icon_is_drawn_for_the_pixels_of_the_screen(qapp: QApplication, scale: float) -> None:
    drawn = icon("save").pixmap(QSize(20, 20), scale)
    assert drawn.size() == QSize(20, 20) * scale
    assert drawn.devicePixelRatio() == scale


def test_the_same_icon_is_made_once(qapp: QApplication) -> None:
    assert icon("lock") is icon("lock")


def test_an_icon_nobody_drew_is_found_when_it_is_asked_for() -> None:
    with pytest.raises(FileNotFoundError):
        icon("unicorn")


def test_files_in_memory_are_found_by_name(qapp: QApplication) -> None:
    files = {f"{name}.svg": tinted_svg(name, "#ff0000") for name in ("plus", "tick", "dash", "chevron-down")}
    publish("test-memory-files", files)
    for name, content in files.items():
        file = QFile(f":/test-memory-files/{name}")
        assert file.open(QFile.OpenModeFlag.ReadOnly)
        assert file.readAll().data() == content
