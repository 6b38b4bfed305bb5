"""Answers the program's questions from a script, and fails on a question the test did not expect."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collabcare.ui.problems import Problem
    from collabcare.ui.prompts import FileChoice, Question

Answer = bool | Path | None


class ScriptedPrompts:
    """Stands in for dialogs.

    Put the answers in the order the questions will come: True or False to a confirmation, a path or None to
    a choice of file. ``problems`` is how many problems the test expects to be shown; they are kept in
    :attr:`problems`, and one more fails.
    """

    def __init__(self, *answers: Answer, problems: int = 0) -> None:
        self.answers = list(answers)
        self._expected = problems
        self.asked: list[Question | FileChoice] = []
        self.problems: list[Problem] = []

    def confirm(self, question: Question) -> bool:
        answer = self._next(question)
        assert isinstance(answer, bool), f"{question.title}: the script answers {answer!r}"
        return answer

    def error(self, problem: Problem) -> None:
        self.problems.append(problem)
        assert len(self.problems) <= self._expected, f"unexpected problem: {problem}"

    def choose_open(self, choice: FileChoice) -> Path | None:
        return self._path(choice)

    def choose_save(self, choice: FileChoice) -> Path | None:
        return self._path(choice)

    def assert_finished(self) -> None:
        """Fail when an answer was never asked for, or an expected problem was not shown."""
        assert self.answers == [], f"never asked for: {self.answers}"
        assert len(self.problems) == self._expected, self.problems

    def _path(self, choice: FileChoice) -> Path | None:
        answer = self._next(choice)
        assert not isinstance(answer, bool), f"{choice.title}: the script answers {answer!r}"
        return answer

    def _next(self, question: Question | FileChoice) -> Answer:
        self.asked.append(question)
        assert self.answers, f"unexpected question: {question}"
        return self.answers.pop(0)
