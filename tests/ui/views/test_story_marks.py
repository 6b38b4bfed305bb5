"""From a mark of the picture to its entry in the story, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.domain.story_marks import StoryKind
from collabcare.queries.page_timeline import entry_of, page_timeline
from collabcare.queries.timeline_entry import EntryKind, TimelineFilter
from collabcare.services.measures import RecordMeasure, record_measure
from tests.builders import day, gad7, phq9
from tests.ui.keyboard import press
from tests.ui.views.patient_scene import PatientScene

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.story_marks import StoryMark
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


def scene_of_marks(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> PatientScene:
    """Return the page of somebody seen, scored twice on a day, missed and booked again."""
    episode = practice.refer("AD")
    practice.on(day(8))
    for instrument, answers in ((gad7(), (1,) * 7), (phq9(), (1,) * 9)):
        made = RecordMeasure(episode_id=episode, taken_on=day(8), answers=answers)
        record_measure(made, practice.uow(), instrument)
    practice.happen("b", episode, day(20))
    scene = PatientScene(qtbot, practice, prompts, episode)
    scene.window.resize(1400, 1000)
    return scene


def mark_of(scene: PatientScene, kind: StoryKind) -> StoryMark:
    """Put the cursor of the picture on the first mark of a kind, as keys would."""
    chart = scene.view.picture.chart
    chart.setFocus()
    press(Qt.Key.Key_Home)
    for _ in range(20):
        mark = chart.current_mark()
        assert mark is not None
        if mark.kind is kind:
            return mark
        press(Qt.Key.Key_Right)
    raise AssertionError(kind)


def test_enter_on_a_mark_shows_its_entry_with_the_keyboard_on_it(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of_marks(qtbot, practice, prompts)
    story = scene.view.story
    story.chips.set_value(TimelineFilter.LETTERS)
    story.search.setText("nothing has this")
    for kind, title in (
        (StoryKind.NOT_ATTENDED, "Did not attend"),
        (StoryKind.SCORE, "PHQ-9 9 of 27"),
        (StoryKind.STEP, "Referred by GP"),
    ):
        mark_of(scene, kind)
        press(Qt.Key.Key_Return)
        entry = story.list.current_entry()
        assert entry is not None
        assert entry.title.startswith(title)
        assert story.list.hasFocus()


def test_what_is_still_to_come_has_no_entry_and_leaves_the_keyboard_where_it_is(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of_marks(qtbot, practice, prompts)
    mark_of(scene, StoryKind.BOOKED)
    press(Qt.Key.Key_Return)
    assert scene.view.picture.chart.hasFocus()
    assert scene.view.story.list.current_entry() is None


def test_where_the_picture_has_the_room_it_makes_way(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of_marks(qtbot, practice, prompts)
    scene.window.resize(1400, 500)
    picture = scene.view.picture
    if not picture.is_open:
        picture.fold.click()
    assert scene.view.story.isHidden()
    mark_of(scene, StoryKind.NOT_ATTENDED)
    press(Qt.Key.Key_Return)
    assert not scene.view.story.isHidden()
    entry = scene.view.story.list.current_entry()
    assert entry is not None
    assert entry.kind is EntryKind.MISSED


def test_every_mark_of_what_has_happened_has_an_entry(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of_marks(qtbot, practice, prompts)
    page = scene.view.page
    assert page is not None
    entries = page_timeline(page)
    chart = scene.view.picture.chart
    chart.setFocus()
    press(Qt.Key.Key_Home)
    seen = set()
    for _ in range(12):
        mark = chart.current_mark()
        assert mark is not None
        found = entry_of(mark, entries)
        assert (found is None) == (mark.kind is StoryKind.BOOKED)
        seen.add(mark.kind)
        press(Qt.Key.Key_Right)
    assert {StoryKind.ATTENDED, StoryKind.NOT_ATTENDED, StoryKind.SCORE, StoryKind.BOOKED} <= seen
