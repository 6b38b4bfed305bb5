"""Spelling in a note: marked a moment after typing, put right by the menu, and learned for one user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QMenu

from collabcare.catalogue.help import load_help
from collabcare.paths import resources_dir
from collabcare.queries.preferences import preferences
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.views.spelling_help import MY_WORDS
from collabcare.ui.widgets.note_edit import NoteEdit
from tests.ui.keyboard import give_keyboard, write
from tests.ui.views.patient_scene import PatientScene

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> PatientScene:
    """A contact form with the keyboard in its note."""
    made = PatientScene(qtbot, practice, prompts, practice.refer("A"))
    give_keyboard(qtbot, made.compose("contact", ContactForm).note)
    return made


def note_of(scene: PatientScene) -> NoteEdit:
    return scene.form(ContactForm).note


def marked(note: NoteEdit) -> list[str]:
    """Return the words that are marked, once the moment after typing is over."""
    assert note.marks is not None
    note.marks.soon.timeout.emit()
    return [each.cursor.selectedText() for each in note.extraSelections()]


def menu_at(note: NoteEdit, place: int) -> QMenu:
    """Press the menu key with the cursor at a place."""
    cursor = note.textCursor()
    cursor.setPosition(place)
    note.setTextCursor(cursor)
    assert note.marks is not None
    note.marks.look()
    QApplication.sendEvent(
        note.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    )
    return note.findChildren(QMenu)[-1]


def test_a_slip_gets_a_wavy_line_but_not_while_it_is_typed(scene: PatientScene) -> None:
    note = note_of(scene)
    write("Her behaviuor")
    assert marked(note) == []
    write(" and color")
    assert marked(note) == ["behaviuor"]
    write(" are sertraline.")
    assert marked(note) == ["behaviuor", "color"]
    first = note.extraSelections()[0]
    assert first.format.underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline


def test_marks_are_no_part_of_the_text_and_nobody_hears_of_them(scene: PatientScene) -> None:
    note = note_of(scene)
    write("behaviuor is ")
    heard: list[bool] = []
    note.textChanged.connect(lambda: heard.append(True))
    assert marked(note) == ["behaviuor"]
    assert (heard, note.toPlainText()) == ([], "behaviuor is ")


def test_the_menu_puts_it_right_by_key(scene: PatientScene) -> None:
    note = note_of(scene)
    write("Her behaviuor is good")
    menu = menu_at(note, 8)
    assert [act.text() for act in menu.actions()[:2]] == ["behaviour", "Add “behaviuor” to my words"]
    menu.actions()[0].trigger()
    menu.close()
    assert note.text() == "Her behaviour is good"
    assert marked(note) == []


def test_a_word_is_learned_by_one_user_and_stays_known(
    qtbot: QtBot, scene: PatientScene, practice: Practice, prompts: ScriptedPrompts
) -> None:
    note = note_of(scene)
    write("saltmere is ")
    menu = menu_at(note, 3)
    learn = next(act for act in menu.actions() if act.text().startswith("Add"))
    learn.trigger()
    menu.close()
    assert marked(note) == []
    with practice.reading() as session:
        assert preferences(session, practice.user("jo"))[MY_WORDS] == '["saltmere"]'
    note.clear()
    again = PatientScene(qtbot, practice, prompts, scene.episode)
    again.compose("contact", ContactForm).note.setPlainText("saltmere is ")
    assert marked(note_of(again)) == []
    other = PatientScene(qtbot, practice, prompts, scene.episode, "sam")
    other.compose("contact", ContactForm).note.setPlainText("saltmere is ")
    assert marked(note_of(other)) == ["saltmere"]


def test_an_address_is_no_prose() -> None:
    assert NoteEdit("Note", spelled=False).marks is None


def test_the_help_says_what_the_marks_mean_and_where_learned_words_are_kept() -> None:
    """F1 in a contact's note leads to it, and so does the word in the search of the help."""
    [page] = [each for each in load_help(resources_dir() / "help").pages if "contact" in each.forms]
    assert "spelling" in page.also
    for said in ("British dictionary", "clinical words", "menu key", "those you have taught it"):
        assert said in " ".join(page.text.split())
