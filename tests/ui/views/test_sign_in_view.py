"""The sign-in card: what it asks, and the true sentence for everything that can stand in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from collabcare.store.keyfile import key_path
from collabcare.store.record import open_record
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.sign_in_view import SignInView
from tests.record_fixtures import PASSWORD
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.inline import InlineExecutor, PatientExecutor
from tests.ui.keyboard import give_keyboard, here, press, under_hands, write
from tests.ui.scripted_prompts import ScriptedPrompts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from collabcare.ui.doors import Doors
    from collabcare.ui.opening import SignedIn


@pytest.fixture
def view(qtbot: QtBot, doors: Doors, record: Path) -> SignInView:
    card = SignInView(doors, Tasks(ScriptedPrompts(), InlineExecutor()))
    under_hands(qtbot, card)
    card.show_record(record, "amina")
    return card


def test_a_name_a_password_and_enter_open_the_record(view: SignInView, qtbot: QtBot) -> None:
    give_keyboard(qtbot, view.password)
    with qtbot.waitSignal(view.signed_in) as signed:
        write(PASSWORD)
        press(Qt.Key.Key_Return)
    opened: SignedIn = signed.args[0]
    assert opened.desk.acting.name == "Amina Shah"
    assert view.password.text() == ""
    opened.close()


def test_the_keyboard_waits_at_what_is_missing(view: SignInView, record: Path) -> None:
    assert here() is view.password
    view.show_record(record, "")
    assert here() is view.login


def test_nothing_typed_is_asked_for(view: SignInView) -> None:
    view.try_to_sign_in()
    assert view.message.text() == "Type your name and your password."


def test_the_record_and_its_folder_are_named(view: SignInView, record: Path) -> None:
    assert view.record.whole_text() == "elm"
    assert view.folder.whole_text() == str(record.parent)


@pytest.mark.parametrize("login", ["amina", "nobody"])
def test_a_wrong_password_loses_nothing_else(view: SignInView, login: str) -> None:
    view.login.setText(login)
    view.password.setText("not this one")
    view.try_to_sign_in()
    assert view.message.text() == "That name and password do not open this record."
    assert view.login.text() == login
    assert view.password.selectedText() == "not this one"
    assert here() is view.password


def newer(record: Path) -> None:
    """Make the record one of a later version."""
    with open_record(record, "amina", PASSWORD) as opened, opened.engine.begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")


def cut(record: Path) -> None:
    """Lose the second half of the record."""
    record.write_bytes(record.read_bytes()[: record.stat().st_size // 2])


def flip(record: Path) -> None:
    """Change one byte in the middle of the record."""
    content = bytearray(record.read_bytes())
    content[len(content) // 2] ^= 1
    record.write_bytes(content)


def spoil_keys(record: Path) -> None:
    """Change one character of the key file."""
    keys = key_path(record)
    keys.write_bytes(keys.read_bytes().replace(b"0", b"1", 1))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda record: record.unlink(), "There is no record at"),
        (lambda record: record.write_bytes(b""), "is empty"),
        (lambda record: record.write_text("not a record at all" * 999), "damaged"),
        (cut, "damaged"),
        (flip, "damaged"),
        (spoil_keys, "damaged"),
        (lambda record: key_path(record).unlink(), "key file"),
        (newer, "newer"),
    ],
    ids=["missing", "empty", "text", "cut short", "one byte", "key file spoiled", "key file gone", "newer"],
)
def test_what_stands_in_the_way_is_said_truly_and_nothing_is_changed(
    view: SignInView, record: Path, spoil: Callable[[Path], object], words: str
) -> None:
    spoil(record)
    before = record.read_bytes() if record.exists() else None
    view.password.setText(PASSWORD)
    view.try_to_sign_in()
    assert words in view.message.text()
    assert "Traceback" not in view.message.text()
    assert (record.read_bytes() if record.exists() else None) == before
    assert view.login.text() == "amina"


def test_while_it_opens_nothing_else_can_be_asked(qtbot: QtBot, doors: Doors, record: Path) -> None:
    executor = PatientExecutor()
    card = SignInView(doors, Tasks(ScriptedPrompts(), executor))
    under_hands(qtbot, card)
    card.show_record(record, "amina")
    card.password.setText("wrong")
    card.try_to_sign_in()
    assert not card.enter.isEnabled()
    assert not card.password.isEnabled()
    card.try_to_sign_in()
    assert len(executor.waiting) == 1
    executor.run_all()
    assert card.enter.isEnabled()
    assert card.enter.text() == "Sign in"


def test_opening_can_be_stopped_until_the_record_is_open(qtbot: QtBot, doors: Doors, record: Path) -> None:
    executor = PatientExecutor()
    card = SignInView(doors, Tasks(ScriptedPrompts(), executor))
    under_hands(qtbot, card)
    card.show_record(record, "amina")
    opened: list[SignedIn] = []
    card.signed_in.connect(opened.append)
    card.password.setText(PASSWORD)
    card.try_to_sign_in()
    qtbot.waitUntil(card.counts.isVisible, timeout=3000)
    assert card.counts.words.whole_text() == "Opening the record"
    card.counts.cancel.click()
    executor.run_all()
    assert (opened, card.message.text()) == ([], "Stopped. The record was not opened.")
    assert here() is card.password
    assert not card.counts.isVisible()
    card.try_to_sign_in()
    executor.run_all()
    assert len(opened) == 1
    opened[0].close()


def test_the_password_is_covered_and_can_be_forgotten(view: SignInView) -> None:
    view.password.setText("secret")
    assert view.password.echoMode() is QLineEdit.EchoMode.Password
    view.forget()
    assert view.password.text() == ""


def test_the_card_is_spoken_and_tab_goes_round(view: SignInView, qtbot: QtBot) -> None:
    give_keyboard(qtbot, view.login)
    assert nameless(view) == []
    assert {view.login, view.password, view.enter} <= set(tab_walk(view.window()))
