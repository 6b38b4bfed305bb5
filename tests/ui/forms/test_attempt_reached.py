"""Logging that they were spoken to: through which number, what they want, and what is open with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.patient_details import details_of
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.ui.forms.attempt_form import AttemptForm
from tests.ui.forms.test_attempt_form import CALL, SPOKE, save, tried
from tests.ui.keyboard import here, press, write
from tests.ui.views.patient_scene import scene_of, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts
    from tests.ui.views.patient_scene import PatientScene


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> PatientScene:
    return scene_of(qtbot, practice, prompts, "AD")


def test_with_no_number_on_record_no_telephone_is_chosen_and_whoever_was_spoken_to_is_shown_by_the_number(
    scene: PatientScene,
) -> None:
    patient = scene.facts().patient
    gone = replace(details_of(scene.facts()).contact, telephone=None, other_telephone=None)
    change_details(
        ChangeDetails(patient_id=patient.patient_id, seen=patient.version, contact=gone),
        scene.practice.uow(),
    )
    scene.view.reload()
    form = scene.compose("attempt", AttemptForm)
    assert "No telephone: reach them by a letter" in words(form.head)
    press(CALL)
    assert form.through.value() is None
    press(SPOKE)
    form.note.setPlainText("Wants a call tomorrow")
    save()
    assert form.message.text() == "Choose through what, or whom, you spoke to the patient."
    press(Qt.Key.Key_1)
    press(SPOKE)
    assert here() is form.number
    save()
    assert "through which number, or on whose telephone" in form.message.text()
    write("the neighbour's")
    save()
    assert tried(scene).note == "Spoke through: the neighbour's\nWants a call tomorrow"


def test_after_spoke_what_they_want_is_asked_and_silence_ends_nothing(scene: PatientScene) -> None:
    form = scene.compose("attempt", AttemptForm)
    press(CALL)
    press(SPOKE)
    assert form.found.theirs.isAncestorOf(here()) or here() is form.found.theirs
    save()
    assert form.message.text() == "Choose what they want, or write in the note what they said."
    press(Qt.Key.Key_3)
    assert here() is form.note
    assert scene.facts().open_ladder is not None
