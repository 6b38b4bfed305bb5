"""The Medicines page by keyboard: as reported, each dose readable, and what it tells is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.domain.people_facts import MedicationSource
from collabcare.ui.forms.medicine_forms import (
    DoseForm,
    MedicineEndForm,
    MedicineForm,
    MedicineVoidForm,
    TakingForm,
)
from collabcare.ui.views.medication_view import MedicationView
from tests.builders import MONDAY, day
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.keyboard import here, press, write
from tests.ui.views.care_scene import CareScene, care_scene
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


def added(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, *, antidepressant: bool = True
) -> CareScene[MedicationView]:
    """Add sertraline since the first Monday, by hand."""
    scene = care_scene(MedicationView, qtbot, practice, prompts)
    press(SPACE)
    form = scene.form(MedicineForm)
    write("Sertraline")
    form.dose.setText("50 mg")
    form.purpose.setText("low mood")
    form.source.set_value(MedicationSource.PATIENT)
    form.antidepressant.set_value(antidepressant)
    form.started_on.set_value(MONDAY)
    press(ENTER, ctrl=True)
    return scene


def test_nothing_told_is_not_nothing_taken(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = care_scene(MedicationView, qtbot, practice, prompts)
    shown = words(scene.view)
    assert "That does not mean that none is taken." in shown
    assert shown.count("the GP's record is the one to confirm") == 1
    assert here().objectName() == "medicine_add"


def test_a_medicine_is_added_and_what_it_tells_is_said(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = added(qtbot, practice, prompts)
    [taken] = scene.facts().medication
    assert (taken.name, taken.dose, taken.started_on) == ("Sertraline", "50 mg", MONDAY)
    assert scene.said().startswith(
        "The medicine is saved. Letters to the GP offer it from now on. Antidepressant started 05-Jan-2026."
        " Consider a contact"
    )
    shown = words(scene.view)
    assert "Sertraline 50 mg (antidepressant)" in shown
    assert "For low mood, since 05-Jan-2026, told by the patient." in shown
    assert here().objectName() == "medicine_add"


def test_what_is_missing_is_asked_for_one_by_one(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = care_scene(MedicationView, qtbot, practice, prompts)
    press(SPACE)
    form = scene.form(MedicineForm)
    press(ENTER, ctrl=True)
    assert "Write the name" in form.message.text()
    write("Sertraline")
    press(ENTER, ctrl=True)
    assert "an antidepressant" in form.message.text()
    form.antidepressant.setFocus()
    press(Qt.Key.Key_2)
    press(ENTER, ctrl=True)
    assert form.message.text() == "Say who told us of this medicine."
    form.source.setFocus()
    press(Qt.Key.Key_3)
    press(ENTER, ctrl=True)
    [taken] = scene.facts().medication
    assert (taken.reported_by, taken.started_on) == (MedicationSource.GP, None)
    assert scene.said() == "The medicine is saved. Letters to the GP offer it from now on."


def test_another_dose_a_note_an_end_and_an_error(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = added(qtbot, practice, prompts)
    first = scene.facts().medication[0]
    scene.button(f"medicine_dose_{first.id}").click()
    dose = scene.form(DoseForm)
    write("100 mg")
    dose.source.set_value(MedicationSource.GP)
    press(ENTER, ctrl=True)
    old, now = scene.facts().medication
    assert (old.ended_on, now.dose, now.started_on) == (day(7), "100 mg", day(7))
    assert "An earlier dose." in words(scene.part("medication_past"))
    scene.button(f"medicine_taking_{now.id}").click()
    scene.form(TakingForm)
    write("Sleeps better")
    press(ENTER, ctrl=True)
    assert "Sleeps better" in words(scene.part("medication_now"))
    scene.button(f"medicine_end_{now.id}").click()
    end = scene.form(MedicineEndForm)
    end.note.setFocus()
    write("Felt sick")
    press(ENTER, ctrl=True)
    assert "Stopped: Felt sick" in words(scene.part("medication_past"))
    scene.button(f"medicine_void_{old.id}").click()
    scene.form(MedicineVoidForm)
    write("Never taken")
    press(ENTER, ctrl=True)
    assert [each.id for each in scene.facts().medication] == [now.id]
    assert scene.said() == "The medicine is marked as entered in error. It is on no letter from now on."


def test_a_refused_medicine_stays_in_the_form(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = added(qtbot, practice, prompts)
    scene.button("medicine_add").click()
    form = scene.form(MedicineForm)
    write("sertraline")
    form.source.set_value(MedicationSource.GP)
    form.antidepressant.set_value(value=True)
    press(ENTER, ctrl=True)
    assert "in the list already" in form.message.text()
    assert form.name.text() == "sertraline"


def test_a_reader_sees_and_changes_nothing(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = added(qtbot, practice, prompts)
    page = care_scene(MedicationView, qtbot, practice, prompts, scene.episode, login="rita")
    assert "Sertraline 50 mg" in words(page.view)
    assert not {each for each in page.offered() if each.startswith("medicine")}


def test_everything_has_a_name_and_tab_goes_all_round(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = added(qtbot, practice, prompts)
    scene.button("medicine_add").click()
    window = scene.view.window()
    assert nameless(window) == []
    assert len(tab_walk(window)) > 8
