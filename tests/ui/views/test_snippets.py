"""Snippets: typed by name in a note, filled in field by field, and looked after on a page of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from collabcare.queries.snippets import snippets
from collabcare.services.snippets import SaveSnippet, save_snippet
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.forms.snippet_form import PRACTICE
from collabcare.ui.models.open_caseload import OpenCaseload
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.snippets_view import SnippetsView
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import give_keyboard, here, press, under_hands, write
from tests.ui.views.patient_scene import PatientScene, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.queries.snippets import SnippetRow
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

TEXT = "Agreed to [[what]] by [[day]]."


def in_record(practice: Practice, login: str = "jo") -> tuple[SnippetRow, ...]:
    with practice.reading() as session:
        return snippets(session, practice.user(login))


@pytest.fixture
def form(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> ContactForm:
    """A contact form with its note under the hands of somebody who has snippets."""
    save_snippet(SaveSnippet(name="plan", text=TEXT), practice.uow())
    save_snippet(SaveSnippet(name="smile", text="Well 😀 and [[how]]"), practice.uow())
    scene = PatientScene(qtbot, practice, prompts, practice.refer("A"))
    opened = scene.compose("contact", ContactForm)
    opened.page_of_scene = scene  # type: ignore[attr-defined]  # keeps the scene for as long as its form
    opened.minutes.set_value(30)
    give_keyboard(qtbot, opened.note)
    return opened


def chosen(form: ContactForm) -> str:
    return form.note.textCursor().selectedText()


def test_a_name_and_a_space_become_the_words_and_tab_fills_them_in(form: ContactForm) -> None:
    write("Seen. ;plan ")
    assert (form.note.text(), chosen(form)) == (f"Seen. {TEXT}", "[[what]]")
    write("walk daily")
    press(Qt.Key.Key_Tab)
    assert chosen(form) == "[[day]]"
    press(Qt.Key.Key_Backtab)
    assert here() is not form.note, "nothing before it is left to fill in, so Shift+Tab leaves"
    form.note.setFocus()
    press(Qt.Key.Key_Tab)
    assert here() is not form.note, "Tab from what is chosen goes on"
    form.note.setFocus()
    press(Qt.Key.Key_Home, ctrl=True)
    press(Qt.Key.Key_Tab)
    assert chosen(form) == "[[day]]"
    write("Friday")
    press(Qt.Key.Key_Tab)
    assert here() is not form.note
    assert form.note.text() == "Seen. Agreed to walk daily by Friday."


def test_tab_expands_too_and_places_are_right_behind_an_emoji(form: ContactForm) -> None:
    form.note.insertPlainText("😀 ")  # the hand of the tests has no such key
    write(";smile")
    press(Qt.Key.Key_Tab)
    assert (form.note.text(), chosen(form)) == ("😀 Well 😀 and [[how]]", "[[how]]")
    write("so on ;plan ")
    assert chosen(form) == "[[what]]"


def test_what_is_no_snippet_stays_as_typed(form: ContactForm) -> None:
    write("a;plan ;nothing ; ")
    assert form.note.toPlainText() == "a;plan ;nothing ; "


def test_nothing_is_saved_while_something_is_to_be_filled_in(form: ContactForm) -> None:
    write(";plan ")
    form.outcome.setFocus()
    press(Qt.Key.Key_5)
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == "Fill in [[what]] in the note, or take it out. Nothing is saved yet."
    assert (here(), chosen(form)) == (form.note, "[[what]]")
    scene = form.page_of_scene  # type: ignore[attr-defined]  # as above
    assert len(scene.facts().contacts) == 1
    write("rest")
    press(Qt.Key.Key_Tab)
    write("Friday")
    press(Qt.Key.Key_Return, ctrl=True)
    assert "Agreed to rest by Friday." in {contact.note for contact in scene.facts().contacts}


def test_control_and_space_show_them_all(form: ContactForm) -> None:
    press(Qt.Key.Key_Space, ctrl=True)
    (menu,) = form.note.findChildren(QMenu)
    assert [act.text().split(":")[0] for act in menu.actions()] == ["plan", "smile"]
    menu.actions()[0].trigger()
    menu.close()
    assert form.note.text() == TEXT


class Page:
    """The page of snippets for one user."""

    def __init__(self, qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, login: str) -> None:
        desk = practice.desk(login)
        self.tasks = Tasks(prompts, InlineExecutor())
        self.tasks.use(desk.reading)
        self.caseload = OpenCaseload(desk, self.tasks)
        self.view = SnippetsView(desk, self.tasks, prompts, self.caseload)
        self.window = under_hands(qtbot, self.view)
        self.window.resize(1366, 768)
        self.view.take_keyboard()

    def button(self, name: str) -> QPushButton | None:
        found = [each for each in self.view.findChildren(QPushButton, name) if each.isVisible()]
        return found[0] if found else None


def test_own_ones_are_written_changed_and_deleted_by_keyboard(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    page = Page(qtbot, practice, prompts, "jo")
    assert not page.view.form.whose.isVisible(), "only who manages the practice may share one"
    write("two words")
    press(Qt.Key.Key_Tab)
    write("Sleeps [[how]]")
    press(Qt.Key.Key_Return, ctrl=True)
    assert "one word" in page.view.form.message.text()
    page.view.form.name.setFocus()
    page.view.form.name.selectAll()
    write(";sleep")
    press(Qt.Key.Key_Return, ctrl=True)
    assert page.view.message.text() == ";sleep is saved. Type ;sleep and a space in a note to use it."
    (kept,) = in_record(practice)
    assert (kept.name, kept.text, kept.of_practice) == ("sleep", "Sleeps [[how]]", False)
    change = page.button(f"snippet_change_{kept.id}")
    assert change is not None
    change.click()
    page.view.form.words.setPlainText("Sleeps well")
    press(Qt.Key.Key_Return, ctrl=True)
    (kept,) = in_record(practice)
    assert kept.text == "Sleeps well"
    prompts.answers.append(True)
    delete = page.button(f"snippet_delete_{kept.id}")
    assert delete is not None
    delete.click()
    assert in_record(practice) == ()
    assert "None yet. Write one in the form." in words(page.view)


def test_the_practices_are_for_everybody_and_changed_by_who_manages_it(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    page = Page(qtbot, practice, prompts, "amina")
    write("ours")
    page.view.form.words.setPlainText("Words of the practice")
    page.view.form.whose.choose(PRACTICE)
    press(Qt.Key.Key_Return, ctrl=True)
    (kept,) = in_record(practice, "jo")
    assert (kept.name, kept.of_practice) == ("ours", True)
    other = Page(qtbot, practice, prompts, "jo")
    assert ";ours" in words(other.view)
    assert other.button(f"snippet_change_{kept.id}") is None
