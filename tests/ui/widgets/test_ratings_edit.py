"""Ratings to ten by keyboard: digits flow on, a 1 waits for its 0, and blanks stay blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.ui.widgets.ratings_edit import RatingsEdit
from tests.ui.keyboard import give_keyboard, here, press, under_hands, write

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.ui.widgets.answers_edit import Answers


def describe(answers: Answers) -> str:
    return f"{sum(answer is None for answer in answers)} blank"


@pytest.fixture
def edit(qtbot: QtBot) -> RatingsEdit:
    """Four ratings from 0 to 10 with the keyboard on the first."""
    made = RatingsEdit(
        "Ratings", ("A", "B", "C", "D"), (0, 10), describe, beside=lambda each: f"stage {each}"
    )
    under_hands(qtbot, made)
    give_keyboard(qtbot, made.fields[0])
    return made


TYPED = {
    "digits flow on": ("0345", (0, 3, 4, 5)),
    "10 in two keys": ("10x9", (10, 10, 9, None)),
    "a 1 then another digit": ("1529", (1, 5, 2, 9)),
    "1 and 1": ("1110", (1, 1, 10, None)),
    "a dash leaves a blank": ("4-x", (4, None, 10, None)),
    "letters do nothing": ("q3w4", (3, 4, None, None)),
}


@pytest.mark.parametrize(("keys", "answers"), TYPED.values(), ids=TYPED)
def test_what_is_typed_is_what_is_rated(edit: RatingsEdit, keys: str, answers: Answers) -> None:
    write(keys)
    assert edit.answers() == answers


def test_the_last_rating_says_that_it_is_done(edit: RatingsEdit) -> None:
    done: list[bool] = []
    edit.completed.connect(lambda: done.append(True))
    write("123")
    assert done == []
    write("4")
    assert done == [True]
    assert edit.result() == "0 blank"


def test_enter_and_arrows_move_and_typing_over_replaces(edit: RatingsEdit) -> None:
    write("1")
    press(Qt.Key.Key_Return)
    assert here() is edit.fields[1]
    press(Qt.Key.Key_Up)
    write("0")
    assert edit.answers()[:2] == (0, None)
    assert here() is edit.fields[1]


def test_what_cannot_be_is_said_and_is_no_rating(edit: RatingsEdit) -> None:
    edit.fields[0].setText("11")
    assert edit.answers()[0] is None
    assert edit.problem() == edit.result() == "Ratings run 0 to 10, or blank."
    edit.set_answers((1, None, 0, 10))
    assert edit.problem() == ""
    assert edit.answers() == (1, None, 0, 10)


def test_a_scale_from_one_takes_no_nought(qtbot: QtBot) -> None:
    made = RatingsEdit("Star", ("A", "B"), (1, 10), describe)
    under_hands(qtbot, made)
    give_keyboard(qtbot, made.fields[0])
    write("0")
    assert made.answers() == (None, None)
    assert made.problem()
