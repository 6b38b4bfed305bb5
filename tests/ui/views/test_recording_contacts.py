"""Recording contacts, attempts and bookings in place: by keyboard, saved, and refused without loss."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.domain.codes import AttendanceStatus, ConsultationMechanism
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.ui.forms.attempt_form import AttemptForm
from collabcare.ui.forms.booking_form import BookingForm
from collabcare.ui.forms.contact_form import ContactForm
from tests.builders import day
from tests.ui.inline import PatientExecutor
from tests.ui.keyboard import here, press, write
from tests.ui.views.patient_scene import scene_of, think

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

HOSTILE = "<b>Łukasz</b> & <none>"


def test_a_contact_is_recorded_by_keyboard_and_the_next_one_booked(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("contact", ContactForm)
    press(Qt.Key.Key_5)
    assert form.outcome.value() is AttendanceStatus.ATTENDED_ON_TIME
    form.minutes.setFocus()
    write("25")
    form.note.setPlainText(HOSTILE)
    form.next_on.setFocus()
    write("+2w")
    assert form.next_on.echo() == "Mon 26-Jan-2026"
    form.next_at.setFocus()
    write("1030")
    press(Qt.Key.Key_Return, ctrl=True)
    held, booked = scene.facts().contacts[-2:]
    assert (held.status, held.minutes, held.note) == (AttendanceStatus.ATTENDED_ON_TIME, 25, HOSTILE)
    assert (booked.on, booked.at, booked.status) == (day(21), time(10, 30), None)
    assert scene.view.composer.form() is None
    assert scene.said() == "The contact is saved. Next contact Mon 26-Jan-2026 10:30."


@pytest.mark.parametrize("opened", ["note", ""])
def test_what_is_read_after_a_save_leaves_the_keyboard_where_it_was_taken(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, opened: str
) -> None:
    late = PatientExecutor()
    scene = scene_of(qtbot, practice, prompts, executor=late)
    late.run_all()
    form = scene.compose("contact", ContactForm)
    form.outcome.set_value(AttendanceStatus.ATTENDED_ON_TIME)
    form.minutes.setFocus()
    write("25")
    form.note.setPlainText(HOSTILE)
    press(Qt.Key.Key_Return, ctrl=True)
    while scene.view.composer.form() is not None:
        late.waiting.pop(0)()
    if opened:
        scene.view.compose(opened)
    else:
        scene.view.story.search.setFocus()
    taken = here()
    late.run_all()
    assert scene.said().startswith("The contact is saved.")
    assert here() is taken


def test_the_outcome_of_a_booking_is_asked_for_and_nothing_typed_twice(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, "Ab")
    form = scene.compose("contact", ContactForm)
    booked = scene.facts().contacts[-1]
    assert form.slot.value() == booked.id
    assert (form.on.value(), form.at.value()) == (booked.on, booked.at)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == "Choose whether the reason was clinical: keys 1 or 2."
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return, ctrl=True)
    cancelled = scene.facts().contacts[-1]
    assert cancelled.status is AttendanceStatus.CANCELLED_BY_PATIENT
    assert (cancelled.cancelled_on, cancelled.cancellation_reason) == (booked.on, "02")
    assert len(scene.facts().contacts) == 2


def test_a_cancellation_ahead_of_time_is_of_the_booking_to_come(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    practice.happen("b", scene.episode, practice.today + timedelta(days=3))
    scene.view.reload()
    form = scene.compose("contact", ContactForm)
    assert form.slot.value() is None
    press(Qt.Key.Key_4)
    assert form.on.value() == practice.today + timedelta(days=3)
    assert "We cancelled, so we rebook. Book it by" in form.think_now.text()


def test_a_missed_contact_unfolds_what_to_think_about_and_starts_the_search(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, "A")
    form = scene.compose("contact", ContactForm)
    assert not form.missed.isVisible()
    press(Qt.Key.Key_3)
    assert form.missed.isVisible()
    thoughts = form.missed.text()
    assert "Call; check the details" in thoughts
    assert "Standard track: no recorded fact asks us to act sooner." in thoughts
    assert "PHQ-9 item 9: not answered yet." in thoughts
    assert "No safety conversation is recorded yet." in thoughts
    assert "07700 900123" in thoughts
    assert "Nobody has asked about format, language or an interpreter." in thoughts
    think(form)
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().open_ladder is not None
    follow_up = scene.part("composer_follow_up", QPushButton)
    assert here() is follow_up
    follow_up.click()
    scene.form(AttemptForm)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("1/1/1980", "before the patient was born"),
        ("+1w", "A contact in the future has no outcome yet"),
        ("99/99", "There is no month 99"),
        ("", "write a date"),
    ],
)
def test_a_refused_contact_stays_open_with_every_character(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, on: str, words: str
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("contact", ContactForm)
    press(Qt.Key.Key_5)
    form.minutes.set_value(25)
    form.note.setPlainText(HOSTILE)
    form.on.edit.setText(on)
    press(Qt.Key.Key_Return, ctrl=True)
    assert words.casefold() in form.message.text().casefold()
    assert (form.note.toPlainText(), form.minutes.value(), form.on.text()) == (HOSTILE, 25, on)
    assert form.save.isEnabled()
    assert len(scene.facts().contacts) == 1


def test_a_contact_without_an_outcome_says_which_keys_choose_one(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    form = scene_of(qtbot, practice, prompts).compose("contact", ContactForm)
    form.note.setFocus()
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == "Choose what happened: keys 2 to 7."
    assert form.outcome.isAncestorOf(here())


@pytest.mark.parametrize("digit", [Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_7])
def test_the_digit_of_the_outcome_leads_on_to_the_note_or_first_to_empty_minutes(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, digit: Qt.Key
) -> None:
    form = scene_of(qtbot, practice, prompts).compose("contact", ContactForm)
    held = form.mechanism.value()
    press(digit)
    assert form.minutes.isAncestorOf(here()) is (digit is not Qt.Key.Key_7)
    form.minutes.set_value(25)
    form.outcome.setFocus()
    press(digit)
    write("Tired, but sleeping better")
    assert (form.note.text(), form.mechanism.value()) == ("Tired, but sleeping better", held)


@pytest.mark.parametrize("digit", [Qt.Key.Key_2, Qt.Key.Key_4])
def test_a_cancellation_leads_on_to_its_reason_and_then_to_the_note(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, digit: Qt.Key
) -> None:
    form = scene_of(qtbot, practice, prompts, "Ab").compose("contact", ContactForm)
    press(digit)
    assert form.why_cancelled.reason.isAncestorOf(here())
    press(Qt.Key.Key_2)
    assert here() is form.note


def test_an_attended_contact_without_minutes_asks_for_them_there(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("contact", ContactForm)
    press(Qt.Key.Key_5)
    form.note.setFocus()
    write("Came late")
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == "Type how many minutes the contact took."
    write("25")
    assert form.message.text() == ""
    press(Qt.Key.Key_Return, ctrl=True)
    held = scene.facts().contacts[-1]
    assert (held.minutes, held.note) == (25, "Came late")


def test_an_attended_contact_is_not_saved_without_a_note_unawares(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("contact", ContactForm)
    before = len(scene.facts().contacts)
    press(Qt.Key.Key_5)
    form.minutes.set_value(25)
    form.minutes.setFocus()
    press(Qt.Key.Key_Return, ctrl=True)
    assert "no note" in form.message.text()
    assert here() is form.note
    assert len(scene.facts().contacts) == before
    press(Qt.Key.Key_Return, ctrl=True)
    assert len(scene.facts().contacts) == before + 1


def test_an_attempt_that_reaches_nobody_keeps_the_search_open(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, "AD")
    form = scene.compose("attempt", AttemptForm)
    press(Qt.Key.Key_1)
    form.outcome.setFocus()
    press(Qt.Key.Key_3)
    assert not form.next_on.isVisible()
    press(Qt.Key.Key_Return, ctrl=True)
    ladder = scene.facts().open_ladder
    assert ladder is not None
    assert [(a.rung, a.channel, a.outcome) for a in ladder.attempts] == [
        (1, Channel.CALL, AttemptOutcome.NO_ANSWER)
    ]


def test_speaking_to_them_ends_the_search_and_books_the_next_contact(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, "AD")
    form = scene.compose("attempt", AttemptForm)
    press(Qt.Key.Key_1)
    form.outcome.setFocus()
    press(Qt.Key.Key_1)
    assert form.next_on.isVisible()
    form.next_on.setFocus()
    write("+1w")
    press(Qt.Key.Key_Return, ctrl=True)
    facts = scene.facts()
    assert facts.open_ladder is None
    assert facts.contacts[-1].on == practice.today + timedelta(weeks=1)
    assert scene.said().startswith("They are reached, and the search ends. Next contact")


def test_a_contact_is_booked_from_the_page(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    scene.part("now_booking", QPushButton).click()
    form = scene.form(BookingForm)
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == "Day: write a date, such as 12/3 or +2w."
    write("+3d")
    form.mechanism.set_value(ConsultationMechanism.VIDEO)
    press(Qt.Key.Key_Return, ctrl=True)
    booked = scene.facts().contacts[-1]
    assert (booked.on, booked.mechanism) == (practice.today + timedelta(days=3), ConsultationMechanism.VIDEO)
    assert scene.said() == "The contact is booked for Thu 15-Jan-2026. It is on Today that day."


def test_a_miss_recorded_late_asks_to_reach_them_today(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, "A   ")
    form = scene.compose("contact", ContactForm)
    press(Qt.Key.Key_3)
    form.on.set_value(day(21))
    think(form)
    form.save.click()
    assert scene.said() == "The missed appointment is saved. Reach them again today."
