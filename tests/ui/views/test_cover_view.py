"""Arranging cover and ending it, as a user would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.ui.models.open_caseload import OpenCaseload
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.cover_view import CoverView
from collabcare.ui.widgets.buttons import Button
from tests.ui.accessibility import nameless
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import press, under_hands
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice


def shown(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, login: str = "jo") -> CoverView:
    desk = practice.desk(login)
    tasks = Tasks(prompts, InlineExecutor())
    tasks.use(desk.reading)
    view = CoverView(desk, tasks, prompts, OpenCaseload(desk, tasks))
    under_hands(qtbot, view)
    return view


def test_cover_is_arranged_by_keyboard_and_ended_again(qtbot: QtBot, practice: Practice) -> None:
    prompts = ScriptedPrompts()
    prompts.answers = [True]
    view = shown(qtbot, practice, prompts)
    assert "Nobody covers for anybody now" in words(view)
    assert nameless(view) == []
    view.take_keyboard()
    view.form.covered.set_value(practice.user("sam"))
    press(Qt.Key.Key_Return, ctrl=True)
    assert "Jo Smith covers Sam Brown, 05-Jan-2026, until it is ended" in words(view)
    assert "under “Covering”" in view.message.text()
    (end,) = [button for button in view.findChildren(Button) if button.text() == "End"]
    assert end.accessibleName() == "End: Jo Smith covers Sam Brown, 5 January 2026, until it is ended"
    end.click()
    assert "Nobody covers for anybody now" in words(view)


def test_what_is_missing_is_said_at_its_field(qtbot: QtBot, practice: Practice) -> None:
    view = shown(qtbot, practice, ScriptedPrompts())
    view.take_keyboard()
    press(Qt.Key.Key_Return, ctrl=True)
    assert view.form.message.text() == "Choose who is away."
    assert view.form.covered.hasFocus()


def test_a_reader_sees_it_and_arranges_nothing(qtbot: QtBot, practice: Practice) -> None:
    view = shown(qtbot, practice, ScriptedPrompts(), "rita")
    assert not view.form.isVisible()
