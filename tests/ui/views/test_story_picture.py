"""The picture over the timeline: the same as the facts, turned into a table, put away and brought back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from collabcare.domain.caseload import caseload_row
from collabcare.domain.display import fmt_date
from collabcare.domain.score_chart import score_chart
from collabcare.domain.story_chart import story_chart
from collabcare.queries.patient_page import PatientPage
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.views.patient_columns import Room
from collabcare.ui.views.story_picture import StoryPicture
from tests.builders import MONDAY, instruments, phq9, rulebook
from tests.builders_story import STORY_TODAY, eventful
from tests.documents.pages import page_texts
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.keyboard import give_keyboard, here, press, under_hands
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.views.patient_scene import PatientScene, words

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

HISTORY = "AADCAP A"


def measured(practice: Practice, episode: EpisodeId, instrument: str, totals: dict[int, int]) -> None:
    """Let totals of an instrument be recorded in these weeks."""
    for week, total in totals.items():
        practice.on(MONDAY + timedelta(weeks=week))
        command = RecordMeasure(episode_id=episode, taken_on=practice.today, total=total)
        record_measure(command, practice.uow(), instruments()[instrument])


@pytest.fixture
def episode(practice: Practice) -> EpisodeId:
    """Somebody with eight weeks of care and four scores."""
    made = practice.refer(HISTORY)
    measured(practice, made, "phq9", {0: 18, 2: 17, 5: 12, 7: 9})
    practice.on(MONDAY + timedelta(weeks=8))
    return made


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, episode: EpisodeId) -> PatientScene:
    """Return their page."""
    return PatientScene(qtbot, practice, prompts, episode)


def test_the_picture_is_of_the_facts_on_the_page(scene: PatientScene, qtbot: QtBot) -> None:
    picture = scene.view.picture
    assert picture.is_open
    expected = story_chart(scene.facts(), phq9(), scene.practice.rulebook, today=scene.practice.today)
    assert picture.chart.accessibleDescription().startswith(expected.description)
    give_keyboard(qtbot, picture.chart)
    press(Qt.Key.Key_Home)
    assert picture.chart.current_mark() == expected.marks[0]


def test_the_table_says_what_the_picture_shows_newest_first(scene: PatientScene, qtbot: QtBot) -> None:
    picture = scene.view.picture
    expected = story_chart(scene.facts(), phq9(), scene.practice.rulebook, today=scene.practice.today)
    give_keyboard(qtbot, picture.as_table)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(picture.table.isVisible)
    assert not picture.chart.isVisible()
    model = picture.table.model()
    shown = [
        tuple(model.index(line, column).data() for column in range(3)) for line in range(model.rowCount())
    ]
    assert shown == [(fmt_date(row.day), row.what, row.detail) for row in expected.rows]
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "23 February 2026"
    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert here() is picture.table
    press(Qt.Key.Key_T)
    assert picture.chart.isVisible()
    assert not picture.table.isVisible()


def test_what_is_put_away_stays_away_for_every_patient(
    scene: PatientScene, qtbot: QtBot, practice: Practice
) -> None:
    picture = scene.view.picture
    give_keyboard(qtbot, picture.fold)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not picture.is_open)
    assert not picture.chart.isVisible()
    assert scene.view.story.isVisible()
    assert picture.summary.whole_text() == "PHQ-9 18 to 9, 4 attended, 1 not attended"
    other = practice.refer("A", surname="Ash")
    scene.view.show_episode(other)
    assert not picture.is_open
    assert picture.summary.whole_text() == "PHQ-9: no score yet, 1 attended"
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: picture.is_open)
    assert picture.chart.isVisible()


def test_a_low_window_keeps_the_story_and_offers_the_picture(scene: PatientScene, qtbot: QtBot) -> None:
    picture = scene.view.picture
    scene.window.resize(1400, 510)
    qtbot.waitUntil(lambda: not picture.is_open)
    assert scene.view.story.isVisible()
    picture.fold.click()
    qtbot.waitUntil(lambda: picture.is_open)
    assert not scene.view.story.isVisible()
    picture.fold.click()
    qtbot.waitUntil(scene.view.story.isVisible)
    scene.window.resize(1400, 900)
    assert not picture.is_open, "somebody chose to put it away"


def test_a_picture_asked_for_scrolls_a_little_so_that_the_story_stays(
    scene: PatientScene, qtbot: QtBot
) -> None:
    picture, story = scene.view.picture, scene.view.story
    scene.window.resize(1110, 600)
    qtbot.waitUntil(lambda: not picture.is_open)
    picture.fold.click()
    qtbot.waitUntil(lambda: picture.is_open)
    QApplication.processEvents()
    assert story.isVisible()
    assert picture.geometry().bottom() < story.geometry().top()
    assert 0.75 * picture.open_height() < picture.height() < picture.open_height()


def test_an_open_form_comes_before_the_picture(scene: PatientScene, qtbot: QtBot) -> None:
    scene.window.resize(1400, 760)
    qtbot.waitUntil(lambda: scene.view.picture.is_open)
    scene.view.compose("step")
    qtbot.waitUntil(lambda: not scene.view.picture.is_open)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: scene.view.picture.is_open)


def test_after_a_form_it_is_as_it_was(scene: PatientScene) -> None:
    picture, column = scene.view.picture, scene.view.columns.story

    def stands() -> tuple[bool, bool]:
        QApplication.processEvents()
        return picture.isVisible(), picture.is_open

    for height in range(560, 800, 12):
        scene.window.resize(1366, height)
        before = stands()
        assert before[0]
        scene.compose("contact", ContactForm)
        press(Qt.Key.Key_Escape)
        assert stands() == before
        assert column.picture.geometry().bottom() < scene.view.story.geometry().top()


def test_with_no_room_even_for_its_line_the_story_offers_it(scene: PatientScene, qtbot: QtBot) -> None:
    picture, story = scene.view.picture, scene.view.story
    for height in range(560, 200, -12):
        scene.window.resize(1366, height)
        QApplication.processEvents()
        if not picture.isVisible():
            break
    give_keyboard(qtbot, story.over_time)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: picture.isVisible() and picture.is_open)
    assert here() is picture.fold
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(story.over_time.isVisible)
    assert here() is story.over_time


def test_with_room_for_one_column_the_picture_has_it_to_itself(scene: PatientScene, qtbot: QtBot) -> None:
    for width in (900, 640):
        scene.window.resize(width, 700)
    columns, picture = scene.view.columns, scene.view.picture
    qtbot.waitUntil(lambda: columns.room is Room.ONE)
    assert not picture.isVisible()
    assert scene.view.story.isVisible()
    give_keyboard(qtbot, columns.switch)
    press(Qt.Key.Key_2)
    qtbot.waitUntil(picture.isVisible)
    assert picture.is_open
    assert not picture.fold.isVisible()
    assert not scene.view.story.isVisible()
    scene.view.compose("contact")
    assert scene.view.composer.isVisible()
    assert not picture.isVisible()
    scene.window.resize(1400, 900)
    qtbot.waitUntil(lambda: columns.room is Room.THREE)
    assert picture.isVisible()
    assert picture.fold.isVisible()


def test_another_measure_is_offered_once_it_has_a_score_and_holds_for_this_patient(
    scene: PatientScene, qtbot: QtBot, practice: Practice, episode: EpisodeId
) -> None:
    picture = scene.view.picture
    assert not picture.measure.isVisible()
    measured(practice, episode, "gad7", {8: 11})
    scene.view.reload()
    qtbot.waitUntil(picture.measure.isVisible)
    assert [picture.measure.itemText(n) for n in range(picture.measure.count())] == [
        "PHQ-9",
        "GAD-7",
        "All measures",
    ]
    give_keyboard(qtbot, picture.measure)
    press(Qt.Key.Key_Down)
    assert picture.chart.accessibleDescription().startswith("One GAD-7 score: 11")
    scene.view.reload()
    assert picture.chart.accessibleDescription().startswith("One GAD-7 score: 11")
    scene.view.show_episode(practice.refer("A", surname="Ash"))
    assert picture.chart.accessibleDescription().startswith("No PHQ-9 score yet.")


def test_all_measures_stand_under_one_another_and_are_read_mark_by_mark(
    scene: PatientScene, qtbot: QtBot, practice: Practice, episode: EpisodeId
) -> None:
    picture = scene.view.picture
    measured(practice, episode, "gad7", {8: 11})
    scene.view.reload()
    qtbot.waitUntil(picture.measure.isVisible)
    low = picture.chart.minimumSizeHint().height()
    give_keyboard(qtbot, picture.measure)
    press(Qt.Key.Key_End)
    said = picture.chart.accessibleDescription()
    assert "PHQ-9" in said
    assert "One GAD-7 score: 11" in said
    assert picture.chart.minimumSizeHint().height() > low
    assert picture.summary.whole_text().startswith("PHQ-9 18 to 9")
    read: list[str] = []
    picture.chart.mark_read.connect(read.append)
    give_keyboard(qtbot, picture.chart)
    press(Qt.Key.Key_Home, *[Qt.Key.Key_Right] * 30)
    assert any("GAD-7 11" in each for each in read)
    assert any("PHQ-9 18" in each for each in read)


def test_the_legend_says_what_the_names_of_the_lines_do_not(qtbot: QtBot) -> None:
    row = caseload_row(eventful(), rulebook(), STORY_TODAY)
    picture = StoryPicture()
    under_hands(qtbot, picture).resize(620, 520)
    picture.set_page(PatientPage(row=row, rulebook=rulebook(), users=(), referral_note=""))
    picture.window().resize(640, 520)
    qtbot.waitUntil(lambda: picture.legend()[0] == "Care paused")
    assert "Did not attend" in picture.legend()
    assert "Supervision" not in picture.legend()
    picture.window().resize(360, 700)
    qtbot.waitUntil(lambda: picture.legend()[0] == "Step moved to")
    assert "Supervision" in picture.legend()
    assert picture.open_height() > picture.chart.height()


def test_it_is_printed_with_the_patient_and_the_table(
    qtbot: QtBot, practice: Practice, episode: EpisodeId, tmp_path: Path
) -> None:
    to = tmp_path / "story.pdf"
    scene = PatientScene(qtbot, practice, ScriptedPrompts(to), episode)
    give_keyboard(qtbot, scene.view.picture.print)
    before = len(practice.audit())
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(to.exists)
    qtbot.waitUntil(lambda: "saved as story.pdf" in scene.said())
    text = "\n".join(page_texts(to.read_bytes()))
    assert "OKAFOR, Ngozi (Ms), born 14-Jul-1985, NHS number" in text
    assert "Did not attend" in text
    assert {entry.episode_id for entry in practice.audit(before)} == {episode}


def test_everything_has_a_name_and_tab_goes_through(scene: PatientScene, qtbot: QtBot) -> None:
    assert nameless(scene.view) == []
    picture = scene.view.picture
    give_keyboard(qtbot, picture.as_table)
    stops = tab_walk(scene.window)
    order = [stop for stop in (picture.as_table, picture.print, picture.fold, picture.chart) if stop in stops]
    assert order == stops[: len(order)]
    assert scene.view.story.list in stops


def test_the_table_of_a_questionnaire_says_what_its_chart_shows(scene: PatientScene) -> None:
    card = scene.view.scores.cards["phq9"]
    card.as_table.setChecked(True)
    chart = score_chart(phq9(), scene.facts().measures_of("phq9"))
    shown = words(card).splitlines()
    start = shown.index(fmt_date(chart.rows[0].day))
    assert shown[start:] == [
        part for row in chart.rows for part in (fmt_date(row.day), row.score, row.meaning)
    ]


def test_what_is_brought_out_holds_for_this_patient_only(
    scene: PatientScene, qtbot: QtBot, practice: Practice
) -> None:
    picture, story = scene.view.picture, scene.view.story
    scene.window.resize(1182, 480)
    qtbot.waitUntil(lambda: not picture.is_open)
    give_keyboard(qtbot, picture.fold)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: picture.is_open and story.isHidden())
    scene.view.show_episode(practice.refer("A", surname="Ash"))
    qtbot.waitUntil(lambda: story.isVisible() and not picture.is_open)


def test_picture_or_table_and_the_story_are_in_view_on_a_small_laptop(
    scene: PatientScene, qtbot: QtBot
) -> None:
    picture, story = scene.view.picture, scene.view.story
    scene.window.resize(1182, 641)
    qtbot.waitUntil(lambda: story.isVisible() and picture.chart.isVisible())
    give_keyboard(qtbot, picture.chart)
    press(Qt.Key.Key_T)
    assert here() is picture.table
    qtbot.waitUntil(lambda: story.isVisible() and picture.table.isVisible())
    assert story.list.height() >= story.list.sizeHint().height()
    press(Qt.Key.Key_T)
    assert here() is picture.chart


def test_t_on_a_score_keeps_the_keyboard_on_its_card(scene: PatientScene, qtbot: QtBot) -> None:
    card = scene.view.scores.cards["phq9"]
    give_keyboard(qtbot, card.chart)
    for _ in range(3):
        shown = card.as_table.isChecked()
        press(Qt.Key.Key_T)
        assert card.as_table.isChecked() is not shown
        assert card.isAncestorOf(here())
