"""The table of commands: each explains itself, has its own key, and is there for who may use it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QKeySequence

from collabcare.domain.acting import Role
from collabcare.ui.actions import ACTIONS, Menu
from collabcare.ui.look import Look
from collabcare.ui.main_window import MainWindow
from collabcare.ui.menus import actions_for
from collabcare.ui.views.keys_view import KeysView
from collabcare.ui.widgets.plain_label import PlainLabel
from collabcare.ui.workspace import Workspace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_every_action_explains_itself() -> None:
    assert not [spec.id for spec in ACTIONS if not spec.help.endswith(".")]


def test_every_action_is_a_method_of_the_window_its_pages_or_its_look() -> None:
    for spec in ACTIONS:
        method = "compose" if spec.compose else "open_page" if spec.page else spec.id
        assert any(callable(getattr(owner, method, None)) for owner in (MainWindow, Workspace, Look)), spec.id


def test_no_key_does_two_things_and_none_is_misspelt() -> None:
    keys = [key for spec in ACTIONS for key in spec.keys]
    assert [key for key, times in Counter(keys).items() if times > 1] == []
    assert [key for key in keys if QKeySequence(key).isEmpty()] == []


@pytest.mark.parametrize("menu", Menu)
def test_no_letter_is_taken_twice_in_a_menu(menu: Menu) -> None:
    texts = [spec.text for spec in ACTIONS if spec.menu is menu]
    letters = [found[1].casefold() for text in texts if (found := re.search(r"&(\w)", text))]
    assert len(letters) == len(texts) == len(set(letters)), texts


def test_no_two_menus_share_a_letter() -> None:
    letters = {found[1] for menu in Menu if (found := re.search(r"&(\w)", menu.value))}
    assert len(letters) == len(Menu)


def test_a_reader_is_offered_nothing_that_writes() -> None:
    ids = {spec.id for spec in actions_for(Role.READER)}
    assert not ids & {"new_patient", "record_contact", "move_step", "write_letter"}
    assert {"show_today", "find_patient", "lock"} <= ids


def test_the_shortcut_sheet_has_every_key(qtbot: QtBot) -> None:
    sheet = KeysView(ACTIONS)
    qtbot.addWidget(sheet)
    said = " ".join(label.text() for label in sheet.findChildren(PlainLabel))
    assert not [key for spec in ACTIONS for key in spec.keys if key not in said]
