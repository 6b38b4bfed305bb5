"""A fresh record for every test that asks: copies of one that the real migrations made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.store import scenes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "elm.ccrecord"
    scenes.make(path).unlocked.key.wipe()
    return path


@pytest.fixture
def record(template: Path, tmp_path: Path) -> Path:
    return scenes.copy_of(template, tmp_path)
