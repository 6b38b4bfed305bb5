"""Steps towards a goal: agreed, done, dropped, and given another day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain import goal_actions as rules
from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.plan_facts import ActionOwner
from collabcare.domain.typed_text import typed_block
from collabcare.services.open_facts import open_facts, touch
from collabcare.store.models import Goal, GoalAction

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.plan_facts import GoalActionFact, GoalFact
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_STEP = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAction:
    """A step towards a goal; ``due_on`` only where a day was agreed."""

    goal_id: int
    text: str
    whose: ActionOwner = ActionOwner.PATIENT
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishAction:
    """A step that was taken; ``seen`` is the ``row_version`` of the step the user was looking at."""

    action_id: int
    seen: int
    done_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DropAction:
    """A step that is no longer meant to be taken; ``seen`` as for finishing it."""

    action_id: int
    seen: int


def add_action(command: AddAction, uow: UnitOfWork) -> Changes:
    """Agree a step towards a goal that is worked on.

    Raises:
        RuleViolation: When the goal is closed, there are no words, or the day has gone by.
    """
    with uow.begin(Permission.PLAN_CARE, "Add step towards a goal") as work:
        facts, goal = _goal(work, command.goal_id)
        text = typed_block(command.text, "The step", LONGEST_STEP)
        made = _add(
            work, goal.id, rules.new_action(goal, text, command.whose, command.due_on, today=work.today)
        )
        touch(work, Kind.GOAL, facts, made.id)
        work.made = made.id
    return work.changes


def finish_action(command: FinishAction, uow: UnitOfWork) -> Changes:
    """Record that a step was taken.

    Raises:
        RuleViolation: When it is done or dropped already, or the day cannot be.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.PLAN_CARE, "Finish step towards a goal") as work:
        facts, row, action = _action(work, command.action_id, command.seen)
        row.done_on = rules.done_action(action, command.done_on, today=work.today).done_on
        touch(work, Kind.GOAL, facts, row.id)
    return work.changes


def drop_action(command: DropAction, uow: UnitOfWork) -> Changes:
    """Record that a step is no longer meant to be taken; its words stay.

    Raises:
        RuleViolation: When it is done or dropped already.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.PLAN_CARE, "Drop step towards a goal") as work:
        facts, row, action = _action(work, command.action_id, command.seen)
        row.dropped_on = rules.dropped_action(action, work.today).dropped_on
        touch(work, Kind.GOAL, facts, row.id)
    return work.changes


def drop_open(work: Work, goal: GoalFact) -> None:
    """Drop what is still to be done for a goal that is closed."""
    for row in work.session.scalars(
        select(GoalAction).where(
            GoalAction.goal_id == goal.id, GoalAction.done_on.is_(None), GoalAction.dropped_on.is_(None)
        )
    ):
        row.dropped_on = work.today


def carry_over(work: Work, goal: GoalFact, to_goal: int) -> None:
    """Go on with what is still to be done for a goal under its new words; nobody types it again."""
    drop_open(work, goal)
    for action in goal.actions:
        if action.is_open:
            _add(work, to_goal, action)


def _goal(work: Work, goal_id: int) -> tuple[EpisodeFacts, GoalFact]:
    facts = open_facts(work, work.get(Goal, goal_id).episode_id)
    return facts, next(each for each in facts.goals if each.id == goal_id)


def _action(work: Work, action_id: int, seen: int) -> tuple[EpisodeFacts, GoalAction, GoalActionFact]:
    row = work.get(GoalAction, action_id, seen=seen)
    facts, goal = _goal(work, row.goal_id)
    return facts, row, next(each for each in goal.actions if each.id == action_id)


def _add(work: Work, goal_id: int, action: GoalActionFact) -> GoalAction:
    return work.add(
        GoalAction(
            goal_id=goal_id,
            text=action.text,
            whose=action.whose,
            due_on=action.due_on,
            recorded_by=work.acting.user_id,
            recorded_at=work.at,
        )
    )
