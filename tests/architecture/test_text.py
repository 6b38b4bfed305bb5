"""Every file is plain text that any editor opens alike; its words are looked at in test_no_risk_levels.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.architecture.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

BINARY = {".ttf", ".png", ".ico", ".icns", ".ccrecord", ".keys"}
TEXTS = sorted(
    path
    for folder in ("collabcare", "migrations", "packaging", "resources", "tests")
    for path in (ROOT / folder).rglob("*")
    if path.is_file() and path.suffix not in {*BINARY, ".pyc"} and path.parts[-2] != "__pycache__"
)


def place(path: Path) -> str:
    """Name a file by its place in the project."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("folder", ["collabcare", "migrations", "packaging", "resources", "tests"])
def test_every_file_is_plain_utf8_with_unix_line_ends(folder: str) -> None:
    odd = []
    for path in TEXTS:
        if place(path).startswith(f"{folder}/"):
            raw = path.read_bytes()
            try:
                raw.decode("utf-8")
            except UnicodeDecodeError as error:
                odd.append(f"{place(path)}: {error}")
            if raw.startswith(b"\xef\xbb\xbf") or b"\r" in raw:
                odd.append(f"{place(path)}: byte order mark or carriage return")
    assert odd == []
