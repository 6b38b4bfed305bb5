"""From a letter that cannot be posted to the GP practice's address and back, through the real main window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.services.patients import NewGpPractice, add_gp_practice
from collabcare.ui.forms.gp_forms import GpPracticeForm
from collabcare.ui.main_window import MainWindow
from collabcare.ui.pages import PageName
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.details_view import DetailsView
from tests.journeys.hands import whole
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import here, press, write
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.settings import Settings
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

CANNOT_POST = "The GP practice has no full address, so this cannot be posted."


def place(window: MainWindow) -> PageName:
    """Return the page in view."""
    return window.work.place.page


def test_a_letter_leads_to_the_address_and_back_to_itself(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, settings: Settings
) -> None:
    oak = add_gp_practice(NewGpPractice(name="Oak Lane"), practice.uow()).made
    episode = practice.refer("A", gp_practice_id=oak)
    tasks = Tasks(prompts, InlineExecutor())
    tasks.use(practice.desk().reading)
    window = whole(MainWindow(practice.desk(), tasks, prompts, settings))
    window.resize(1366, 768)
    window.show()
    window.go_on()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    work = window.work
    work.show_letter(episode)
    assert CANNOT_POST in words(work.letter)
    add = work.letter.form.findings.findChild(QPushButton, "letter_mend_gp_practice")
    assert add is not None
    add.setFocus()
    press(Qt.Key.Key_Space)
    assert place(window) is PageName.DETAILS
    details = work.page
    assert isinstance(details, DetailsView)
    form = details.forms.form()
    assert isinstance(form, GpPracticeForm)
    assert here() is form.address
    write("1 Oak Lane")
    press(Qt.Key.Key_Tab)
    write("ls3 3cc")
    press(Qt.Key.Key_Return, ctrl=True)
    assert details.message.text() == "Saved."
    work.back()
    assert place(window) is PageName.LETTER
    assert CANNOT_POST not in words(work.letter)
    window.hide()
    window.deleteLater()
    tasks.shutdown()
