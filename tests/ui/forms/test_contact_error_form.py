"""Marking a contact as entered in error by keyboard: which one, why, and on to what is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.domain.acting import Role
from collabcare.services.contact_corrections import VoidContact, void_contact
from collabcare.ui.forms.contact_error_form import ContactErrorForm
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.views.record_bar import why_not
from collabcare.ui.widgets.plain_label import PlainLabel
from tests.builders import day, facts, pathway
from tests.ui.keyboard import here, press, write
from tests.ui.views.patient_scene import scene_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

ENTER = Qt.Key.Key_Return


def test_a_wrong_attended_is_taken_back_by_keyboard_and_they_are_sought_again(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, "ADA")
    form = scene.compose("contact_error", ContactErrorForm)
    assert here() is form.which
    press(ENTER, ctrl=True)
    assert form.message.text() == "Choose what was entered in error."
    press(Qt.Key.Key_Down)
    assert form.which.currentText() == "Attended, Mon 19-Jan-2026 10:00, telephone"
    assert form.never_was.value() is False
    press(ENTER, ctrl=True)
    assert form.message.text() == "Say what was wrong: it stays in the record with your reason."
    assert here() is form.reason
    write("Another patient")
    press(ENTER, ctrl=True)
    assert scene.view.composer.form() is None
    assert scene.facts().open_ladder is not None
    said = "The outcome is taken back, and the appointment stands as it was booked. Record its outcome."
    assert scene.said() == said
    follow_up = scene.part("composer_follow_up", QPushButton)
    assert here() is follow_up
    follow_up.click()
    assert scene.form(ContactForm).slot.currentText().startswith("Booked Mon 19-Jan-2026 10:00")


def test_that_there_never_was_a_missed_appointment_is_for_another_supervisor(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, "AD")
    form = scene.compose("contact_error", ContactErrorForm)
    press(Qt.Key.Key_Down)
    form.never_was.setFocus()
    press(Qt.Key.Key_2)
    said = [each.text() for each in form.findChildren(PlainLabel) if each.isVisible()]
    assert any("Only a supervisor who neither holds the case" in each for each in said), "said beforehand"
    assert here() is form.reason
    write("Typed twice")
    press(ENTER, ctrl=True)
    assert "Only a supervisor who neither holds the case" in form.message.text()
    form.never_was.setFocus()
    press(Qt.Key.Key_1)
    press(ENTER, ctrl=True)
    assert [each.status for each in scene.facts().contacts][1:] == [None]


def test_what_was_recorded_last_is_first_and_a_booking_of_somebody_sought_is_asked_about(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, "A")
    practice.on(day(6))
    practice.happen("b", scene.episode, day(14))
    practice.happen("D", scene.episode, day(7))
    scene.view.reload()
    form = scene.compose("contact_error", ContactErrorForm)
    assert [form.which.itemText(place)[:6] for place in (1, 2)] == ["Did no", "Booked"]
    form.which.setCurrentIndex(2)
    form.reason.setFocus()
    write("Never agreed")
    press(ENTER, ctrl=True)
    assert form.message.text().startswith(
        "They are being sought. Without this appointment the search goes on: "
    )
    assert scene.facts().contacts[-1].status is None
    press(ENTER, ctrl=True)
    assert [each.status for each in scene.facts().contacts] == ["5", "3"]


def test_a_booking_is_offered_and_what_is_chosen_stays_chosen(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, "A" * 11)
    practice.happen("b", scene.episode, day(100))
    scene.view.reload()
    form = scene.compose("contact_error", ContactErrorForm)
    assert (form.which.count(), form.which.itemText(1)[:7]) == (11, "Booked,")
    scene.view.composer.open("contact_error", scene.facts().contacts[-2].id)
    assert form.which.currentText().startswith("Attended, ")
    scene.view.composer.open("contact_error", scene.facts().contacts[0].id)
    scene.view.reload()
    assert form.which.value() == scene.facts().contacts[-2].id


def test_what_somebody_else_marked_meanwhile_is_no_longer_chosen(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, "AD")
    form = scene.compose("contact_error", ContactErrorForm)
    press(Qt.Key.Key_Down)
    form.reason.setFocus()
    write("Wrong day")
    missed = scene.facts().contacts[-1]
    command = VoidContact(contact_id=missed.id, seen=missed.row_version, reason="Wrong day")
    void_contact(command, practice.uow("amina"), pathway())
    press(ENTER, ctrl=True)
    assert "Somebody else changed this" in form.message.text()
    assert (form.which.value(), form.reason.text()) == (None, "Wrong day")


@pytest.mark.parametrize(
    ("history", "role", "words"),
    [
        ("", Role.PRACTITIONER, ""),
        ("A", Role.READER, "Your role may not"),
        ("A", Role.PRACTITIONER, ""),
    ],
)
def test_it_says_why_it_is_not_there(history: str, role: Role, words: str) -> None:
    said = why_not("contact_error", role, facts(history))
    assert said.startswith(words)
    assert bool(said) is bool(words)
