"""One application, and one way out for errors nobody foresaw."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.errors import EnvironmentProblem
from collabcare.settings import Settings
from collabcare.ui.app import Presenter, make_application
from collabcare.ui.late_prompts import LatePrompts
from collabcare.ui.prompts import FileChoice, Question
from collabcare.ui.theme import ThemeName, apply_theme, current_theme
from tests.ui.scripted_prompts import ScriptedPrompts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

SECRET = "OKAFOR 999 000 0018"


def test_the_application_is_dressed_as_the_user_likes_it(qapp: QApplication) -> None:
    made = make_application(Settings(path=Path("nowhere"), theme="dark", text_scale=1.2))
    assert made is qapp
    assert (current_theme().name, current_theme().scale) == (ThemeName.DARK, 1.2)
    apply_theme(qapp, ThemeName.LIGHT)


def test_an_error_nobody_foresaw_is_a_sentence_with_details_and_no_patient(
    caplog: pytest.LogCaptureFixture,
) -> None:
    prompts = ScriptedPrompts(problems=1)
    with pytest.raises(ValueError, match=SECRET) as caught:
        raise ValueError(SECRET)
    Presenter(prompts)(ValueError, caught.value, caught.tb)
    problem = prompts.problems[0]
    assert "Something went wrong inside CollabCare." in problem.sentence
    assert "ValueError" in problem.details
    assert SECRET not in problem.sentence + problem.details + caplog.text


def test_a_known_problem_is_its_own_sentence() -> None:
    prompts = ScriptedPrompts(problems=1)
    error = EnvironmentProblem("The disk is full. Nothing was changed.")
    Presenter(prompts)(EnvironmentProblem, error, None)
    assert prompts.problems[0].sentence == "The disk is full. Nothing was changed."
    assert prompts.problems[0].details == ""


def test_an_error_while_one_is_shown_is_logged_and_not_stacked(caplog: pytest.LogCaptureFixture) -> None:
    class Failing(ScriptedPrompts):
        def error(self, problem: object) -> None:
            self.problems.append(problem)  # type: ignore[arg-type] # only counted
            presenter(RuntimeError, RuntimeError("again"), None)

    prompts = Failing()
    presenter = Presenter(prompts)
    presenter(ValueError, ValueError("first"), None)
    assert len(prompts.problems) == 1
    assert caplog.text.count("A fault in the program") == 2


def test_dialogs_are_made_at_the_first_question_and_once() -> None:
    made: list[ScriptedPrompts] = []

    def make() -> ScriptedPrompts:
        made.append(ScriptedPrompts())
        made[-1].answers = [True, None, Path("here.pdf")]
        return made[-1]

    late = LatePrompts(make)
    assert made == []
    choice = FileChoice(title="Which?", kind="PDF", suffix=".pdf")
    assert late.confirm(Question(title="Sure?", text="It will happen.", act="Do it"))
    assert late.choose_open(choice) is None
    assert late.choose_save(choice) == Path("here.pdf")
    assert len(made) == 1


def test_importing_after_qt_reads_no_source() -> None:
    """PySide's own hook would read every module's source, for a switch nothing here turns on."""
    assert builtins.__import__.__name__ != "__feature_import__"
