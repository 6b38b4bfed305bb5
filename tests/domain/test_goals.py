"""Goals in the patient's own words: how they are rated, reworded and compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.goals import (
    active_goals,
    closed_goal,
    goal_change,
    goals_change,
    goals_progress,
    mean_rating,
    open_goal,
    rated,
    reworded,
)
from collabcare.domain.plan_facts import GoalFact, GoalRating
from tests.builders import MONDAY, day, instruments

GBO = instruments()["gbo"]
RATINGS = st.integers(0, 10)


def goal(*ratings: int, place: int = 1, text: str = "Walk to the shops") -> GoalFact:
    """Return a goal rated once a week from its first day."""
    kept = tuple(GoalRating(rated_on=day(7 * week), rating=rating) for week, rating in enumerate(ratings))
    return GoalFact(id=place, place=place, text=text, opened_on=MONDAY, ratings=kept)


@pytest.mark.parametrize(
    ("first", "last", "change", "meaningful", "deteriorated"),
    [
        (2, 5, 3, True, False),
        (2, 4, 2, False, False),
        (6, 3, -3, False, True),
        (6, 4, -2, False, False),
        (5, 5, 0, False, False),
    ],
    ids=["GBO-W1", "GBO-W2", "GBO-W5", "two down", "the same"],
)
def test_three_points_on_one_goal_mean_something(
    first: int, last: int, change: int, meaningful: bool, deteriorated: bool
) -> None:
    found = goal_change(GBO, first, last)
    assert (found.change, found.meaningful, found.deteriorated) == (change, meaningful, deteriorated)


@pytest.mark.parametrize(
    ("first", "last", "mean", "meaningful", "deteriorated"),
    [
        ((2, 2, 2), (5, 4, 4), "2.33", False, False),
        ((2, 4, 5), (4, 7, None), "2.50", True, False),
        ((2, None), (None, 4), None, False, False),
        ((), (), None, False, False),
        ((9, 9), (6, 10), "-1.00", False, True),
        ((9, 9, 9), (7, 7, 6), "-2.33", False, True),
        ((9, 9), (7, 6), "-2.50", False, True),
    ],
    ids=["GBO-W4", "GBO-W6", "no pair", "no goals", "one goal down", "mean not down", "mean down"],
)
def test_the_mean_is_of_the_goals_rated_both_times(
    first: tuple[int | None, ...],
    last: tuple[int | None, ...],
    mean: str | None,
    meaningful: bool,
    deteriorated: bool,
) -> None:
    found = goals_change(GBO, first, last)
    assert found.mean == (None if mean is None else Decimal(mean))
    assert (found.meaningful, found.deteriorated) == (meaningful, deteriorated)
    assert (found.rule, found.source) == ("GBO change", GBO.source)


@pytest.mark.parametrize("wrong", [11, -1, 2.5, True, "5"], ids=repr)
def test_a_rating_off_the_scale_is_refused(wrong: Any) -> None:  # noqa: ANN401 - not a rating
    """GBO-W7 and everything else that is not 0 to 10."""
    ways = (
        lambda: goal_change(GBO, wrong, 5),
        lambda: goals_change(GBO, (5,), (wrong,)),
        lambda: mean_rating(GBO, (5, wrong)),
        lambda: rated(GBO, goal(2), wrong, day(7)),
    )
    for way in ways:
        with pytest.raises(RuleViolation, match=r"^GBO ratings run 0 to 10\.$"):
            way()


@given(first=st.lists(RATINGS, min_size=1, max_size=3), last=st.lists(RATINGS, min_size=3, max_size=3))
def test_the_mean_is_judged_alike_both_ways(first: list[int], last: list[int]) -> None:
    """One goal that has moved away is told by itself; the mean is better or worse by the same number."""
    there = goals_change(GBO, first, last[: len(first)])
    back = goals_change(GBO, last[: len(first)], first)
    assert (there.meaningful, there.mean_deteriorated) == (back.mean_deteriorated, back.meaningful)


def test_the_same_goals_are_compared_and_at_most_three() -> None:
    for first, last in (((1,), (1, 2)), ((1, 1, 1, 1), (2, 2, 2, 2))):
        with pytest.raises(RuleViolation, match="compares the same goals twice, at most 3"):
            goals_change(GBO, first, last)
    with pytest.raises(RuleViolation, match="at most 3 goals"):
        mean_rating(GBO, (1, 2, 3, 4))


def test_the_mean_of_a_day_leaves_out_what_was_not_rated() -> None:
    assert mean_rating(GBO, (4, None, 5)) == Decimal("4.50")
    assert mean_rating(GBO, (None, None)) is None
    assert mean_rating(GBO, ()) is None


def test_progress_is_from_the_first_to_the_latest_day_of_each_open_goal() -> None:
    closed = replace(goal(0, 10), closed_on=day(20))
    found = goals_progress(GBO, [goal(6, 2, place=2), closed, goal(2, 9, 5), goal(3, place=3)])
    assert [None if each is None else each.change for each in found.goals] == [3, -4, None]
    assert (found.mean, found.meaningful, found.deteriorated) == (Decimal("-0.50"), False, True)


def test_two_ratings_of_one_day_are_a_correction() -> None:
    corrected = rated(GBO, goal(2, 9), 4, day(7))
    found = goals_progress(GBO, [corrected]).goals[0]
    assert found is not None
    assert (found.first, found.last) == (2, 4)
    assert goals_progress(GBO, [rated(GBO, goal(2), 4, MONDAY)]).goals == (None,)


def test_a_rating_written_later_takes_its_place_in_time() -> None:
    added = rated(GBO, goal(2), 7, day(14))
    added = rated(GBO, added, 5, day(7))
    assert [rating.rating for rating in added.ratings] == [2, 5, 7]


def test_new_words_close_a_goal_and_open_another_in_its_place() -> None:
    old = goal(2, 5, place=2)
    closed, opened = reworded(old, "  Walk to the park ", day(10))
    assert closed == replace(old, closed_on=day(10))
    assert (opened.place, opened.text, opened.opened_on, opened.ratings) == (
        2,
        "Walk to the park",
        day(10),
        (),
    )
    assert opened.closed_on is None


@pytest.mark.parametrize(
    ("words", "on", "refusal"),
    [
        ("Walk to the shops", day(10), "have not changed"),
        (" ", day(10), "own words"),
        ("Else", MONDAY - timedelta(days=1), "agreed after that day"),
    ],
)
def test_a_new_wording_has_new_words_and_a_day_it_can_have(words: str, on: Any, refusal: str) -> None:  # noqa: ANN401 - a date
    with pytest.raises(RuleViolation, match=refusal):
        reworded(goal(2), words, on)


def test_a_closed_goal_is_neither_rated_nor_closed_nor_reworded() -> None:
    closed = closed_goal(goal(2), day(3))
    for way in (
        lambda: rated(GBO, closed, 5, day(7)),
        lambda: closed_goal(closed, day(7)),
        lambda: reworded(closed, "Else", day(7)),
    ):
        with pytest.raises(RuleViolation, match="This goal is closed"):
            way()


def test_a_goal_is_not_closed_before_it_was_last_rated() -> None:
    rated_twice = rated(GBO, goal(2), 5, day(7))
    for way in (lambda: closed_goal(rated_twice, day(6)), lambda: reworded(rated_twice, "Else", day(6))):
        with pytest.raises(RuleViolation, match="rated after that day"):
            way()
    assert closed_goal(rated_twice, day(7)).closed_on == day(7)


def test_a_goal_is_not_rated_before_it_was_agreed() -> None:
    with pytest.raises(RuleViolation, match="agreed after that day"):
        rated(GBO, goal(), 5, MONDAY - timedelta(days=1))


def test_a_new_goal_takes_the_first_free_place_of_three() -> None:
    held = [goal(place=1), replace(goal(place=2), closed_on=day(3)), goal(place=3)]
    opened = open_goal(GBO, held, " See my sister ", day(4))
    assert (opened.place, opened.text, opened.opened_on) == (2, "See my sister", day(4))
    with pytest.raises(RuleViolation, match="There are 3 goals already"):
        open_goal(GBO, [*held, opened], "One more", day(5))
    with pytest.raises(RuleViolation, match="own words"):
        open_goal(GBO, [], "\n", day(5))
    assert [each.place for each in active_goals(reversed_of(held))] == [1, 3]


def reversed_of(goals: list[GoalFact]) -> list[GoalFact]:
    """Return them the other way round."""
    return goals[::-1]


@given(st.lists(st.tuples(RATINGS, RATINGS), max_size=3))
def test_a_change_is_the_same_seen_from_the_other_end(pairs: list[tuple[int, int]]) -> None:
    first, last = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    there, back = goals_change(GBO, first, last), goals_change(GBO, last, first)
    assert there.mean == (None if back.mean is None else -back.mean)
    assert there.meaningful <= back.deteriorated
    if any(goal is not None and goal.meaningful for goal in there.goals):
        assert back.deteriorated


@given(st.lists(RATINGS, min_size=1, max_size=3))
def test_a_mean_without_blanks_is_that_of_all(ratings: list[int]) -> None:
    found = mean_rating(GBO, ratings)
    assert found is not None
    assert abs(found * len(ratings) - sum(ratings)) <= Decimal("0.015")
