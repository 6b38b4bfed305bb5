"""Prompts whose dialogs are loaded at the first question, not before the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collabcare.ui.problems import Problem
    from collabcare.ui.prompts import FileChoice, Prompts, Question


class LatePrompts:
    """Asks whatever ``make`` returns, which it calls once, when there is something to ask."""

    def __init__(self, make: Callable[[], Prompts]) -> None:
        self._make = make
        self._made: Prompts | None = None

    def confirm(self, question: Question) -> bool:
        """Return whether the user agrees."""
        return self._prompts().confirm(question)

    def error(self, problem: Problem) -> None:
        """Show what went wrong and wait until it was seen."""
        self._prompts().error(problem)

    def choose_open(self, choice: FileChoice) -> Path | None:
        """Return an existing file, or None when the user thinks better of it."""
        return self._prompts().choose_open(choice)

    def choose_save(self, choice: FileChoice) -> Path | None:
        """Return where to write a file, or None when the user thinks better of it."""
        return self._prompts().choose_save(choice)

    def _prompts(self) -> Prompts:
        if self._made is None:
            self._made = self._make()
        return self._made
