"""The drawing of one instrument's scores, as numbers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.score_chart import ChartPoint, score_chart
from collabcare.domain.time_axis import time_axis
from tests.builders import day, gad7, instruments, measure, phq9

if TYPE_CHECKING:
    from collabcare.domain.instruments import Instrument


def test_an_empty_chart_has_its_scale_and_says_that_there_is_no_score() -> None:
    chart = score_chart(phq9(), [])
    assert (chart.points, chart.x_ticks) == ((), ())
    assert chart.description == "No PHQ-9 score yet."
    assert [tick.label for tick in chart.y_ticks] == ["0", "5", "10", "15", "20", "27"]
    assert (chart.cut_off, chart.cut_off_label) == (10 / 27, "Cut-off 10")
    assert chart.good_direction == "Lower is better"


def test_one_score_stands_at_the_left_of_four_weeks() -> None:
    chart = score_chart(phq9(), [measure(15)])
    (point,) = chart.points
    assert (point.x, point.y, point.value) == (0.0, 15 / 27, 15)
    assert point.spoken == "5 January 2026: PHQ-9 15"
    assert chart.description == "One PHQ-9 score: 15 on 5 January 2026."
    assert [(tick.at, tick.day) for tick in chart.x_ticks] == [(0.0, day(0)), (0.5, day(14)), (1.0, day(28))]


def test_time_is_proportional() -> None:
    """A gap of months looks like one: scores are not set side by side as if they were weekly."""
    chart = score_chart(phq9(), [measure(20), measure(15, day(10)), measure(9, day(100))])
    assert [point.x for point in chart.points] == [0.0, 0.1, 1.0]
    assert chart.description == "3 PHQ-9 scores, from 20 on 5 January 2026 to 9 on 15 April 2026."
    assert [tick.label for tick in chart.x_ticks] == ["05-Jan-2026", "24-Feb-2026", "15-Apr-2026"]


def test_a_zero_is_drawn_and_an_unfinished_form_is_not() -> None:
    chart = score_chart(phq9(), [measure(14), measure(None, day(7)), measure(0, day(14))])
    assert [(point.value, point.y) for point in chart.points] == [(14, 14 / 27), (0, 0.0)]


def test_a_correction_of_the_same_day_takes_the_place_of_what_it_corrects() -> None:
    chart = score_chart(phq9(), [measure(24), measure(15), measure(9, day(14))])
    assert [point.value for point in chart.points] == [15, 9]
    assert chart.description.startswith("2 PHQ-9 scores, from 15")


def test_a_prorated_score_says_so_out_loud() -> None:
    (point,) = score_chart(gad7(), [measure(8, instrument="gad7", prorated=True, missing=1)]).points
    assert point.prorated
    assert point.spoken == "5 January 2026: GAD-7 8, prorated"


def test_a_scale_where_higher_is_better_says_so_and_starts_at_its_own_lowest(wellbeing: Instrument) -> None:
    chart = score_chart(wellbeing, [measure(10), measure(50, day(28))])
    assert chart.good_direction == "Higher is better"
    assert [point.y for point in chart.points] == [0.0, 1.0]
    assert [tick.label for tick in chart.y_ticks] == ["10", "25", "50"]
    assert chart.cut_off == pytest.approx(14 / 40)


def test_without_a_cut_off_there_is_no_line_and_no_label() -> None:
    star = instruments()["rstar"]
    scores = (
        measure(Decimal("3.20"), instrument="rstar"),
        measure(Decimal("5.50"), day(28), instrument="rstar"),
    )
    chart = score_chart(star, scores)
    assert (chart.cut_off, chart.cut_off_label) == (None, "")
    assert chart.good_direction == "Higher is better"
    assert [point.y for point in chart.points] == [pytest.approx(2.2 / 9), pytest.approx(0.5)]
    assert [tick.label for tick in chart.y_ticks] == ["1", "2.5", "4.5", "6.5", "8.5", "10"]


def test_labels_that_would_lie_on_one_another_are_not_both_drawn() -> None:
    """The middle band of the DIALOG is one number wide."""
    labels = [tick.label for tick in score_chart(instruments()["dialog"], []).y_ticks]
    assert labels == ["1", "4", "7"]


@pytest.mark.parametrize("name", sorted(set(instruments()) - {"fft", "gbo", "itq"}))
def test_the_scale_of_every_instrument_can_be_read(name: str) -> None:
    chart = score_chart(instruments()[name], [])
    places = [tick.at for tick in chart.y_ticks]
    assert (places[0], places[-1]) == (0.0, 1.0)
    assert all(after - before >= 0.03 for before, after in pairwise(places))
    assert chart.cut_off is None or 0 < chart.cut_off < 1


def test_a_converted_score_is_drawn_on_its_metric_with_the_cut_off() -> None:
    """SWEMWBS: raw and metric are never mixed in one drawing."""
    chart = score_chart(instruments()["swemwbs"], [measure(21, instrument="swemwbs")])
    (point,) = chart.points
    assert (chart.title, point.value) == ("SWEMWBS (metric)", Decimal("19.25"))
    assert point.spoken == "5 January 2026: SWEMWBS 19.25"
    assert chart.cut_off is not None
    assert point.y < chart.cut_off
    assert [tick.label for tick in chart.y_ticks] == ["7", "19.5", "27.4", "35"]


def test_a_form_on_which_work_does_not_apply_says_so_out_loud() -> None:
    without_work = measure(20, instrument="wsas", answers=(9, 5, 5, 5, 5))
    (point,) = score_chart(instruments()["wsas"], [without_work]).points
    assert point.spoken == "5 January 2026: WSAS 20, work n/a"


def test_the_unit_says_what_the_scale_counts_and_from_where_to_where() -> None:
    assert score_chart(phq9(), []).unit == "Score, 0 to 27"
    assert score_chart(instruments()["rstar"], []).unit == "Score, 1 to 10"


def test_a_form_without_a_score_is_read_in_its_place_and_stands_in_the_table() -> None:
    chart = score_chart(
        phq9(), [measure(14), measure(None, day(7)), measure(8, day(14), prorated=True, missing=1)]
    )
    assert [each.spoken for each in chart.readings] == [
        "5 January 2026: PHQ-9 14",
        "12 January 2026: PHQ-9 has no score, Incomplete (3 missing)",
        "19 January 2026: PHQ-9 8, prorated",
    ]
    assert [(row.day, row.score, row.meaning) for row in chart.rows] == [
        (day(14), "8 (prorated)", "mild (1 missing)"),
        (day(7), "–", "No score: incomplete (3 missing)"),
        (day(0), "14", "moderate"),
    ]
    assert [blank.x for blank in chart.blanks] == [0.25]


def test_a_later_entry_of_the_same_day_stands_in_the_table_as_it_does_in_the_chart() -> None:
    chart = score_chart(phq9(), [measure(24), measure(15), measure(None)])
    assert [row.score for row in chart.rows] == ["–", "15"]


def test_a_row_says_what_the_form_said_where_the_chart_has_another_scale() -> None:
    (row,) = score_chart(instruments()["swemwbs"], [measure(21, instrument="swemwbs")]).rows
    assert row.score == "19.25"
    assert row.meaning.endswith("21 on the form")
    (without_work,) = score_chart(
        instruments()["wsas"], [measure(20, instrument="wsas", answers=(9, 5, 5, 5, 5))]
    ).rows
    assert without_work.meaning.endswith("(work n/a)")


def test_scores_can_be_drawn_on_an_axis_of_time_that_is_not_their_own() -> None:
    axis = time_axis([day(0), day(100)])
    assert [point.x for point in score_chart(phq9(), [measure(20, day(50))], axis).points] == [0.5]


def test_the_axis_of_time_is_four_weeks_at_least_wherever_it_lies() -> None:
    for only in (date.min, day(0), date.max):
        axis = time_axis([only])
        assert (axis.last - axis.first).days == 28
        assert axis.holds(only)
    assert not time_axis([day(0)]).holds(day(29))


@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 27), st.dates(date(2020, 1, 1), date(2030, 1, 1))), max_size=20
    )
)
def test_the_table_is_the_chart(scores: list[tuple[int | None, date]]) -> None:
    chart = score_chart(
        phq9(), [measure(total, on) for total, on in sorted(scores, key=lambda each: each[1])]
    )
    drawn = [(each.day, str(each.value) if isinstance(each, ChartPoint) else "–") for each in chart.readings]
    assert [(row.day, row.score) for row in reversed(chart.rows)] == drawn
    assert len(chart.blanks) == sum(total is None for total, _on in scores)


@given(st.lists(st.tuples(st.integers(0, 27), st.dates(date(2020, 1, 1), date(2030, 1, 1))), max_size=20))
def test_every_point_lies_on_the_paper_and_in_order_of_time(scores: list[tuple[int, date]]) -> None:
    chart = score_chart(
        phq9(), [measure(total, on) for total, on in sorted(scores, key=lambda each: each[1])]
    )
    assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 for point in chart.points)
    assert [point.x for point in chart.points] == sorted(point.x for point in chart.points)
    assert len(chart.points) == len({on for _total, on in scores})
    if chart.points:
        assert chart.x_ticks[-1].day is not None
        assert chart.x_ticks[-1].day >= chart.points[0].day + timedelta(days=28)
