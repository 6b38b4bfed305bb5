"""A questionnaire by keyboard: nine digits, and a blank is a blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from collabcare.domain.instruments import Option
from collabcare.ui.widgets.answers_edit import AnswerButton, Answers, AnswersEdit
from tests.ui.accessibility import nameless
from tests.ui.keyboard import here, press, under_hands, write

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

ITEMS = tuple(f"Item number {n}" for n in range(1, 10))
OPTIONS = tuple(
    Option(value=n, label=label) for n, label in enumerate(("Never", "Some days", "Often", "Always"))
)
BLANK: Answers = (None,) * 9


def describe(answers: Answers) -> str:
    return f"{sum(a or 0 for a in answers)}, {answers.count(None)} blank"


@pytest.fixture
def form(qtbot: QtBot) -> AnswersEdit:
    form = AnswersEdit("PHQ-9", ITEMS, OPTIONS, describe)
    under_hands(qtbot, form, QLineEdit())
    return form


def test_nine_digits_answer_everything(form: AnswersEdit, qtbot: QtBot) -> None:
    assert form.answers() == BLANK
    with qtbot.waitSignal(form.completed):
        write("012301231")
    assert form.answers() == (0, 1, 2, 3, 0, 1, 2, 3, 1)
    assert form.result() == "13, 0 blank"


def test_every_answer_is_told(form: AnswersEdit) -> None:
    told: list[Answers] = []
    form.answers_changed.connect(told.append)
    write("12")
    assert [answers[:3] for answers in told] == [(1, None, None), (1, 2, None)]


def test_a_digit_no_option_has_changes_nothing(form: AnswersEdit) -> None:
    write("4x")
    assert form.answers() == BLANK
    write("1")
    assert form.answers()[0] == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Minus, Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_an_answer_can_be_left_blank_again(form: AnswersEdit, key: Qt.Key) -> None:
    write("2")
    press(Qt.Key.Key_Up, key)
    assert form.answers() == BLANK
    assert form.result() == "0, 9 blank"


def test_arrows_move_without_answering_and_space_answers(form: AnswersEdit) -> None:
    press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert form.answers() == BLANK
    press(Qt.Key.Key_Space)
    assert form.answers() == (None, None, 2, *BLANK[3:])
    press(Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert here().accessibleName() == "3. Item number 3: Often, 2"


def test_arrows_stop_at_the_edges(form: AnswersEdit) -> None:
    first = here()
    press(Qt.Key.Key_Up, Qt.Key.Key_Left)
    assert here() is first
    press(*[Qt.Key.Key_Down] * 12, *[Qt.Key.Key_Right] * 5)
    assert here().accessibleName() == "9. Item number 9: Always, 3"


def test_a_second_click_takes_an_answer_back(form: AnswersEdit) -> None:
    button = form.findChildren(AnswerButton)[3]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert form.answers()[0] == 3
    QTest.mouseClick(form.findChildren(AnswerButton)[1], Qt.MouseButton.LeftButton)
    assert form.answers()[0] == 1
    QTest.mouseClick(form.findChildren(AnswerButton)[1], Qt.MouseButton.LeftButton)
    assert form.answers()[0] is None


def test_answers_are_shown_as_given_with_blanks_in_sight(form: AnswersEdit) -> None:
    form.set_answers((0, None, *(1,) * 7))
    assert form.answers() == (0, None, *(1,) * 7)
    words = [w.text() for w in form.findChildren(type(form.findChildren(AnswerButton)[0])) if w.isChecked()]
    assert words == ["0", *"1" * 7]


def test_tab_goes_item_by_item_and_then_on(form: AnswersEdit) -> None:
    form.set_answers((2, *BLANK[1:]))
    stops = []
    for _ in range(9):
        stops.append(here().accessibleName().split(":")[0])
        press(Qt.Key.Key_Tab)
    assert stops == [f"{n}. Item number {n}" for n in range(1, 10)]
    assert isinstance(here(), QLineEdit)


def test_a_screen_reader_hears_the_item_the_answer_and_whether_it_is_given(form: AnswersEdit) -> None:
    assert nameless(form) == []
    write("1")
    button = QAccessible.queryAccessibleInterface(form.findChildren(AnswerButton)[1])
    assert button.text(QAccessible.Text.Name) == "1. Item number 1: Some days, 1"
    assert button.state().checked


def test_two_grids_of_one_form_stand_under_one_another(qtbot: QtBot) -> None:
    wider = [Option(value=each.value, label=f"Incomprehensibly {each.label}") for each in OPTIONS]
    above, below = (
        AnswersEdit("PHQ-9", ITEMS, OPTIONS, describe),
        AnswersEdit("Function", ("F",), wider, describe),
    )
    below.line_up_with(above)
    under_hands(qtbot, above, below).resize(900, 600)
    first, second = ([b.x() for b in grid.findChildren(AnswerButton)[:4]] for grid in (above, below))
    assert first == second


def test_a_code_has_no_number_put_before_it(qtbot: QtBot) -> None:
    form = AnswersEdit("ITQ", ("P1", "DSO2", "Item 3", "Sleep"), OPTIONS, describe)
    qtbot.addWidget(form)
    items = [button.accessibleName().split(":")[0] for button in form.findChildren(AnswerButton)[::4]]
    assert items == ["P1", "DSO2", "Item 3", "4. Sleep"]
