"""What is read beside a form and cannot be: it says so where it would be, and the typing goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from collabcare.domain.errors import EnvironmentProblem
from collabcare.queries.preferences import preferences
from collabcare.services.preferences import SavePreference, save_preference
from collabcare.services.snippets import SaveSnippet, save_snippet
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.views.drafts_unlooked import UNLOOKED
from collabcare.ui.views.spelling_help import MY_WORDS
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.note_edit import UNREAD_SNIPPETS, NoteEdit
from tests.ui.keyboard import give_keyboard, here, press, write
from tests.ui.views.patient_scene import PatientScene

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from pytestqt.qtbot import QtBot
    from sqlalchemy.orm import Session

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


def out_of_reach() -> AbstractContextManager[Session]:
    """Stand for a record whose file is not there just now."""
    raise EnvironmentProblem("The record could not be read.")


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> PatientScene:
    """A patient's page of somebody with a snippet and a word of their own, and the record out of reach."""
    save_snippet(SaveSnippet(name="plan", text="Agreed to walk."), practice.uow())
    save_preference(SavePreference(name=MY_WORDS, value='["saltmere"]'), practice.uow())
    made = PatientScene(qtbot, practice, prompts, practice.refer("A"))
    made.tasks.use(out_of_reach)
    return made


def begin(qtbot: QtBot, scene: PatientScene) -> NoteEdit:
    """Open the contact form and put the keyboard into its note."""
    form = scene.compose("contact", ContactForm)
    give_keyboard(qtbot, form.note)
    return form.note


def within_reach(scene: PatientScene) -> None:
    scene.tasks.use(scene.practice.desk("jo").reading)


def ask_again(note: NoteEdit, place: int) -> None:
    """Press the menu key with the cursor at a place, and choose to read the user's words again."""
    cursor = note.textCursor()
    cursor.setPosition(place)
    note.setTextCursor(cursor)
    note.look_over()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(note.viewport(), event)
    menu = note.findChildren(QMenu)[-1]
    again = "Your own words could not be read. Try again"
    next(act for act in menu.actions() if act.text() == again).trigger()
    menu.close()


def test_snippets_say_it_in_their_list_and_come_once_asked_again(qtbot: QtBot, scene: PatientScene) -> None:
    note = begin(qtbot, scene)
    write(";plan ")
    assert note.toPlainText() == ";plan "
    press(Qt.Key.Key_Space, ctrl=True)
    (menu,) = note.findChildren(QMenu)
    assert [act.text() for act in menu.actions()] == [UNREAD_SNIPPETS]
    within_reach(scene)
    menu.actions()[0].trigger()
    menu.close()
    note.clear()
    write(";plan ")
    assert note.text() == "Agreed to walk."


def test_own_words_say_it_in_the_menu_and_one_learned_meanwhile_takes_the_others_away(
    qtbot: QtBot, scene: PatientScene, practice: Practice
) -> None:
    note = begin(qtbot, scene)
    write("saltmere and fellgate are ")
    ask_again(note, 3)
    assert note.marks is not None
    assert [word.text for word in note.marks.marked] == ["saltmere", "fellgate"]
    scene.view.composer.drafting._spelling.learn("fellgate")  # noqa: SLF001 - as its menu does
    assert kept_words(practice) == '["saltmere"]', "what is kept is not replaced while it is not known"
    within_reach(scene)
    ask_again(note, 3)
    assert kept_words(practice) == '["fellgate", "saltmere"]'
    assert note.marks.marked == ()


def kept_words(practice: Practice) -> str:
    with practice.reading() as session:
        return preferences(session, practice.user("jo"))[MY_WORDS]


def test_drafts_say_it_in_the_form_which_goes_on(
    qtbot: QtBot, scene: PatientScene, prompts: ScriptedPrompts
) -> None:
    within_reach(scene)
    begin(qtbot, scene)
    form, drafting = scene.form(ContactForm), scene.view.composer.drafting
    write("She slept")
    scene.tasks.use(out_of_reach)
    drafting.look_for(scene.episode)
    drafting.look_for(scene.episode)
    assert said_in(form) == [UNLOOKED]
    assert here() is form.note
    write(" better")
    assert form.note.text() == "She slept better"
    again = form.findChild(QPushButton, "contact_look_again")
    assert isinstance(again, QPushButton)
    again.setFocus()
    press(Qt.Key.Key_Space)
    assert said_in(form) == [UNLOOKED], "still out of reach"
    within_reach(scene)
    press(Qt.Key.Key_Space)
    assert said_in(form) == []
    assert form.isAncestorOf(here())
    assert prompts.problems == []


def test_drafts_are_looked_for_again_while_the_form_is_open(qtbot: QtBot, scene: PatientScene) -> None:
    drafting = scene.view.composer.drafting
    drafting.look_for(scene.episode)
    begin(qtbot, scene)
    form = scene.form(ContactForm)
    assert said_in(form) == [UNLOOKED], "also in a form opened after it failed"
    within_reach(scene)
    drafting.timer.timeout.emit()
    assert said_in(form) == []


def said_in(form: ContactForm) -> list[str]:
    """Return what is said at the head of a form."""
    notices = form.findChildren(InlineMessage)
    return [each.text() for each in notices if each.isVisible() and each is not form.message]
