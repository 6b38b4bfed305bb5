"""Putting a measure right from its score: it begins as it was entered, and what was wrong is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.domain.safety_facts import FormRoute
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.ui.forms.correction_form import CorrectionForm
from tests.builders import MONDAY, day, instruments, phq9
from tests.ui.keyboard import here, press, write
from tests.ui.views.patient_scene import PatientScene, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

ENTER = Qt.Key.Key_Return


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> PatientScene:
    """The page of somebody with a PHQ-9 of 8 and a GAD-7 copied as a total of 12."""
    episode = practice.refer("A")
    answers = RecordMeasure(
        episode_id=episode, taken_on=MONDAY, answers=(1,) * 8 + (0,), route=FormRoute.IN_PERSON
    )
    record_measure(answers, practice.uow(), phq9())
    practice.on(day(7))
    total = RecordMeasure(episode_id=episode, taken_on=day(7), total=12)
    record_measure(total, practice.uow(), instruments()["gad7"])
    return PatientScene(qtbot, practice, prompts, episode)


def correct(scene: PatientScene, which: int) -> CorrectionForm:
    """Open the correction of one form from the table of its scores."""
    measure = scene.facts().measures[which]
    scene.view.scores.cards[measure.instrument].as_table.click()
    scene.part(f"correct_{measure.id}", QPushButton).click()
    return scene.form(CorrectionForm)


def test_it_begins_as_the_form_was_entered_and_keeps_both(scene: PatientScene) -> None:
    form = correct(scene, 0)
    assert form.answers.answers() == (1,) * 8 + (0,)
    assert (form.on.value(), form.came.route()) == (MONDAY, FormRoute.IN_PERSON)
    assert not form.is_touched()
    assert form.answers.isAncestorOf(here())
    press(ENTER, ctrl=True)
    assert form.message.text() == "Nothing was changed, so there is nothing to correct."
    write("2")
    press(ENTER, ctrl=True)
    assert "Say what was wrong" in form.message.text()
    write("Typed from the wrong column")
    press(ENTER, ctrl=True)
    [stands] = scene.facts().measures_of("phq9")
    assert (stands.total, stands.taken_on, stands.correction) == (9, MONDAY, "Typed from the wrong column")
    shown = words(scene.view.scores.cards["phq9"])
    assert "Entered first as 8 under 05-Jan-2026 (1 1 1 1 1 1 1 1 0)." in shown
    assert "Put right: Typed from the wrong column" in shown


def test_a_total_is_corrected_as_a_total(scene: PatientScene) -> None:
    form = correct(scene, 1)
    assert (form.shown.id, form.total.value()) == ("gad7", 12)
    form.total.set_value(2)
    form.reason.setPlainText("One digit was lost")
    press(ENTER, ctrl=True)
    assert scene.said().startswith("GAD-7 is saved: 2 of 21")
    assert [each.total for each in scene.facts().measures_of("gad7")] == [2]


def test_another_form_is_chosen_in_the_form_and_nothing_typed_is_lost(scene: PatientScene) -> None:
    form = correct(scene, 1)
    phq, gad = scene.facts().measures
    form.choose_form(phq.id)
    assert form.shown.id == "phq9"
    form.reason.setPlainText("Begun")
    form.choose_form(gad.id)
    assert (form.shown.id, form.which.value()) == ("phq9", phq.id)
    assert "What you typed here is kept" in form.message.text()


def test_a_correction_can_be_corrected_and_all_versions_are_read(scene: PatientScene) -> None:
    for digit, reason in (("2", "First"), ("3", "Second")):
        form = correct(scene, 0) if digit == "2" else scene.compose("correction", CorrectionForm)
        if form.shown.id != "phq9":
            form.choose_form(scene.facts().measures_of("phq9")[0].id)
            form.take_keyboard()
        write(digit)
        form.reason.setPlainText(reason)
        press(ENTER, ctrl=True)
    shown = words(scene.view.scores.cards["phq9"])
    assert shown.index("Entered first as 9") < shown.index("Entered first as 8")


def test_nobody_who_may_not_record_is_offered_it(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, scene: PatientScene
) -> None:
    page = PatientScene(qtbot, practice, prompts, scene.episode, "rita")
    page.view.scores.cards["phq9"].as_table.click()
    assert not page.view.findChildren(QPushButton, f"correct_{scene.facts().measures[0].id}")
