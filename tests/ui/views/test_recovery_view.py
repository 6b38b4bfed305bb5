"""The way back in: the printed words, and a new password."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.acting import Role
from collabcare.store.access import unlock
from collabcare.store.keyfile import key_path
from collabcare.store.record import FirstUser, NewRecord, NewSite, create_record
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.recovery_view import RecoveryView
from tests.builders import MONDAY, pathway
from tests.record_fixtures import NINE, PASSWORD, QUICK
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import give_keyboard, here, under_hands
from tests.ui.scripted_prompts import ScriptedPrompts

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from collabcare.ui.doors import Doors

FRESH = "a fresh long password"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Make a record and return it with its printed words."""
    path = tmp_path_factory.mktemp("printed") / "elm.ccrecord"
    new = NewRecord(
        site=NewSite(name="Elm", address="", pathway_id=pathway().id),
        user=FirstUser(login="jo", password=PASSWORD, name="Jo Smith", role=Role.PRACTITIONER),
    )
    created = create_record(path, new, datetime.combine(MONDAY, NINE, UTC), QUICK)
    created.unlocked.key.wipe()
    return path, " ".join(created.recovery_words)


@pytest.fixture
def made(printed: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """Return a copy of the record with its printed words."""
    folder = tmp_path / "mine"
    folder.mkdir()
    path, words = printed
    for file in (path, key_path(path)):
        shutil.copy(file, folder / file.name)
    return folder / path.name, words


@pytest.fixture
def view(qtbot: QtBot, doors: Doors, made: tuple[Path, str]) -> RecoveryView:
    shown = RecoveryView(doors, Tasks(ScriptedPrompts(), InlineExecutor()))
    under_hands(qtbot, shown)
    shown.start(made[0], "jo")
    return shown


def fill(view: RecoveryView, words: str, password: str = FRESH, again: str = "") -> None:
    """Type everything."""
    view.words.setPlainText(words)
    view.password.setText(password)
    view.again.setText(again or password)


def test_the_words_and_a_new_password_open_the_record(
    view: RecoveryView, qtbot: QtBot, made: tuple[Path, str]
) -> None:
    record, words = made
    fill(view, words.upper().replace(" ", ", "))
    with qtbot.waitSignal(view.recovered) as recovered:
        view.try_to_recover()
    assert recovered.args[0].desk.acting.name == "Jo Smith"
    recovered.args[0].close()
    unlock(record, "jo", FRESH).key.wipe()
    assert (view.words.text(), view.password.text(), view.again.text()) == ("", "", "")


@pytest.mark.parametrize(
    ("words", "password", "again", "said"),
    [
        ("", FRESH, "", "Type the twelve words."),
        ("one two", "short", "", "7 more to go"),
        ("one two", FRESH, "another one entirely", "The two passwords differ."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    view: RecoveryView, words: str, password: str, again: str, said: str
) -> None:
    fill(view, words, password, again)
    view.try_to_recover()
    descriptions = [edit.accessibleDescription() for edit in (view.words, view.password, view.again)]
    assert any(said in text for text in descriptions), descriptions


def test_words_of_another_record_are_refused_truly(view: RecoveryView) -> None:
    fill(view, " ".join(["abandon"] * 11 + ["about"]))
    view.try_to_recover()
    assert "do not open this record" in view.message.text()
    assert view.enter.isEnabled()
    assert view.password.text() == FRESH


def test_a_name_nobody_has_is_refused(view: RecoveryView, made: tuple[Path, str]) -> None:
    fill(view, made[1])
    view.login.setText("nobody")
    view.try_to_recover()
    assert "Nobody signs in to this record as nobody" in view.message.text()


def test_the_card_is_spoken_and_tab_goes_round(view: RecoveryView, qtbot: QtBot) -> None:
    assert here() is view.words
    assert nameless(view) == []
    give_keyboard(qtbot, view.login)
    tab_walk(view.window())
