"""What was recorded last is taken back with one key where that is clean, and else the way by hand is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.ui.forms.booking_form import BookingForm
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.forms.measure_form import MeasureForm
from collabcare.ui.forms.note_form import NoteForm
from collabcare.ui.forms.supervision_form import SupervisionForm
from collabcare.ui.views.way_back import NOTHING
from tests.ui.keyboard import press, write
from tests.ui.views.patient_scene import PatientScene, scene_of, think

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> PatientScene:
    return scene_of(qtbot, practice, prompts)


def attend(scene: PatientScene, outcome: Qt.Key = Qt.Key.Key_5) -> None:
    """Record a contact of today that nobody had booked."""
    form = scene.compose("contact", ContactForm)
    press(outcome)
    think(form)
    if form.minutes.isVisible():
        form.minutes.setFocus()
        write("25")
    form.note.setPlainText("Talked about sleep.")
    press(Qt.Key.Key_Return, ctrl=True)
    if scene.view.composer.form() is not None:
        press(Qt.Key.Key_Return, ctrl=True)


def undo(scene: PatientScene) -> None:
    last = scene.view.composer.last_act
    assert last.button.isVisible()
    last.button.click()
    assert not last.button.isVisible()


def test_an_attended_contact_is_taken_back_and_stays_in_the_story(scene: PatientScene) -> None:
    before = len(scene.facts().contacts)
    attend(scene)
    assert len(scene.facts().contacts) == before + 1
    undo(scene)
    assert len(scene.facts().contacts) == before
    assert scene.said() == "The contact is taken back. It stays in the story, marked."


def test_a_booking_is_taken_back(scene: PatientScene) -> None:
    form = scene.compose("booking", BookingForm)
    form.on.setFocus()
    write("+1w")
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().contacts[-1].status is None
    undo(scene)
    assert scene.facts().contacts[-1].status is not None


def test_a_note_and_a_question_for_supervision_are_taken_back(scene: PatientScene) -> None:
    scene.compose("note", NoteForm).note.setPlainText("Rang the school.")
    press(Qt.Key.Key_Return, ctrl=True)
    undo(scene)
    assert scene.said() == "The note is taken back. It stays in the story, marked."
    scene.compose("supervision", SupervisionForm)
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().supervision_requested_on is not None
    undo(scene)
    assert scene.facts().supervision_requested_on is None


def test_a_miss_and_a_score_are_not_undone_by_a_key_and_the_way_by_hand_is_said(scene: PatientScene) -> None:
    last = scene.view.composer.last_act
    assert (last.can_undo, last.why_not) == (False, NOTHING)
    attend(scene, Qt.Key.Key_3)
    assert scene.facts().open_ladder is not None
    assert not last.can_undo
    assert last.why_not.startswith(
        "No key undoes a missed appointment. Use “Contact, note or milestone entered in error…”"
    )
    attend(scene)
    assert scene.facts().open_ladder is None
    assert not last.can_undo, "it ended a search"
    scene.compose("measure", MeasureForm).choose_instrument("gad7")
    write("0000000")
    press(Qt.Key.Key_Return, ctrl=True)
    assert "Correct…" in last.why_not


def test_what_is_begun_next_ends_the_way_back(scene: PatientScene) -> None:
    attend(scene)
    scene.compose("measure", MeasureForm)
    assert not scene.view.composer.last_act.can_undo


def test_a_case_is_taken_to_supervision_with_the_contact_and_nothing_is_asked_twice(
    scene: PatientScene, qtbot: QtBot
) -> None:
    form = scene.compose("contact", ContactForm)
    press(Qt.Key.Key_5)
    form.minutes.setFocus()
    write("25")
    form.note.setPlainText("Talked about sleep.")
    press(Qt.Key.Key_U, alt=True)
    qtbot.waitUntil(form.discuss.isChecked)
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().supervision_requested_on == scene.practice.today
    assert not scene.view.composer.last_act.can_undo, "more hangs on it"
    assert not scene.compose("contact", ContactForm).discuss.isVisible()
