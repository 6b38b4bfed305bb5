"""A story laid out as shapes: what stands where, in whatever room there is."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from collabcare.domain.chart_drawing import draw_scores
from collabcare.domain.drawing import Anchor, Box, Disc, Ink, Line, Path, Pens, Shape, Words
from collabcare.domain.score_chart import score_chart
from collabcare.domain.story_chart import StoryChart, story_chart
from collabcare.domain.story_drawing import draw_legend, draw_story, has_captions, nearest, story_frame
from collabcare.domain.story_glyphs import glyph
from collabcare.domain.story_marks import StoryKind, StoryTrack
from tests.builders import day, facts, instruments, measure, phq9, rulebook
from tests.builders_story import STORY_TODAY, eventful

PENS = Pens(unit=1.0, size=13.0, measure=lambda text, _bold: len(text) * 7.0)


@pytest.fixture
def scene() -> StoryChart:
    return story_chart(eventful(), phq9(), rulebook(), today=STORY_TODAY)


def written(shapes: tuple[Shape, ...]) -> list[str]:
    return [shape.text for shape in shapes if isinstance(shape, Words)]


def test_what_is_drawn_its_unit_the_cut_off_and_the_good_direction_are_always_said(scene: StoryChart) -> None:
    for width in (200, 320, 570, 1200):
        said = written(draw_story(scene, PENS, width, 0).shapes)
        assert {"PHQ-9", "Score, 0 to 27", "Lower is better", "Cut-off 10", "Today"} <= set(said)


def test_the_plot_takes_the_height_that_is_left_and_never_less_than_its_least(scene: StoryChart) -> None:
    low, high = (story_frame(scene, PENS, 570, height) for height in (0, 500))
    assert high.height == 500
    assert low.plot.bottom - low.plot.top == 72
    assert high.foot - high.plot.bottom == low.foot - low.plot.bottom


def test_several_measures_stand_under_one_another_over_the_same_time() -> None:
    alone = story_chart(eventful(), phq9(), rulebook(), today=STORY_TODAY)
    both = story_chart(eventful(), phq9(), rulebook(), today=STORY_TODAY, more=(instruments()["gad7"],))
    assert [chart.title for chart in both.charts] == ["PHQ-9", "GAD-7"]
    assert (both.ticks, both.today) == (alone.ticks, alone.today)
    assert both.description.startswith("6 PHQ-9 scores, ")
    assert "GAD-7: Cut-off 8. GAD-7: Lower is better." in both.said
    assert len(both.rows) == len(alone.rows) + len(both.more[0].readings)
    for width, height in ((240, 0), (570, 0), (570, 700)):
        drawing = draw_story(both, PENS, width, height)
        upper, lower = drawing.frame.plots
        assert upper.bottom < drawing.frame.heads[1] < lower.top
        assert (upper.left, upper.right) == (lower.left, lower.right)
        assert lower.bottom - lower.top == pytest.approx(upper.bottom - upper.top)
        assert upper.bottom - upper.top >= 72
        assert {"PHQ-9", "GAD-7", "Cut-off 10", "Cut-off 8"} <= set(written(drawing.shapes))
        for mark, (_x, y) in zip(both.marks, drawing.places, strict=True):
            if mark.y is not None:
                plot = drawing.frame.plots[mark.plot]
                assert plot.top <= y <= plot.bottom
                assert mark.what.startswith(both.charts[mark.plot].title)
    assert draw_story(both, PENS, 570, 700).frame.height == pytest.approx(700)


def test_lines_are_named_where_there_is_room(scene: StoryChart) -> None:
    names = {"Contacts", "Steps", "Supervision", "Medication"}
    assert names <= set(written(draw_story(scene, PENS, 570, 0).shapes))
    assert not names & set(written(draw_story(scene, PENS, 320, 0).shapes))
    assert (has_captions(PENS, 570), has_captions(PENS, 320)) == (True, False)


def test_three_contacts_of_one_day_stand_one_under_another(scene: StoryChart) -> None:
    drawing = draw_story(scene, PENS, 570, 0)
    same = [
        drawing.places[number]
        for number, mark in enumerate(scene.marks)
        if mark.day == day(21) and mark.track is StoryTrack.CONTACTS
    ]
    assert len({x for x, _y in same}) == 1
    assert sorted(y for _x, y in same) == [
        drawing.frame.tops[StoryTrack.CONTACTS] + 15 * n + 7.5 for n in range(3)
    ]


def test_a_wider_drawing_needs_fewer_lanes() -> None:
    crowded = story_chart(facts("AA" * 26), phq9(), rulebook(), today=day(364))
    narrow, wide = (story_frame(crowded, PENS, width) for width in (220, 1200))
    assert narrow.height > wide.height


def test_the_days_that_fit_are_written(scene: StoryChart) -> None:
    days = [tick.label for tick in scene.ticks]

    def shown(width: float) -> list[str]:
        return [text for text in written(draw_story(scene, PENS, width, 0).shapes) if text in days]

    assert shown(570) == days
    assert shown(230) == [days[0], days[2]]
    assert shown(120) == [days[2]]


def test_today_is_named_only_where_the_days_do_not_say_so(scene: StoryChart) -> None:
    at_the_end = story_chart(facts("A"), phq9(), rulebook(), today=STORY_TODAY)
    assert "Today" not in written(draw_story(at_the_end, PENS, 570, 0).shapes)
    over = story_chart(facts("A", closed_on=day(30)), phq9(), rulebook(), today=STORY_TODAY)
    closed = draw_story(over, PENS, 570, 0)
    assert "Today" not in written(closed.shapes)
    upright = [
        s for s in closed.shapes if isinstance(s, Line) and s.x1 == s.x2 and s.y1 == closed.frame.plot.top
    ]
    assert upright == []


def test_a_pause_is_a_band_through_the_whole_drawing(scene: StoryChart) -> None:
    drawing = draw_story(scene, PENS, 570, 0)
    (band,) = [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.fill is Ink.BAND]
    plot = drawing.frame.plot
    assert band.x == pytest.approx(plot.x(63 / 105))
    assert band.width == pytest.approx(plot.width * 10 / 105)
    assert band.y + band.height == drawing.frame.foot


def test_no_score_at_all_is_said_in_the_plot() -> None:
    scene = story_chart(facts("A"), phq9(), rulebook(), today=STORY_TODAY)
    shapes = draw_story(scene, PENS, 570, 0).shapes
    assert "No PHQ-9 score yet." in written(shapes)
    assert not any(isinstance(shape, Path) and shape.edge is Ink.SERIES for shape in shapes)


def test_a_scale_without_a_cut_off_has_no_line_for_one() -> None:
    star = instruments()["rstar"]
    scene = story_chart(facts("A"), star, rulebook(), today=STORY_TODAY)
    assert not any(
        isinstance(shape, Line) and shape.ink is Ink.CUT_OFF
        for shape in draw_story(scene, PENS, 570, 0).shapes
    )


def test_the_nearest_mark_is_found_and_in_an_empty_story_none(scene: StoryChart) -> None:
    drawing = draw_story(scene, PENS, 570, 0)
    for number, (x, y) in enumerate(drawing.places):
        assert nearest(drawing, x, y) == (number, 0.0)
    assert nearest(drawing, drawing.places[0][0] + 3, drawing.places[0][1] + 4) == (0, 5.0)
    empty = story_chart(facts(), phq9(), rulebook(), today=STORY_TODAY)
    assert nearest(draw_story(empty, PENS, 570, 0), 10, 10) is None


def test_no_two_kinds_have_the_same_shape() -> None:
    """In black and white too: every ink but the ground counts as one."""

    def in_black(shape: Shape) -> Shape:
        if isinstance(shape, Line):
            return replace(shape, ink=Ink.MARK)
        assert not isinstance(shape, Words)
        fill = shape.fill if shape.fill in {Ink.GROUND, Ink.BAND, None} else Ink.MARK
        if isinstance(shape, Box):
            return replace(shape, edge=Ink.MARK if shape.edge else None, fill=fill)
        if isinstance(shape, Path):
            return replace(shape, edge=Ink.MARK, fill=fill)
        return replace(shape, edge=Ink.MARK, fill=fill or Ink.GROUND)

    shapes = {tuple(in_black(shape) for shape in glyph(kind, 0, 0, 1)) for kind in StoryKind}
    assert len(shapes) == len(StoryKind)


def test_the_legend_goes_on_in_another_line(scene: StoryChart) -> None:
    wide, narrow = draw_legend(scene, PENS, 2000), draw_legend(scene, PENS, 300)
    assert written(wide[0]) == written(narrow[0]) == [each.words for each in scene.legend]
    assert narrow[1] > 3 * wide[1]
    rights = [s.x + len(s.text) * 7.0 for s in narrow[0] if isinstance(s, Words)]
    assert max(rights) <= 300


def test_a_chart_of_scores_has_every_reading_in_its_place() -> None:
    chart = score_chart(phq9(), [measure(14), measure(None, day(7)), measure(8, day(28), prorated=True)])
    drawing = draw_scores(chart, PENS, 300, 172)
    plot = drawing.plot
    assert drawing.places == (
        (plot.x(0), plot.y(14 / 27)),
        (plot.x(0.25), plot.bottom),
        (plot.x(1), plot.y(8 / 27)),
    )
    filled = [shape.fill for shape in drawing.shapes if isinstance(shape, Disc)]
    assert filled == [Ink.SERIES, Ink.GROUND]
    assert {"PHQ-9", "Score, 0 to 27", "Lower is better", "Cut-off 10", "14", "8*"} <= set(
        written(drawing.shapes)
    )


@pytest.mark.parametrize("width", [180, 300, 460])
@pytest.mark.parametrize(
    "totals",
    [
        (15, 12, 11, 10, 8, 8, 6, 5, 18),
        (10, 10, 10, 10),
        (5, 15, 5, 15, 5, 15, 5, 15),
        (18, 2, 18),
        (9, 11),
        (0, 27),
        (11,),
    ],
)
def test_the_words_of_the_cut_off_never_stand_on_the_line_of_scores(
    totals: tuple[int, ...], width: int
) -> None:
    chart = score_chart(phq9(), [measure(total, day(7 * week)) for week, total in enumerate(totals)])
    drawing = draw_scores(chart, PENS, width, 172)
    [label] = [each for each in drawing.shapes if isinstance(each, Words) and each.ink is Ink.CUT_OFF]
    half = len(label.text) * 7.0 / 2
    assert label.anchor is Anchor.MIDDLE
    for (x1, y1), (x2, y2) in itertools.pairwise(drawing.places):
        for step in range(501):
            x, y = x1 + (x2 - x1) * step / 500, y1 + (y2 - y1) * step / 500
            assert abs(x - label.x) > half or abs(y - label.y) > PENS.size / 2, (x, y)


def test_a_chart_without_a_score_says_so() -> None:
    drawing = draw_scores(score_chart(phq9(), []), PENS, 300, 172)
    assert written(drawing.shapes) == ["PHQ-9", "Score, 0 to 27", "Lower is better", "No PHQ-9 score yet."]


@pytest.mark.parametrize("width", [120, 180, 260, 900])
@pytest.mark.parametrize("name", ["phq9", "swemwbs", "rstar"])
def test_no_words_of_a_chart_leave_it(name: str, width: int) -> None:
    low = instruments()[name].total_min
    chart = score_chart(
        instruments()[name], [measure(low, instrument=name), measure(low, day(28), instrument=name)]
    )
    for shape in draw_scores(chart, PENS, width, 172).shapes:
        if isinstance(shape, Words) and len(shape.text) * 7 < width:
            wide = len(shape.text) * 7.0
            left = shape.x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
            assert -0.01 <= left <= width - wide + 0.01, shape
