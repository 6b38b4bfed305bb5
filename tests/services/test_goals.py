"""Goals in the patient's words: what is rated keeps its words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.changes import Kind
from collabcare.domain.closure import Ending
from collabcare.domain.errors import StaleRecord
from collabcare.domain.goals import goals_progress
from collabcare.domain.plan_facts import GoalRating
from collabcare.services.episodes import CloseEpisode, close_episode
from collabcare.services.goals import (
    LONGEST_GOAL,
    CloseGoal,
    OpenGoal,
    RateGoals,
    RewordGoal,
    close_goal,
    open_goal,
    rate_goals,
    reword_goal,
)
from tests.builders import MONDAY, day, instruments

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.plan_facts import GoalFact
    from tests.record_fixtures import Practice

GBO = instruments()["gbo"]


def opened(practice: Practice, episode: EpisodeId, text: str = "Walk to the shops") -> GoalFact:
    """Open a goal on the first Monday, and return it as the facts have it."""
    command = OpenGoal(episode_id=episode, text=text, opened_on=MONDAY)
    made = open_goal(command, practice.uow(), GBO).made
    return next(goal for goal in practice.facts(episode).goals if goal.id == made)


def rate(practice: Practice, goal: GoalFact, rating: int | None, episode: EpisodeId) -> None:
    """Rate one goal on the day the clock stands at."""
    command = RateGoals(episode_id=episode, rated_on=practice.today, ratings=((goal.id, rating),))
    rate_goals(command, practice.uow(), GBO)


def test_a_goal_is_opened_in_the_patients_words_at_the_next_place(practice: Practice) -> None:
    episode = practice.refer("A")
    changes = open_goal(OpenGoal(episode_id=episode, text=" Walk ", opened_on=MONDAY), practice.uow(), GBO)
    assert changes.kinds == {Kind.GOAL}
    assert changes.episodes == {episode}
    second = opened(practice, episode, "Sleep")
    first = practice.facts(episode).goals[0]
    assert (first.text, first.place, first.opened_on, first.closed_on) == ("Walk", 1, MONDAY, None)
    assert (second.text, second.place, second.row_version) == ("Sleep", 2, 1)
    line = practice.audit()[-1]
    assert (line.action, line.kind, line.subject_id) == ("Open goal", "goal", second.id)


def test_there_are_three_goals_at_most_until_one_is_closed(practice: Practice) -> None:
    episode = practice.refer("A")
    goals = [opened(practice, episode, text) for text in ("One", "Two", "Three")]
    with practice.refused("There are 3 goals already"):
        opened(practice, episode, "Four")
    close_goal(CloseGoal(goal_id=goals[1].id, seen=1, closed_on=MONDAY), practice.uow(), GBO)
    assert opened(practice, episode, "Four").place == 2


WRONG_OPENINGS = {
    "no words": (" ", MONDAY, "in the patient’s own words"),
    "too long": ("x" * (LONGEST_GOAL + 1), MONDAY, "The goal is too long"),
    "in the future": ("Walk", day(1), "cannot be dated in the future"),
    "before the referral": ("Walk", MONDAY - timedelta(days=8), "before the referral was received"),
}


@pytest.mark.parametrize(("text", "on", "words"), WRONG_OPENINGS.values(), ids=WRONG_OPENINGS)
def test_a_goal_that_cannot_be_is_refused_in_words(
    practice: Practice, text: str, on: date, words: str
) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        open_goal(OpenGoal(episode_id=episode, text=text, opened_on=on), practice.uow(), GBO)


def test_new_words_close_the_goal_and_open_another_in_its_place(practice: Practice) -> None:
    episode = practice.refer("A")
    goal = opened(practice, episode)
    rate(practice, goal, 2, episode)
    practice.on(day(7))
    made = reword_goal(
        RewordGoal(goal_id=goal.id, seen=1, text="Go swimming", on=day(7)), practice.uow()
    ).made
    old, new = practice.facts(episode).goals
    assert (old.text, old.closed_on, old.ratings) == (
        "Walk to the shops",
        day(7),
        (GoalRating(rated_on=MONDAY, rating=2),),
    )
    assert (new.id, new.text, new.place, new.opened_on, new.ratings) == (made, "Go swimming", 1, day(7), ())


@pytest.mark.parametrize(
    ("text", "words"), [("Walk to the shops", "have not changed"), (" ", "own words")], ids=["same", "blank"]
)
def test_new_words_have_to_be_new_words(practice: Practice, text: str, words: str) -> None:
    episode = practice.refer("A")
    goal = opened(practice, episode)
    with practice.refused(words):
        reword_goal(RewordGoal(goal_id=goal.id, seen=1, text=text, on=MONDAY), practice.uow())


def test_of_two_people_who_close_a_goal_the_second_is_told(practice: Practice) -> None:
    episode = practice.refer("A")
    goal = opened(practice, episode)
    close_goal(CloseGoal(goal_id=goal.id, seen=1, closed_on=MONDAY), practice.uow(), GBO)
    with practice.refused("Somebody else changed this", StaleRecord):
        close_goal(CloseGoal(goal_id=goal.id, seen=1, closed_on=MONDAY), practice.uow("sam"), GBO)
    again = practice.facts(episode).goals[0]
    with practice.refused("This goal is closed"):
        close_goal(CloseGoal(goal_id=goal.id, seen=again.row_version, closed_on=MONDAY), practice.uow(), GBO)


def test_a_goal_does_not_end_before_it_was_last_rated(practice: Practice) -> None:
    episode = practice.refer("A")
    goal = opened(practice, episode)
    practice.on(day(7))
    rate(practice, goal, 4, episode)
    with practice.refused("The goal was rated after that day"):
        close_goal(CloseGoal(goal_id=goal.id, seen=1, closed_on=MONDAY), practice.uow(), GBO)
    with practice.refused("The goal was rated after that day"):
        reword_goal(RewordGoal(goal_id=goal.id, seen=1, text="Run", on=day(6)), practice.uow())
    close_goal(CloseGoal(goal_id=goal.id, seen=1, closed_on=day(7)), practice.uow(), GBO)


def test_ratings_show_how_far_each_goal_has_come_and_a_later_one_of_a_day_stands(practice: Practice) -> None:
    """GBO-W1: 2 to 5 is a change of 3, which is meaningful."""
    episode = practice.refer("A")
    goal, other = opened(practice, episode), opened(practice, episode, "Sleep")
    rate(practice, goal, 2, episode)
    practice.on(day(28))
    rate(practice, goal, 9, episode)
    command = RateGoals(episode_id=episode, rated_on=day(28), ratings=((goal.id, 5), (other.id, None)))
    changes = rate_goals(command, practice.uow(), GBO)
    assert changes.kinds == {Kind.GOAL}
    goals = practice.facts(episode).goals
    change = goals_progress(GBO, goals).goals[0]
    assert change is not None
    assert (change.first, change.last, change.meaningful) == (2, 5, True)
    assert goals[1].ratings == ()


def test_a_rating_that_cannot_be_is_refused(practice: Practice) -> None:
    episode, elsewhere = practice.refer("A"), practice.refer("A", surname="Li")
    goal, foreign = opened(practice, episode), opened(practice, elsewhere)
    with practice.refused("GBO ratings run 0 to 10"):
        rate(practice, goal, 11, episode)
    with practice.refused("Rate at least one goal"):
        rate(practice, goal, None, episode)
    with practice.refused("not one of this patient's goals"):
        rate(practice, foreign, 3, episode)
    twice = RateGoals(episode_id=episode, rated_on=MONDAY, ratings=((goal.id, 3), (goal.id, 4)))
    with practice.refused("A goal is rated once on a day"):
        rate_goals(twice, practice.uow(), GBO)
    tomorrow = RateGoals(episode_id=episode, rated_on=day(1), ratings=((goal.id, 3),))
    with practice.refused("cannot be dated in the future"):
        rate_goals(tomorrow, practice.uow(), GBO)


def test_nothing_is_added_to_the_goals_of_a_closed_episode(practice: Practice) -> None:
    episode = practice.refer("A")
    goal = opened(practice, episode)
    closing = CloseEpisode(
        episode_id=episode, ending=Ending.COMPLETED, closed_on=MONDAY, why_no_plan="She did not want one"
    )
    close_episode(closing, practice.uow(), practice.rulebook)
    with practice.refused("This episode of care is closed"):
        rate(practice, goal, 3, episode)
    with practice.refused("This episode of care is closed"):
        close_goal(CloseGoal(goal_id=goal.id, seen=1, closed_on=MONDAY), practice.uow(), GBO)
