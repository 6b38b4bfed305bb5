"""The table of commands: each explains itself, has its own key, and is there for who may use it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QKeySequence

from collabcare.domain.acting import Permission, Role, allowed
from collabcare.ui.actions import ACTIONS, Menu
from collabcare.ui.look import Look
from collabcare.ui.main_window import MainWindow, places_for
from collabcare.ui.menus import actions_for
from collabcare.ui.views.keys_view import KeysView
from collabcare.ui.views.palette_offers import Offers, command_offers
from collabcare.ui.workspace import Workspace
from tests.architecture.tree import ROOT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

UI = ROOT / "collabcare" / "ui"
TABLES = {"actions.py", "patient_actions.py"}
"""The tables of commands, which the sheet is made from."""

KEY = re.compile(r'"((?:F\d+|(?:(?:Ctrl|Alt|Shift)\+)+[^" ]+))"')
KEY_TOLD = re.compile(r"(?:Ctrl|Alt|Shift)\+[^ |,]+|F\d+")


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
    texts = [spec.text for spec in ACTIONS if spec.menu is menu and not spec.nested]
    letters = [found[1].casefold() for text in texts if (found := re.search(r"&(\w)", text))]
    assert len(letters) == len(texts) == len(set(letters)), texts


def test_no_two_menus_share_a_letter() -> None:
    letters = {found[1] for menu in Menu if (found := re.search(r"&(\w)", menu.value))}
    assert len(letters) == len(Menu)


def test_no_field_has_the_letter_of_a_menu() -> None:
    """Alt and that letter would open the menu and never reach the field."""
    menus = {menu.value[1].casefold() for menu in Menu}
    parts = [*(UI / "forms").glob("*.py"), *(UI / "views").glob("*_card*.py")]
    taken = [
        f"{path.name}: {text}"
        for path in parts
        for text in re.findall(r'"([^"\n]*&[A-Za-z][^"\n]*)"', path.read_text(encoding="utf-8"))
        for letter in re.findall(r"(?<!&)&([A-Za-z])", text)
        if letter.casefold() in menus
    ]
    assert taken == []


def test_a_reader_is_offered_nothing_that_writes() -> None:
    ids = {spec.id for spec in actions_for(Role.READER)}
    assert not ids & {"new_patient", "record_contact", "move_step", "write_letter"}
    assert {"show_today", "open_palette", "lock"} <= ids


@pytest.mark.parametrize("role", Role)
def test_the_places_on_the_left_have_ctrl_and_their_number_top_to_bottom(role: Role) -> None:
    there = [item.id for item in places_for(role)]
    by_key = {key: spec for spec in actions_for(role) for key in spec.keys}
    found = [by_key[f"Ctrl+{number}"] for number in range(1, 7) if f"Ctrl+{number}" in by_key]
    assert [spec.page or spec.id.removeprefix("show_") for spec in found] == there
    assert {"today", "caseload", "reminders", "loop", "cover"} <= set(there)
    assert ("practice" in there) == allowed(role, Permission.MANAGE_PRACTICE)


def keys_said(qtbot: QtBot) -> set[str]:
    """Return every key the sheet names."""
    sheet = KeysView(ACTIONS)
    qtbot.addWidget(sheet)
    cells = (line for line in sheet.sheet.toPlainText().splitlines())
    return {key.strip() for line in cells for key in re.split(r" or |, ", line)}


def test_the_help_names_keys_there_are_and_the_places_in_their_order(qtbot: QtBot) -> None:
    text = (ROOT / "resources" / "help" / "keys.md").read_text(encoding="utf-8")
    there = {key for spec in ACTIONS for key in spec.keys} | keys_said(qtbot)
    named = {key for line in text.splitlines() if line.startswith("| ") for key in KEY_TOLD.findall(line)}
    assert len(named) > 10
    assert not named - there
    places = ", ".join(item.text for item in places_for(Role.ADMINISTRATOR))
    assert f"| Ctrl+1 to Ctrl+6 | {places}: the places on the left" in text


def test_the_shortcut_sheet_has_every_key(qtbot: QtBot) -> None:
    said = keys_said(qtbot)
    assert not [key for spec in ACTIONS for key in spec.keys if key not in said]


def test_the_shortcut_sheet_has_every_key_of_a_part_of_a_screen(qtbot: QtBot) -> None:
    """Whatever key is written anywhere in the code of the screens is on the sheet."""
    said = keys_said(qtbot)
    sources = [path for path in UI.rglob("*.py") if path.name not in {"key_sheet.py"} | TABLES]
    written = {key for path in sources for key in KEY.findall(path.read_text(encoding="utf-8"))}
    assert {"F8", "Alt+Down", "Ctrl+Return"} <= written
    assert not {key.replace("Return", "Enter") for key in written} - said


def test_keys_are_those_people_bring_with_them() -> None:
    keys = {key: spec.id for spec in ACTIONS for key in spec.keys}
    expected = {
        "Ctrl+K": "open_palette",
        "Ctrl+F": "find_here",
        "Ctrl+N": "new_patient",
        "Ctrl+Shift+N": "record_contact",
        "Ctrl+L": "lock",
        "Ctrl+P": "print_summary",
        "Ctrl+Z": "undo",  # a text that has the keyboard takes it first
        "F1": "show_help",
        "F5": "refresh",
        "F6": "next_pane",
        "Esc": "back",
        "Ctrl+1": "show_today",
        "Ctrl+2": "show_caseload",
        "Ctrl+/": "show_keys",
    }
    assert {key: keys.get(key) for key in expected} == expected
    assert not {"Ctrl+Y", "Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+A", "Delete", "Alt+F4"} & keys.keys()
    assert not [key for key in keys if re.fullmatch(r"Alt\+[A-Z]", key)]


def test_every_command_the_box_lists_has_words_of_its_own() -> None:
    listed = [spec.words for spec in ACTIONS if spec.listed]
    assert [words for words, times in Counter(listed).items() if times > 1] == []


@pytest.mark.parametrize("typed", ["crisis", "999", "emergency", "Samaritans", "whom to ring", "duty"])
def test_whom_to_ring_is_found_by_what_somebody_would_type(typed: str) -> None:
    offers = Offers()
    offers.set_commands(command_offers(ACTIONS, about_patient=False))
    found = [offer.goes_to for group in offers.find(typed) for offer in group.offers]
    assert "whom_to_ring" in found[:2]
