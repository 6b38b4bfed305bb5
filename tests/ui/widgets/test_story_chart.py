"""The story can be seen, and read mark by mark without being seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from collabcare.domain.story_chart import StoryChart, story_chart
from collabcare.domain.story_marks import StoryKind
from collabcare.ui.theme import ThemeName, apply_theme
from collabcare.ui.widgets.story_chart import StoryChartView, StoryGlyph
from tests.builders import facts, phq9, rulebook
from tests.builders_story import STORY_TODAY, eventful
from tests.ui.accessibility import nameless
from tests.ui.keyboard import press, under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.facts import EpisodeFacts

_EDGE = 6


def scene(about: EpisodeFacts | None = None) -> StoryChart:
    return story_chart(about or eventful(), phq9(), rulebook(), today=STORY_TODAY)


@pytest.fixture
def view(qtbot: QtBot) -> StoryChartView:
    view = StoryChartView("The story over time")
    view.set_scene(scene())
    under_hands(qtbot, view).resize(620, 320)
    return view


def move_mouse(view: StoryChartView, x: float, y: float) -> None:
    place, none = QPointF(x, y), Qt.MouseButton.NoButton
    QApplication.sendEvent(
        view,
        QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier),
    )


def test_the_keyboard_reads_every_mark_in_order_of_time(view: StoryChartView) -> None:
    read: list[str] = []
    view.mark_read.connect(read.append)
    marks = scene().marks
    press(Qt.Key.Key_Home)
    for _mark in marks[1:]:
        press(Qt.Key.Key_Right)
    assert read == [mark.spoken for mark in marks]
    press(Qt.Key.Key_Right)
    assert read[-1] == marks[-1].spoken
    press(Qt.Key.Key_Left)
    assert read[-1] == marks[-2].spoken
    press(Qt.Key.Key_End)
    assert view.current_mark() == marks[-1]


def test_the_first_arrow_reads_the_newest_mark(view: StoryChartView) -> None:
    press(Qt.Key.Key_Left)
    assert view.current_mark() == scene().marks[-1]


def test_other_keys_are_left_to_the_page(view: StoryChartView, qtbot: QtBot) -> None:
    press(Qt.Key.Key_A)
    assert view.current_mark() is None
    view.set_scene(scene(facts()))
    press(Qt.Key.Key_Left, Qt.Key.Key_End)
    assert view.current_mark() is None


def test_a_screen_reader_hears_what_the_picture_shows(view: StoryChartView) -> None:
    assert view.accessibleName() == "The story over time"
    said = view.accessibleDescription()
    assert said.startswith("6 PHQ-9 scores, from 18 on 5 January 2026 to 10 on 30 March 2026.")
    assert "3 medication changes" in said
    assert said.endswith(
        "Cut-off 10. Lower is better. Left and Right arrows read each mark, Enter shows it in the story."
    )
    assert nameless(view.window()) == []


def test_the_mouse_reads_the_mark_under_it_once_and_lets_go(view: StoryChartView) -> None:
    read: list[str] = []
    view.mark_read.connect(read.append)
    drawing = view.drawing()
    assert drawing is not None
    view.clearFocus()
    for number in (0, 5, len(drawing.places) - 1):
        x, y = drawing.places[number]
        move_mouse(view, x + _EDGE, y + _EDGE)
        move_mouse(view, x + _EDGE + 1, y + _EDGE)
        assert view.current_mark() == scene().marks[number]
    assert len(read) == 3
    move_mouse(view, 2, view.height() - 2)
    assert view.current_mark() is None
    move_mouse(view, *(at + _EDGE for at in drawing.places[0]))
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.current_mark() is None


def test_the_cursor_is_drawn_and_leaves_with_the_keyboard(view: StoryChartView) -> None:
    plain = view.grab().toImage()
    press(Qt.Key.Key_Home)
    assert view.grab().toImage() != plain
    view.clearFocus()
    assert view.current_mark() is None


def test_the_cursor_stays_on_its_mark_when_more_is_recorded(view: StoryChartView) -> None:
    press(Qt.Key.Key_Home, Qt.Key.Key_Right)
    kept = view.current_mark()
    assert kept is not None
    view.set_scene(scene(eventful(reviews=())))
    assert view.current_mark() == kept
    view.set_scene(scene(facts("b")))
    assert view.current_mark() is None


def test_before_there_is_a_story_nothing_is_drawn(qtbot: QtBot) -> None:
    view = StoryChartView("Empty")
    under_hands(qtbot, view)
    assert view.drawing() is None
    assert view.minimumSizeHint().height() == 0
    move_mouse(view, 5, 5)
    assert not view.grab().isNull()


@pytest.mark.parametrize("theme", [ThemeName.LIGHT, ThemeName.DARK, ThemeName.CONTRAST])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [320, 570, 1200])
def test_it_is_whole_at_any_width_text_size_and_theme(
    qtbot: QtBot, qapp: QApplication, theme: ThemeName, scale: float, width: int
) -> None:
    apply_theme(qapp, theme, scale)
    try:
        view = StoryChartView("The story")
        view.set_scene(scene())
        qtbot.addWidget(view)
        view.resize(width, 100)
        view.resize(width, view.minimumSizeHint().height())
        drawing = view.drawing()
        assert drawing is not None
        assert drawing.frame.height <= view.height()
        assert all(0 <= x <= width and 0 <= y <= view.height() for x, y in drawing.places)
        assert not view.grab().isNull()
    finally:
        apply_theme(qapp, ThemeName.LIGHT)


def test_another_text_size_is_laid_out_anew(view: StoryChartView, qapp: QApplication) -> None:
    before = view.minimumSizeHint().height()
    try:
        apply_theme(qapp, ThemeName.LIGHT, 1.5)
        qapp.processEvents()
        drawing = view.drawing()
        assert drawing is not None
        assert drawing.frame.pitch == pytest.approx(22.5)
        assert view.minimumSizeHint().height() > before
    finally:
        apply_theme(qapp, ThemeName.LIGHT)


def test_each_kind_has_its_shape_in_the_legend(qtbot: QtBot) -> None:
    pictures = set()
    for kind in StoryKind:
        glyph = StoryGlyph(kind)
        qtbot.addWidget(glyph)
        glyph.resize(20, 20)
        pictures.add(bytes(glyph.grab().toImage().constBits()))
    assert len(pictures) == len(StoryKind)
