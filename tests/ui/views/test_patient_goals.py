"""The right of the patient's page: goals and how they get on come before any symptom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.services.goal_actions import AddAction, add_action
from collabcare.services.goals import OpenGoal, RateGoals, open_goal, rate_goals
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.ui.pages import PageName
from tests.builders import MONDAY, day, instruments, phq9
from tests.ui.keyboard import press
from tests.ui.views.patient_scene import PatientScene, scene_of, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

GBO = instruments()["gbo"]


def test_goals_and_function_stand_above_the_symptoms(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    made = open_goal(OpenGoal(episode_id=episode, text="Choir", opened_on=MONDAY), practice.uow(), GBO).made
    assert made is not None
    for on, rating in ((0, 2), (7, 6)):
        practice.on(day(on))
        rated = RateGoals(episode_id=episode, rated_on=day(on), ratings=((made, rating),))
        rate_goals(rated, practice.uow(), GBO)
    add_action(AddAction(goal_id=made, text="Ring the choir", due_on=day(9)), practice.uow())
    filled = RecordMeasure(episode_id=episode, taken_on=day(7), answers=(1,) * 8 + (0,), function_answer=2)
    record_measure(filled, practice.uow(), phq9())
    scene = PatientScene(qtbot, practice, prompts, episode)
    card = words(scene.view.scores.goals)
    for said in ("Choir", "6/10", "was 2 on 05-Jan-2026", "Next: I will ring the choir, by Wed 14-Jan-2026"):
        assert said in card
    assert "How they get on: very difficult, PHQ-9 on 12-Jan-2026" in card
    tops = [
        part.mapTo(scene.view.scores, part.rect().topLeft()).y()
        for part in (scene.view.scores.goals, scene.view.scores.cards["phq9"])
    ]
    assert tops == sorted(tops)


def test_the_card_leads_to_the_goals(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> None:
    scene = scene_of(qtbot, practice, prompts)
    assert "No goal yet" in words(scene.view.scores.goals)
    asked: list[object] = []
    scene.view.page_requested.connect(asked.append)
    scene.part("goals_open", QPushButton).setFocus()
    press(Qt.Key.Key_Space)
    assert asked == [PageName.GOALS]


def test_the_wsas_comes_before_what_is_about_symptoms(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    command = RecordMeasure(episode_id=episode, taken_on=MONDAY, total=20)
    record_measure(command, practice.uow(), instruments()["wsas"])
    scores = PatientScene(qtbot, practice, prompts, episode).view.scores
    places = {name: card.mapTo(scores, card.rect().topLeft()).y() for name, card in scores.cards.items()}
    assert min(places, key=lambda name: places[name]) == "wsas"
