"""What a page said of an act goes with the next one, and never by a timer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from collabcare.domain.changes import Changes, Kind
from collabcare.services.supervision import RequestSupervision, request_supervision
from collabcare.ui.forms.supervision_form import SupervisionForm
from collabcare.ui.passing import Passing
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.goals_view import GoalsView
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import column
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import under_hands
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.views.patient_scene import PatientScene, scene_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice


class Page(QWidget):
    """A page that says something, beside another in the same window."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.message = InlineMessage()
        self.setLayout(column(self.message))
        self.told = Passing(self, tasks, self.message.pass_on)


@pytest.fixture
def tasks() -> Tasks:
    """Work done at once, over no record."""
    return Tasks(ScriptedPrompts(), InlineExecutor())


NEXT: dict[str, Callable[[Page, Tasks], None]] = {
    "saved": lambda _page, tasks: tasks.write(lambda: Changes(kinds=frozenset({Kind.NOTE}))),
    "left or locked": lambda page, _tasks: page.hide(),
    "another form": lambda page, _tasks: page.told.let_go(),
}


@pytest.mark.parametrize("done", NEXT)
def test_what_was_said_goes_with_the_next_thing_and_what_is_to_last_stays(
    qtbot: QtBot, tasks: Tasks, done: str
) -> None:
    page = Page(tasks)
    qtbot.addWidget(page)
    page.show()
    page.message.show_good("The contact is saved.")
    tasks.write(Changes)  # a draft, which is no part of the record
    assert page.message.text() == "The contact is saved."
    NEXT[done](page, tasks)
    assert (page.message.text(), page.message.isHidden()) == ("", True)
    page.show()
    page.message.show_lasting("Typed on Monday, not saved yet.")
    NEXT[done](page, tasks)
    assert page.message.text() == "Typed on Monday, not saved yet."
    page.message.show_good("The contact is saved.")
    assert not page.message.is_lasting()


def test_what_came_of_the_latest_save_is_what_is_said(qtbot: QtBot, tasks: Tasks) -> None:
    page = Page(tasks)
    qtbot.addWidget(page)
    page.show()
    page.message.show_good("The first is saved.")
    made = partial(Changes, kinds=frozenset({Kind.NOTE}))
    tasks.write(made, lambda _changes: page.message.show_good("The second is saved."))
    assert page.message.text() == "The second is saved."


def test_a_patients_page_says_what_was_saved_until_something_else_is(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    """A question that was left empty is not said to be saved; the button of what was said goes with it."""
    scene: PatientScene = scene_of(qtbot, practice, prompts)
    scene.compose("supervision", SupervisionForm).save.click()
    assert scene.said() == "The case will be brought to the next supervision. No question was written."
    scene.view.composer.follow_up.show()
    scene.view.hide()
    assert (scene.said(), scene.view.composer.follow_up.isHidden()) == ("", True)
    scene.view.show()
    ask = RequestSupervision(episode_id=scene.episode, question="Is it enough?")
    for said in ("The action is done.", "The form is corrected."):
        scene.view.composer.tell(said)
        scene.tasks.write(partial(request_supervision, ask, practice.uow()))
        assert scene.said() == ""


def test_a_page_of_forms_says_what_was_saved_until_another_form_opens(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    view = GoalsView(practice.desk(), tasks := Tasks(prompts, InlineExecutor()), prompts)
    tasks.use(practice.desk().reading)
    under_hands(qtbot, view)
    view.show_episode(practice.refer("A"))
    view.message.show_good("The goal is saved.")
    view.forms.opened.emit()
    assert view.message.text() == ""
