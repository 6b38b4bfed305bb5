"""Logging a try: the safe ways in view, what unfolds, who, when, and what came of it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton

from collabcare.domain.calendar import LONDON
from collabcare.domain.decided import Decided
from collabcare.domain.display import fmt_date
from collabcare.domain.episode import Phase
from collabcare.domain.patient_details import SafeContact
from collabcare.domain.reach_facts import SnoozeKind
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_ends import SearchEnd
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.ui.forms.attempt_form import AttemptForm
from collabcare.ui.forms.because_part import BecausePart
from collabcare.ui.forms.booking_fields import BookingFields
from collabcare.ui.forms.decided_part import DecidedPart
from collabcare.ui.forms.found_part import FoundPart
from collabcare.ui.forms.put_off_form import PutOffForm
from collabcare.ui.forms.reply_form import ReplyForm
from collabcare.ui.pages import PageName
from tests.services.searching import attempt
from tests.ui.keyboard import here, press, write
from tests.ui.views.patient_scene import scene_of, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from collabcare.domain.facts import AttemptFact
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts
    from tests.ui.views.patient_scene import PatientScene

CALL, LETTER = Qt.Key.Key_1, Qt.Key.Key_4
SPOKE, MESSAGE, NO_ANSWER, SOMEBODY, SENT = (
    *(Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3),
    *(Qt.Key.Key_4, Qt.Key.Key_5),
)


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> PatientScene:
    return scene_of(qtbot, practice, prompts, "AD")


def asked(scene: PatientScene, **safe: Any) -> None:  # noqa: ANN401 - any way
    """Record what is safe."""
    patient = scene.facts().patient
    command = ChangeDetails(patient_id=patient.patient_id, seen=patient.version, safe=SafeContact(**safe))
    change_details(command, scene.practice.uow())
    scene.view.reload()


def test_the_way_they_prefer_stands_first(scene: PatientScene) -> None:
    asked(scene, telephone_safe=True, text_safe=True, preferred_way="text")
    form = scene.compose("attempt", AttemptForm)
    assert form.head.ways.text().startswith("Text message: ")
    assert "They prefer: text." in words(form.head)
    assert "They prefer: text" in words(scene.view)


def tried(scene: PatientScene) -> AttemptFact:
    """Return the try logged last."""
    return scene.facts().ladders[-1].attempts[-1]


def save() -> None:
    press(Qt.Key.Key_Return, ctrl=True)


def test_the_step_the_track_and_the_safe_ways_stand_beside_the_form(scene: PatientScene) -> None:
    asked(scene, telephone_safe=True, voicemail_safe=False, letters_safe=False)
    form = scene.compose("attempt", AttemptForm)
    told = words(form.head)
    assert "Call; check the details" in told
    assert "Standard track: no recorded fact asks us to act sooner." in told
    assert "No attempt so far." in told
    assert "No safety formulation is recorded." in told
    assert "Samaritans: " in told
    assert "Voicemail: Voicemails are recorded as not safe." in form.head.ways.text()
    struck = {
        button.accessibleName()
        for button in form.channel.findChildren(QPushButton)
        if button.font().strikeOut()
    }
    assert struck == {"Letter"}


def test_a_way_not_to_be_used_asks_why_before_it_is_logged(scene: PatientScene) -> None:
    asked(scene, letters_safe=False)
    form = scene.compose("attempt", AttemptForm)
    press(LETTER)
    assert form.unsafe_reason.isVisible()
    press(SENT)
    assert here() is form.unsafe_reason
    save()
    assert form.message.text() == "Say why this way was used all the same."
    write("Handed over")
    save()
    assert tried(scene).note == "Why this way all the same: Handed over"


def test_a_voicemail_that_is_not_safe_asks_why_though_a_call_is_fine(scene: PatientScene) -> None:
    asked(scene, telephone_safe=True, voicemail_safe=False)
    form = scene.compose("attempt", AttemptForm)
    press(CALL)
    assert not form.unsafe_reason.isVisible()
    press(MESSAGE)
    assert form.unsafe_reason.isVisible()
    form.outcome.setFocus()
    press(NO_ANSWER)
    assert not form.unsafe_reason.isVisible()


def test_what_cannot_come_of_the_way_chosen_cannot_be_chosen_and_says_why(scene: PatientScene) -> None:
    form = scene.compose("attempt", AttemptForm)
    buttons = dict(zip(AttemptOutcome, form.outcome.findChildren(QAbstractButton), strict=True))
    assert all(each.isEnabled() for each in buttons.values())
    press(CALL)
    sent = buttons[AttemptOutcome.SENT]
    assert {each for each, button in buttons.items() if not button.isEnabled()} == {
        AttemptOutcome.SENT,
        AttemptOutcome.DISCUSSED,
    }
    assert sent.accessibleDescription() == '"Sent, no reply yet" cannot come of "Call".'
    press(SENT)
    assert form.outcome.value() is None
    form.channel.setFocus()
    press(LETTER)
    assert sent.isEnabled()
    assert sent.accessibleDescription() == ""
    press(SENT)
    form.channel.setFocus()
    press(CALL)
    assert form.outcome.value() is None


def test_somebody_else_is_named_and_what_they_promised_is_kept(scene: PatientScene) -> None:
    form = scene.compose("attempt", AttemptForm)
    press(CALL)
    press(SOMEBODY)
    assert here() is form.spoke_to
    save()
    assert form.message.text().startswith("Say whom you spoke to")
    write("Her brother")
    form.promised_on.setFocus()
    write("+3d")
    save()
    kept = tried(scene)
    assert (kept.spoke_to, kept.promised_on) == ("Her brother", scene.practice.today + timedelta(days=3))
    assert scene.facts().open_ladder is not None


def test_a_try_of_yesterday_needs_its_time_and_keeps_it(scene: PatientScene) -> None:
    scene.practice.on(scene.practice.today + timedelta(days=1))
    scene.view.reload()
    form = scene.compose("attempt", AttemptForm)
    press(CALL)
    press(NO_ANSWER)
    yesterday = scene.practice.today - timedelta(days=1)
    form.on.set_value(yesterday)
    save()
    assert form.message.text() == "Type about what time it was."
    write("1640")
    save()
    assert tried(scene).at == datetime.combine(yesterday, time(16, 40), LONDON)


def test_when_somebody_else_logs_a_try_meanwhile_it_is_said_and_nothing_typed_is_lost(
    scene: PatientScene,
) -> None:
    form = scene.compose("attempt", AttemptForm)
    press(CALL)
    press(NO_ANSWER)
    form.note.setPlainText("Rang twice")
    attempt(scene.practice, scene.episode, login="amina", note="I rang too")
    save()
    assert "Somebody else logged a try" in form.message.text()
    assert form.note.toPlainText() == "Rang twice"
    assert "I rang too" not in form.note.toPlainText()
    assert "1 attempt so far" in words(form.head)
    save()
    asked = form.message.text()
    assert asked.startswith("Logged already: ")
    assert asked.endswith("call: no answer. Amina Shah. Is this another one? Then save once more.")
    save()
    assert [each.note for each in scene.facts().ladders[-1].attempts] == ["I rang too", "Rang twice"]


def test_a_talk_needs_words_and_can_carry_what_was_decided(scene: PatientScene) -> None:
    form = scene.compose("attempt", AttemptForm)
    assert not form.decided.isVisible()
    form.channel.choose(Channel.SUPERVISION)
    form.outcome.choose(AttemptOutcome.DISCUSSED)
    assert form.decided.isVisible()
    save()
    assert (form.message.text(), here()) == ("Write what was said.", form.note)
    write("Amina: somebody should go")
    form.decided.choice.setFocus()
    press(Qt.Key.Key_1)
    assert here() is form.decided.words
    save()
    assert form.message.text() == "Say who does what, and by when."
    write("Jo and Lee at 14:00")
    save()
    kept = tried(scene)
    assert (kept.decided, kept.decided_words) == (Decided.HOME_VISIT, "Jo and Lee at 14:00")


def test_what_no_try_has_asked_for_is_not_made(scene: PatientScene) -> None:
    form = scene.compose("attempt", AttemptForm)
    late = (BecausePart, FoundPart, DecidedPart, BookingFields)
    assert [kind for kind in late if form.findChildren(kind)] == []
    press(CALL)
    press(NO_ANSWER)
    assert len(form.findChildren(FoundPart)) == 1
    assert form.found.telephone.isVisibleTo(form.found) is False, "nothing was found out yet"
    assert form.findChildren(BookingFields) == []
    as_opened = [value for name, value in form.opened.items() if name.endswith("Postcode")]
    assert as_opened == [form.found.postcode.text()], "it counts as opened with the form"


def test_after_a_try_the_next_step_and_its_day_are_said(scene: PatientScene) -> None:
    scene.compose("attempt", AttemptForm)
    press(CALL)
    press(NO_ANSWER)
    save()
    assert "They are still being sought. Next: try again by another channel" in scene.said()
    assert ", overdue since Wed 14-Jan-2026." in scene.said()


def pause(form: AttemptForm) -> None:
    form.found.theirs.setFocus()
    press(Qt.Key.Key_2)
    form.found.return_on.setFocus()
    write("+2w")


def decline(form: AttemptForm) -> None:
    form.found.theirs.setFocus()
    press(Qt.Key.Key_3)
    form.note.setPlainText("Feels well")
    save()
    assert form.message.text().startswith("Write in a sentence what was said about safety")
    form.found.safety.setPlainText("Feels well; safe with her sister")


def rebook(form: AttemptForm) -> None:
    form.found.theirs.setFocus()
    press(Qt.Key.Key_1)
    form.next_on.setFocus()
    write("+1w")


@pytest.mark.parametrize(
    ("say", "because", "phase"),
    [
        pytest.param(rebook, "Rebooked", Phase.ACTIVE, id="rebooked"),
        pytest.param(pause, "Wants a pause", Phase.PAUSED, id="wants a pause"),
        pytest.param(decline, "Does not want care now", Phase.ACTIVE, id="declines"),
    ],
)
def test_what_they_want_ends_the_search_and_no_care(
    scene: PatientScene, say: Callable[[AttemptForm], None], because: str, phase: Phase
) -> None:
    form = scene.compose("attempt", AttemptForm)
    press(CALL)
    press(SPOKE)
    say(form)
    save()
    facts = scene.facts()
    assert (facts.ladders[-1].closed_because, facts.phase, facts.closed_on) == (because, phase, None)


def test_what_they_want_says_what_it_needs_before_anything_is_kept(scene: PatientScene) -> None:
    form = scene.compose("attempt", AttemptForm)
    press(CALL)
    press(SPOKE)
    form.found.theirs.setFocus()
    press(Qt.Key.Key_1)
    save()
    assert "Book the appointment with it" in form.message.text()
    assert scene.facts().open_ladder is not None


def test_wrong_details_are_put_right_there_and_the_search_begins_again(scene: PatientScene) -> None:
    form = scene.compose("attempt", AttemptForm)
    press(CALL)
    press(NO_ANSWER)
    form.found.others.setFocus()
    press(Qt.Key.Key_1)
    assert form.found.telephone.text() == "07700 900123"
    form.found.telephone.setFocus()
    write("07700 900456")
    save()
    facts = scene.facts()
    assert facts.patient.telephone == "07700 900456"
    assert facts.patient.address == ("4 Mill Lane", "Leeds")
    assert facts.open_ladder is not None
    assert facts.open_ladder.restarted_at is not None
    assert scene.said() == "The details are put right. The search begins again."


def test_a_death_somebody_tells_us_of_is_recorded_with_the_try_and_ends_the_search(
    scene: PatientScene, qtbot: QtBot
) -> None:
    form = scene.compose("attempt", AttemptForm)
    press(CALL)
    press(SOMEBODY)
    write("Her mother")
    form.found.others.setFocus()
    press(Qt.Key.Key_3)
    assert "This records the death" in words(form.found)
    assert form.found.died_on.isAncestorOf(here())
    write("t")
    save()
    assert scene.facts().patient.died_on is None
    assert "You are about to record that OKAFOR, Ngozi (Ms) died on" in form.message.text()
    assert "told by Her mother. Check the name and the day, then save again." in form.message.text()
    save()
    facts = scene.facts()
    assert facts.patient.died_on == scene.practice.today
    assert facts.ladders[-1].closed_on is not None
    assert scene.view.composer.follow_up.hasFocus(), "what is left to do is one key away"
    with qtbot.waitSignal(scene.view.page_requested) as asked:
        press(Qt.Key.Key_Space)
    assert asked.args == [PageName.ENDING]


def test_silence_tells_of_no_move_and_no_death(scene: PatientScene) -> None:
    form = scene.compose("attempt", AttemptForm)
    press(Qt.Key.Key_6)  # the GP practice, which may say that they have moved
    press(SOMEBODY)
    form.found.others.setFocus()
    press(Qt.Key.Key_2)
    assert form.found.end() is SearchEnd.MOVED
    assert form.found.safety.isVisibleTo(form), "whoever leaves our care is asked about"
    form.outcome.setFocus()
    press(NO_ANSWER)
    assert form.found.end() is None
    form.found.others.setFocus()
    press(Qt.Key.Key_3)
    assert form.found.end() is None
    press(Qt.Key.Key_1)
    assert form.found.end() is SearchEnd.WRONG_DETAILS


def test_their_own_reply_ends_the_search(scene: PatientScene) -> None:
    scene.compose("attempt", AttemptForm)
    scene.part("attempt_reply", QPushButton).click()
    form = scene.form(ReplyForm)
    press(Qt.Key.Key_4)
    form.note.setPlainText("Will come next week")
    form.next_on.setFocus()
    write("+1w")
    save()
    facts = scene.facts()
    assert facts.open_ladder is None
    assert (tried(scene).outcome, tried(scene).channel) == (AttemptOutcome.SPOKE, Channel.LETTER)
    assert scene.said().startswith("They are reached, and the search ends. Next contact")


def test_a_call_is_put_off_within_its_limits_which_are_in_view(scene: PatientScene) -> None:
    scene.compose("attempt", AttemptForm)
    scene.part("attempt_put_off", QPushButton).click()
    form = scene.form(PutOffForm)
    press(Qt.Key.Key_2)
    assert "It can wait until Wed 21-Jan-2026 at the latest." in words(form)
    assert "The next step of the search is due already: try again" in words(form)
    assert here() is form.reason
    write("At work until then")
    save()
    [snooze] = scene.facts().ladders[-1].snoozes
    assert (snooze.kind, snooze.reason) == (SnoozeKind.CALL_LATER, "At work until then")
    until = f"Put off until {fmt_date(snooze.until, weekday=True)}"
    assert scene.said().startswith(f"{until}. The next step of the search is due already: try again")


def test_waiting_for_an_appointment_needs_the_appointment(scene: PatientScene) -> None:
    form = scene.compose("put_off", PutOffForm)
    press(Qt.Key.Key_1)
    assert here() is not form.reason
    form.reason.setText("Agreed by text")
    save()
    assert form.message.text() == "Type the day of the appointment it waits for."
    write("+1w")
    save()
    [snooze] = scene.facts().ladders[-1].snoozes
    booked = scene.practice.today + timedelta(weeks=1)
    assert snooze.until == scene.practice.rulebook.calendar.nth_after(booked, 1)
    assert scene.facts().contacts[-1].on == booked
