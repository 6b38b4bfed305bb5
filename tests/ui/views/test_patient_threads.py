"""The patient's page with its work done on real threads, as in the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.ui.forms.measure_form import MeasureForm
from collabcare.ui.forms.safety_form import SafetyForm
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.patient_view import PatientView
from tests.ui.keyboard import press, under_hands, write

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


def test_an_answer_leads_to_the_conversation_once_it_is_in_the_record(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode, other = practice.refer("A"), practice.refer("A", surname="Ash")
    desk = practice.desk()
    tasks = Tasks(prompts)
    tasks.use(desk.reading)
    try:
        view = PatientView(desk, tasks, prompts)
        under_hands(qtbot, view)
        view.show_episode(other)
        view.show_episode(episode)  # the answer about the first is no longer wanted
        view.compose("measure")  # asked for before the page is there
        assert view.composer.form() is None
        qtbot.waitUntil(lambda: isinstance(view.composer.form(), MeasureForm))
        write("000000001")
        press(Qt.Key.Key_Return, ctrl=True)
        qtbot.waitUntil(lambda: isinstance(view.composer.form(), SafetyForm))
        qtbot.waitUntil(lambda: view.banner.isVisible() and tasks.idle)
        assert practice.facts(episode).open_safety_prompts
        assert not practice.facts(other).measures
    finally:
        tasks.shutdown()
