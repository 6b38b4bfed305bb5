"""What stops the user to ask, on the screen and in tests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

from collabcare.domain.errors import StaleRecord
from collabcare.ui.problems import Problem, explain, outline
from collabcare.ui.prompts import FileChoice, Prompts, Question
from collabcare.ui.qt_prompts import ProblemDialog, QtPrompts, QuestionDialog
from collabcare.ui.widgets.plain_label import PlainLabel
from tests.ui.accessibility import nameless
from tests.ui.scripted_prompts import Answer, ScriptedPrompts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

DISCHARGE = Question(
    title="Close this episode?",
    text="The patient leaves your caseload. The record stays.",
    act="Close episode",
    about="OKAFOR, <b>Ngozi</b>  Born 14-Jul-1985  NHS No. 999 000 0018",
    danger=True,
)


def soon(act: Callable[[QDialog], None]) -> None:
    """Do something to the dialog that is about to open."""

    def now() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        act(dialog)

    QTimer.singleShot(0, now)


def button(dialog: QDialog, words: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == words)


def words(dialog: QDialog) -> list[str]:
    return [label.whole_text() for label in dialog.findChildren(PlainLabel)]


@pytest.mark.parametrize(("answer", "agreed"), [("Close episode", True), ("Cancel", False)])
def test_a_question_is_answered_by_its_buttons(qtbot: QtBot, answer: str, *, agreed: bool) -> None:
    soon(lambda dialog: button(dialog, answer).click())
    assert QtPrompts().confirm(DISCHARGE) is agreed


def test_escape_never_agrees(qtbot: QtBot) -> None:
    soon(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert QtPrompts().confirm(DISCHARGE) is False


def test_a_question_says_whose_record_and_shows_text_as_typed(qtbot: QtBot) -> None:
    dialog = QuestionDialog(DISCHARGE, None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert words(dialog) == [DISCHARGE.title, DISCHARGE.about, DISCHARGE.text]
    assert nameless(dialog) == []
    dialog.close()


def test_what_cannot_be_taken_back_is_not_what_enter_does(qtbot: QtBot) -> None:
    soon(lambda dialog: QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return))
    assert QtPrompts().confirm(DISCHARGE) is False


def _press_ctrl_enter(dialog: QDialog) -> None:
    assert QTest.qWaitForWindowActive(dialog)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_what_takes_a_key_of_its_own_is_done_by_that_key_only(qtbot: QtBot) -> None:
    signing = replace(DISCHARGE, act="Sign off", danger=False, deliberate=True)
    soon(lambda dialog: QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return))
    assert QtPrompts().confirm(signing) is False
    soon(_press_ctrl_enter)
    assert QtPrompts().confirm(signing) is True
    dialog = QuestionDialog(signing, None)
    qtbot.addWidget(dialog)
    assert words(dialog)[-1] == "Sign off: Ctrl+Enter. Enter or Esc cancels."


def test_a_fault_offers_its_details_to_copy(qtbot: QtBot) -> None:
    dialog = ProblemDialog(Problem("Something went wrong.", "KeyError\n  facts.py:12"), None)
    qtbot.addWidget(dialog)
    dialog.show()
    button(dialog, "Copy details").click()
    assert QGuiApplication.clipboard().text() == "KeyError\n  facts.py:12"
    assert nameless(dialog) == []
    dialog.close()


def test_a_refusal_is_one_sentence_and_a_way_out(qtbot: QtBot) -> None:
    soon(lambda dialog: button(dialog, "Close").click())
    QtPrompts().error(explain(StaleRecord("Somebody else changed this record.")))
    dialog = ProblemDialog(Problem("Somebody else changed this record."), None)
    qtbot.addWidget(dialog)
    assert [b.text() for b in dialog.findChildren(QPushButton)] == ["Close"]


PDF = FileChoice(title="Save the letter", kind="PDF", suffix=".pdf")


@pytest.mark.parametrize(
    ("typed", "saved"), [("letter.pdf", "letter.pdf"), ("letter", "letter.pdf"), ("", None)]
)
def test_a_file_gets_its_ending_and_nothing_is_an_answer(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, saved: str | None
) -> None:
    chosen = str(tmp_path / typed) if typed else ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, "PDF (*.pdf)"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, "PDF (*.pdf)"))
    assert QtPrompts().choose_save(PDF) == (tmp_path / saved if saved else None)
    assert QtPrompts().choose_open(PDF) == (tmp_path / typed if typed else None)


def test_the_outline_of_an_error_names_places_and_never_what_was_said() -> None:
    def fail() -> None:
        try:
            dict[str, int]()["Ada Lovelace"]
        except KeyError as error:
            raise ValueError("999 000 0018") from error

    with pytest.raises(ValueError, match="999") as caught:
        fail()
    text = outline(caught.value)
    assert text.splitlines()[0] == "builtins.ValueError"
    assert "builtins.KeyError" in text
    assert "test_prompts.py" in text
    assert "Ada" not in text
    assert "999" not in text


def test_scripted_answers_come_in_order_and_an_unexpected_question_fails(tmp_path: Path) -> None:
    answers: list[Answer] = [True, tmp_path, None]
    prompts: Prompts = ScriptedPrompts(*answers)
    assert prompts.confirm(DISCHARGE) is True
    assert prompts.choose_save(PDF) == tmp_path
    assert prompts.choose_open(PDF) is None
    with pytest.raises(AssertionError, match="unexpected question"):
        prompts.confirm(DISCHARGE)
    with pytest.raises(AssertionError, match="unexpected problem"):
        prompts.error(Problem("Nobody expected this."))


def test_a_script_must_be_played_to_its_end(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="never asked for"):
        ScriptedPrompts(tmp_path).assert_finished()
    ScriptedPrompts().assert_finished()
