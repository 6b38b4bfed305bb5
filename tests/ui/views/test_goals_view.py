"""The Goals page by keyboard: words, ratings, steps, and the patient's own page on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.plan_facts import ActionOwner, LifeDomain
from collabcare.services.goals import OpenGoal, RateGoals, open_goal, rate_goals
from collabcare.ui.forms.goal_forms import (
    GoalEndForm,
    GoalForm,
    GoalRatingsForm,
    GoalStepForm,
    RewordForm,
)
from collabcare.ui.views.goals_view import GoalsView
from collabcare.ui.widgets.score_chart import ScoreChartView
from tests.builders import MONDAY, day, instruments
from tests.documents.pages import whole_text
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.keyboard import here, press, write
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.views.care_scene import CareScene, care_scene
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice

ENTER, SPACE, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Tab
GBO = instruments()["gbo"]


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> CareScene[GoalsView]:
    """The page of somebody with two goals, both rated on the first Monday."""
    episode = practice.refer("A")
    for text in ("Back to choir", "Sleep through"):
        open_goal(OpenGoal(episode_id=episode, text=text, opened_on=MONDAY), practice.uow(), GBO)
    first, second = practice.facts(episode).goals
    rated = RateGoals(episode_id=episode, rated_on=MONDAY, ratings=((first.id, 2), (second.id, 0)))
    rate_goals(rated, practice.uow(), GBO)
    practice.on(day(7))
    return care_scene(GoalsView, qtbot, practice, prompts, episode)


def save() -> None:
    press(ENTER, ctrl=True)


def test_with_no_goal_it_asks_what_should_be_different_and_takes_one_by_keyboard(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = care_scene(GoalsView, qtbot, practice, prompts)
    assert "What would the patient like to be different?" in words(scene.view)
    assert here().objectName() == "goals_add"
    press(SPACE)
    form = scene.form(GoalForm)
    save()
    assert form.message.text() == "Write the goal in the patient’s own words."
    write("Back to choir")
    form.area.set_value(LifeDomain.COMMUNITY)
    save()
    [goal] = scene.facts().goals
    assert (goal.text, goal.domain, goal.opened_on) == ("Back to choir", LifeDomain.COMMUNITY, day(7))
    assert scene.said() == "The goal is saved. It is rated for the first time when you next meet."
    assert "Community, since today" in words(scene.view)
    assert "Not rated yet" in words(scene.view)
    assert here().objectName() == "goals_add"


def test_all_goals_are_rated_in_one_short_form_with_three_keys(scene: CareScene[GoalsView]) -> None:
    assert here().objectName() == "goals_rate"
    press(SPACE)
    form = scene.form(GoalRatingsForm)
    assert "last 2/10" in words(form)
    write("5x")
    assert here() is form.save
    press(SPACE)
    assert [goal.ratings[-1].rating for goal in scene.facts().goals] == [5, 10]
    shown = words(scene.view)
    assert "was 2 on 05-Jan-2026" in shown
    assert "Meaningfully closer" in shown
    assert "On average 6.5 closer than when first rated." in shown
    assert len([each for each in scene.view.findChildren(ScoreChartView) if each.isVisible()]) == 2


def test_a_blank_stays_unrated_and_nought_is_a_rating(scene: CareScene[GoalsView]) -> None:
    press(SPACE)
    form = scene.form(GoalRatingsForm)
    save()
    assert form.message.text() == "Rate at least one goal before saving."
    write("-0")
    save()
    first, second = scene.facts().goals
    assert len(first.ratings) == 1
    assert [each.rating for each in second.ratings] == [0, 0]
    assert "0/10" in words(scene.view)


def test_what_is_no_rating_is_refused_where_it_stands(scene: CareScene[GoalsView]) -> None:
    press(SPACE)
    form = scene.form(GoalRatingsForm)
    form.ratings.fields[0].setText("11")
    save()
    assert form.message.text() == "Ratings run 0 to 10, or blank."
    assert len(scene.facts().goals[0].ratings) == 1


def test_steps_are_added_done_and_dropped(scene: CareScene[GoalsView]) -> None:
    goal = scene.facts().goals[0]
    scene.button(f"goal_step_{goal.id}").click()
    form = scene.form(GoalStepForm)
    write("Ring the choir")
    assert form.reads.whole_text() == "Reads: I will ring the choir"
    form.due_on.set_value(day(9))
    save()
    scene.button(f"goal_step_{goal.id}").click()
    ours = scene.form(GoalStepForm)
    ours.whose.set_value(ActionOwner.US)
    write("Send the list")
    save()
    shown = words(scene.view)
    assert shown.index("I will ring the choir") < shown.index("We will send the list")
    assert "by Wed 14-Jan-2026" in shown
    first, second = scene.facts().goals[0].actions
    scene.button(f"step_done_{first.id}").click()
    scene.button(f"step_drop_{second.id}").click()
    first, second = scene.facts().goals[0].actions
    assert (first.done_on, second.dropped_on) == (day(7), day(7))
    assert "I will ring the choir, done 12-Jan-2026" in words(scene.view)
    assert "step_done" not in " ".join(scene.offered())


def test_new_words_begin_with_the_old_and_close_them(scene: CareScene[GoalsView]) -> None:
    goal = scene.facts().goals[0]
    scene.button(f"goal_words_{goal.id}").click()
    form = scene.form(RewordForm)
    assert form.text.text() == "Back to choir"
    assert not form.is_touched()
    form.text.setPlainText("Choir on Thursdays")
    save()
    assert [(each.text, each.closed_on) for each in scene.facts().goals if each.place == 1] == [
        ("Back to choir", day(7)),
        ("Choir on Thursdays", None),
    ]
    assert "Put aside 12-Jan-2026. 2/10" in words(scene.part("goals_closed"))


def test_a_goal_is_closed_as_reached_or_put_aside(scene: CareScene[GoalsView]) -> None:
    goal = scene.facts().goals[0]
    scene.button(f"goal_end_{goal.id}").click()
    form = scene.form(GoalEndForm)
    save()
    assert form.message.text() == "Say whether the goal was reached or is put aside."
    press(Qt.Key.Key_1)
    save()
    assert "Reached 12-Jan-2026. 10/10" in words(scene.part("goals_closed"))


def test_three_goals_are_as_many_as_there_are(scene: CareScene[GoalsView]) -> None:
    assert "goals_add" in scene.offered()
    scene.button("goals_add").click()
    write("A third")
    save()
    assert "goals_add" not in scene.offered()


def test_the_patients_page_is_looked_at_and_saved(
    qtbot: QtBot, practice: Practice, tmp_path: Path, scene: CareScene[GoalsView]
) -> None:
    to = tmp_path / "goals.pdf"
    asked = ScriptedPrompts(to)
    page = care_scene(GoalsView, qtbot, practice, asked, scene.episode)
    page.button("goals_copy").click()
    copy = page.view.copy
    assert copy is not None
    assert here() is copy.save
    press(SPACE)
    text = whole_text(to.read_bytes())
    assert "Owned by you" in text
    assert "Back to choir" in text
    assert practice.audit()[-1].action == "Print goals page"
    press(ESC)
    assert here().objectName() == "goals_copy"


def test_a_reader_sees_and_changes_nothing(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, scene: CareScene[GoalsView]
) -> None:
    page = care_scene(GoalsView, qtbot, practice, prompts, scene.episode, login="rita")
    assert "Back to choir" in words(page.view)
    assert not {each for each in page.offered() if each.startswith(("goal", "step"))}


def test_everything_has_a_name_and_tab_goes_all_round(scene: CareScene[GoalsView]) -> None:
    window = scene.view.window()
    assert nameless(window) == []
    assert len(tab_walk(window)) > 8
