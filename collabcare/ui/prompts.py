"""Everything that stops the user to ask: one protocol, so that tests can answer every question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.ui.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something to agree to or not.

    Attributes:
        title: What it is about, in a few words.
        text: What will happen, in sentences.
        act: The words on the button that does it, such as ``Issue letter``.
        about: Whose record: name, date of birth and NHS number in one line; empty where no patient is meant.
        danger: Whether it cannot be taken back.
        deliberate: Whether it takes a key of its own: Enter cancels, Ctrl+Enter does it.
    """

    title: str
    text: str
    act: str
    about: str = ""
    danger: bool = False
    deliberate: bool = False


LEAVE = Question(
    title="Leave without saving?",
    text="Something was typed that is not saved yet. It is lost if you leave now.",
    act="Leave",
    danger=True,
)
"""Asked before anything typed is lost by closing a window."""

LEAVE_DRAFTS = Question(
    title="Leave without saving?",
    text="Something was typed that is not saved yet. It is kept, encrypted, in the record and comes back "
    "when you open it again.",
    act="Leave",
)
"""Asked where everything typed is kept as a draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChoice:
    """A file to choose: what for, which kind, and what to suggest."""

    title: str
    kind: str
    suffix: str
    suggested: Path | None = None


class Prompts(Protocol):
    """Asks the user; blocks until there is an answer."""

    def confirm(self, question: Question) -> bool:
        """Return whether the user agrees."""

    def error(self, problem: Problem) -> None:
        """Show what went wrong and wait until it was seen."""

    def choose_open(self, choice: FileChoice) -> Path | None:
        """Return an existing file, or None when the user thinks better of it."""

    def choose_save(self, choice: FileChoice) -> Path | None:
        """Return where to write a file, or None when the user thinks better of it."""
