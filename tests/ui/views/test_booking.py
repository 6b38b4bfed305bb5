"""Booking with everything it needs: place, kind, an interpreter, and the reminders it will bring."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QScrollArea

from collabcare.domain.acting import Role
from collabcare.domain.codes import AppointmentType, AttendanceStatus, ConsultationMechanism
from collabcare.domain.contact_clock import contact_by
from collabcare.domain.follow_up import FollowUp
from collabcare.domain.patient_details import CommunicationNeeds, SafeContact
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.ui.forms.booking_form import BookingForm
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.forms.entry_form import PatientForm
from collabcare.ui.views.patient_words import banner_facts
from collabcare.ui.widgets.plain_label import PlainLabel
from tests.builders import MONDAY, day, rulebook
from tests.domain.whats_due import CONTACT, only
from tests.ui.accessibility import nameless
from tests.ui.keyboard import press, write
from tests.ui.views.patient_scene import PatientScene, scene_of, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


def polish(practice: Practice) -> EpisodeId:
    """Return a patient who needs an interpreter, two days after their first contact."""
    episode = practice.refer("A")
    patient = practice.facts(episode).patient
    needs = CommunicationNeeds(
        interpreter_language="pl", information_formats=("braille",), needs_reviewed_on=MONDAY
    )
    command = ChangeDetails(patient_id=patient.patient_id, seen=patient.version, needs=needs)
    change_details(command, practice.uow())
    practice.on(day(2))
    return episode


def test_everything_about_an_appointment_is_kept(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("booking", BookingForm)
    assert form.interpreter is None
    write("+12d")
    form.place.setText("Room 3")
    form.kind.set_value(AppointmentType.REVIEW)
    form.joint.click()
    assert nameless(form) == []
    press(Qt.Key.Key_Return, ctrl=True)
    booked = scene.facts().contacts[-1]
    assert (booked.place, booked.appointment_type, booked.joint, booked.group) == (
        "Room 3",
        "04",
        True,
        False,
    )
    assert booked.interpreter_booked is None


def test_how_often_they_are_seen_is_agreed_while_booking_and_kept(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, "AAA")
    form = scene.compose("booking", BookingForm)
    write("+5d")
    form.often.setFocus()
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Up)
    assert "As agreed: by Mon 16-Mar-2026." in words(form)
    assert nameless(form) == []
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().follow_up_weeks == 8
    assert scene.compose("booking", BookingForm).often.value() == FollowUp.EIGHT
    kept = scene.practice.facts(scene.episode)
    assert contact_by(kept, rulebook().pathway) == day(14 + 56)


def test_the_reminders_are_said_before_it_is_booked(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, polish(practice))
    form = scene.compose("booking", BookingForm)
    form.on.edit.setText("19/1/2026")
    assert ("Remind them on Mon 12-Jan-2026 and on Fri 16-Jan-2026 (Sun 18-Jan-2026 is a day off).") in words(
        form
    )
    form.on.edit.setText("18/1/2026")
    assert "Sun 18-Jan-2026 is a day on which nobody works here." in words(form)
    form.on.edit.setText("")
    assert "Remind them" not in words(form)


def test_an_interpreter_who_is_not_booked_is_missed_until_somebody_books_one(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    """AIS-W5."""
    scene = PatientScene(qtbot, practice, prompts, polish(practice))
    form = scene.compose("booking", BookingForm)
    missing = "They need an interpreter (Polish), and none is booked."
    assert missing in words(form)
    assert form.interpreter is not None
    form.interpreter.click()
    assert missing not in words(form)
    form.interpreter.click()
    form.on.edit.setText("+7d")
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().contacts[-1].interpreter_booked is False
    assert missing in words(scene.view.scores)
    scene.part("scores_interpreter", QPushButton).click()
    assert scene.facts().contacts[-1].interpreter_booked is True
    assert missing not in words(scene.view.scores)


def test_a_contact_that_ends_with_a_booking_asks_for_the_interpreter_too(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, polish(practice))
    form = scene.compose("contact", ContactForm)
    form.outcome.set_value(AttendanceStatus.ATTENDED_ON_TIME)
    form.minutes.set_value(30)
    form.note.setPlainText("Seen with an interpreter")
    form.next.on.edit.setText("+7d")
    assert form.next.interpreter is not None
    form.next.interpreter.setChecked(True)
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().contacts[-1].interpreter_booked is True


def test_somebody_not_to_be_rung_is_booked_by_telephone_only_with_a_second_press(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    patient = practice.facts(episode).patient
    change_details(
        ChangeDetails(
            patient_id=patient.patient_id,
            seen=patient.version,
            needs=CommunicationNeeds(interpreter_language="q4", needs_reviewed_on=MONDAY),
            safe=SafeContact(telephone_safe=False, text_safe=True, letters_safe=True),
        ),
        practice.uow(),
    )
    practice.on(day(2))
    scene = PatientScene(qtbot, practice, prompts, episode)
    assert "Text and letters are fine" in words(scene.view.scores)
    contact = scene.compose("contact", ContactForm)
    assert contact.mechanism.value() == contact.next.mechanism.value() == ConsultationMechanism.FACE_TO_FACE
    form = scene.compose("booking", BookingForm)
    assert form.mechanism.value() == ConsultationMechanism.FACE_TO_FACE
    write("+5d")
    form.mechanism.set_value(ConsultationMechanism.TELEPHONE)
    before = len(scene.facts().contacts)
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == (
        "Ringing is recorded as not safe for them. Save again to book it by telephone all the same."
    )
    assert len(scene.facts().contacts) == before
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().contacts[-1].mechanism == ConsultationMechanism.TELEPHONE


def not_to_be_rung(practice: Practice, episode: EpisodeId) -> None:
    """Record that ringing is not safe."""
    patient = practice.facts(episode).patient
    safe = SafeContact(telephone_safe=False, letters_safe=True)
    change_details(
        ChangeDetails(patient_id=patient.patient_id, seen=patient.version, safe=safe), practice.uow()
    )


def test_how_it_is_held_follows_what_is_recorded_while_the_forms_are_open(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    practice.on(day(2))
    scene = PatientScene(qtbot, practice, prompts, episode)
    booking = scene.compose("booking", BookingForm)
    booking.place.setText("Room 2")
    contact = scene.compose("contact", ContactForm)
    contact.note.setPlainText("Begun before anybody asked")
    held = (contact.mechanism, contact.next.mechanism, booking.mechanism)
    assert {each.value() for each in held} == {ConsultationMechanism.TELEPHONE}
    booking.mechanism.set_value(ConsultationMechanism.VIDEO)
    not_to_be_rung(practice, episode)
    scene.view.reload()
    assert contact.mechanism.value() == contact.next.mechanism.value() == ConsultationMechanism.FACE_TO_FACE
    assert booking.mechanism.value() == ConsultationMechanism.VIDEO, "what somebody chose stays"
    booking.mechanism.set_value(ConsultationMechanism.TELEPHONE)
    scene.view.reload()
    assert booking.mechanism.value() == ConsultationMechanism.FACE_TO_FACE


def test_a_slot_booked_by_telephone_is_missed_as_it_was_booked_and_held_as_suits_them(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    practice.on(day(2))
    practice.happen("b", episode, practice.today)
    not_to_be_rung(practice, episode)
    scene = PatientScene(qtbot, practice, prompts, episode)
    assert scene.facts().contacts[-1].mechanism is ConsultationMechanism.TELEPHONE
    form = scene.compose("contact", ContactForm)
    assert form.slot.currentText().startswith("Booked")
    shown = []
    for key in (None, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5):
        form.outcome.setFocus()
        press(*([key] if key else []))
        shown.append(form.mechanism.value())
    by_telephone, face_to_face = ConsultationMechanism.TELEPHONE, ConsultationMechanism.FACE_TO_FACE
    assert shown == [face_to_face, by_telephone, by_telephone, face_to_face]


@pytest.mark.parametrize("kind", ["booking", "contact"])
def test_with_an_interpreter_to_book_no_field_is_cut_off_at_the_right(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, kind: str
) -> None:
    scene = PatientScene(qtbot, practice, prompts, polish(practice))
    form = scene.compose(kind, PatientForm)
    scene.window.resize(1181, 640)
    qtbot.waitUntil(lambda: scene.window.width() == 1181)
    area = form.findChildren(QScrollArea)[0]
    inside = area.widget()
    assert inside is not None
    if isinstance(form, ContactForm):  # where the interpreter is asked for once there is a day
        assert "Polish" not in words(form)
        form.next_on.set_value(practice.today + timedelta(days=7))
        qtbot.waitUntil(lambda: "Polish" in words(form))
    assert inside.width() <= area.viewport().width()
    assert "Polish" in words(form)


def test_before_ringing_and_the_banner_say_what_is_known(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, polish(practice))
    shown = words(scene.view.scores)
    assert "Interpreter: Polish" in shown
    assert "Format: Braille" in shown
    assert "Nobody has asked whether these are safe: ringing" in shown
    details = banner_facts(scene.facts(), practice.today, Role.PRACTITIONER).details
    assert details[4] == ("Allergies", "Not asked")
    assert dict(details)["Interpreter"] == "Polish"
    assert dict(details)["Needs"] == "Format: Braille; communication not asked"


def test_a_day_beyond_the_contact_plan_is_pointed_out_and_can_be_booked(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, polish(practice))
    form = scene.compose("booking", BookingForm)
    late = "when the contact plan wants them seen. Consider an earlier day."
    form.on.edit.setText("12/1/2026")
    assert late not in words(form)
    form.on.edit.setText("13/4/2026")
    assert late in words(form)
    form.on.edit.setText("")
    assert late not in words(form)
    form.on.edit.setText("13/4/2026")
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().contacts[-1].on == date(2026, 4, 13)
    assert only(scene.facts(), day(2), CONTACT) == [
        (CONTACT, day(7), "Booked for 13-Apr-2026, due by 12-Jan-2026")
    ]


def test_the_contact_form_counts_from_the_contact_that_is_being_recorded(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, polish(practice))
    form = scene.compose("contact", ContactForm)
    form.outcome.set_value(AttendanceStatus.ATTENDED_ON_TIME)
    form.outcome.chosen.emit(AttendanceStatus.ATTENDED_ON_TIME)
    form.next_on.edit.setText("+2w")
    assert not form.next.late.isVisibleTo(form)
    form.next_on.edit.setText("+9w")
    assert form.next.late.whole_text().startswith("That is ")
    assert form.next.late.isVisibleTo(form)
    form.next_on.edit.setText("")
    assert not form.next.late.isVisibleTo(form)


def test_what_speaks_against_a_time_is_said_before_it_is_booked(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    other = practice.refer("A")
    practice.happen("b", other, day(9), time(9))
    scene = PatientScene(qtbot, practice, prompts, polish(practice))
    form = scene.compose("booking", BookingForm)
    form.on.edit.setText("+7d")
    form.at.edit.setText("9:00")
    taken = "has another appointment at that time, Wed 14-Jan-2026 09:00."
    assert taken in words(form)
    form.at.edit.setText("11:00")
    assert taken not in words(form)
    form.at.edit.setText("9:00")
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().contacts[-1].on == day(9), "it is said, and not refused"
    again = scene.compose("booking", BookingForm)
    again.on.edit.setText("+3w")
    assert "They are booked already: Wed 14-Jan-2026 09:00" in words(again)
    again.on.edit.setText("+3w")
    press(Qt.Key.Key_Return, ctrl=True)
    shown = words(scene.view)
    assert shown.index("Wed 14-Jan-2026 09:00") < shown.index("Wed 28-Jan-2026")


def test_the_same_time_twice_takes_a_second_press(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    for presses in (1, 2):
        form = scene.compose("booking", BookingForm)
        form.on.edit.setText("+12d")
        form.at.edit.setText("9")
        for left in range(presses, 0, -1):
            before = len(scene.facts().contacts)
            press(Qt.Key.Key_Return, ctrl=True)
            assert len(scene.facts().contacts) == before + (left == 1)
            if left > 1:
                assert form.message.text().endswith("Change the time, or save again to book both.")


def test_a_time_that_cannot_be_read_is_explained_under_its_field(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    form = scene_of(qtbot, practice, prompts).compose("booking", BookingForm)
    form.at.edit.setText("9")
    beside = form.at.findChild(PlainLabel)
    assert isinstance(beside, PlainLabel)
    assert beside.text() == form.at.echo() == "09:00"
    assert beside.geometry().left() > form.at.edit.geometry().right()
    form.at.edit.setText("3")
    assert form.at.echo() == "Morning or afternoon? Write 03:00 or 15:00."
    said = next(each for each in form.findChildren(PlainLabel) if each.text() == form.at.echo())
    assert said.isVisible()
    assert not form.at.isAncestorOf(said)
    form.at.edit.setText("15")
    assert not said.isVisible()
