"""The project's files, as the architecture tests look at them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "collabcare"
FOLDERS = ("collabcare", "migrations", "packaging", "resources", "tests")


@dataclass(frozen=True)
class Module:
    """One Python file with its text and its tree."""

    path: Path

    @property
    def place(self) -> str:
        """The path from the project's root, with forward slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def name(self) -> str:
        """The dotted name a program imports it by."""
        return self.place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def text(self) -> str:
        """The source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed source."""
        return ast.parse(self.text)

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Yield each call with the dotted words it is made by (``datetime.now``, ``QLabel``)."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), node

    def imports(self) -> Iterator[tuple[str, ast.stmt]]:
        """Yield the full dotted name of everything imported, with the statement that does it."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def modules(*folders: str) -> list[Module]:
    """Return the Python files below the given folders of the project, in order."""
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return [Module(path) for path in sorted(paths)]
