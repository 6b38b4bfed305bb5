"""The search box: who matches while typing, and one key to open them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.services.patients import add_patient
from collabcare.ui.views.find_patient import FindPatient
from tests.ui.keyboard import give_keyboard, press, under_hands, write

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.ui.tasks import Tasks
    from tests.record_fixtures import Practice


@pytest.fixture
def box(qtbot: QtBot, practice: Practice, tasks: Tasks) -> FindPatient:
    for surname, given in (("Okafor", "Ngozi"), ("Okoro", "Ada"), ("Brown", "Ann")):
        practice.refer(surname=surname, given_name=given)
    made = FindPatient(tasks)
    under_hands(qtbot, made)
    return made


def listed(box: FindPatient) -> list[str]:
    """Return who is listed."""
    return [box.results.item(n).text() for n in range(box.results.count())]


def test_who_matches_is_listed_while_typing(box: FindPatient) -> None:
    write("ok")
    assert listed(box) == ["OKAFOR, Ngozi (Ms)", "OKORO, Ada (Ms)"]
    write("o")
    assert listed(box) == ["OKORO, Ada (Ms)"]


def test_enter_opens_the_first_and_arrows_choose_another(
    box: FindPatient, qtbot: QtBot, practice: Practice
) -> None:
    write("ok")
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(box.found) as found:
        press(Qt.Key.Key_Return)
    assert practice.facts(found.args[0]).patient.surname == "Okoro"
    assert box.text() == ""
    assert not box.results.isVisible()


def test_a_click_opens_too(box: FindPatient, qtbot: QtBot, practice: Practice) -> None:
    write("brown")
    with qtbot.waitSignal(box.found) as found:
        box.results.itemClicked.emit(box.results.item(0))
    assert practice.facts(found.args[0]).patient.surname == "Brown"


def test_nobody_is_said_and_opens_nothing(box: FindPatient, qtbot: QtBot) -> None:
    write("zz")
    assert listed(box) == ["Nobody in this record matches"]
    with qtbot.assertNotEmitted(box.found):
        press(Qt.Key.Key_Return)


def test_escape_gives_up(box: FindPatient, qtbot: QtBot) -> None:
    write("ok")
    with qtbot.waitSignal(box.given_up):
        press(Qt.Key.Key_Escape)
    assert box.text() == ""


def test_somebody_just_added_is_found(
    box: FindPatient, qtbot: QtBot, practice: Practice, tasks: Tasks
) -> None:
    box.clearFocus()
    new = practice.new_patient(surname="Zielińska", given_name="Łucja")
    tasks.write(lambda: add_patient(new, practice.uow(), practice.rulebook.pathway))
    give_keyboard(qtbot, box)
    write("zielinska lu")
    assert listed(box) == ["ZIELIŃSKA, Łucja (Ms)"]


def test_what_is_listed_is_spoken_with_full_months(box: FindPatient) -> None:
    write("brown")
    spoken = box.results.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("BROWN, Ann (Ms). Born 14 July 1985")
