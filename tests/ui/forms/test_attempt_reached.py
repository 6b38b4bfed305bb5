"""Logging that they were spoken to: through which number, what they want, and what is open with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.patient_details import details_of
from collabcare.services.contacts import BookContact, Booking, book_contact
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.ui.forms.attempt_form import AttemptForm
from collabcare.ui.forms.safety_form import SafetyForm
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
    assert form.through.isAncestorOf(here())
    form.outcome.setFocus()
    press(SPOKE)
    form.note.setPlainText("Wants a call tomorrow")
    save()
    assert form.message.text() == "Choose through what, or whom, you spoke to the patient."
    press(Qt.Key.Key_1)
    press(SPOKE)
    assert here() is form.number.number
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


def test_what_is_booked_already_is_said_and_a_wish_stands_in_the_heading(scene: PatientScene) -> None:
    booking = Booking(on=scene.practice.today + timedelta(days=7), at=time(15), minutes=30)
    command = BookContact(episode_id=scene.facts().episode_id, booking=booking)
    book_contact(command, scene.practice.uow())
    scene.view.reload()
    form = scene.compose("attempt", AttemptForm)
    press(CALL)
    press(SPOKE)
    press(Qt.Key.Key_3)
    form.note.setPlainText("Feels well")
    form.found.safety.setPlainText("Feels well; safe with her sister")
    save()
    assert any(
        "spoke to the patient, does not want care now" in each.title for each in scene.view.story.shown()
    )
    assert "Nothing is booked" not in scene.said()


def test_after_spoke_with_a_booking_the_next_contact_is_said(scene: PatientScene) -> None:
    booking = Booking(on=scene.practice.today + timedelta(days=7), at=time(15), minutes=30)
    command = BookContact(episode_id=scene.facts().episode_id, booking=booking)
    book_contact(command, scene.practice.uow())
    scene.view.reload()
    form = scene.compose("attempt", AttemptForm)
    press(CALL)
    press(SPOKE)
    form.note.setPlainText("Will come to the next one")
    save()
    assert "They are reached, and the search ends. Next contact" in scene.said()
    assert "15:00" in scene.said()


def test_a_question_left_blank_is_said_in_the_search_and_its_conversation_is_offered_first(
    scene: PatientScene,
) -> None:
    blank = RecordMeasure(
        episode_id=scene.facts().episode_id,
        taken_on=scene.practice.today,
        answers=(1, 1, 1, 1, 1, 1, 1, 1, None),
    )
    record_measure(blank, scene.practice.uow(), scene.practice.rulebook.instruments["phq9"])
    scene.view.reload()
    form = scene.compose("attempt", AttemptForm)
    told = words(form.head)
    assert "Standard track. PHQ-9 question 9 was left blank on" in told
    assert "the conversation about it is still to be had. Nothing else recorded asks" in told
    press(CALL)
    press(SPOKE)
    form.note.setPlainText("Spoke briefly")
    save()
    assert "the conversation about it is still to be had" in scene.said()
    follow = scene.view.composer.follow_up
    assert (follow.isVisible(), follow.text()) == (True, "Record the conversation")
    follow.click()
    assert scene.form(SafetyForm).isVisible()
