"""An agreed action marked done by one keystroke on Today can be taken back, by key and by button."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.services.supervision import ReopenAction, complete_action, reopen_action
from tests.ui.keyboard import give_keyboard, here, press
from tests.ui.views.test_today_view import Scene, agree_action

if TYPE_CHECKING:
    from datetime import date

    from pytestqt.qtbot import QtBot

    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.widgets.section_model import SectionRow
    from tests.record_fixtures import Practice


class OneAction(Scene):
    """Today with actions of the user, the keyboard on the first."""

    def __init__(self, qtbot: QtBot, practice: Practice, tasks: Tasks, episodes: list[EpisodeId]) -> None:
        super().__init__(qtbot, practice, tasks)
        self.practice, self.episodes = practice, episodes
        give_keyboard(qtbot, self.view.list)
        self.view.list.select_key(self.actions()[0].key)

    def actions(self) -> list[SectionRow]:
        """Return the lines about actions, struck through or not."""
        return [row for row in self.rows() if row.act == "Mark done"]

    def done_on(self, number: int = 0) -> date | None:
        """Return when an action was done, as the record has it."""
        return self.practice.facts(self.episodes[number]).actions[0].done_on


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, tasks: Tasks) -> OneAction:
    """Two patients with an action each."""
    episodes = [practice.refer("A", surname=name) for name in ("Gorse", "Hazel")]
    for episode in episodes:
        agree_action(practice, episode)
    return OneAction(qtbot, practice, tasks, episodes)


def test_enter_marks_it_done_and_the_line_stays_struck_until_the_next_refresh(scene: OneAction) -> None:
    press(Qt.Key.Key_Return)
    assert scene.done_on() == scene.practice.today
    assert [row.done for row in scene.actions()] == [True, False]
    bar = scene.view.actions_done.bar
    assert bar.text() == "Done: Ring the school  ·  GORSE, Ngozi (Ms)"
    assert bar.undo_button.isVisible()
    assert bar.undo_button.accessibleName() == f"Undo: {bar.text()}"
    scene.caseload.reload()
    assert len(scene.actions()) == 1
    assert bar.can_undo()


def test_undo_brings_it_back_before_and_after_the_line_has_gone(scene: OneAction) -> None:
    for refreshed in (False, True):
        scene.view.list.select_key(scene.actions()[0].key)
        press(Qt.Key.Key_Return)
        if refreshed:
            scene.caseload.reload()
        scene.view.actions_done.bar.undo()
        assert scene.done_on() is None
        assert [row.done for row in scene.actions()] == [False, False]
        assert scene.view.actions_done.bar.text() == "Taken back: it is to do again."
        assert not scene.view.actions_done.bar.undo_button.isVisible()


def test_undo_is_a_button_that_tab_reaches(qtbot: QtBot, scene: OneAction) -> None:
    press(Qt.Key.Key_Return)
    button = scene.view.actions_done.bar.undo_button
    for _stop in range(12):
        if here() is button:
            break
        press(Qt.Key.Key_Tab)
    assert here() is button
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: scene.done_on() is None)
    assert here() is scene.view.list


def test_another_act_makes_the_one_before_final(scene: OneAction) -> None:
    press(Qt.Key.Key_Return)
    scene.view.list.select_key(scene.actions()[1].key)
    press(Qt.Key.Key_Return)
    assert "HAZEL" in scene.view.actions_done.bar.text()
    scene.view.actions_done.bar.undo()
    assert (scene.done_on(0), scene.done_on(1)) == (scene.practice.today, None)
    scene.view.actions_done.bar.undo()
    assert scene.done_on(0) == scene.practice.today


def test_what_was_done_is_final_once_today_is_left(scene: OneAction) -> None:
    press(Qt.Key.Key_Return)
    bar = scene.view.actions_done.bar
    scene.view.list.select_key(scene.actions()[1].key)
    assert bar.can_undo(), "another line is no other act"
    scene.view.hide()
    assert (bar.can_undo(), bar.text()) == (False, "")


def test_what_somebody_did_with_it_meanwhile_is_not_undone(scene: OneAction) -> None:
    press(Qt.Key.Key_Return)
    action = scene.practice.facts(scene.episodes[0]).actions[0]
    reopen_action(ReopenAction(action_id=action.id, seen=action.version), scene.practice.uow("sam"))
    complete_action(action.id, scene.practice.uow("sam"))
    scene.view.actions_done.bar.undo()
    assert scene.done_on() == scene.practice.today
    assert "Somebody else changed this" in scene.view.message.text()
