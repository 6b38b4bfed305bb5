"""Which part may know which: what import-linter cannot say, and what must hold without any tool."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.architecture.tree import PACKAGE, Module, modules

APP = modules("collabcare")

OPENS_WINDOWS = ("collabcare.ui", "collabcare.__main__")
"""The only modules that may fail to import where Qt is absent."""

DOMAIN_LIBRARIES = {"nhs_number"}
"""Rules use the standard library and, for the check digit, a checker kept better than our own would be."""

NETWORK = {
    *("aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib"),
    *("socket", "socketserver", "ssl", "telnetlib", "urllib.error", "urllib.request", "urllib3"),
    *("websockets", "xmlrpc", "PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets"),
}
LOCAL_SOCKETS = {"PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"}
"""How a second start finds the window that is open already; they never leave the computer."""


def below(name: str, parents: set[str] | tuple[str, ...]) -> bool:
    """Tell whether a dotted name is one of ``parents`` or inside one."""
    return any(name == parent or name.startswith(f"{parent}.") for parent in parents)


def test_everything_but_the_screens_runs_without_qt() -> None:
    names = [module.name for module in APP if not below(module.name, OPENS_WINDOWS)]
    assert "collabcare.services" in names
    code = (
        "import sys, importlib; sys.modules['PySide6'] = None; [*map(importlib.import_module, sys.argv[1:])]"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *names], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_rules_use_the_standard_library_only() -> None:
    allowed = {*sys.stdlib_module_names, *DOMAIN_LIBRARIES}
    strangers = [
        f"{module.place}: {name}"
        for module in modules("collabcare/domain")
        for name, _ in module.imports()
        if name.split(".")[0] not in allowed and not below(name, ("collabcare.domain",))
    ]
    assert strangers == []


def test_nothing_reaches_for_a_network() -> None:
    callers = [
        f"{module.place}: {name}"
        for module in APP
        for name, _ in module.imports()
        if below(name, NETWORK) and name not in LOCAL_SOCKETS
    ]
    assert callers == []


@pytest.mark.parametrize("module", modules("migrations/versions"), ids=lambda module: module.path.stem)
def test_a_migration_imports_nothing_of_ours(module: Module) -> None:
    assert [name for name, _ in module.imports() if below(name, ("collabcare",))] == []


LATE = {
    *("alembic", "argon2", "cryptography", "holidays", "mnemonic", "platformdirs", "pypdfium2"),
    *("reportlab", "spellchecker", "sqlalchemy", "collabcare.documents.pdf", "concurrent.futures", "pkgutil"),
}
"""Libraries slow enough that the sign-in window must not wait for them, and our part made of one."""

WIRING = ("collabcare.__main__", "collabcare.bootstrap", "collabcare.cli")
"""Modules that start the program, and so may load our own parts when first needed."""


def test_imports_stand_at_the_top_unless_starting_up_would_wait_for_them() -> None:
    strays = []
    for module in APP:
        inside = {
            node
            for function in module.nodes
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
        }
        strays += [
            f"{module.place}:{node.lineno}: {name}"
            for name, node in module.imports()
            if node in inside
            and not below(name, LATE)
            and not (below(module.name, WIRING) and below(name, ("collabcare",)))
        ]
    assert strays == []


def test_every_package_says_what_it_is_for() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert sorted(str(folder) for folder in folders if not (folder / "__init__.py").exists()) == []
