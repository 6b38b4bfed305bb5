"""The demo caseload of sixty, made once a session and copied for each test that asks."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from collabcare.demo.build import DemoRecord, build_demo
from collabcare.store.keyfile import key_path
from collabcare.store.vault import VaultCost

if TYPE_CHECKING:
    from pathlib import Path

DEMO_TODAY = date(2026, 11, 25)
"""The day the demo is looked at: a Wednesday, a working day."""

CHEAP = VaultCost(memory_kib=64, time=1, lanes=1)


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> DemoRecord:
    """The demo caseload itself; only to be read, through a copy when something opens it to write."""
    return build_demo(tmp_path_factory.mktemp("demo"), today=DEMO_TODAY, cost=CHEAP)


@pytest.fixture
def demo_record(built_demo: DemoRecord, tmp_path: Path) -> DemoRecord:
    """A demo caseload of the test's own, with sixty open patients, as of :data:`DEMO_TODAY`."""
    return copied(built_demo, tmp_path)


def copied(demo: DemoRecord, folder: Path) -> DemoRecord:
    """Return a copy of a demo in a folder."""
    path = folder / demo.path.name
    shutil.copy2(demo.path, path)
    shutil.copy2(key_path(demo.path), key_path(path))
    return replace(demo, path=path)
