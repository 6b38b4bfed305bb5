"""The chart can be seen, and read without being seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from collabcare.domain.score_chart import ChartPoint, ChartTick, ScoreChart, score_chart
from collabcare.ui.widgets.score_chart import ScoreChartView
from tests.builders import day, measure, phq9
from tests.ui.keyboard import press, under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.tally import Number

DAYS = (date(2026, 8, 6), date(2026, 10, 1), date(2026, 11, 20))


def scene(*values: int) -> ScoreChart:
    points = tuple(
        ChartPoint(x=n / 2, y=v / 27, value=v, day=DAYS[n], prorated=False, spoken=f"PHQ-9 {v}")
        for n, v in enumerate(values)
    )
    return ScoreChart(
        title="PHQ-9",
        points=points,
        cut_off=10 / 27,
        cut_off_label="Cut-off 10",
        good_direction="Lower is better",
        x_ticks=tuple(ChartTick(at=n / 2, label=str(day)) for n, day in enumerate(DAYS)),
        y_ticks=(ChartTick(at=0, label="0"), ChartTick(at=1, label="27")),
        description=f"{len(values)} scores.",
    )


@pytest.fixture
def chart(qtbot: QtBot) -> ScoreChartView:
    chart = ScoreChartView("PHQ-9 over time")
    chart.set_scene(scene(18, 12, 8))
    under_hands(qtbot, chart).resize(420, 240)
    return chart


def test_the_keyboard_reads_every_score_and_stops_at_the_ends(chart: ScoreChartView) -> None:
    read: list[str] = []
    chart.point_read.connect(read.append)
    press(
        Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End
    )
    press(Qt.Key.Key_Right)
    assert read == [f"PHQ-9 {v}" for v in (8, 12, 18, 18, 12, 8, 8)]


def test_a_screen_reader_hears_what_the_picture_shows(chart: ScoreChartView) -> None:
    assert chart.accessibleName() == "PHQ-9 over time"
    assert chart.accessibleDescription() == "3 scores. Cut-off 10. Lower is better."


def test_a_scale_without_a_cut_off_has_no_line_and_says_nothing_of_one(chart: ScoreChartView) -> None:
    with_line = chart.grab().toImage()
    chart.set_scene(replace(scene(18, 12, 8), cut_off=None, cut_off_label=""))
    assert chart.accessibleDescription() == "3 scores. Lower is better."
    assert chart.grab().toImage() != with_line


def test_the_cursor_is_drawn_and_leaves_with_the_keyboard(chart: ScoreChartView) -> None:
    plain = chart.grab().toImage()
    press(Qt.Key.Key_Home)
    assert chart.grab().toImage() != plain
    chart.clearFocus()
    assert chart.current_point() is None


def test_the_mouse_finds_the_nearest_score(chart: ScoreChartView) -> None:
    def point_at(x: float) -> Number | None:
        place = QPointF(x, chart.height() / 2)
        none = Qt.MouseButton.NoButton
        move = QMouseEvent(
            QMouseEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(chart, move)
        point = chart.current_point()
        return point.value if point else None

    assert point_at(30) == 18
    assert point_at(chart.width() - 25) == 8
    assert point_at(chart.width() * 0.3) is None


def test_scores_that_differ_look_different_and_none_at_all_is_said(chart: ScoreChartView) -> None:
    drawn = chart.grab().toImage()
    chart.set_scene(scene(18, 12, 9))
    assert chart.grab().toImage() != drawn
    chart.set_scene(scene())
    press(Qt.Key.Key_Left)
    assert chart.current_point() is None
    assert chart.grab().toImage() != drawn


def test_a_form_without_a_score_is_read_in_its_place(chart: ScoreChartView) -> None:
    read: list[str] = []
    chart.point_read.connect(read.append)
    chart.set_scene(score_chart(phq9(), [measure(14), measure(None, day(7)), measure(8, day(14))]))
    assert chart.accessibleDescription().endswith("Score, 0 to 27. Cut-off 10. Lower is better.")
    press(Qt.Key.Key_Home, Qt.Key.Key_Right)
    assert read[-1] == "12 January 2026: PHQ-9 has no score, Incomplete (3 missing)"
    assert chart.current_reading() is not None
    assert chart.current_point() is None
    assert not chart.grab().isNull()
    press(Qt.Key.Key_Right)
    assert read[-1] == "19 January 2026: PHQ-9 8"


@pytest.mark.parametrize("width", [180, 260, 420, 900])
def test_it_is_drawn_at_any_width(chart: ScoreChartView, width: int) -> None:
    chart.resize(width, 160)
    assert not chart.grab().isNull()
