"""Every public thing says in a sentence what it is for."""

from __future__ import annotations

import ast

from tests.architecture.tree import Module, modules

APP = modules("collabcare")

Function = ast.FunctionDef | ast.AsyncFunctionDef

QT_OVERRIDES_IN_SMALL_LETTERS = {
    *("accept", "data", "done", "event", "flags", "index", "open", "paint", "parent", "reject", "rect"),
    *("run", "sort", "state", "text", "value"),
}
"""Qt's own methods of one word; those of several are told by their capital inside (``rowCount``)."""


def classes() -> dict[str, ast.ClassDef]:
    """Return the classes of the program by their name."""
    return {node.name: node for module in APP for node in module.nodes if isinstance(node, ast.ClassDef)}


def public(body: list[ast.stmt]) -> list[Function | ast.ClassDef]:
    """Return the functions and classes of a module or class that others may use."""
    named = [node for node in body if isinstance(node, Function | ast.ClassDef)]
    return [node for node in named if not node.name.startswith("_")]


def said_above(owner: ast.ClassDef, name: str, known: dict[str, ast.ClassDef]) -> bool:
    """Tell whether a class that ``owner`` builds on has already said what the method is for."""
    bases = [known.get(ast.unparse(base).split("[")[0].split(".")[-1]) for base in owner.bases]
    return any(
        any(node.name == name and ast.get_docstring(node) for node in public(base.body))
        or said_above(base, name, known)
        for base in bases
        if base is not None
    )


def silent_in(
    module: Module,
    body: list[ast.stmt],
    known: dict[str, ast.ClassDef],
    owner: ast.ClassDef | None = None,
) -> list[str]:
    """Return what is public in ``body`` and says nothing, overrides of Qt and of our own classes left out."""
    silent = []
    for node in public(body):
        if isinstance(node, ast.ClassDef):
            silent += silent_in(module, node.body, known, node)
        elif owner is not None:
            qt = node.name in QT_OVERRIDES_IN_SMALL_LETTERS or node.name != node.name.lower()
            if (qt and module.name.startswith("collabcare.ui")) or said_above(owner, node.name, known):
                continue
        if ast.get_docstring(node) is None:
            silent.append(f"{module.place}:{node.lineno}: {node.name}")
    return silent


def test_every_public_module_class_and_function_has_its_sentence() -> None:
    modules_silent = [module.place for module in APP if ast.get_docstring(module.tree) is None]
    known = classes()
    silent = [line for module in APP for line in silent_in(module, module.tree.body, known)]
    assert modules_silent + silent == []
