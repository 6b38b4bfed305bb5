"""Adding a colleague: from the menu, with the real key file, to a supervisor a review is recorded with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from collabcare.domain.acting import Role
from collabcare.domain.errors import EnvironmentProblem
from collabcare.domain.ids import EpisodeId
from collabcare.services.desk import Keys
from collabcare.services.patients import add_patient
from collabcare.store.access import add_user_slot
from collabcare.store.record import open_record
from collabcare.ui.forms.supervision_form import SupervisionForm
from collabcare.ui.pages import PageName
from collabcare.ui.shell import Shell
from collabcare.ui.views.colleagues_view import ColleaguesView
from tests.record_fixtures import PASSWORD, QUICK
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import here, press, under_hands, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from collabcare.services.desk import Desk
    from collabcare.settings import Settings
    from collabcare.ui.doors import Doors
    from collabcare.ui.forms.colleague_form import ColleagueForm
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.tasks import Tasks
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


@pytest.fixture
def shell(
    qtbot: QtBot, doors: Doors, settings: Settings, prompts: ScriptedPrompts, record: Path
) -> Iterator[Shell]:
    with open_record(record, "amina", PASSWORD) as opened:
        add_user_slot(opened.unlocked, "jo", PASSWORD, QUICK)
    made = Shell(doors, settings, prompts, InlineExecutor())
    made.open(record, "jo")
    qtbot.waitExposed(made.sign_in_window)
    yield made
    made.shut()


def sign_in(shell: Shell, login: str, password: str = PASSWORD) -> MainWindow:
    """Sign in and return the main window."""
    shell.sign_in_window.card.login.setText(login)
    shell.sign_in_window.card.password.setText(password)
    shell.sign_in_window.card.try_to_sign_in()
    window = shell.main_window
    assert window is not None, shell.sign_in_window.card.message.text()
    QTest.qWaitForWindowActive(window)
    return window


def fill(form: ColleagueForm, **texts: str) -> None:
    """Fill in a supervisor, and what is different this time."""
    typed = {"name": "Nina Ray", "job_title": "Psychologist", "login": "nina"}
    passwords = {"password": "brisk copper lantern", "again": "brisk copper lantern"}
    for name, text in (typed | passwords | texts).items():
        getattr(form, name).setText(text)
    form.role.set_value(Role.SUPERVISOR)


def test_a_practitioner_adds_their_supervisor_who_signs_in(shell: Shell, qtbot: QtBot) -> None:
    window = sign_in(shell, "jo")
    shell.lock()
    window = sign_in(shell, "jo")  # the same window goes on, with the key of the record opened again
    qtbot.waitUntil(window.isActiveWindow)
    window.act("colleagues")
    staff = window.work.staff
    assert window.work.place.page is PageName.COLLEAGUES
    assert here() is staff.form.name
    for text in (
        "Nina Ray",
        "Psychologist",
        "s",
        " NINA",
        "brisk copper lantern",
        "brisk copper lantern",
    ):
        write(text)
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return, ctrl=True)
    assert staff.form.message.text() == ""
    assert staff.done.text().startswith("Nina Ray can sign in as nina now.")
    assert ("Nina Ray", Role.SUPERVISOR, "nina") in [(u.name, u.role, u.login) for u in staff.model.shown]
    assert not staff.has_unsaved()
    shell.lock()
    window = sign_in(shell, "nina", "brisk copper lantern")
    assert window.status.who.text() == "Nina Ray  ·  Supervisor"


def test_they_stand_in_the_list_of_supervisors(shell: Shell, practice: Practice) -> None:
    window = sign_in(shell, "jo")
    window.act("colleagues")
    fill(window.work.staff.form)
    window.work.staff.form.save.click()
    made = add_patient(practice.new_patient(), window.desk.uow, window.desk.rulebook.pathway).made
    assert made is not None
    window.work.show_patient(EpisodeId(made), "supervision")
    form = window.findChild(SupervisionForm)
    assert form is not None
    listed = [form.supervisor.itemText(place) for place in range(form.supervisor.count())]
    assert listed == ["Choose", "Amina Shah", "Nina Ray"]


class Staffroom:
    """The page under the user's hands, over the desk of a practitioner."""

    def __init__(self, qtbot: QtBot, desk: Desk, tasks: Tasks, prompts: ScriptedPrompts) -> None:
        self.view = ColleaguesView(desk, tasks, prompts)
        self.form = self.view.form
        self.window = under_hands(qtbot, self.view)
        self.window.resize(1060, 700)
        self.left: list[bool] = []
        self.view.back_requested.connect(lambda: self.left.append(True))


