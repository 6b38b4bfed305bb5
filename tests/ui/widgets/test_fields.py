"""Fields read from free text: what is understood is echoed, what is not is said in words."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton

from collabcare.domain.typed_dates import Direction
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.nhs_number_edit import NhsNumberEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.number_edit import NumberEdit
from collabcare.ui.widgets.password_edit import PasswordEdit
from collabcare.ui.widgets.plain_label import PlainLabel
from collabcare.ui.widgets.time_edit import TimeEdit
from tests.ui.keyboard import here, press, under_hands, write

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TODAY = date(2026, 11, 20)


def test_a_date_is_echoed_while_it_is_typed_and_tidied_when_one_leaves(qtbot: QtBot) -> None:
    field = DateEdit("Next contact", TODAY)
    under_hands(qtbot, field, QLineEdit())
    write("+2w")
    assert (field.echo(), field.value(), field.text()) == ("Fri 04-Dec-2026", date(2026, 12, 4), "+2w")
    press(Qt.Key.Key_Tab)
    assert (field.text(), field.problem()) == ("04-Dec-2026", "")
    assert field.echo() == "Friday"  # the date itself is in the field now


def test_a_wrong_date_is_refused_in_words_only_when_one_leaves(qtbot: QtBot) -> None:
    field = DateEdit("Next contact", TODAY)
    under_hands(qtbot, field, QLineEdit())
    write("31/2")
    assert not field.edit.property("problem")
    press(Qt.Key.Key_Tab)
    assert field.edit.property("problem")
    assert field.echo() == "February has at most 29 days."
    assert field.edit.accessibleDescription() == field.echo()
    assert field.value() is None


def test_the_text_is_selected_when_one_enters_so_that_typing_replaces_it(qtbot: QtBot) -> None:
    field = DateEdit("Next contact", TODAY)
    field.set_value(date(2026, 12, 4))
    under_hands(qtbot, field)
    write("t")
    assert field.value() == TODAY


def test_a_date_may_be_left_out_only_where_that_is_allowed(qtbot: QtBot) -> None:
    needed = DateEdit("Date", TODAY)
    left_out = DateEdit("Date", TODAY, DateNeeds(optional=True))
    under_hands(qtbot, needed, left_out)
    assert needed.problem() == "Date: write a date, such as 12/3 or +2w."
    assert left_out.problem() == ""
    left_out.set_value(TODAY)
    left_out.set_value(None)
    assert left_out.value() is None


@pytest.mark.parametrize("text", ["unknown", "Not  known", "n/k"])
def test_unknown_is_empty_where_a_date_may_be_left_out(qtbot: QtBot, text: str) -> None:
    field = DateEdit("Started on", TODAY, DateNeeds(optional=True))
    under_hands(qtbot, field)
    write(text)
    press(Qt.Key.Key_Tab)
    assert (field.value(), field.problem(), field.echo()) == (None, "", "Not known")
    needed = DateEdit("Born", TODAY, DateNeeds(direction=Direction.PAST))
    needed.edit.setText(text)
    assert needed.problem().startswith("Not a date.")


def test_a_date_field_knows_which_way_it_looks_and_which_day_it_is(qtbot: QtBot) -> None:
    born = DateEdit("Born", TODAY, DateNeeds(direction=Direction.PAST))
    under_hands(qtbot, born)
    born.edit.setText("t")
    born.set_today(date(2026, 11, 21))
    assert born.value() == date(2026, 11, 21)
    born.edit.setText("+1d")
    assert born.problem() == "22-Nov-2026 is in the future."


def test_a_calendar_opens_from_the_keyboard_and_fills_the_field(qtbot: QtBot) -> None:
    field = DateEdit("Next contact", TODAY)
    under_hands(qtbot, field)
    changes: list[date | None] = []
    field.value_changed.connect(lambda: changes.append(field.value()))
    press(Qt.Key.Key_Down, alt=True)
    calendar = field.findChildren(QCalendarWidget)[0]
    assert calendar.selectedDate() == QDate(2026, 11, 20)
    calendar.activated.emit(QDate(2026, 12, 1))
    assert (field.value(), changes) == (date(2026, 12, 1), [date(2026, 12, 1)])
    assert not calendar.isVisible()


def test_a_time_is_read_and_shown_on_the_24_hour_clock(qtbot: QtBot) -> None:
    field = TimeEdit("Time")
    under_hands(qtbot, field, QLineEdit())
    write("930")
    assert field.echo() == "09:30"
    press(Qt.Key.Key_Tab)
    assert (field.text(), field.value(), field.echo()) == ("09:30", time(9, 30), "")
    field.set_value(None)
    assert field.problem() == "Time: write a time, such as 9:30."
    assert TimeEdit("Time", optional=True).problem() == ""


@pytest.mark.parametrize("what", ["date", "time"])
def test_a_click_into_a_date_or_time_selects_all_of_it_and_the_next_one_does_not(
    qtbot: QtBot, what: str
) -> None:
    """D+Tc: what stands there is replaced by what is typed, however one comes to it."""
    field = DateEdit("Date", TODAY) if what == "date" else TimeEdit("Time")
    under_hands(qtbot, QLineEdit(), field)
    field.edit.setText("20-Nov-2026" if what == "date" else "09:30")
    QTest.mouseClick(field.edit, Qt.MouseButton.LeftButton)
    assert field.edit.selectedText() == field.text()
    field.edit.deselect()
    QTest.mouseRelease(field.edit, Qt.MouseButton.LeftButton)
    assert field.edit.selectedText() == ""


def test_a_time_says_that_it_is_on_the_24_hour_clock(qtbot: QtBot) -> None:
    """D+Tb-0002."""
    field = TimeEdit("Time")
    qtbot.addWidget(field)
    assert "24-hour" in field.edit.toolTip()
    assert "24-hour" in field.edit.accessibleDescription()
    assert field.edit.placeholderText() == "HH:mm"
    field.edit.setText("soon")
    assert "24-hour" not in field.edit.accessibleDescription()
    field.edit.clear()
    assert "24-hour" in field.edit.accessibleDescription()


def test_an_nhs_number_is_grouped_while_it_is_typed(qtbot: QtBot) -> None:
    field = NhsNumberEdit()
    under_hands(qtbot, field)
    steps = []
    for digit in "9990000018":
        write(digit)
        steps.append(field.text())
    assert steps[2:5] == ["999", "999 0", "999 00"]
    assert steps[-1] == "999 000 0018"
    assert (field.value(), field.problem(), field.echo()) == ("9990000018", "", "Valid")


def test_the_cursor_stays_after_the_same_digit(qtbot: QtBot) -> None:
    field = NhsNumberEdit()
    under_hands(qtbot, field)
    write("99900018")
    field.edit.setCursorPosition(5)
    write("0")
    write("0")
    assert (field.text(), field.edit.cursorPosition()) == ("999 000 0018", 7)


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("", None, ""),
        ("999-000-0018", "9990000018", ""),
        ("999 000 0019", None, "check digit"),
        ("999000", None, "Too short"),
        ("QQ123456C", None, "National Insurance"),
        ("99900000180", None, "Too long"),
        ("abc", None, "digits only"),
    ],
)
def test_an_nhs_number_is_checked_in_words(qtbot: QtBot, text: str, value: str | None, problem: str) -> None:
    field = NhsNumberEdit()
    under_hands(qtbot, field)
    field.edit.insert(text)
    assert field.value() == value
    assert problem in field.problem()
    assert bool(problem) == bool(field.problem())


def test_a_number_takes_digits_only_and_says_so_as_letters_are_typed(qtbot: QtBot) -> None:
    field = NumberEdit("Minutes", 1, 480)
    under_hands(qtbot, field)
    write("talked 3h.")
    assert (field.value(), field.said()) == (3, "Minutes: a whole number from 1 to 480.")
    write("0")
    assert (field.value(), field.said()) == (30, "")
    write("00")
    assert (field.value(), field.said()) == (None, "Minutes: a whole number from 1 to 480.")
    press(Qt.Key.Key_A, ctrl=True)
    press(Qt.Key.Key_Backspace)
    assert field.said() == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25", 25),
        (" 25 ", 25),
        ("1", 1),
        ("480", 480),
        ("", None),
        ("0", None),
        ("481", None),
    ],
)
def test_a_number_is_between_two_others_and_blank_is_not_zero(
    qtbot: QtBot, text: str, value: int | None
) -> None:
    field = NumberEdit("Minutes", 1, 480, unit="minutes")
    under_hands(qtbot, field)
    write(text)
    assert field.value() == value
    wrong = value is None and bool(text)
    assert field.problem() == ("Minutes: a whole number from 1 to 480." if wrong else "")
    field.set_value(None)
    assert field.value() is None


def test_a_note_keeps_markup_as_text_grows_and_lets_tab_leave(qtbot: QtBot) -> None:
    note, after = NoteEdit("Note", lines=2), QLineEdit()
    under_hands(qtbot, note, after)
    low = note.height()
    write("<b>bold</b>")
    assert note.text() == "<b>bold</b>"
    note.setPlainText("\n".join("line" for _ in range(8)))
    grown = note.height()
    assert grown > low
    note.setPlainText("\n".join("line" for _ in range(80)))
    assert note.height() > grown
    assert note.height() < 80 * note.fontMetrics().lineSpacing()
    press(Qt.Key.Key_Tab)
    assert here() is after


def test_a_password_can_be_shown_and_hidden_from_the_keyboard(qtbot: QtBot) -> None:
    field, after = PasswordEdit(), PasswordEdit("Password again")
    under_hands(qtbot, field, after)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    write("horse")
    press(Qt.Key.Key_F8)
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    assert after.echoMode() is QLineEdit.EchoMode.Password
    [eye] = field.findChildren(QToolButton)
    assert (eye.text(), eye.toolTip()) == ("Hide password", "Hide password (F8)")
    press(Qt.Key.Key_F8)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    QTest.mouseClick(eye, Qt.MouseButton.LeftButton)
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    field.hide_text()
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert field.text() == "horse"


def test_tab_leads_from_one_password_to_the_next(qtbot: QtBot) -> None:
    first, second = PasswordEdit(), PasswordEdit("Password again")
    under_hands(qtbot, first, second)
    write("horse")
    press(Qt.Key.Key_Tab)
    write("horse")
    assert here() is second
    assert (first.text(), second.text()) == ("horse", "horse")


def test_a_field_names_its_editor_and_says_what_is_wrong(qtbot: QtBot) -> None:
    editor = QLineEdit()
    field = Field("Sur&name", editor, hint="As on the GP record")
    window = under_hands(qtbot, field)
    editor.clearFocus()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert editor.hasFocus()
    field.set_problem("Write the surname.")
    shown = [label.text() for label in field.findChildren(PlainLabel) if label.isVisible()]
    assert shown == ["Sur&name", "Write the surname."]
    assert editor.accessibleDescription() == "Write the surname."
    field.set_problem("")
    shown = [label.text() for label in field.findChildren(PlainLabel) if label.isVisible()]
    assert shown == ["Sur&name", "As on the GP record"]
