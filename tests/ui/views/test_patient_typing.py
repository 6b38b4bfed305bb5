"""Recording on a patient's page: what is typed stays with its patient, and nothing of it is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.forms.entry_form import PatientForm
from collabcare.ui.forms.measure_form import MeasureForm
from collabcare.ui.forms.step_form import StepForm
from tests.builders import MONDAY
from tests.ui.keyboard import here, press, write
from tests.ui.views.patient_scene import PatientScene, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


@pytest.mark.parametrize(
    ("button", "form"),
    [
        ("due_reengage", "attempt"),
        ("due_measure", "measure"),
        ("now_step", "step"),
        ("now_booking", "booking"),
    ],
)
def test_each_act_opens_its_form_in_place(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, button: str, form: str
) -> None:
    episode = practice.refer("AD")
    practice.on(MONDAY + timedelta(weeks=6))
    scene = PatientScene(qtbot, practice, prompts, episode)
    scene.part(button, QPushButton).click()
    opened = scene.view.composer.form()
    assert opened is not None
    assert form == opened.KIND
    assert opened.isAncestorOf(here())


def test_digits_open_the_forms_as_soon_as_the_page_is_there(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, practice.refer("A"))
    assert scene.view.composer.bar.isAncestorOf(here())
    press(Qt.Key.Key_1)
    scene.form(ContactForm)


def test_escape_closes_an_untouched_form_and_asks_about_a_touched_one(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, practice.refer("A"))
    scene.compose("contact", ContactForm)
    press(Qt.Key.Key_Escape)
    assert scene.view.composer.form() is None
    assert prompts.asked == []
    form = scene.compose("contact", ContactForm)
    form.note.setFocus()
    write("Half a note")
    prompts.answers += [False, True]
    press(Qt.Key.Key_Escape)
    assert scene.form(ContactForm).note.text() == "Half a note"
    press(Qt.Key.Key_Escape)
    assert scene.view.composer.form() is None
    assert not scene.view.has_unsaved()
    assert "OKAFOR, Ngozi (Ms), born 14-Jul-1985 (40y), Female, NHS No. 999" in str(prompts.asked[0])


def test_a_form_left_for_another_is_as_it_was(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, practice.refer("A"))
    scene.compose("contact", ContactForm).note.setPlainText("Half a note")
    scene.compose("measure", MeasureForm)
    assert scene.said() == "Record contact: what you typed there is kept."
    assert scene.compose("contact", ContactForm).note.text() == "Half a note"


def test_what_is_typed_for_one_patient_never_reaches_another(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    first, second = practice.refer("A"), practice.refer("A", surname="Ash")
    scene = PatientScene(qtbot, practice, prompts, first)
    scene.compose("contact", ContactForm).note.setPlainText("About Okafor")
    scene.view.show_episode(second)
    assert "ASH, Ngozi (Ms)" in words(scene.view.banner)
    assert scene.view.composer.form() is None
    form = scene.compose("contact", ContactForm)
    assert form.note.text() == ""
    assert scene.view.has_unsaved()
    scene.view.show_episode(first)
    kept = scene.form(ContactForm)
    assert kept.note.text() == "About Okafor"
    assert scene.said() == "What you typed before is still here, not saved yet."
    assert kept.page.facts.episode_id == first


def test_a_change_elsewhere_reloads_the_page_and_keeps_what_is_typed(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, practice.refer("A"))
    form = scene.compose("contact", ContactForm)
    form.note.setPlainText("Half a note")
    step = scene.compose("step", StepForm)
    step.to_step.set_value(3)
    step.reason.setPlainText("Needs weekly calls.")
    step.agreed.set_value(value=True)
    step.save.click()
    assert "Step 3 of 5" in words(scene.view.now)
    assert scene.compose("contact", ContactForm).note.text() == "Half a note"


def test_a_form_that_does_not_apply_says_why(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, practice.refer("A"))
    scene.view.compose("attempt")
    assert scene.view.composer.form() is None
    assert scene.said()


def test_room_is_made_for_a_form_before_it_shows_so_that_the_window_need_not_grow(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, practice.refer("A"))
    composer = scene.view.composer
    shown: list[list[PatientForm]] = []
    composer.opened.connect(
        lambda _kind: shown.append([form for form in composer.findChildren(PatientForm) if form.isVisible()])
    )
    for kind in ("contact", "measure", "contact"):
        scene.view.compose(kind)
    assert shown == [[], [], []]
    scene.form(ContactForm)
