"""Moving an appointment, writing a note, the way of a call, how the next contact is held: by keyboard."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.domain.attendance import Side
from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.moving import Slot
from collabcare.domain.patient_details import CommunicationNeeds, SafeContact
from collabcare.domain.reaching import Route
from collabcare.domain.reengagement import Channel
from collabcare.queries.drafts import all_drafts
from collabcare.queries.timeline_entry import EntryKind, TimelineFilter
from collabcare.services.contacts import BookContact, Booking, book_contact
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.ui.forms.attempt_form import AttemptForm
from collabcare.ui.forms.contact_error_form import ContactErrorForm
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.forms.move_form import MoveForm
from collabcare.ui.forms.note_form import NoteForm
from collabcare.ui.forms.reply_form import ReplyForm
from tests.builders import day
from tests.ui.accessibility import nameless
from tests.ui.keyboard import here, press, write
from tests.ui.views.patient_scene import PatientScene, scene_of, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

CALL, SPOKE, NO_ANSWER = Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_3
MESSAGE = Qt.Key.Key_2


def save() -> None:
    press(Qt.Key.Key_Return, ctrl=True)


def booked(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> PatientScene:
    """Return the page of somebody seen once, with a video call booked in room 2."""
    episode = practice.refer("A")
    practice.on(day(1))
    booking = Booking(
        on=day(14), at=time(10), mechanism=ConsultationMechanism.VIDEO, minutes=50, place="Room 2"
    )
    book_contact(BookContact(episode_id=episode, booking=booking), practice.uow())
    return PatientScene(qtbot, practice, prompts, episode)


def test_an_appointment_is_moved_in_one_form_from_where_it_is_shown(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = booked(qtbot, practice, prompts)
    scene.part("now_move", QPushButton).click()
    form = scene.form(MoveForm)
    assert nameless(form) == []
    assert (form.which.currentText()[:15], form.minutes.value(), form.place.text()) == (
        "Mon 19-Jan-2026",
        50,
        "Room 2",
    )
    save()
    assert form.message.text() == "Choose who asked for another time: keys 1 or 2."
    press(Qt.Key.Key_1)
    save()
    assert form.on.isAncestorOf(here())
    write("+2w")
    save()
    slot = scene.facts().contacts[-1]
    assert (slot.on, slot.at, slot.mechanism, slot.minutes, slot.place) == (
        *(day(15), time(10)),
        *(ConsultationMechanism.VIDEO, 50, "Room 2"),
    )
    (moved,) = scene.facts().moves
    assert (moved.was, moved.asked_by) == (Slot(day(14), time(10)), Side.PATIENT)
    assert scene.said() == "The contact is moved to Tue 20-Jan-2026 10:00. Nothing was cancelled."
    assert EntryKind.MOVED in {entry.kind for entry in scene.view.story.shown()}
    assert "Tue 20-Jan-2026 10:00" in words(scene.view.now)


def test_a_cancellation_that_is_only_another_time_leads_to_moving_it(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = booked(qtbot, practice, prompts)
    form = scene.compose("contact", ContactForm)
    press(Qt.Key.Key_2)
    assert form.why_cancelled.move_instead.isVisible()
    form.why_cancelled.move_instead.click()
    assert scene.form(MoveForm).which.currentText().startswith("Mon 19-Jan-2026 10:00")


def test_with_nothing_booked_there_is_nothing_to_move(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, "A")
    scene.view.compose("move")
    assert scene.said() == "Nothing is booked that could be moved."


def test_a_note_is_written_found_and_marked_as_entered_in_error(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, "A")
    due = scene.view.page.row.due if scene.view.page else None
    form = scene.compose("note", NoteForm)
    assert here() is form.note
    assert nameless(form) == []
    write("GP rang: bloods are normal")
    scene.view.keep_drafts()
    with practice.reading() as session:
        assert [row.kind for row in all_drafts(session, practice.user("jo"))] == ["note"]
    save()
    assert scene.said() == "The note is saved. It changed nothing that is due."
    with practice.reading() as session:
        assert all_drafts(session, practice.user("jo")) == ()
    assert scene.view.page is not None
    assert scene.view.page.row.due == due
    scene.view.story.chips.set_value(TimelineFilter.NOTES)
    scene.view.story.search.setText("bloods")
    (entry,) = scene.view.story.shown()
    assert (entry.kind, entry.title) == (EntryKind.NOTE, "Note, Jo Smith")
    wrong = scene.compose("contact_error", ContactErrorForm)
    press(Qt.Key.Key_End)
    assert wrong.which.currentText() == "Note, Mon 12-Jan-2026: GP rang: bloods are normal"
    wrong.reason.setFocus()
    write("Another patient")
    save()
    scene.view.story.show_all()
    (entry,) = (each for each in scene.view.story.shown() if each.kind is EntryKind.IN_ERROR)
    assert entry.text == "Marked Mon 12-Jan-2026 by Jo Smith: Another patient\nGP rang: bloods are normal"


def test_a_note_half_written_comes_back(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> None:
    scene = scene_of(qtbot, practice, prompts, "A")
    scene.compose("note", NoteForm)
    write("Half a sen")
    scene.view.keep_drafts()
    again = PatientScene(qtbot, practice, prompts, scene.episode)
    qtbot.waitUntil(lambda: again.view.composer.form() is not None)
    assert again.form(NoteForm).note.text() == "Half a sen"


def sought(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, *, method: str | None = None
) -> PatientScene:
    """Return the page of somebody who did not attend, who may need another way than a voice call."""
    episode = practice.refer("AD")
    patient = practice.facts(episode).patient
    command = ChangeDetails(
        patient_id=patient.patient_id,
        seen=patient.version,
        safe=SafeContact(telephone_safe=True, voicemail_safe=True),
        needs=CommunicationNeeds(communication_methods=(method,)) if method else None,
    )
    change_details(command, practice.uow())
    return PatientScene(qtbot, practice, prompts, episode)


def ways(scene: PatientScene) -> list[tuple[Channel, Route | None]]:
    """Return how each attempt went."""
    return [(each.channel, each.route) for each in scene.facts().ladders[-1].attempts]


def test_a_call_through_text_relay_is_kept_and_told_as_that(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = sought(qtbot, practice, prompts, method="bsl")
    form = scene.compose("attempt", AttemptForm)
    assert not form.through.isVisible()
    press(CALL)
    assert form.through.isVisible()
    assert form.through.value() is Route.TEXT_RELAY
    assert nameless(form) == []
    press(NO_ANSWER)
    save()
    assert ways(scene) == [(Channel.CALL, Route.TEXT_RELAY)]
    titles = [entry.title for entry in scene.view.story.shown()]
    assert "Text relay: no answer, Jo Smith" in titles


def test_a_message_on_their_telephone_is_a_voicemail_and_a_voice_call_they_cannot_hear_asks_why(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = sought(qtbot, practice, prompts)
    scene.compose("attempt", AttemptForm)
    press(CALL, MESSAGE)
    save()
    form = scene.compose("attempt", AttemptForm)
    press(CALL)
    form.through.setFocus()
    press(Qt.Key.Key_3)
    assert form.unsafe_reason.isVisible(), "nobody was named"
    press(NO_ANSWER)
    write("Her sister rang us and asked to be rung")
    save()
    assert ways(scene) == [(Channel.CALL, Route.VOICEMAIL), (Channel.CALL, Route.NOMINATED_CONTACT)]


def test_they_rang_by_text_relay(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> None:
    scene = sought(qtbot, practice, prompts)
    form = scene.compose("reply", ReplyForm)
    press(Qt.Key.Key_6)
    form.note.setFocus()
    write("Will come")
    save()
    assert ways(scene) == [(Channel.CALL, Route.TEXT_RELAY)]


def test_the_next_contact_is_held_as_this_one_was_unless_somebody_says_otherwise(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = booked(qtbot, practice, prompts)
    practice.on(day(14), time(12))
    scene.view.reload()
    held = ((None, ConsultationMechanism.VIDEO), (ConsultationMechanism.FACE_TO_FACE,) * 2)
    for weeks, (chosen, kept) in enumerate(held, start=1):
        form = scene.compose("contact", ContactForm)
        assert not form.next.mechanism.isVisible(), "nothing is asked before there is a day"
        press(Qt.Key.Key_5)
        form.mechanism.set_value(ConsultationMechanism.VIDEO)
        form.minutes.set_value(30)
        form.note.setPlainText("Seen by video")
        form.at.set_value(time(10) if chosen is None else time(11))
        form.next_on.setFocus()
        write(f"+{weeks}w")
        assert form.next.mechanism.isVisible()
        assert form.next.mechanism.value() == ConsultationMechanism.VIDEO
        if chosen is not None:
            form.next.mechanism.set_value(chosen)
            form.mechanism.set_value(ConsultationMechanism.TELEPHONE)
        save()
        last = scene.practice.last_contact(scene.episode)
        assert (last.on_date, last.mechanism) == (day(14) + timedelta(weeks=weeks), kept)
