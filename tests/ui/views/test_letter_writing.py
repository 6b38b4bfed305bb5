"""Writing letters: the one that is due comes first, what stands in it is kept, and it fits who reads it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from collabcare.domain.patient_details import CommunicationNeeds, SafeContact
from collabcare.domain.safety import SafetyOutcome
from collabcare.queries.drafts import drafts
from collabcare.services.contacts import record_contact
from collabcare.services.letters import IssueLetter, issue_letter
from collabcare.services.measures import RecordSafetyConversation, record_safety_conversation
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.services.snippets import SaveSnippet, save_snippet
from collabcare.store.engine import WRITE
from collabcare.store.models import Site
from collabcare.ui.forms.put_note_in import PutNoteIn
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.letter_view import LetterView
from collabcare.ui.widgets.buttons import IconButton
from tests.builders import MONDAY, day
from tests.services.ending_acts import close, ending
from tests.services.searching import attempt
from tests.services.test_medication import add
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import give_keyboard, here, press, under_hands, write
from tests.ui.views.patient_scene import words
from tests.ui.views.safety_scene import item_nine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


class Scene:
    """The letter page under somebody's hands."""

    def __init__(self, qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> None:
        self.qtbot, self.practice = qtbot, practice
        desk = practice.desk()
        tasks = Tasks(prompts, InlineExecutor())
        tasks.use(desk.reading)
        self.view = LetterView(desk, tasks, prompts)
        self.form = self.view.form
        under_hands(qtbot, self.view).resize(1300, 900)

    def opens(self, episode: EpisodeId) -> str:
        """Open the letter page with no kind named, as Ctrl+Shift+L does, and return the kind it shows."""
        self.view.show_letter(episode, "")
        return str(self.form.kind.value())

    def type_in(self, part: str, text: str) -> None:
        """Type into one part, and wait until the page is drawn with it."""
        give_keyboard(self.qtbot, self.form.parts[part])
        write(text)
        self.qtbot.waitUntil(lambda: not self.view._later.isActive())  # noqa: SLF001 - the pause is not for users

    def kept(self, episode: EpisodeId) -> list[str]:
        """Return the kinds of what is kept as drafts."""
        with self.practice.reading() as session:
            return list(drafts(session, self.view._desk.acting.user_id, episode))  # noqa: SLF001 - who writes


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> Scene:
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.query(Site).one().telephone = "0113 496 0123"
        session.commit()
    return Scene(qtbot, practice, prompts)


def tell(
    practice: Practice, episode: EpisodeId, *, safe: bool | None = None, needs: str | None = None
) -> None:
    """Write down whether letters are safe, and the format somebody needs."""
    patient = practice.facts(episode).patient
    command = ChangeDetails(
        patient_id=patient.patient_id,
        seen=patient.version,
        safe=SafeContact(letters_safe=safe),
        needs=CommunicationNeeds(information_formats=(needs,) if needs else ()),
    )
    change_details(command, practice.uow())


def test_with_no_kind_named_the_letter_that_is_due_is_opened(scene: Scene, practice: Practice) -> None:
    """The letter of the step, of the search, of the GP; with none due, how things are going."""
    new = practice.refer("", surname="Aspen")
    seen, missed = practice.refer("A", surname="Ash"), practice.refer("AD", surname="Birch")
    sought = practice.refer("D", surname="Beech")
    ended = practice.refer("A", surname="Cedar")
    close(practice, ending(practice, ended))
    practice.on(day(8))
    assert scene.opens(seen) == "gp_review"
    assert scene.opens(ended) == "gp_discharge"
    assert scene.opens(new) == "gp_review"
    issue_letter(IssueLetter(episode_id=missed, kind="gp_review"), practice.desk())
    assert scene.opens(sought) == "patient_missed", "a call comes first, and the letter is of the search"
    for rung, at in ((1, time(9)), (2, time(15))):
        practice.on(day(8), at)
        attempt(practice, missed, rung=rung)
    practice.on(day(14))
    assert scene.opens(missed) == "patient_missed", "the third step goes by letter and is due"


def test_a_letter_to_the_patient_has_no_copy_to_them(scene: Scene, practice: Practice) -> None:
    missed = practice.refer("AD")
    tell(practice, missed, safe=True)
    scene.view.show_letter(missed, "patient_missed")
    assert not scene.form.copy_to_patient.isVisible()
    assert not scene.form.copy_to_patient.isChecked()
    scene.view.show_letter(missed, "gp_review")
    assert scene.form.copy_to_patient.isVisible()
    assert scene.form.copy_to_patient.isChecked()


def test_no_copy_goes_where_letters_are_not_safe_unless_somebody_asks(
    scene: Scene, practice: Practice
) -> None:
    episode = practice.refer("A")
    tell(practice, episode, safe=False)
    scene.view.show_letter(episode, "gp_review")
    assert not scene.form.copy_to_patient.isChecked()
    scene.form.copy_to_patient.click()
    scene.qtbot.waitUntil(lambda: "A copy to this address may be unsafe" in words(scene.form.findings))
    assert not scene.view.foot.issue.isEnabled()


def test_who_needs_large_print_has_their_copy_in_it(scene: Scene, practice: Practice) -> None:
    episode = practice.refer("A")
    tell(practice, episode, safe=True, needs="large_print_16")
    scene.view.show_letter(episode, "gp_review")
    assert scene.form.large_print.isChecked()
    assert "The patient needs large print, and gets a copy." in words(scene.form)
    scene.form.copy_to_patient.click()
    assert not scene.form.large_print.isChecked()
    assert "needs large print" not in words(scene.form)
    assert scene.form.large_print.isEnabled(), "the GP reads it: the author decides"
    scene.form.copy_to_patient.click()
    assert scene.form.large_print.isChecked()
    assert not scene.form.large_print.isEnabled(), "a need that is recorded is met"


def test_what_is_written_is_kept_and_comes_back_until_it_is_issued(
    qtbot: QtBot, scene: Scene, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    practice.on(MONDAY + timedelta(days=1))
    scene.view.show_letter(episode, "gp_review")
    assert scene.kept(episode) == []
    scene.type_in("discussed", "Sleeping better")
    scene.view.hide()
    assert scene.kept(episode) == ["l:gp_review"]
    again = Scene(qtbot, practice, prompts)
    again.view.show_letter(episode, "gp_review")
    assert again.form.parts["discussed"].text() == "Sleeping better"
    assert "is back, not issued yet" in again.view.foot.message.text()
    again.qtbot.waitUntil(again.view.foot.issue.isEnabled)
    give_keyboard(qtbot, again.view.foot.issue)
    press(Qt.Key.Key_Return)
    again.qtbot.waitUntil(lambda: again.kept(episode) == [])
    assert practice.facts(episode).letters[-1].kind == "gp_review"
    again.view.show_letter(episode, "gp_review")
    assert again.form.parts["discussed"].text() == ""


def test_what_is_taken_out_again_is_no_draft(scene: Scene, practice: Practice) -> None:
    episode = practice.refer("A")
    scene.view.show_letter(episode, "gp_review")
    scene.type_in("discussed", "Well")
    scene.view.keep_drafts()
    assert scene.kept(episode) == ["l:gp_review"]
    scene.form.parts["discussed"].clear()
    scene.view.keep_drafts()
    assert scene.kept(episode) == []


def test_snippets_and_spelling_help_in_letters_too(scene: Scene, practice: Practice) -> None:
    save_snippet(SaveSnippet(name="plan", text="Next on [[day]]"), practice.uow())
    episode = practice.refer("A")
    scene.view.show_letter(episode, "gp_review")
    scene.type_in("discussed", ";plan ")
    box = scene.form.parts["discussed"]
    assert box.text() == "Next on [[day]]"
    assert box.marks is not None
    assert "Fill in “[[day]]” or take it out." in words(scene.form.findings)
    assert not scene.view.foot.issue.isEnabled()
    scene.view._on_kind("gp_discharge")  # noqa: SLF001 - as choosing another kind does
    scene.type_in("why", ";plan ")
    assert scene.form.parts["why"].text() == "Next on [[day]]"


def test_the_note_of_the_last_contact_is_put_in_by_one_button(scene: Scene, practice: Practice) -> None:
    episode, note = practice.refer("A"), "Slept six hours. Walks again."
    practice.on(day(3))
    held = practice.contact("A", episode, day(2), note=note)
    record_contact(held, practice.uow(), practice.rulebook.pathway)
    scene.opens(episode)
    scene.type_in("discussed", "Better")
    button = scene.view.findChild(PutNoteIn)
    assert button is not None
    button.click()
    assert scene.form.parts["discussed"].text() == f"Better\n{note}"
    assert here() is scene.form.parts["discussed"]
    assert button.isHidden()
    press(Qt.Key.Key_Z, ctrl=True)
    assert scene.form.parts["discussed"].text() == "Better"


def test_no_note_is_offered_for_what_somebody_else_could_open(scene: Scene, practice: Practice) -> None:
    missed = practice.refer("AD")
    tell(practice, missed, safe=True)
    scene.view.show_letter(missed, "patient_missed")
    assert scene.view.findChild(PutNoteIn) is None
    scene.view.show_letter(practice.refer("", surname="Aspen"), "gp_review")
    assert scene.view.findChild(PutNoteIn) is None


def test_control_and_enter_lead_to_the_button_that_issues_and_issue_nothing(
    scene: Scene, practice: Practice
) -> None:
    episode = practice.refer("A")
    scene.opens(episode)
    give_keyboard(scene.qtbot, scene.form.parts["discussed"])
    write("Better")
    press(Qt.Key.Key_Return, ctrl=True)
    assert here() is scene.view.foot.issue
    assert "Enter does it: Issue letter to" in scene.view.foot.message.text()
    assert practice.facts(episode).letters == ()
    press(Qt.Key.Key_Return)
    scene.qtbot.waitUntil(lambda: bool(practice.facts(episode).letters))


def test_control_and_enter_go_on_to_issuing_from_anywhere(scene: Scene, practice: Practice) -> None:
    scene.opens(practice.refer("A"))
    zoom = next(each for each in scene.view.pages.findChildren(IconButton) if each.isEnabled())
    for part in (zoom, scene.view.panel.back):
        before = words(scene.view.pages)
        give_keyboard(scene.qtbot, part)
        press(Qt.Key.Key_Return, ctrl=True)
        assert here() is scene.view.foot.issue
        assert words(scene.view.pages) == before


def test_control_and_enter_say_what_is_missing(scene: Scene, practice: Practice) -> None:
    episode = practice.refer("A")
    scene.opens(episode)
    give_keyboard(scene.qtbot, scene.form.parts["safety"])
    write("[[what]]")
    scene.form.kind.setFocus()
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.view.foot.message.text().startswith("To put right first: ")
    assert here() is scene.form.parts["safety"]
    scene.view.show_letter(practice.refer("", surname="Aspen"), "gp_review")
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.view.foot.message.text() == words(scene.view.pages).strip()


def test_the_page_follows_the_part_that_is_being_written(scene: Scene, practice: Practice) -> None:
    scene.opens(practice.refer("A"))
    area = scene.view.findChild(QScrollArea, "letter_page")
    assert area is not None
    bar = area.verticalScrollBar()
    scene.qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.value() == 0
    scene.type_in("for_practice", "Please check her blood pressure")
    scene.qtbot.waitUntil(lambda: bar.value() > 0)


def test_what_is_recorded_about_safety_and_medicines_stands_in_it_beforehand(
    scene: Scene, practice: Practice
) -> None:
    episode = practice.refer("A")
    add(practice, episode)
    talked = RecordSafetyConversation(
        episode_id=episode,
        measure_id=item_nine(practice, episode, 1),
        outcome=SafetyOutcome.TALKED_TODAY,
        note="At night. Agreed: she rings her sister first.",
    )
    record_safety_conversation(talked, practice.uow(), practice.rulebook.safety)
    scene.opens(episode)
    safety, medicines = scene.form.parts["safety"], scene.form.parts["medication"]
    assert "PHQ-9 item 9 was answered “several days”" in safety.text()
    assert "At night. Agreed: she rings her sister first." in safety.text()
    assert medicines.text().startswith("Sertraline 50 mg")
    assert words(scene.form).count("As it is recorded. Read it") == 2
    assert "Safety" not in words(scene.form.findings)
    assert not scene.view.has_unsaved()
    assert scene.kept(episode) == []
    give_keyboard(scene.qtbot, safety)
    safety.selectAll()
    write("Her own words.")
    assert scene.view.has_unsaved()
    assert scene.kept(episode) == ["l:gp_review"]


def test_a_letter_emptied_of_safety_goes_once_it_says_why_to_the_record(
    scene: Scene, practice: Practice
) -> None:
    episode = practice.refer("A")
    item_nine(practice, episode, 1)
    scene.opens(episode)
    give_keyboard(scene.qtbot, scene.form.parts["safety"])
    scene.form.parts["safety"].selectAll()
    press(Qt.Key.Key_Delete)
    scene.view.window().resize(1300, 660)
    scene.qtbot.waitUntil(lambda: "Safety" in words(scene.form.findings))
    assert scene.form.findings.is_open
    assert "no letter to the GP has said this yet: PHQ-9 item 9" in words(scene.form.findings)
    why = scene.form.why_no_safety
    scene.qtbot.waitUntil(why.isVisible)
    assert not scene.view.foot.issue.isEnabled()
    give_keyboard(scene.qtbot, why.box)
    write("She asked us not to")
    scene.qtbot.waitUntil(scene.view.foot.issue.isEnabled)
    assert why.isVisible()
    assert "asked us not to" not in words(scene.view.pages)
    scene.view.show_letter(episode, "gp_step_change")
    scene.view.show_letter(episode, "gp_review")
    assert scene.form.why_no_safety.text() == "She asked us not to"
    scene.view.foot.issue.click()
    assert practice.facts(episode).letters
