"""``pytest`` is the whole gate: the tools a change must satisfy run as tests, and a missing one fails."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig

import pytest

from tests.architecture.tree import ROOT

PYTHON = [sys.executable, "-P", "-m"]


def run(command: list[str]) -> None:
    """Run a tool in the project's folder and show what it said if it refuses."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


@pytest.mark.gate
@pytest.mark.timeout(600)  # mypy reads all of Qt's types the first time
@pytest.mark.parametrize(
    "arguments",
    [["ruff", "check", "."], ["ruff", "format", "--check", "--diff", "."], ["mypy"]],
    ids=["ruff", "format", "mypy"],
)
def test_tool_is_content(arguments: list[str]) -> None:
    run([*PYTHON, *arguments])


@pytest.mark.gate
def test_import_contracts_are_kept() -> None:
    tool = shutil.which("lint-imports", path=sysconfig.get_path("scripts"))
    assert tool, "import-linter is not installed"
    run([tool, "--no-logo"])
