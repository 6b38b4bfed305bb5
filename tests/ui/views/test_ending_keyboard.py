"""Where the keyboard is on the Ending page: never on what begins or does something unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.services.searching import review_of, searched
from tests.ui.keyboard import here, press
from tests.ui.views.test_ending_view import Scene

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice


def test_the_review_can_be_called_off_and_the_search_goes_on(qtbot: QtBot, practice: Practice) -> None:
    episode = searched(practice)
    scene = Scene(qtbot, practice, episode)
    scene.prompts.answers = [True]
    scene.press("gate_call_off")
    assert review_of(practice, episode).ended_on == practice.today
    assert practice.facts(episode).open_ladder is not None
    scene.prompts.answers = [False]
    scene.press("gate_begin")
    assert "Begun" not in scene.says(), "it is asked first"
    scene.prompts.answers = [True]
    press(Qt.Key.Key_Space)
    assert "Begun 09-Feb-2026" in scene.says()
    assert here().objectName() == "gate_act_G2", "the first part still missing"


def test_end_care_leads_to_ending_it_and_presses_nothing_where_it_cannot_end(
    qtbot: QtBot, practice: Practice
) -> None:
    free = Scene(qtbot, practice, practice.refer("AA"))
    free.view.take_keyboard()
    assert here().objectName() == "ending_close"
    sought = practice.refer("AD", surname="Ash")
    scene = Scene(qtbot, practice, sought)
    scene.view.take_keyboard()
    for _twice in range(2):
        press(Qt.Key.Key_Return)
    assert practice.facts(sought).closing_reviews == ()
    assert scene.view.forms.form() is None
    assert here().objectName() == "tab_ending"
