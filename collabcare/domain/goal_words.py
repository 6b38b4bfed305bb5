"""Goals in words and as a line over time: the part of life, how close it feels, and how that has moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_count, fmt_date, fmt_date_long
from collabcare.domain.goals import goal_change
from collabcare.domain.plan_facts import LifeDomain
from collabcare.domain.score_chart import ChartPoint, ChartTick, ScoreChart
from collabcare.domain.time_axis import time_axis

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from collabcare.domain.instruments import Instrument
    from collabcare.domain.plan_facts import GoalFact, GoalRating

LIFE_DOMAIN_WORDS = {
    LifeDomain.HOME: "Home",
    LifeDomain.MONEY: "Money",
    LifeDomain.WORK_AND_LEARNING: "Work and learning",
    LifeDomain.RELATIONSHIPS: "Relationships",
    LifeDomain.HEALTH: "Health",
    LifeDomain.DAILY_LIFE: "Daily life",
    LifeDomain.MEANING_AND_JOY: "Meaning and joy",
    LifeDomain.COMMUNITY: "Community",
    LifeDomain.SAFETY_AND_RIGHTS: "Safety and rights",
}
"""Each part of life as it is shown to choose from; this project's own words, and it scores nothing."""
NO_RATING = "Not rated yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSoFar:
    """How one goal stands: ``6/10``, ``was 2 on 05-Jan-2026``, and whether that is more than it varies by.

    ``moved`` is what the change means where it means something: closer, further away, or nothing.
    """

    now: str
    was: str
    moved: str
    meaningful: bool
    deteriorated: bool

    @property
    def words(self) -> str:
        """Return all of it as one line."""
        return ", ".join(part for part in (self.now, self.was, self.moved) if part)


def standing_ratings(goal: GoalFact) -> tuple[GoalRating, ...]:
    """Return one rating a day, oldest first: of two for one day the later entered stands."""
    return tuple({rating.rated_on: rating for rating in goal.ratings}.values())


def goal_so_far(gbo: Instrument, goal: GoalFact) -> GoalSoFar:
    """Say how close a goal feels now and how that compares with the first time."""
    ratings = standing_ratings(goal)
    if not ratings:
        return GoalSoFar(now=NO_RATING, was="", moved="", meaningful=False, deteriorated=False)
    now = f"{ratings[-1].rating}/{gbo.item_max}"
    if len(ratings) == 1:
        said = f"rated once, {fmt_date(ratings[0].rated_on)}"
        return GoalSoFar(now=now, was=said, moved="", meaningful=False, deteriorated=False)
    first, last = ratings[0], ratings[-1]
    change = goal_change(gbo, first.rating, last.rating)
    moved = "meaningfully closer" if change.meaningful else ""
    moved = "meaningfully further away" if change.deteriorated else moved
    return GoalSoFar(
        now=now,
        was=f"was {first.rating} on {fmt_date(first.rated_on)}",
        moved=moved,
        meaningful=change.meaningful,
        deteriorated=change.deteriorated,
    )


def is_reached(gbo: Instrument, goal: GoalFact) -> bool:
    """Return whether a goal stands at the top of its scale."""
    return bool(goal.ratings) and goal.ratings[-1].rating == gbo.item_max


def ended_words(gbo: Instrument, goal: GoalFact) -> str:
    """Say how a closed goal ended: reached, or put aside; nothing while it is open."""
    if goal.closed_on is None:
        return ""
    how = "Reached" if is_reached(gbo, goal) else "Put aside"
    return f"{how} {fmt_date(goal.closed_on)}"


def goal_chart(gbo: Instrument, goal: GoalFact) -> ScoreChart:
    """Lay out how close one goal has felt, on proportional time; there is no cut-off to fall short of."""
    ratings = standing_ratings(goal)
    axis = time_axis([rating.rated_on for rating in ratings])
    low, high = gbo.item_min, gbo.item_max

    def height(rating: int) -> float:
        return (rating - low) / (high - low)

    return ScoreChart(
        title=goal.text,
        points=tuple(
            ChartPoint(
                x=axis.place(each.rated_on),
                y=height(each.rating),
                value=each.rating,
                day=each.rated_on,
                prorated=False,
                spoken=f"{fmt_date_long(each.rated_on)}: {each.rating} of {high}",
            )
            for each in ratings
        ),
        cut_off=None,
        cut_off_label="",
        good_direction="Higher is closer",
        x_ticks=axis.ticks if ratings else (),
        y_ticks=tuple(ChartTick(at=height(each), label=str(each)) for each in (low, (low + high) // 2, high)),
        description=_described(goal, ratings, high),
        unit=f"Closeness, {low} to {high}",
    )


def opened_words(goal: GoalFact, today: date) -> str:
    """Say since when a goal is worked on, and which part of life it is about."""
    area = LIFE_DOMAIN_WORDS[goal.domain] if goal.domain is not None else ""
    since = "today" if goal.opened_on == today else fmt_date(goal.opened_on)
    return ", ".join(part for part in (area, f"since {since}") if part)


def together_words(mean: Decimal) -> str:
    """Say how far all goals have moved together since they were first rated, on average."""
    far = f"{abs(mean).normalize():f}"
    if mean == 0:
        return "On average as close as when first rated."
    return f"On average {far} {'closer' if mean > 0 else 'further away'} than when first rated."


def _described(goal: GoalFact, ratings: tuple[GoalRating, ...], high: int) -> str:
    if not ratings:
        return f"{NO_RATING}."
    last = ratings[-1]
    return (
        f"{goal.text}: {fmt_count(len(ratings), 'rating')}, the latest {last.rating} of {high} on "
        f"{fmt_date_long(last.rated_on)}."
    )