@pytest.fixture
def room(qtbot: QtBot, practice: Practice, tasks: Tasks, prompts: ScriptedPrompts) -> Staffroom:
    return Staffroom(qtbot, practice.desk(), tasks, prompts)


def test_everybody_is_listed_with_what_they_are_and_whether_they_may_sign_in(room: Staffroom) -> None:
    model = room.view.model
    rows = [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]
    assert ("Lee Gone", "Practitioner", "", "lee", "No") in rows
    assert ("Amina Shah", "Supervisor", "", "amina", "Yes") in rows
    assert len(rows) == 6


def test_a_key_that_cannot_be_written_is_said_and_saving_again_gives_it(
    qtbot: QtBot, practice: Practice, tasks: Tasks, prompts: ScriptedPrompts
) -> None:
    def refuse(_login: str, _password: str) -> None:
        raise EnvironmentProblem("The disk is full.")

    keys = Keys(refuse)
    room = Staffroom(qtbot, replace(practice.desk(), keys=keys), tasks, prompts)
    fill(room.form)
    room.form.save.click()
    assert "Nina Ray was added but cannot sign in yet" in room.form.message.text()
    assert "The disk is full. To try again, save once more" in room.form.message.text()
    assert "nina" in [user.login for user in room.view.model.shown]
    keys.give = practice.keys.give
    room.form.save.click()
    assert room.view.done.text().startswith("Nina Ray can sign in as nina now.")
    assert practice.let_in == {"nina": "brisk copper lantern"}


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        ({"name": " "}, "Type the colleague's name."),
        ({"login": ""}, "Choose a short name for them to sign in with."),
        ({"login": "Amina"}, "amina is the sign-in name of Amina Shah, supervisor. Choose another name."),
        ({"password": "short"}, "Use at least 12 characters: 7 more to go."),
        ({"again": "something else"}, "The two passwords differ. Type the same one twice."),
        ({"name": "<b>Nina</b>" * 20}, "Shorten the name to 100 characters."),
    ],
)
def test_a_refusal_keeps_every_character(room: Staffroom, slip: dict[str, str], words: str) -> None:
    fill(room.form, **slip)
    typed = room.form.written()
    room.form.save.click()
    assert room.form.message.text() == words
    assert room.form.written() == typed


def test_a_role_has_to_be_chosen_and_is_explained(room: Staffroom) -> None:
    fill(room.form)
    room.form.role.set_value(None)
    room.form.save.click()
    assert room.form.message.text() == "Choose the colleague's role."
    assert here() is room.form.role
    write("r")
    assert room.form.role.accessibleDescription() == "Reads the record and changes nothing in it."


def test_leaving_asks_before_what_was_typed_is_lost(room: Staffroom, prompts: ScriptedPrompts) -> None:
    room.form.take_keyboard()
    write("Nina")
    prompts.answers += [False, True]
    press(Qt.Key.Key_Escape)
    assert (room.form.name.text(), room.left) == ("Nina", [])
    press(Qt.Key.Key_Escape)
    assert (room.form.name.text(), room.left) == ("", [True])


def test_no_password_waits_behind_a_lock(shell: Shell) -> None:
    window = sign_in(shell, "jo")
    window.act("colleagues")
    form = window.work.staff.form
    fill(form)
    shell.lock()
    assert (form.password.text(), form.again.text(), form.name.text()) == ("", "", "Nina Ray")


def test_the_page_is_spoken_and_tab_goes_round(room: Staffroom) -> None:
    assert nameless(room.window) == []
    room.form.take_keyboard()
    tab_walk(room.window)
