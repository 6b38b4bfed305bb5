"""The page on reaching a patient: what it says, and everything that can be recorded on it, by keyboard."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton

from collabcare.domain.display import spoken_dates
from collabcare.domain.reach_facts import HasteKind, Track
from collabcare.domain.tracks import ONLY_A_SUPERVISOR
from collabcare.services.haste import MoveTrack, RecordHaste, move_track, record_haste_fact
from collabcare.services.pauses import PauseEpisode, pause_episode
from collabcare.ui.forms.haste_forms import HasteEndForm, HasteForm, HasteVoidForm
from collabcare.ui.forms.pause_forms import PauseEndForm, PauseForm, PauseReviewForm
from collabcare.ui.forms.track_form import TrackForm
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.reaching_view import ReachingView
from tests.builders import day
from tests.services.searching import attempt
from tests.ui.accessibility import nameless
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import press, under_hands, write
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.ui.forms.entry_form import PatientForm
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

FormT = TypeVar("FormT", bound="PatientForm")


class ReachingScene:
    """The page of somebody who missed an appointment a week ago and was rung once."""

    def __init__(self, qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, login: str = "jo") -> None:
        self.practice = practice
        self.episode = practice.refer("AD")
        attempt(practice, self.episode, note="Rang twice")
        practice.on(day(14))
        desk = practice.desk(login)
        self.tasks = Tasks(prompts, InlineExecutor())
        self.tasks.use(desk.reading)
        self.view = ReachingView(desk, self.tasks, prompts)
        self.window = under_hands(qtbot, self.view)
        self.window.resize(1182, 652)
        self.view.show_episode(self.episode)

    def again(self) -> None:
        """Read the page once more."""
        self.view.reload()

    def press(self, name: str) -> None:
        """Press a button of the page."""
        self.button(name).click()

    def button(self, name: str) -> QPushButton:
        """Return a button of the page."""
        [found] = [b for b in self.view.findChildren(QPushButton, f"reaching_{name}") if b.isVisible()]
        return found

    def names(self) -> set[str]:
        """Return the buttons there are."""
        found = [each for each in self.view.findChildren(QPushButton) if each.isVisible()]
        return {b.objectName().removeprefix("reaching_") for b in found if b.objectName()[:9] == "reaching_"}

    def form(self, kind: type[FormT]) -> FormT:
        """Return the form in view."""
        shown = self.view.forms.form()
        assert isinstance(shown, kind), shown
        return shown

    def facts(self) -> EpisodeFacts:
        """Return what the record now holds."""
        return self.practice.facts(self.episode)

    def said(self) -> str:
        """Return what the page says of the last save."""
        return self.view.message.text()


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> ReachingScene:
    return ReachingScene(qtbot, practice, prompts)


def save() -> None:
    press(Qt.Key.Key_Return, ctrl=True)


def test_it_says_the_step_the_steps_ahead_by_their_dates_and_what_was_tried(scene: ReachingScene) -> None:
    told = words(scene.view)
    assert "Try again by another channel or at another time." in told
    assert "Next: Write, in the right format, with a new appointment, by Mon 19-Jan-2026." in told
    assert "Then: Talk with the GP practice" in told
    assert "Standard track: no recorded fact asks us to act sooner." in told
    assert "12-Jan-2026 18:00, call: no answer. Jo Smith. Rang twice" in told
    assert "Nothing is sent by itself" in told
    assert "Samaritans: " in told
    assert nameless(scene.window) == []


def test_a_fact_is_recorded_and_the_search_is_on_the_prompt_track_with_its_reason(
    scene: ReachingScene,
) -> None:
    scene.press("haste")
    form = scene.form(HasteForm)
    save()
    assert form.message.text() == "Choose what makes us act sooner."
    form.kind.set_value(HasteKind.CHILD_CONCERN)
    form.note.setFocus()
    write("Two at home")
    save()
    [fact] = scene.facts().haste
    assert (fact.kind, fact.note, fact.happened_on) == (
        HasteKind.CHILD_CONCERN,
        "Two at home",
        scene.practice.today,
    )
    assert "Prompt track. Concern for a child (19-Jan-2026), Two at home." in words(scene.view)
    assert scene.said().startswith("The fact is saved.")


def test_a_fact_ends_and_one_entered_in_error_goes_with_its_reason(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = ReachingScene(qtbot, practice, prompts, "amina")
    uow = scene.practice.uow()
    record_haste_fact(
        RecordHaste(episode_id=scene.episode, kind=HasteKind.PERINATAL, happened_on=day(1)), uow
    )
    scene.again()
    scene.press("haste_end")
    scene.form(HasteEndForm)
    save()
    assert scene.facts().haste[0].ended_on == scene.practice.today
    assert "haste_end" not in scene.names()
    scene.press("haste_void")
    form = scene.form(HasteVoidForm)
    save()
    assert form.message.text() == "Say why this is an error."
    write("Another patient")
    save()
    assert scene.facts().haste == ()


def test_what_happened_once_does_not_end(scene: ReachingScene) -> None:
    uow = scene.practice.uow()
    record_haste_fact(
        RecordHaste(episode_id=scene.episode, kind=HasteKind.SELF_HARM, happened_on=day(1)), uow
    )
    scene.again()
    assert "haste_void" in scene.names()
    assert "haste_end" not in scene.names()


def test_anybody_makes_us_faster_and_only_a_supervisor_slower(scene: ReachingScene) -> None:
    scene.press("track")
    save()
    assert scene.form(TrackForm).message.text() == "Say why the track is to change."
    write("Sounded low")
    save()
    assert scene.facts().track_moves[-1].to is Track.PROMPT
    assert "Moved to the Prompt track (19-Jan-2026), Sounded low." in words(scene.view)
    scene.press("track")
    form = scene.form(TrackForm)
    write("Seen by the crisis team")
    save()
    assert form.message.text() == ONLY_A_SUPERVISOR
    assert ONLY_A_SUPERVISOR in words(scene.view)
    assert scene.facts().track_moves[-1].to is Track.PROMPT


def test_a_supervisor_who_does_not_hold_the_case_makes_us_slower(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = ReachingScene(qtbot, practice, prompts, "amina")
    faster = MoveTrack(episode_id=scene.episode, to=Track.PROMPT, reason="Sounded low")
    move_track(faster, practice.uow())
    scene.again()
    scene.press("track")
    write("Seen by the crisis team")
    save()
    assert scene.facts().track_moves[-1].agreed_by_id == scene.practice.user("amina")
    assert "Standard track, as agreed with the supervisor." in words(scene.view)


def test_a_known_absence_is_paused_looked_at_again_and_ended(scene: ReachingScene) -> None:
    scene.press("pause")
    form = scene.form(PauseForm)
    assert "By Mon 16-Feb-2026 at the latest." in words(form)
    save()
    assert form.message.text().startswith("Choose why care is paused")
    press(Qt.Key.Key_2)
    form.told_by.setFocus()
    write("St James's")
    save()
    assert "Look again on" in form.message.text()
    write("+2w")
    save()
    [pause] = scene.facts().pauses
    assert (pause.reason, pause.review_on) == (
        "In hospital, told by St James's",
        scene.practice.today + timedelta(weeks=2),
    )
    assert scene.facts().open_ladder is not None
    assert "Away until Mon 02-Feb-2026: In hospital, told by St James's" in words(scene.view)
    scene.press("pause_review")
    scene.form(PauseReviewForm)
    write("+3w")
    save()
    assert scene.facts().pauses[0].review_on == scene.practice.today + timedelta(weeks=3)
    scene.press("pause_end")
    scene.form(PauseEndForm)
    save()
    assert scene.facts().pauses[0].ended_on == scene.practice.today


def test_a_pause_another_person_has_to_decide_says_so_before_anything_is_chosen(scene: ReachingScene) -> None:
    fact = RecordHaste(
        episode_id=scene.episode, kind=HasteKind.CHILD_CONCERN, happened_on=scene.practice.today
    )
    record_haste_fact(fact, scene.practice.uow())
    scene.again()
    scene.press("pause")
    form = scene.form(PauseForm)
    assert form.alone.text().startswith("They are being sought on the Prompt track, and a step is overdue")
    assert form.alone.text().endswith("ask a supervisor who does not hold this case to pause care.")
    assert form.told_by.hasFocus()
    choices = form.where.findChildren(QAbstractButton)
    assert {(each.isEnabled(), each.accessibleDescription()) for each in choices} == {
        (False, spoken_dates(form.alone.text()))
    }


def test_a_pause_nobody_would_come_back_to_is_refused(scene: ReachingScene) -> None:
    scene.press("pause")
    form = scene.form(PauseForm)
    press(Qt.Key.Key_1)
    form.review_on.setFocus()
    write("+5w")
    save()
    assert "within 28 days" in form.message.text()
    assert scene.facts().pauses == ()
    press(Qt.Key.Key_5)
    form.where.setFocus()
    press(Qt.Key.Key_5)
    save()
    assert form.message.text() == "Say why care is paused."


def test_the_acts_of_the_search_lead_to_where_they_are_done(scene: ReachingScene, qtbot: QtBot) -> None:
    for kind in ("attempt", "reply", "put_off"):
        with qtbot.waitSignal(scene.view.compose_requested) as asked:
            scene.press(kind)
        assert asked.args == [scene.episode, kind]
    attempt(scene.practice, scene.episode, rung=2)
    scene.again()
    with qtbot.waitSignal(scene.view.letter_requested) as letter:
        scene.press("patient_missed")
    assert letter.args == [scene.episode, "patient_missed"]


def test_a_form_with_something_in_it_is_not_lost_by_escape(
    scene: ReachingScene, prompts: ScriptedPrompts
) -> None:
    prompts.answers += [False, True]
    scene.press("track")
    write("Sounded low")
    press(Qt.Key.Key_Escape)
    assert scene.form(TrackForm).reason.text() == "Sounded low"
    press(Qt.Key.Key_Escape)
    assert scene.view.forms.form() is None


def test_when_nobody_is_sought_it_says_so_and_a_pause_is_still_there(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = ReachingScene(qtbot, practice, prompts)
    seen = practice.refer("A", surname="Seen")
    pause_episode(
        PauseEpisode(episode_id=seen, reason="Away", review_on=practice.today + timedelta(days=7)),
        practice.uow(),
        practice.rulebook,
    )
    scene.view.show_episode(seen)
    told = words(scene.view)
    assert "Nobody is being sought." in told
    assert "No appointment has been missed." in told
    assert {"track", "haste", "pause_review", "pause_end"} <= scene.names()


def test_a_role_that_may_not_record_has_no_buttons(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = ReachingScene(qtbot, practice, prompts, login="rita")
    assert "haste" not in scene.names()
    assert "track" not in scene.names()


def test_every_search_stays_in_view_however_old(scene: ReachingScene) -> None:
    move_track(
        MoveTrack(episode_id=scene.episode, to=Track.PROMPT, reason="Sounded low"), scene.practice.uow()
    )
    scene.practice.on(day(420))
    scene.again()
    assert "Did not attend Mon 12-Jan-2026" in words(scene.view)
