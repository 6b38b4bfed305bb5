"""Steps towards goals on a real record: carried over with new words, dropped with the goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.changes import Kind
from collabcare.domain.errors import StaleRecord
from collabcare.domain.plan_facts import ActionOwner, GoalRating, LifeDomain
from collabcare.services.goal_actions import (
    AddAction,
    DropAction,
    FinishAction,
    add_action,
    drop_action,
    finish_action,
)
from collabcare.services.goals import CloseGoal, OpenGoal, RewordGoal, close_goal, open_goal, reword_goal
from tests.builders import MONDAY, day, instruments

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.plan_facts import GoalActionFact, GoalFact
    from tests.record_fixtures import Practice

GBO = instruments()["gbo"]


def with_steps(practice: Practice) -> tuple[EpisodeId, GoalFact]:
    """Return a goal with two steps, one of them ours."""
    episode = practice.refer("A")
    practice.on(MONDAY)
    opened = OpenGoal(episode_id=episode, text="Choir", opened_on=MONDAY, domain=LifeDomain.COMMUNITY)
    made = open_goal(opened, practice.uow(), GBO).made
    assert made is not None
    add_action(AddAction(goal_id=made, text=" Ring the choir ", due_on=day(7)), practice.uow())
    add_action(AddAction(goal_id=made, text="Send the list", whose=ActionOwner.US), practice.uow())
    return episode, practice.facts(episode).goals[0]


def steps(goal: GoalFact) -> list[tuple[str, str, bool]]:
    return [(each.text, each.whose.value, each.is_open) for each in goal.actions]


def finish(step: GoalActionFact, seen: int = 1) -> FinishAction:
    return FinishAction(action_id=step.id, seen=seen, done_on=MONDAY)


def test_a_step_is_kept_with_its_owner_and_day(practice: Practice) -> None:
    episode, goal = with_steps(practice)
    assert goal.domain is LifeDomain.COMMUNITY
    assert steps(goal) == [("Ring the choir", "patient", True), ("Send the list", "us", True)]
    assert goal.actions[0].due_on == day(7)
    changes = finish_action(finish(goal.actions[0]), practice.uow())
    assert changes.kinds == {Kind.GOAL}
    assert changes.episodes == {episode}
    assert practice.facts(episode).goals[0].actions[0].done_on == MONDAY
    line = practice.audit()[-1]
    assert (line.action, line.subject_id) == ("Finish step towards a goal", goal.actions[0].id)


def test_a_step_is_done_or_dropped_once_and_not_by_two_people(practice: Practice) -> None:
    _episode, goal = with_steps(practice)
    first, second = goal.actions
    finish_action(finish(first), practice.uow())
    with practice.refused("while you had it open", StaleRecord):
        drop_action(DropAction(action_id=first.id, seen=1), practice.uow("sam"))
    with practice.refused("recorded as done already"):
        drop_action(DropAction(action_id=first.id, seen=2), practice.uow())
    drop_action(DropAction(action_id=second.id, seen=1), practice.uow())
    with practice.refused("was dropped"):
        finish_action(finish(second, seen=2), practice.uow())


def test_new_words_take_the_open_steps_with_them(practice: Practice) -> None:
    episode, goal = with_steps(practice)
    finish_action(finish(goal.actions[1]), practice.uow())
    command = RewordGoal(
        goal_id=goal.id, seen=1, text="Choir on Thursdays", on=MONDAY, domain=LifeDomain.MEANING_AND_JOY
    )
    reword_goal(command, practice.uow())
    old, new = practice.facts(episode).goals
    assert steps(old) == [("Ring the choir", "patient", False), ("Send the list", "us", False)]
    assert old.actions[0].dropped_on == MONDAY
    assert steps(new) == [("Ring the choir", "patient", True)]
    assert (new.actions[0].due_on, new.domain) == (day(7), LifeDomain.MEANING_AND_JOY)


def test_a_goal_reached_is_rated_ten_and_its_open_steps_go(practice: Practice) -> None:
    episode, goal = with_steps(practice)
    closed = CloseGoal(goal_id=goal.id, seen=1, closed_on=MONDAY, reached=True)
    close_goal(closed, practice.uow(), GBO)
    found = practice.facts(episode).goals[0]
    assert found.ratings == (GoalRating(rated_on=MONDAY, rating=10),)
    assert not any(each.is_open for each in found.actions)
    with practice.refused("This goal is closed"):
        add_action(AddAction(goal_id=goal.id, text="More"), practice.uow())


def test_a_goal_put_aside_keeps_its_ratings(practice: Practice) -> None:
    episode, goal = with_steps(practice)
    close_goal(CloseGoal(goal_id=goal.id, seen=1, closed_on=MONDAY), practice.uow(), GBO)
    assert practice.facts(episode).goals[0].ratings == ()


def test_a_step_for_a_day_gone_by_is_refused(practice: Practice) -> None:
    _episode, goal = with_steps(practice)
    with practice.refused("a day that has gone by"):
        add_action(AddAction(goal_id=goal.id, text="Ring", due_on=day(-1)), practice.uow())
