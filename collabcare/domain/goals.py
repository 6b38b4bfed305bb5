"""Goals in the patient's own words (goal-based outcomes, Law): opened, rated 0 to 10, reworded, compared.

A goal's words are never altered under its ratings: a new wording closes the goal and opens another. The
numbers a change is held against stand in the instrument's file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.domain.plan_facts import GoalFact, GoalRating, LifeDomain
from collabcare.domain.tally import hundredths, is_whole, mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collabcare.domain.instruments import Instrument


GOALS = "gbo"
"""The instrument whose ratings are kept with the goals they rate, and never as a form."""
NOT_KEPT_YET = 0
"""The id of a goal that is not in the record yet."""
_TWO_DAYS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalChange:
    """How one goal has moved; positive is closer to it."""

    first: int
    last: int
    change: int
    meaningful: bool
    deteriorated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsChange:
    """How all goals have moved: one place a goal, None where it was not rated both times.

    ``mean`` is of the goals rated both times, in hundredths; None when there is none. ``deteriorated`` is
    also true for one goal alone, however far the others have come; ``mean_deteriorated`` is of the mean.
    """

    goals: tuple[GoalChange | None, ...]
    mean: Decimal | None
    meaningful: bool
    deteriorated: bool
    mean_deteriorated: bool
    rule: str
    source: str


def goal_change(gbo: Instrument, first: int, last: int) -> GoalChange:
    """Compare two ratings of one goal.

    Raises:
        RuleViolation: When a rating is not on the scale.
    """
    _refuse_rating(gbo, first)
    _refuse_rating(gbo, last)
    change, limit = last - first, gbo.reliable_change
    return GoalChange(
        first=first,
        last=last,
        change=change,
        meaningful=limit is not None and change >= limit,
        deteriorated=limit is not None and -change >= limit,
    )


def goals_change(gbo: Instrument, first: Sequence[int | None], last: Sequence[int | None]) -> GoalsChange:
    """Compare two ratings of each goal, in order, None where a goal was not rated.

    Raises:
        RuleViolation: When there are too many goals, they differ in number, or a rating is not on the scale.
    """
    if len(first) != len(last) or len(first) > gbo.item_count:
        raise RuleViolation(f"{gbo.name} compares the same goals twice, at most {gbo.item_count}.")
    goals = tuple(
        None if before is None or after is None else goal_change(gbo, before, after)
        for before, after in zip(first, last, strict=True)
    )
    moved = [goal.change for goal in goals if goal is not None]
    total, count = sum(moved), len(moved)
    worse = _mean_reaches(gbo, -total, count)
    return GoalsChange(
        goals=goals,
        mean=hundredths(Decimal(total) / count) if count else None,
        meaningful=_mean_reaches(gbo, total, count),
        deteriorated=worse or any(goal and goal.deteriorated for goal in goals),
        mean_deteriorated=worse,
        rule=f"{gbo.name} change",
        source=gbo.source,
    )


def goals_progress(gbo: Instrument, goals: Sequence[GoalFact]) -> GoalsChange:
    """Compare the first and the latest rating of each goal still open.

    Two ratings on one day are a correction: the later one stands. A goal rated on one day only has no change.
    """
    pairs = [_ends(goal) for goal in active_goals(goals)]
    return goals_change(gbo, [first for first, _last in pairs], [last for _first, last in pairs])


def mean_rating(gbo: Instrument, ratings: Sequence[int | None]) -> Decimal | None:
    """Return the mean of the goals rated that day in hundredths, None when none was.

    Raises:
        RuleViolation: When there are too many goals or a rating is not on the scale.
    """
    if len(ratings) > gbo.item_count:
        raise RuleViolation(f"{gbo.name} has at most {gbo.item_count} goals.")
    given = [rating for rating in ratings if rating is not None]
    for rating in given:
        _refuse_rating(gbo, rating)
    return mean(given) if given else None


def active_goals(goals: Sequence[GoalFact]) -> tuple[GoalFact, ...]:
    """Return the goals still worked on, in their order."""
    return tuple(sorted((goal for goal in goals if goal.closed_on is None), key=lambda goal: goal.place))


def open_goal(
    gbo: Instrument, goals: Sequence[GoalFact], text: str, on: date, domain: LifeDomain | None = None
) -> GoalFact:
    """Return a new goal at the next free place; its id is given when it is kept.

    Raises:
        RuleViolation: When there are so many already, or there are no words.
    """
    active = active_goals(goals)
    if len(active) >= gbo.item_count:
        raise RuleViolation(f"There are {gbo.item_count} goals already. Close one first.")
    taken = {goal.place for goal in active}
    place = next(place for place in range(1, gbo.item_count + 1) if place not in taken)
    return GoalFact(id=NOT_KEPT_YET, place=place, text=_words(text), opened_on=on, domain=domain)


def reworded(
    goal: GoalFact, text: str, on: date, domain: LifeDomain | None = None
) -> tuple[GoalFact, GoalFact]:
    """Return the goal closed and a new one in its place with the new words and no ratings.

    ``domain`` is the part of life the new goal is about; another one makes another goal, as new words do.

    Raises:
        RuleViolation: When the goal is closed, began later, or its words are blank, or all is as it was.
    """
    words = _words(text)
    if (words, domain) == (goal.text, goal.domain):
        raise RuleViolation("The words of the goal have not changed.")
    closed = closed_goal(goal, on)
    return closed, GoalFact(id=NOT_KEPT_YET, place=goal.place, text=words, opened_on=on, domain=domain)


def closed_goal(goal: GoalFact, on: date) -> GoalFact:
    """Return the goal closed on a day, its words and ratings as they were.

    Raises:
        RuleViolation: When it is closed already, or began or was rated after that day.
    """
    _refuse_unless_open(goal, on)
    if any(rating.rated_on > on for rating in goal.ratings):
        raise RuleViolation("The goal was rated after that day. Check the date.")
    return replace(goal, closed_on=on)


def reached_goal(gbo: Instrument, goal: GoalFact, on: date) -> tuple[GoalFact, GoalRating | None]:
    """Return the goal closed as reached, with the rating that says so where the last one does not yet.

    The top of the scale is the goal fully reached, so a goal that is reached stands at it.

    Raises:
        RuleViolation: When it is closed already, or began or was rated after that day.
    """
    closed = closed_goal(goal, on)
    if goal.ratings and goal.ratings[-1].rating == gbo.item_max:
        return closed, None
    return closed, GoalRating(rated_on=on, rating=gbo.item_max)


def rated(gbo: Instrument, goal: GoalFact, rating: int, on: date) -> GoalFact:
    """Return the goal with a rating more, in order of days.

    Raises:
        RuleViolation: When the goal is closed or began later, or the rating is not on the scale.
    """
    _refuse_unless_open(goal, on)
    _refuse_rating(gbo, rating)
    ratings = sorted((*goal.ratings, GoalRating(rated_on=on, rating=rating)), key=lambda r: r.rated_on)
    return replace(goal, ratings=tuple(ratings))


def _ends(goal: GoalFact) -> tuple[int | None, int | None]:
    days = {rating.rated_on: rating.rating for rating in goal.ratings}
    if len(days) < _TWO_DAYS:
        return None, None
    standing = list(days.values())
    return standing[0], standing[-1]


def _mean_reaches(gbo: Instrument, total: int, count: int) -> bool:
    limit = gbo.mean_reliable_change
    return limit is not None and count > 0 and total >= limit * count


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise RuleViolation("Write the goal in the patient’s own words.")
    return words


def _refuse_unless_open(goal: GoalFact, on: date) -> None:
    if goal.closed_on is not None:
        raise RuleViolation("This goal is closed. Open a new one instead.")
    if on < goal.opened_on:
        raise RuleViolation("The goal was agreed after that day. Check the date.")


def _refuse_rating(gbo: Instrument, rating: int) -> None:
    low, high = gbo.item_min, gbo.item_max
    if not is_whole(rating) or not low <= rating <= high:
        raise RuleViolation(f"{gbo.name} ratings run {low} to {high}.")
