"""Lines that suggest: every letter typed stays, whatever the list under them does meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from collabcare.domain.gp_practices import GpPracticeDetails
from collabcare.domain.ids import GpPracticeId
from collabcare.domain.languages import LANGUAGES
from collabcare.queries.site import GpPracticeRow
from collabcare.ui.forms.listed_edit import ListedEdit
from collabcare.ui.forms.practice_edit import PracticeEdit
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.suggestions import SuggestionList, Suggestions, initials
from tests.ui.keyboard import give_keyboard, here, press, under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HARBOUR = ("Harbour Road Surgery", "Harbour View", "Quayside Practice")


def type_on(text: str) -> None:
    """Type as a keyboard does: each letter to the list while it is open, and everything done in between."""
    for letter in text:
        QTest.keyClicks(QApplication.activePopupWidget() or here(), letter)
        QApplication.processEvents()


def strike(key: Qt.Key) -> None:
    """Press a key as a keyboard does: it goes to the list while that is open."""
    QTest.keyClick(QApplication.activePopupWidget() or here(), key)
    QApplication.processEvents()


def shown() -> list[str]:
    """Return what is suggested just now."""
    popup = QApplication.activePopupWidget()
    if not isinstance(popup, SuggestionList):
        return []
    model = popup.model()
    return [str(model.index(row, 0).data(Qt.ItemDataRole.DisplayRole)) for row in range(model.rowCount())]


def practices() -> PracticeEdit:
    """Return a field for a GP practice that knows a few."""
    rows = [
        GpPracticeRow(id=GpPracticeId(n), version=1, details=GpPracticeDetails(name=name))
        for n, name in enumerate(HARBOUR, start=1)
    ]
    return PracticeEdit(rows)


@pytest.mark.parametrize("text", ["Harbour Medical Centre", "Elvet Road", "harbour road surgery annexe"])
def test_a_text_longer_than_any_suggestion_is_typed_whole(qtbot: QtBot, text: str) -> None:
    field = practices()
    under_hands(qtbot, field, QLineEdit())
    type_on(text)
    assert field.text() == text
    press(Qt.Key.Key_Tab)
    assert (field.text(), field.is_new()) == (text, True)


def test_so_it_is_in_every_line_that_suggests(qtbot: QtBot) -> None:
    listed, line = ListedEdit("Language", LANGUAGES), LineEdit("Who will ask")
    Suggestions(line, ["Amara Nwosu", "Jo Smith"])
    under_hands(qtbot, listed, line)
    type_on("Frenglish")
    assert listed.text() == "Frenglish"
    give_keyboard(qtbot, line)
    type_on("Amara Nwosu-Hart")
    assert line.text() == "Amara Nwosu-Hart"


def test_initials_find_a_language_and_are_written_out_when_one_leaves(qtbot: QtBot) -> None:
    field = ListedEdit("Language", LANGUAGES)
    under_hands(qtbot, field, QLineEdit())
    type_on("bsl")
    assert shown() == ["British Sign Language"]
    assert (field.text(), field.value(), field.problem()) == ("bsl", "q4", "")
    strike(Qt.Key.Key_Tab)
    assert field.text() == "British Sign Language"


def test_initials_of_two_languages_are_of_none(qtbot: QtBot) -> None:
    field = ListedEdit("Language", LANGUAGES)
    under_hands(qtbot, field, QLineEdit())
    type_on("ASL")
    assert shown() == ["American Sign Language", "Australian Sign Language"]
    assert field.value() is None
    assert initials("Sign Language") == ""


def test_a_suggestion_is_taken_with_down_and_enter_by_its_name_alone(qtbot: QtBot) -> None:
    field = ListedEdit("Language", LANGUAGES)
    under_hands(qtbot, field)
    type_on("bsl")
    strike(Qt.Key.Key_Down)
    strike(Qt.Key.Key_Return)
    assert (field.text(), field.value()) == ("British Sign Language", "q4")


def test_the_list_stays_under_its_line_when_the_form_moves(qtbot: QtBot) -> None:
    above, field = QWidget(), practices()
    window = under_hands(qtbot, field)
    layout = window.layout()
    assert layout is not None
    type_on("h")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    above.setFixedHeight(80)
    layout.removeWidget(field)
    layout.addWidget(above)
    layout.addWidget(field)
    window.resize(window.width() + 20, 300)
    QApplication.processEvents()
    bottom = field.edit.mapToGlobal(QPoint(0, field.edit.height())).y()
    assert 0 < popup.y() - bottom < 8
    assert abs(popup.width() - field.edit.width()) < 4


def test_another_window_or_the_list_gives_the_keyboard_back_where_it_was(qtbot: QtBot) -> None:
    line = LineEdit("Name")
    window = under_hands(qtbot, line)
    type_on("Har")
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert not line.hasSelectedText()
    type_on("b")
    assert line.text() == "Harb"
