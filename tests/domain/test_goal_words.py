"""A goal in words and as a line: what was never rated says so, and 0 is a rating."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.goal_words import (
    LIFE_DOMAIN_WORDS,
    ended_words,
    goal_chart,
    goal_so_far,
    is_reached,
    opened_words,
    standing_ratings,
    together_words,
)
from collabcare.domain.goals import open_goal, reached_goal, reworded
from collabcare.domain.plan_facts import GoalFact, GoalRating, LifeDomain
from tests.builders import MONDAY, day, instruments

GBO = instruments()["gbo"]


def goal(*ratings: tuple[int, int], closed: int | None = None) -> GoalFact:
    """Return a goal rated on these days after the first Monday."""
    return GoalFact(
        id=1,
        place=1,
        text="Back to choir",
        opened_on=MONDAY,
        closed_on=None if closed is None else day(closed),
        ratings=tuple(GoalRating(rated_on=day(on), rating=rating) for on, rating in ratings),
    )


SAID = {
    "never": ((), "Not rated yet"),
    "once": (((0, 0),), "0/10, rated once, 05-Jan-2026"),
    "GBO-W1": (((0, 2), (14, 5)), "5/10, was 2 on 05-Jan-2026, meaningfully closer"),
    "GBO-W2": (((0, 2), (14, 4)), "4/10, was 2 on 05-Jan-2026"),
    "GBO-W5": (((0, 6), (14, 3)), "3/10, was 6 on 05-Jan-2026, meaningfully further away"),
    "corrected": (((0, 9), (0, 2), (14, 4)), "4/10, was 2 on 05-Jan-2026"),
}


@pytest.mark.parametrize(("ratings", "said"), SAID.values(), ids=SAID)
def test_how_a_goal_stands(ratings: tuple[tuple[int, int], ...], said: str) -> None:
    assert goal_so_far(GBO, goal(*ratings)).words == said


def test_every_part_of_life_has_its_words_and_not_every_goal_has_one() -> None:
    assert set(LIFE_DOMAIN_WORDS) == set(LifeDomain)
    assert opened_words(goal(), MONDAY) == "since today"
    made = open_goal(GBO, (), "Choir", MONDAY, LifeDomain.COMMUNITY)
    assert opened_words(made, day(3)) == "Community, since 05-Jan-2026"


def test_another_part_of_life_makes_another_goal_with_the_same_words() -> None:
    closed, opened = reworded(goal((0, 3)), "Back to choir", day(2), LifeDomain.COMMUNITY)
    assert closed.closed_on == day(2)
    assert (opened.text, opened.domain, opened.ratings) == ("Back to choir", LifeDomain.COMMUNITY, ())
    with pytest.raises(RuleViolation, match="have not changed"):
        reworded(goal(), "Back to choir", day(2))


def test_a_goal_reached_is_rated_so_once() -> None:
    closed, rating = reached_goal(GBO, goal((0, 8)), day(7))
    assert closed.closed_on == day(7)
    assert rating == GoalRating(rated_on=day(7), rating=10)
    assert reached_goal(GBO, goal((0, 10)), day(7))[1] is None
    assert is_reached(GBO, goal((0, 10)))
    assert not is_reached(GBO, goal())


def test_how_a_goal_ended() -> None:
    assert ended_words(GBO, goal((0, 10), closed=7)) == "Reached 12-Jan-2026"
    assert ended_words(GBO, goal((0, 4), closed=7)) == "Put aside 12-Jan-2026"
    assert ended_words(GBO, goal((0, 4))) == ""


TOGETHER = {
    Decimal("2.50"): "On average 2.5 closer than when first rated.",
    Decimal("-1.00"): "On average 1 further away than when first rated.",
    Decimal(0): "On average as close as when first rated.",
    Decimal("10.00"): "On average 10 closer than when first rated.",
}


@pytest.mark.parametrize(("mean", "said"), TOGETHER.items(), ids=str)
def test_how_far_all_have_moved(mean: Decimal, said: str) -> None:
    assert together_words(mean) == said


def test_the_line_has_no_cut_off_and_says_its_direction() -> None:
    chart = goal_chart(GBO, goal((0, 0), (14, 10)))
    assert [point.y for point in chart.points] == [0.0, 1.0]
    assert (chart.cut_off, chart.good_direction, chart.unit) == (
        None,
        "Higher is closer",
        "Closeness, 0 to 10",
    )
    assert [tick.label for tick in chart.y_ticks] == ["0", "5", "10"]
    assert chart.points[1].spoken == "19 January 2026: 10 of 10"
    assert "2 ratings, the latest 10 of 10" in chart.description
    assert goal_chart(GBO, goal()).description == "Not rated yet."
    assert goal_chart(GBO, goal()).x_ticks == ()


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 10)), max_size=12))
def test_one_point_a_day_within_the_drawing(drawn: list[tuple[int, int]]) -> None:
    of = goal(*sorted(drawn, key=lambda each: each[0]))
    chart = goal_chart(GBO, of)
    assert len(chart.points) == len({on for on, _rating in drawn}) == len(standing_ratings(of))
    assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 for point in chart.points)
    assert goal_so_far(GBO, of).words
