"""The Staying well page by keyboard: the plan and its versions, nothing typed twice, and the contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.domain.episode import Phase
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.services.medication import AddMedicine, add_medicine
from collabcare.ui.forms.staying_well_form import StayingWellForm
from collabcare.ui.views.staying_well_view import StayingWellView
from tests.builders import day, phq9
from tests.documents.pages import whole_text
from tests.services.care_commands import SERTRALINE
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.keyboard import here, press, write
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.views.care_scene import CareScene, care_scene
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


def written(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, triggers: str = "Winter"
) -> CareScene[StayingWellView]:
    """Write a plan of two parts by hand."""
    scene = care_scene(StayingWellView, qtbot, practice, prompts)
    press(SPACE)
    form = scene.form(StayingWellForm)
    write("Late nights")
    form.parts["triggers"].setPlainText(triggers)
    press(ENTER, ctrl=True)
    return scene


def test_a_plan_is_written_and_says_what_it_still_lacks(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = written(qtbot, practice, prompts)
    plan = scene.facts().relapse_plan
    assert plan is not None
    assert (plan.warning_signs, plan.triggers, plan.made_on) == ("Late nights", "Winter", day(7))
    shown = words(scene.part("staying_well_plan"))
    assert "Still missing: what helped, medication plan" in shown
    assert shown.count("Not written yet") == 5
    assert "Not given yet" in shown
    assert here().objectName() == "staying_well_write"


def test_the_medicines_recorded_are_offered_and_not_typed_again(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    practice.on(day(7))
    told = AddMedicine(episode_id=episode, medicine=SERTRALINE)
    add_medicine(told, practice.uow(), practice.rulebook.medication)
    scene = care_scene(StayingWellView, qtbot, practice, prompts, episode)
    press(SPACE)
    form = scene.form(StayingWellForm)
    form.medicines.click()
    assert form.parts["medication"].text() == "Sertraline 50 mg daily"
    assert not form.medicines.isVisible()
    assert here() is form.parts["medication"]


def test_every_version_is_there_and_opens_in_place(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = written(qtbot, practice, prompts)
    scene.button("staying_well_write").click()
    form = scene.form(StayingWellForm)
    assert form.parts["triggers"].text() == "Winter"
    form.parts["triggers"].setPlainText("Long weeks")
    form.copy_on.set_value(day(7))
    press(ENTER, ctrl=True)
    card = scene.part("staying_well_versions")
    assert "Version 2, 12-Jan-2026, Jo Smith: stands" in words(card)
    assert "Winter" not in words(card)
    scene.button("staying_well_version_1").click()
    assert "Winter" in words(card)
    assert "Given 12-Jan-2026" in words(scene.part("staying_well_plan"))


def test_a_plan_saved_by_somebody_else_meanwhile_keeps_both(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = written(qtbot, practice, prompts)
    scene.button("staying_well_write").click()
    form = scene.form(StayingWellForm)
    form.parts["what_helped"].setPlainText("Walking")
    other = care_scene(StayingWellView, qtbot, practice, prompts, scene.episode, login="sam")
    other.button("staying_well_write").click()
    theirs = other.form(StayingWellForm)
    theirs.parts["triggers"].setPlainText("Theirs")
    theirs.submitted.emit(theirs.command())
    form.submitted.emit(form.command())
    assert "Somebody else saved a version meanwhile" in form.message.text()
    form.submitted.emit(form.command())
    plan = scene.facts().relapse_plan
    assert plan is not None
    assert (plan.what_helped, plan.triggers) == ("Walking", "Winter")


def test_two_weeks_of_remission_offer_a_plan(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    """RLP-W1, through the screen."""
    episode = practice.refer("AAA")
    for on, answer in ((0, 2), (14, 0), (28, 0)):
        practice.on(day(on))
        command = RecordMeasure(episode_id=episode, taken_on=day(on), answers=(*(answer,) * 8, 0))
        record_measure(command, practice.uow(), phq9())
    scene = care_scene(StayingWellView, qtbot, practice, prompts, episode)
    assert "Consider offering a staying-well plan." in words(scene.part("staying_well_plan"))


def test_staying_well_contacts_start_with_their_days(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = care_scene(StayingWellView, qtbot, practice, prompts)
    scene.button("staying_well_start").click()
    assert scene.facts().phase is Phase.MAINTENANCE
    assert scene.said() == "Staying-well contacts started."
    shown = words(scene.part("staying_well_contacts"))
    assert "Since Mon 12-Jan-2026" in shown
    assert "Thu 12-Feb-2026" in shown
    assert "staying_well_start" not in scene.offered()


def test_the_patients_page_is_saved(qtbot: QtBot, practice: Practice, tmp_path: Path) -> None:
    to = tmp_path / "well.pdf"
    scene = written(qtbot, practice, ScriptedPrompts(to))
    scene.button("staying_well_copy").click()
    press(SPACE)
    text = whole_text(to.read_bytes())
    assert "My plan for staying well" in text
    assert "Winter" in text
    assert practice.audit()[-1].action == "Print staying well page"


def test_everything_has_a_name_and_tab_goes_all_round(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = written(qtbot, practice, prompts)
    scene.button("staying_well_write").click()
    window = scene.view.window()
    assert nameless(window) == []
    assert len(tab_walk(window)) > 8
