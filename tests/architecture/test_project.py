"""The project's own files: folders, locks, lint settings, licences."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import cast

import packaging.version
import pytest

from tests.architecture.tree import FOLDERS, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")


def pins(lock: str) -> dict[str, str]:
    """Return name -> version of everything a lock file installs."""
    found = re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
    return dict(found)


def test_the_top_folders_are_the_five_everybody_knows() -> None:
    ignored = re.findall(r"^([^#*\s]+)/$", (ROOT / ".gitignore").read_text(encoding="utf-8"), re.MULTILINE)
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "."} - {*ignored}
    assert sorted(f for f in folders if not f.endswith(".egg-info")) == sorted(FOLDERS)


def test_our_packaging_folder_does_not_shadow_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert ROOT / "packaging" not in Path(packaging.version.__file__).parents


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_files_name_no_host_and_hash_everything(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.findall(r"\S*(?:://|--index|--extra|--find-links|--trusted| @ )\S*", text)
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_tests_run_on_the_versions_that_are_shipped() -> None:
    shipped, tested = (pins(lock) for lock in LOCKS)
    assert shipped.items() <= tested.items()


def test_every_lint_rule_left_out_says_why_and_they_are_few() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.flake8-")]
    rules = re.findall(r'^ *"[A-Z]+\d+",?(.*)$', block, re.MULTILINE)
    assert rules
    assert all(re.fullmatch(r" *# \w.+", reason) for reason in rules)
    assert len(PROJECT["tool"]["ruff"]["lint"]["ignore"]) <= 18


def test_every_dependency_is_explained_in_contributing() -> None:
    groups = PROJECT["dependency-groups"]
    named = [*PROJECT["project"]["dependencies"], *groups["build"], *groups["dev"]]
    wanted = {re.split(r"[<>=;\[ ]", entry)[0] for entry in named if isinstance(entry, str)}
    versions = {**pins("requirements-dev.lock"), **pins("requirements.lock")}
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = {cells[0]: cells[1] for cells in re.findall(r"^\| ([\w-]+) \| ([\d.a-z]+) \|", text, re.MULTILINE)}
    assert rows == {name: versions[name.lower()] for name in wanted}


def test_the_licence_is_named_alike_everywhere() -> None:
    project = cast("dict[str, object]", PROJECT["project"])
    assert project["license"] == "Apache-2.0"
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8").strip().splitlines()[0]
    fonts = ROOT / "resources" / "fonts"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts / "OFL.txt").read_text(encoding="utf-8")
    assert sorted(path.name for path in fonts.iterdir()) == [
        "NotoSans-Bold.ttf",
        "NotoSans-Regular.ttf",
        "OFL.txt",
    ]


def test_no_file_of_the_program_is_kept_out_of_the_repository() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a checkout, or no git here to ask")
    command = [git, "ls-files", "--others", "--ignored", "--exclude-standard"]
    done = subprocess.run([*command, "--", *FOLDERS], check=True, capture_output=True, text=True, cwd=ROOT)
    assert not [line for line in done.stdout.splitlines() if "__pycache__" not in line]
