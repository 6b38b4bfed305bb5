"""What each outcome unfolds in the contact form, and that what is answered there is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from collabcare.domain.codes import AppointmentType, AttendanceStatus
from collabcare.domain.demographics import InterpreterAtContact
from collabcare.domain.missed_thoughts import ASK_WORDS, Ask
from collabcare.domain.patient_details import CommunicationNeeds, SafeContact, details_of
from collabcare.domain.reach_facts import HasteKind
from collabcare.services.haste import RecordHaste, record_haste_fact
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.forms.fitting_area import FittingArea
from collabcare.ui.pages import PageName
from collabcare.ui.widgets.plain_label import PlainLabel
from collabcare.ui.widgets.segmented import SegmentButton
from tests.builders import day
from tests.services.test_safety_assessments import assess
from tests.ui.keyboard import give_keyboard, here, press, write
from tests.ui.views.patient_scene import scene_of, think

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts
    from tests.ui.views.patient_scene import PatientScene

KEYS = (Qt.Key.Key_5, Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_4, Qt.Key.Key_6, Qt.Key.Key_7)
DNA = Qt.Key.Key_3


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> PatientScene:
    made = scene_of(qtbot, practice, prompts, "AAA")
    made.window.resize(1182, 652)
    return made


def test_what_the_note_says_of_voicemail_is_not_said_again(scene: PatientScene) -> None:
    patient = scene.facts().patient
    safe = SafeContact(voicemail_safe=False, email_safe=False)
    noted = replace(details_of(scene.facts()).contact, contact_note="Text first, no voicemail")
    change = ChangeDetails(patient_id=patient.patient_id, seen=patient.version, safe=safe, contact=noted)
    change_details(change, scene.practice.uow())
    scene.view.reload()
    form = scene.compose("contact", ContactForm)
    press(DNA)
    assert form.missed.text().lower().count("voicemail") == 1
    assert "Not to be used: email." in form.missed.text()


def interpreted(scene: PatientScene) -> None:
    """Let the patient need an interpreter."""
    patient = scene.facts().patient
    needs = CommunicationNeeds(interpreter_language="pl")
    change_details(
        ChangeDetails(patient_id=patient.patient_id, seen=patient.version, needs=needs), scene.practice.uow()
    )
    scene.view.reload()


@pytest.mark.parametrize(
    ("key", "missed", "cancelled", "said"),
    [
        pytest.param(KEYS[0], False, False, "", id="5 attended"),
        pytest.param(KEYS[1], True, False, "", id="3 did not attend"),
        pytest.param(KEYS[2], False, True, "Cancelled, not missed.", id="2 by the patient"),
        pytest.param(KEYS[3], False, True, "We cancelled, so we rebook.", id="4 by us"),
        pytest.param(KEYS[4], False, False, "", id="6 attended late"),
        pytest.param(KEYS[5], False, False, "They came and could not be seen.", id="7 too late"),
    ],
)
def test_each_outcome_unfolds_what_it_asks_for_and_nothing_else(
    scene: PatientScene, key: Qt.Key, *, missed: bool, cancelled: bool, said: str
) -> None:
    form = scene.compose("contact", ContactForm)
    press(key)
    assert (form.missed.isVisible(), form.not_brought.isVisible()) == (missed, missed)
    assert form.why_cancelled.isVisible() is cancelled
    assert form.think_now.text().startswith(said)
    assert form.think_now.isVisible() is bool(said)


def test_a_missed_contact_fits_on_one_screen_beside_its_fields(scene: PatientScene, qtbot: QtBot) -> None:
    record_haste_fact(
        RecordHaste(episode_id=scene.episode, kind=HasteKind.CHILD_CONCERN, happened_on=day(1)),
        scene.practice.uow(),
    )
    scene.view.reload()
    form = scene.compose("contact", ContactForm)
    press(DNA)
    areas = form.findChildren(FittingArea)
    qtbot.waitUntil(lambda: all(area.verticalScrollBar().maximum() == 0 for area in areas))
    beside = form.missed.mapTo(form, form.missed.rect().topLeft()).x()
    assert beside > form.outcome.mapTo(form, form.outcome.rect().topRight()).x()
    form.outcome.setFocus()
    press(KEYS[0])
    assert not form.missed.isVisible()


def test_what_is_cut_short_unfolds_under_the_keyboard_and_nothing_scrolls_within_what_scrolls(
    scene: PatientScene, qtbot: QtBot
) -> None:
    worry = "Stops answering. " * 60
    assess(scene.practice, scene.episode, quick_concern=worry)
    scene.view.reload()
    form = scene.compose("contact", ContactForm)
    press(DNA)
    (area,) = form.findChildren(FittingArea)
    bar, told = area.verticalScrollBar(), form.missed.recorded[Ask.SAFETY]
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    assert told.is_cut
    assert "Stops answering" in told.accessibleName()
    give_keyboard(qtbot, told)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert told.text().count("Stops answering") == 60
    assert not form.missed.asked[Ask.SAFETY].value()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_words_begun_among_the_questions_are_the_note_and_answer_none(scene: PatientScene) -> None:
    form = scene.compose("contact", ContactForm)
    press(KEYS[1])
    assert here() is not form.note
    write("Rang at ten")
    assert form.note.text() == "Rang at ten"
    assert here() is form.note
    assert not any(each.value() for each in form.missed.asked.values())


def test_what_is_answered_is_kept_with_the_note(scene: PatientScene) -> None:
    form = scene.compose("contact", ContactForm)
    press(DNA)
    assert not form.missed.asked[Ask.SAFETY].isVisible()
    press(Qt.Key.Key_3, Qt.Key.Key_1, Qt.Key.Key_2)
    assert here() is form.note
    write("No word before it")
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().contacts[-1].note == "\n".join(
        (
            "No word before it",
            "Safety formulation and plan: none yet.",
            "Answers about safety: none yet.",
            f"{ASK_WORDS[Ask.CHILDREN]}: not known.",
            f"{ASK_WORDS[Ask.COMMUNICATED]}: yes.",
            f"{ASK_WORDS[Ask.GP]}: no.",
        )
    )


def test_nothing_is_answered_by_silence_and_what_is_missing_is_under_the_keyboard(
    scene: PatientScene,
) -> None:
    form = scene.compose("contact", ContactForm)
    press(DNA, Qt.Key.Key_1)
    form.note.setFocus()
    press(Qt.Key.Key_Return, ctrl=True)
    asked = form.missed.asked[Ask.COMMUNICATED]
    assert form.message.text().startswith("Told in the right format and language: answer it with 1 to 3")
    assert asked.isAncestorOf(here())
    assert asked.value() is None
    assert scene.facts().open_ladder is None
    think(form)
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().open_ladder is not None


def test_without_a_formulation_nobody_has_read_one_and_writing_it_is_offered(
    scene: PatientScene, qtbot: QtBot
) -> None:
    form = scene.compose("contact", ContactForm)
    press(DNA)
    assert "Safety formulation and plan: none yet" in form.missed.text()
    with qtbot.waitSignal(scene.view.form_requested) as asked:
        form.missed.write.click()
    assert asked.args == [PageName.SAFETY, "assessment"]
    assert scene.form(ContactForm) is form, "it waits as it was"


def test_what_there_is_to_read_is_asked_about_by_its_name(scene: PatientScene) -> None:
    assess(scene.practice, scene.episode)
    scene.view.reload()
    form = scene.compose("contact", ContactForm)
    press(DNA)
    assert not form.missed.write.isVisible()
    assert form.missed.asked[Ask.SAFETY].isAncestorOf(here())
    think(form)
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().contacts[-1].note.startswith("Safety formulation read: yes.\n")


def test_what_was_answered_about_a_miss_is_not_kept_with_another_outcome(scene: PatientScene) -> None:
    form = scene.compose("contact", ContactForm)
    press(DNA)
    form.missed.asked[Ask.GP].setFocus()
    press(Qt.Key.Key_1)
    form.not_brought.setChecked(True)
    form.outcome.setFocus()
    press(KEYS[0])
    form.minutes.set_value(30)
    press(Qt.Key.Key_Return, ctrl=True)
    held = scene.facts().contacts[-1]
    assert (held.status, held.note, held.was_not_brought) == (AttendanceStatus.ATTENDED_ON_TIME, "", False)


def test_not_brought_puts_it_on_the_prompt_track_and_word_after_the_slot_is_noted(
    scene: PatientScene,
) -> None:
    form = scene.compose("contact", ContactForm)
    press(DNA)
    assert "Standard track" in form.missed.text()
    form.not_brought.setFocus()
    press(Qt.Key.Key_Space)
    assert "Prompt track. Was not brought" in form.missed.text()
    form.rang_after.setFocus()
    press(Qt.Key.Key_Space)
    think(form)
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text().endswith("the first call is due within 2 hours of it.")
    form.at.set_value(time(8))
    press(Qt.Key.Key_Return, ctrl=True)
    assert "how they were in touch after the slot" in form.message.text()
    write("Her father rang at noon")
    press(Qt.Key.Key_Return, ctrl=True)
    kept = scene.facts().contacts[-1]
    assert (kept.was_not_brought, kept.contacted_after) == (True, True)


def test_of_somebody_who_relies_on_others_it_is_asked_whether_they_were_not_brought(
    scene: PatientScene,
) -> None:
    episode, today = scene.facts().episode_id, scene.practice.today
    relies = RecordHaste(episode_id=episode, kind=HasteKind.RELIES_ON_OTHERS, happened_on=today)
    record_haste_fact(relies, scene.practice.uow())
    scene.view.reload()
    form = scene.compose("contact", ContactForm)
    assert not form.think_now.isVisible()
    press(DNA)
    assert "Relies on others to attend" in form.think_now.text()
    assert "Tick “Was not brought” below" in form.think_now.text()
    form.not_brought.setFocus()
    press(Qt.Key.Key_Space)
    assert not form.think_now.isVisible()


def test_an_interpreter_who_did_not_come_is_our_cancellation_and_rebooked(scene: PatientScene) -> None:
    interpreted(scene)
    form = scene.compose("contact", ContactForm)
    assert form.more.interpreter.isVisible()
    press(DNA)
    form.more.interpreter.set_value(InterpreterAtContact.DID_NOT_ATTEND)
    assert "The interpreter did not come" in form.think_now.text()
    press(Qt.Key.Key_Return, ctrl=True)
    assert "the patient did not miss it" in form.message.text()
    form.outcome.setFocus()
    press(KEYS[3])
    assert "book an interpreter for it" in form.think_now.text()
    form.why_cancelled.reason.setFocus()
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return, ctrl=True)
    kept = scene.facts().contacts[-1]
    assert (kept.status, kept.interpreter) == (AttendanceStatus.CANCELLED_BY_PROVIDER, "5")
    assert scene.facts().ladders == ()


def test_the_kind_the_group_and_the_joint_contact_are_behind_one_button(scene: PatientScene) -> None:
    form = scene.compose("contact", ContactForm)
    press(KEYS[0])
    form.minutes.set_value(30)
    assert not form.more.kind.isVisible()
    form.more.show_more.setFocus()
    press(Qt.Key.Key_Space)
    assert form.more.kind.isVisible()
    form.more.kind.set_value(AppointmentType.TREATMENT)
    form.note.setPlainText("Seen with the nurse")
    form.more.joint.setChecked(True)
    press(Qt.Key.Key_Return, ctrl=True)
    kept = scene.facts().contacts[-1]
    assert (kept.appointment_type, kept.group, kept.joint) == ("02", False, True)


def test_somebody_who_died_did_not_miss_it(scene: PatientScene, qtbot: QtBot) -> None:
    form = scene.compose("contact", ContactForm)
    press(DNA)
    with qtbot.waitSignal(scene.view.form_requested) as asked:
        scene.part("contact_has_died", QPushButton).click()
    assert asked.args == ["ending", "death"]
    assert form.isVisible()


def test_a_miss_typed_in_after_they_were_seen_says_that_nobody_is_looked_for(scene: PatientScene) -> None:
    form = scene.compose("contact", ContactForm)
    press(DNA)
    form.on.set_value(scene.practice.today - timedelta(days=10))
    assert form.missed.text().startswith("They have been seen since, so there is nobody to look for.")


def test_the_outcome_of_another_day_says_that_the_appointment_stays_booked(scene: PatientScene) -> None:
    scene.practice.happen("b", scene.episode, day(21), time(16, 30))
    scene.view.reload()
    form = scene.compose("contact", ContactForm)
    press(DNA)
    assert "begins at 16:30 on Mon 26-Jan-2026, so nobody has missed it yet" in form.think_now.text()
    form.outcome.setFocus()
    press(KEYS[0])
    assert not form.think_now.isVisible(), "somebody may be seen before the hour"
    form.outcome.setFocus()
    press(DNA)
    think(form)
    press(Qt.Key.Key_Return, ctrl=True)
    assert "begins at 16:30 on Mon 26-Jan-2026" in form.message.text()
    assert form.slot.currentText().startswith("Booked Mon 26-Jan-2026 16:30")
    form.on.set_value(day(20))
    said = form.findChild(QWidget, "contact_other_day")
    assert isinstance(said, PlainLabel)
    assert said.isVisible()
    assert said.text().endswith("Mon 26-Jan-2026 stays booked.")
    press(Qt.Key.Key_Return, ctrl=True)
    assert [each.status for each in scene.facts().contacts][-2:] == ["3", None]
    assert "Next contact Mon 26-Jan-2026 16:30" in scene.said()


def test_the_key_of_an_outcome_is_its_nhs_code(scene: PatientScene) -> None:
    form = scene.compose("contact", ContactForm)
    for status in AttendanceStatus:
        form.outcome.setFocus()
        press(Qt.Key(ord(status)))
        assert form.outcome.value() is status
        assert f"{status}  " in " ".join(b.text() for b in form.outcome.findChildren(SegmentButton))
