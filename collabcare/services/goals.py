"""Goals in the patient's own words: opened, reworded, closed, and rated 0 to 10."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain import goals as rules
from collabcare.domain import plan_facts
from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.recorded_days import refuse_day
from collabcare.domain.typed_text import typed_block
from collabcare.services.goal_actions import carry_over, drop_open
from collabcare.services.open_facts import open_facts, touch
from collabcare.store.models import Goal, GoalRating

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.plan_facts import GoalFact, LifeDomain
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_GOAL = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGoal:
    """A goal to work towards, as the patient says it, and the part of life it is about if one was chosen."""

    episode_id: EpisodeId
    text: str
    opened_on: date
    domain: LifeDomain | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RewordGoal:
    """New words for a goal; ``seen`` is the ``row_version`` of the goal the user was looking at."""

    goal_id: int
    seen: int
    text: str
    on: date
    domain: LifeDomain | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseGoal:
    """The end of a goal, ``reached`` or put aside; ``seen`` as for new words."""

    goal_id: int
    seen: int
    closed_on: date
    reached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RateGoals:
    """How close the patient feels on one day: each goal's number with its rating, None where not rated."""

    episode_id: EpisodeId
    rated_on: date
    ratings: tuple[tuple[int, int | None], ...]


def open_goal(command: OpenGoal, uow: UnitOfWork, gbo: Instrument) -> Changes:
    """Open a goal at the next free place.

    Raises:
        RuleViolation: When there are as many as can be, it has no words, or the day cannot be.
    """
    with uow.begin(Permission.PLAN_CARE, "Open goal") as work:
        facts = open_facts(work, command.episode_id)
        _check_day(command.opened_on, facts, work)
        text = typed_block(command.text, "The goal", LONGEST_GOAL)
        opened = rules.open_goal(gbo, facts.goals, text, command.opened_on, command.domain)
        goal = _add(work, facts, opened)
        touch(work, Kind.GOAL, facts, goal.id)
        work.made = goal.id
    return work.changes


def reword_goal(command: RewordGoal, uow: UnitOfWork) -> Changes:
    """Close a goal and open another in its place with the new words: what was rated keeps its words.

    The steps towards it that are still open are carried over to the new one.

    Raises:
        RuleViolation: When the goal is closed, or the words are blank or the same.
        StaleRecord: When somebody else changed the goal meanwhile.
    """
    with uow.begin(Permission.PLAN_CARE, "Reword goal") as work:
        facts, goal, fact = _found(work, command.goal_id, command.seen)
        _check_day(command.on, facts, work)
        text = typed_block(command.text, "The goal", LONGEST_GOAL)
        closed, opened = rules.reworded(fact, text, command.on, command.domain)
        goal.closed_on = closed.closed_on
        work.session.flush()  # its place is free only then
        made = _add(work, facts, opened)
        carry_over(work, fact, made.id)
        touch(work, Kind.GOAL, facts, goal.id)
        touch(work, Kind.GOAL, facts, made.id)
        work.made = made.id
    return work.changes


def close_goal(command: CloseGoal, uow: UnitOfWork, gbo: Instrument) -> Changes:
    """Close a goal; its words and ratings stay. One that was reached is rated so, if it is not yet.

    What was still to be done for it is dropped with it.

    Raises:
        RuleViolation: When it is closed already, or the day cannot be.
        StaleRecord: When somebody else changed the goal meanwhile.
    """
    with uow.begin(Permission.PLAN_CARE, "Close goal") as work:
        facts, goal, fact = _found(work, command.goal_id, command.seen)
        _check_day(command.closed_on, facts, work)
        closed, rating = rules.closed_goal(fact, command.closed_on), None
        if command.reached:
            closed, rating = rules.reached_goal(gbo, fact, command.closed_on)
        if rating is not None:
            _add_rating(work, goal.id, rating)
        goal.closed_on = closed.closed_on
        drop_open(work, fact)
        touch(work, Kind.GOAL, facts, goal.id)
    return work.changes


def rate_goals(command: RateGoals, uow: UnitOfWork, gbo: Instrument) -> Changes:
    """Keep how close the patient feels to each goal; of two ratings for one day the later one stands.

    Raises:
        RuleViolation: When nothing is rated, a goal twice, or a rating or day cannot be.
    """
    with uow.begin(Permission.RECORD_MEASURE, "Rate goals") as work:
        facts = open_facts(work, command.episode_id)
        given = [(goal_id, rating) for goal_id, rating in command.ratings if rating is not None]
        if not given:
            raise RuleViolation("Rate at least one goal before saving.")
        if len({goal_id for goal_id, _rating in given}) < len(given):
            raise RuleViolation("A goal is rated once on a day. Look at the ratings again.")
        _check_day(command.rated_on, facts, work)
        for goal_id, rating in given:
            rules.rated(gbo, _goal(facts.goals, goal_id), rating, command.rated_on)
            _add_rating(work, goal_id, plan_facts.GoalRating(rated_on=command.rated_on, rating=rating))
            touch(work, Kind.GOAL, facts, goal_id)
    return work.changes


def _add_rating(work: Work, goal_id: int, rating: plan_facts.GoalRating) -> None:
    work.session.add(
        GoalRating(
            goal_id=goal_id,
            rated_on=rating.rated_on,
            rating=rating.rating,
            recorded_by=work.acting.user_id,
            recorded_at=work.at,
        )
    )


def _found(work: Work, goal_id: int, seen: int) -> tuple[EpisodeFacts, Goal, GoalFact]:
    goal = work.get(Goal, goal_id, seen=seen)
    facts = open_facts(work, goal.episode_id)
    return facts, goal, _goal(facts.goals, goal_id)


def _goal(goals: tuple[GoalFact, ...], goal_id: int) -> GoalFact:
    for goal in goals:
        if goal.id == goal_id:
            return goal
    raise RuleViolation("That is not one of this patient's goals. Look again.")


def _add(work: Work, facts: EpisodeFacts, goal: GoalFact) -> Goal:
    return work.add(
        Goal(
            episode_id=facts.episode_id,
            place=goal.place,
            text=goal.text,
            opened_on=goal.opened_on,
            domain=goal.domain,
            recorded_by=work.acting.user_id,
            recorded_at=work.at,
        )
    )


def _check_day(on: date, facts: EpisodeFacts, work: Work) -> None:
    refuse_day("The goal", on, received_on=facts.referral_received_on, today=work.today)
