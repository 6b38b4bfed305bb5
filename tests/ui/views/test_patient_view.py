"""The page of one patient: what it shows, what it never mixes up, and what it never loses."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from collabcare.domain.acting import Role
from collabcare.domain.closure import Ending
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DUE_WORDS
from collabcare.domain.ids import EpisodeId
from collabcare.queries.timeline_entry import EntryKind, TimelineFilter
from collabcare.services.episodes import CloseEpisode, close_episode
from collabcare.services.letters import IssueLetter, issue_letter
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.forms.step_form import StepForm
from collabcare.ui.views.patient_columns import PatientColumns, Room
from collabcare.ui.widgets.card import Card
from tests.builders import MONDAY, instruments
from tests.record_fixtures import LOGIN_OF
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.keyboard import give_keyboard, press
from tests.ui.views.patient_scene import PatientScene, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.ui.views.patient_view import PatientView
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

HOSTILE = "<b>Łukasz</b> & <none>"
LONG = "\n".join(f"Line {number} of a long note." for number in range(30))


def measured(practice: Practice, episode: EpisodeId, total: int, week: int) -> None:
    """Let a PHQ-9 of this total be recorded in a week."""
    practice.on(MONDAY + timedelta(weeks=week))
    record_measure(
        RecordMeasure(episode_id=episode, taken_on=practice.today, total=total),
        practice.uow(),
        instruments()["phq9"],
    )


def test_ten_seconds_tell_where_they_are(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> None:
    episode = practice.refer("AAD", contact_note="Text first, no voicemail")
    measured(practice, episode, 18, 0)
    measured(practice, episode, 12, 4)
    scene = PatientScene(qtbot, practice, prompts, episode)
    banner, now, scores = (words(p) for p in (scene.view.banner, scene.view.now, scene.view.scores))
    assert "OKAFOR, Ngozi (Ms)" in banner
    assert "14-Jul-1985 (40y)" in banner
    assert "Step 2 of 5" in now
    assert "Guided support" in now
    assert "Jo Smith" in now
    assert "Nothing booked" in now
    assert "Not discussed yet" in now
    assert "−6 since 05-Jan-2026, reliable improvement" in scores
    assert "Text first, no voicemail" in scores
    assert "07700 900123" in scores


def test_what_is_due_is_what_the_one_rule_says(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("AD")
    practice.on(MONDAY + timedelta(weeks=6))
    scene = PatientScene(qtbot, practice, prompts, episode)
    book = practice.rulebook
    due = what_is_due(scene.facts(), book, today=practice.today)
    shown = words(scene.view.now)
    assert [each for each in due if each.due_on <= practice.today]
    for each in due:
        if each.due_on <= practice.today:
            assert DUE_WORDS[each.kind] in shown
            assert each.why in shown
            assert each.when(practice.today) in shown


def test_a_score_of_nought_is_shown_as_a_score(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    measured(practice, episode, 0, 1)
    scene = PatientScene(qtbot, practice, prompts, episode)
    card = scene.view.scores.cards["phq9"]
    assert card.figure.text() == "0"
    assert card.meaning.text() == "of 27, minimal, on 12-Jan-2026"
    assert scene.view.scores.cards["gad7"].meaning.text() == "No score yet"


def test_a_phq9_is_read_a_second_way_and_other_measures_have_a_card_once_they_are_scored(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    """NICE NG222 splits the PHQ-9 at 16."""
    episode = practice.refer("A")
    measured(practice, episode, 16, 1)
    command = RecordMeasure(episode_id=episode, taken_on=practice.today, total=21)
    record_measure(command, practice.uow(), instruments()["swemwbs"])
    scene = PatientScene(qtbot, practice, prompts, episode)
    cards = scene.view.scores.cards
    assert list(cards) == ["phq9", "gad7", "swemwbs"]
    assert cards["phq9"].second_reading.text() == "NICE NG222: more severe"
    assert not cards["gad7"].second_reading.isVisible()
    assert cards["swemwbs"].meaning.text().startswith("of 35 (metric 19.25), low")
    other = practice.refer("A", surname="Else")
    scene.view.show_episode(other)
    assert cards["phq9"].isVisible()
    assert not cards["swemwbs"].isVisible()


def test_the_chart_has_a_table_twin_newest_first(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    measured(practice, episode, 18, 0)
    measured(practice, episode, 12, 4)
    scene = PatientScene(qtbot, practice, prompts, episode)
    card = scene.view.scores.cards["phq9"]
    assert card.chart.isVisible()
    give_keyboard(qtbot, card.chart)
    press(Qt.Key.Key_T)
    assert not card.chart.isVisible()
    table = [line for line in words(card).splitlines() if line in {"18", "12"}]
    assert table == ["12", "12", "18"]  # the figure, then the table


def test_text_from_the_record_is_shown_as_typed_everywhere(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer(
        "A",
        surname="Żółć<none>",
        given_name="Łukasz <b>",
        contact_note=HOSTILE,
        address=HOSTILE,
        referral_note=HOSTILE,
    )
    scene = PatientScene(qtbot, practice, prompts, episode)
    assert "ŻÓŁĆ<NONE>, Łukasz <b> (Ms)" in words(scene.view.banner)
    assert HOSTILE in words(scene.view.scores)
    assert HOSTILE in scene.view.story.shown()[-1].text
    form = scene.compose("contact", ContactForm)
    press(Qt.Key.Key_3)
    assert HOSTILE in words(form)


def test_the_story_narrows_and_says_that_it_has(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("AADA")
    scene = PatientScene(qtbot, practice, prompts, episode)
    story = scene.view.story
    assert len(story.shown()) == 5
    give_keyboard(qtbot, story.chips)
    press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert story.chips.value() is TimelineFilter.MISSED
    assert [entry.kind for entry in story.shown()] == [EntryKind.MISSED]
    assert "Showing 1 of 5" in words(story)
    press(Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert story.shown() == ()
    assert "Nothing of this kind yet." in words(story)
    story.show_all()
    assert len(story.shown()) == 5


def test_a_long_note_opens_whole_and_can_be_copied(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A", referral_note=LONG)
    scene = PatientScene(qtbot, practice, prompts, episode)
    listed = scene.view.story.list
    give_keyboard(qtbot, listed)
    press(Qt.Key.Key_End)
    index = listed.currentIndex()
    before = listed.visualRect(index).height()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed.visualRect(index).height() > before)
    press(Qt.Key.Key_C, ctrl=True)
    assert LONG in QGuiApplication.clipboard().text()
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Monday 29 December 2025: Referred by GP: Depression.")
    assert "Line 29 of a long note." in spoken


def test_a_letter_in_the_story_is_opened_by_enter(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    made = issue_letter(IssueLetter(episode_id=episode, kind="gp_review"), practice.desk()).made
    scene = PatientScene(qtbot, practice, prompts, episode)
    opened: list[object] = []
    scene.view.letter_opened.connect(lambda _episode, letter: opened.append(letter))
    give_keyboard(qtbot, scene.view.story.list)
    press(Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert opened == [made]


def test_a_reader_sees_the_page_and_records_nothing(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, practice.refer("AD"), LOGIN_OF[Role.READER])
    assert not scene.view.composer.bar.isVisible()
    assert {b.text() for b in scene.view.now.findChildren(QPushButton) if b.isVisible()} == {"Why"}
    scene.view.compose("contact")
    assert scene.said() == "Your role may not record contact."


def test_a_closed_episode_can_be_read_and_says_that_it_is_closed(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    ended = CloseEpisode(episode_id=episode, ending=Ending.COMPLETED, closed_on=MONDAY, why_no_plan="Well")
    close_episode(ended, practice.uow(), practice.rulebook)
    scene = PatientScene(qtbot, practice, prompts, episode)
    assert "Care ended 05-Jan-2026. A form that came in since by post" in words(scene.view.composer)
    assert scene.view.story.shown()[0].kind is EntryKind.CLOSED


def test_somebody_who_died_is_marked_in_the_banner(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    ended = CloseEpisode(
        episode_id=episode, ending=Ending.DIED, closed_on=MONDAY, died_on=MONDAY, told_by="The GP"
    )
    close_episode(ended, practice.uow(), practice.rulebook)
    scene = PatientScene(qtbot, practice, prompts, episode)
    assert scene.view.banner.property("deceased")
    assert "05-Jan-2026" in words(scene.view.banner)


def test_an_episode_that_is_not_there_shows_nobody(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, practice.refer("A"))
    scene.view.show_episode(EpisodeId(999))
    assert not scene.view.banner.isVisible()
    assert "This patient is not in the record." in words(scene.view)


def test_columns_become_two_and_one_as_room_runs_out(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, practice.refer("A"))
    columns = scene.view.columns
    for width, room in ((1400, Room.THREE), (900, Room.TWO), (640, Room.ONE)):
        scene.window.resize(width, 700)
        qtbot.waitUntil(partial(_has_room, columns, room))
        assert scene.view.story.isVisible()
        assert scene.view.scores.isVisible() is (room is not Room.ONE)
        if room is Room.TWO:
            assert in_order(scene.view)[:5] == ["Now", "Before you ring", "Goals", "Due", "PHQ-9"]
        if room is Room.THREE:
            assert in_order(scene.view)[:2] == ["Now", "Goals"]
    columns.switch.set_value("rest")
    columns.switch.chosen.emit("rest")
    assert scene.view.scores.isVisible()
    assert not scene.view.story.isVisible()
    scene.view.compose("contact")
    assert scene.form(ContactForm).isVisible()


def in_order(view: PatientView) -> list[str]:
    """Return the headings of the first cards beside the story, from the top and from the left."""
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    cards = [card for card in view.columns.findChildren(Card) if card.isVisible() and card.accessibleName()]
    beside = [card for card in cards if not view.columns.story.isAncestorOf(card)]
    place = {card: card.mapTo(view, QPoint(0, 0)) for card in beside}
    return [card.accessibleName() for card in sorted(beside, key=lambda e: (place[e].y(), place[e].x()))]


def _has_room(columns: PatientColumns, room: Room) -> bool:
    return columns.room is room


@pytest.mark.parametrize("kind", ["", "contact", "measure", "step", "supervision", "booking", "attempt"])
def test_everything_has_a_name_and_tab_comes_round(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, kind: str
) -> None:
    scene = PatientScene(qtbot, practice, prompts, practice.refer("AD"))
    if kind:
        scene.view.compose(kind)
    assert nameless(scene.view) == []
    assert len(tab_walk(scene.window)) > 8


def test_tab_goes_as_the_eye_does_also_through_what_was_put_in_later(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, practice.refer("AD"))
    scene.compose("step", StepForm)
    scene.view.composer.message.clear()
    give_keyboard(qtbot, scene.view.back)
    names = [part.accessibleName() or getattr(part, "text", str)() for part in tab_walk(scene.window)]
    wanted = ["Back", "Move", "Log attempt", "Discuss", "Contact", "Reason", "Move step", "Find in the story"]
    places = [names.index(name) for name in wanted]
    assert places == sorted(places), names
