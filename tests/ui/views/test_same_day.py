"""A second form of one day is asked about, and what follows a save is never what was just done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.forms.measure_form import MeasureForm
from collabcare.ui.forms.safety_form import SafetyForm
from tests.builders import MONDAY, phq9
from tests.ui.keyboard import here, press, write
from tests.ui.views.patient_scene import PatientScene, scene_of, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


def act(scene: PatientScene) -> str:
    """Return the words on the button that has the keyboard."""
    button = here()
    assert isinstance(button, QPushButton), button
    assert button.isVisibleTo(scene.view)
    return button.text()


def test_a_second_form_of_the_day_is_asked_about_and_kept_as_a_correction(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    scene.compose("measure", MeasureForm)
    write("2222222200")
    press(Qt.Key.Key_Return, ctrl=True)
    form = scene.compose("measure:phq9", MeasureForm)
    assert "PHQ-9 was already entered today: 16." in words(form)
    write("1111111--")
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text().startswith("PHQ-9 was already entered today: 16. A second one on the same day")
    assert len(scene.facts().measures) == 1
    form.another.click()
    press(Qt.Key.Key_2)
    assert form.shown.id == "gad7"
    assert not form.another.isVisible()
    form.choose_instrument("phq9")
    press(Qt.Key.Key_Return, ctrl=True)
    press(Qt.Key.Key_Return, ctrl=True)
    (only,) = scene.facts().measures
    assert (only.total, only.prorated) == (9, True)
    assert only.correction == "A second form of the same day was entered in the place of the first."
    assert scene.said().startswith("PHQ-9 is saved: 9 of 27 (prorated, 2 missing), mild.")


def test_the_key_for_a_measure_opens_the_one_not_entered_today_then_the_choice(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    scene.compose("measure", MeasureForm)
    write("0" * 9)
    press(Qt.Key.Key_Return, ctrl=True)
    assert act(scene) == "Enter GAD-7"
    form = scene.compose("measure", MeasureForm)
    assert (form.shown.id, form.answers.isAncestorOf(here())) == ("gad7", True)
    write("0" * 7)
    press(Qt.Key.Key_Return, ctrl=True)
    assert not scene.view.composer.follow_up.isVisible()
    form = scene.compose("measure", MeasureForm)
    assert form.answers.isAncestorOf(here())
    assert "was already entered today" in words(form)
    write("1000000032")
    assert form.answers.answers() == (1, 0, 0, 0, 0, 0, 0, 0, 3)
    press(Qt.Key.Key_Return, ctrl=True)
    assert "About to be saved: 1 0 0 0 0 0 0 0 3, total 4." in form.message.text()
    assert len(scene.facts().measures) == 2
    form.answers.setFocus()
    press(Qt.Key.Key_Backtab, shift=True)
    press(Qt.Key.Key_Backtab, shift=True)
    press(Qt.Key.Key_Backtab, shift=True)
    assert form.instrument.isAncestorOf(here())


def test_a_digit_past_the_last_item_is_refused_and_the_answers_are_shown_before_they_are_saved(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("measure:gad7", MeasureForm)
    write("14")
    assert form.message.text() == "4 was not taken: it is not among the answers to this item."
    write("222222")
    assert here() is form.save
    assert not form.message.isVisible()
    write("23")
    assert form.message.text() == "3 was not taken: GAD-7 has 7 items, and the keyboard is not on one."
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == (
        "2 digits more than GAD-7 takes were typed, so the answers may be out of place. "
        "About to be saved: 1 2 2 2 2 2 2, total 13. Save again if they are right."
    )
    assert scene.facts().measures == ()
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().measures[-1].total == 13


def test_after_the_talk_item_nine_asked_for_the_next_questionnaire_is_offered(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    scene.compose("measure", MeasureForm)
    write("0000000011")
    press(Qt.Key.Key_Return, ctrl=True)
    scene.form(SafetyForm)
    press(Qt.Key.Key_1)
    scene.form(SafetyForm).note.setFocus()
    write("Thinks of her sister.")
    press(Qt.Key.Key_Return, ctrl=True)
    assert act(scene) == "Write the assessment"
    also = scene.part("composer_also", QPushButton)
    assert also.text() == "Enter GAD-7"
    press(Qt.Key.Key_Tab)
    assert here() is also
    press(Qt.Key.Key_Space)
    assert scene.form(MeasureForm).shown.id == "gad7"


def test_after_a_contact_an_open_safety_conversation_comes_before_the_next_questionnaire(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    practice.on(MONDAY + timedelta(weeks=1))
    blank = RecordMeasure(episode_id=episode, taken_on=practice.today, answers=(*(0,) * 8, None))
    record_measure(blank, practice.uow(), phq9())
    scene = PatientScene(qtbot, practice, prompts, episode)
    contact = scene.compose("contact", ContactForm)
    contact.outcome.setFocus()
    press(Qt.Key.Key_5)
    contact.minutes.set_value(30)
    contact.note.setPlainText("Sleeps better.")
    press(Qt.Key.Key_Return, ctrl=True)
    assert act(scene) == "Record conversation"
    assert scene.part("composer_also", QPushButton).text() == "Enter GAD-7"
    press(Qt.Key.Key_Space)
    scene.form(SafetyForm)


def test_after_a_contact_what_is_done_today_is_not_offered_again(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    for digits in ("0" * 9, "0" * 7):
        scene.compose("measure", MeasureForm)
        write(digits)
        press(Qt.Key.Key_Return, ctrl=True)
    contact = scene.compose("contact", ContactForm)
    contact.outcome.setFocus()
    press(Qt.Key.Key_5)
    assert contact.minutes.isAncestorOf(here()) or here() is contact.minutes
    contact.minutes.set_value(30)
    contact.note.setPlainText("Sleeps better.")
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.view.composer.form() is None, contact.message.text()
    assert act(scene) == "Book a contact"
