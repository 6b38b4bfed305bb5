"""The project's files, as the architecture tests look at them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from collabcare.queries.grouped import collector_resting

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

    @property
    def tree(self) -> ast.Module:
        """The parsed source."""
        return _tree(self.path)

    @property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Everything in the parsed source."""
        return _nodes(self.path)

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Yield each call with the dotted words it is made by (``datetime.now``, ``QLabel``)."""
        for node in self.nodes:
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), node

    def imports(self) -> Iterator[tuple[str, ast.stmt]]:
        """Yield the full dotted name of everything imported, with the statement that does it."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from ((alias.name, node) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def modules(*folders: str) -> list[Module]:
    """Return the Python files below the given folders of the project, in order."""
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return [Module(path) for path in sorted(paths)]


@cache
def _tree(path: Path) -> ast.Module:
    """Return what a file says, parsed once for all tests."""
    with collector_resting():  # a tree is all new objects, and none of them is garbage
        return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(_tree(path)))


def let_go() -> None:
    """Forget every tree: as long as they are kept, each look for garbage goes through all of them."""
    _nodes.cache_clear()
    _tree.cache_clear()
