"""Change between two scores of one instrument."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.outcomes import (
    Change,
    Reliable,
    change_between,
    first_and_latest,
    standing_scores,
)
from tests.builders import day, gad7, measure, phq9

if TYPE_CHECKING:
    from collabcare.domain.facts import MeasureFact
    from collabcare.domain.instruments import Instrument

BETTER, WORSE, SAME = Reliable.IMPROVEMENT, Reliable.DETERIORATION, Reliable.NONE

PHQ9_CHANGES = {
    "CHG-W1": (15, 9, 6, BETTER, True),
    "CHG-W2": (15, 10, 5, SAME, False),
    "CHG-W3 crossed without reliable change": (10, 9, 1, SAME, True),
    "CHG-W4 room too small": (5, 0, 5, SAME, False),
    "CHG-W5": (9, 15, -6, WORSE, False),
    "a fall to 0 is a change like any other": (14, 0, 14, BETTER, True),
    "a rise from 0": (0, 6, -6, WORSE, False),
    "none": (12, 12, 0, SAME, False),
    "one short of worse": (9, 14, -5, SAME, False),
    "reliably better, still a case": (27, 10, 17, BETTER, False),
}
GAD7_CHANGES = {
    "4 better": (12, 8, 4, BETTER, False),
    "4 better and crossed": (11, 7, 4, BETTER, True),
    "3 better": (10, 7, 3, SAME, True),
    "4 worse": (7, 11, -4, WORSE, False),
}


@pytest.mark.parametrize(
    ("first", "last", "change", "reliable", "crossed"), PHQ9_CHANGES.values(), ids=PHQ9_CHANGES
)
def test_a_phq9_change(first: int, last: int, change: int, reliable: Reliable, crossed: bool) -> None:
    found = change_between(phq9(), first, last)
    assert (found.change, found.reliable, found.crossed) == (change, reliable, crossed)
    assert found.significant == (crossed and reliable is BETTER)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    ("first", "last", "change", "reliable", "crossed"), GAD7_CHANGES.values(), ids=GAD7_CHANGES
)
def test_a_gad7_change(first: int, last: int, change: int, reliable: Reliable, crossed: bool) -> None:
    found = change_between(gad7(), first, last)
    assert (found.change, found.reliable, found.crossed) == (change, reliable, crossed)


@pytest.mark.parametrize(("first", "no_room"), [(0, True), (5, True), (6, False), (27, False)])
def test_below_the_reliable_change_there_is_no_room_to_improve(first: int, no_room: bool) -> None:
    """CHG-W4: a fall from 5 cannot be reliable, however well the person is."""
    assert change_between(phq9(), first, 0).no_room is no_room


def test_on_a_scale_where_higher_is_better_a_rise_is_an_improvement(wellbeing: Instrument) -> None:
    assert change_between(wellbeing, 24, 29) == Change(
        first=24, last=29, change=5, reliable=BETTER, crossed=True, significant=True, no_room=False
    )
    assert change_between(wellbeing, 29, 24).reliable is WORSE
    assert [change_between(wellbeing, first, 50).no_room for first in (45, 46)] == [False, True]


@given(st.integers(0, 27), st.integers(0, 27))
def test_change_is_the_same_both_ways_round(first: int, last: int) -> None:
    there, back = change_between(phq9(), first, last), change_between(phq9(), last, first)
    assert there.change == -back.change
    assert (there.reliable is BETTER) == (back.reliable is WORSE)
    assert not (there.crossed and back.crossed)


@given(st.integers(0, 27), st.integers(0, 27))
def test_a_change_without_room_is_never_a_reliable_improvement(first: int, last: int) -> None:
    found = change_between(phq9(), first, last)
    assert not (found.no_room and found.reliable is BETTER)


def pair(measures: list[MeasureFact]) -> tuple[int | None, int | None] | None:
    """Return the totals of the first and the latest."""
    found = first_and_latest(measures)
    return found and (found[0].total, found[1].total)


def test_one_score_is_no_change() -> None:
    """CHG-W6."""
    assert first_and_latest([]) is None
    assert first_and_latest([measure(15)]) is None


def test_two_scores_of_one_day_are_a_correction_and_the_later_entered_stands() -> None:
    """CHG-W7."""
    assert pair([measure(15), measure(9)]) is None
    assert pair([measure(15), measure(9), measure(4, day(14))]) == (9, 4)
    assert pair([measure(15), measure(9, day(14)), measure(12, day(14))]) == (15, 12)


def test_an_incomplete_form_is_neither_first_nor_latest_nor_a_correction() -> None:
    """An unfinished form says nothing about change, and does not wipe out the finished one of that day."""
    assert pair([measure(None), measure(15, day(1)), measure(9, day(14)), measure(None, day(20))]) == (15, 9)
    assert pair([measure(15), measure(None), measure(9, day(14))]) == (15, 9)


def test_a_prorated_score_counts_as_complete() -> None:
    prorated = replace(measure(11), prorated=True, missing=1)
    assert pair([prorated, measure(5, day(7))]) == (11, 5)


def test_the_scores_that_stand_are_one_a_day_oldest_first() -> None:
    forms = [measure(15), measure(9), measure(None, day(3)), measure(7, day(7)), measure(8, day(7))]
    assert [m.total for m in standing_scores(forms)] == [9, 8]
