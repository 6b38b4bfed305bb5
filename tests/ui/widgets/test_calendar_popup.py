"""The calendar of a date field as a screen reader finds it: every part named, the day read with its month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QToolButton

from collabcare.ui.widgets.calendar_popup import CalendarPopup
from collabcare.ui.widgets.date_edit import DateEdit
from tests.builders import day
from tests.ui.accessibility import nameless
from tests.ui.keyboard import press, under_hands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def field(qtbot: QtBot) -> DateEdit:
    """A date field under the user's hands, on Thursday 26 March 2026."""
    edit = DateEdit("Next contact", day(80))
    under_hands(qtbot, edit)
    return edit


@pytest.fixture
def calendar(qtbot: QtBot, field: DateEdit) -> Iterator[CalendarPopup]:
    """The calendar as Alt+Down opens it."""
    press(Qt.Key.Key_Down, alt=True)
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, CalendarPopup)
    qtbot.waitExposed(opened)
    yield opened
    if shiboken6.isValid(opened):
        opened.close()


def table(calendar: CalendarPopup) -> QTableView:
    """Return the table of days."""
    found = calendar.month.findChild(QTableView)
    assert isinstance(found, QTableView)
    return found


def told(part: CalendarPopup | QTableView, what: QAccessible.Text) -> str:
    """Return what a screen reader is told of a part."""
    return QAccessible.queryAccessibleInterface(part).text(what)


def test_every_part_of_the_open_calendar_has_a_name(calendar: CalendarPopup) -> None:
    assert nameless(calendar) == []
    names = [button.accessibleName() for button in calendar.findChildren(QToolButton)]
    assert {"Previous month", "Next month", "Month: March", "Year: 2026"} <= set(names)
    assert told(calendar, QAccessible.Text.Name) == "Calendar for Next contact"
    assert told(table(calendar), QAccessible.Text.Name) == "Days"


def test_the_day_chosen_is_told_with_its_full_month(calendar: CalendarPopup) -> None:
    assert told(table(calendar), QAccessible.Text.Description) == "Thursday 26 March 2026"
    for key, said in (
        (Qt.Key.Key_Right, "Friday 27 March 2026"),
        (Qt.Key.Key_Down, "Friday 3 April 2026"),
        (Qt.Key.Key_Left, "Thursday 2 April 2026"),
    ):
        QTest.keyClick(table(calendar), key)
        assert told(table(calendar), QAccessible.Text.Description) == said
        assert told(calendar, QAccessible.Text.Description) == said


def test_another_month_is_named_when_it_is_turned_to(calendar: CalendarPopup) -> None:
    buttons = calendar.findChildren(QToolButton)
    (onwards,) = (each for each in buttons if each.accessibleName() == "Next month")
    onwards.click()
    assert "Month: April" in {each.accessibleName() for each in calendar.findChildren(QToolButton)}


def test_enter_puts_the_day_into_the_field(qtbot: QtBot, field: DateEdit, calendar: CalendarPopup) -> None:
    QTest.keyClick(table(calendar), Qt.Key.Key_Right)
    QTest.keyClick(table(calendar), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.value() == day(81))
