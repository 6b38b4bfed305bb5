"""The demo caseload of sixty, made once a session and copied for each test that asks.

Where ``packaging/dev.py`` runs everything, the first process that has made it leaves it to the others.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

import pytest

from collabcare.demo.build import RECORD_NAME, DemoRecord, SignIn, build_demo
from collabcare.domain.acting import Role
from collabcare.store.keyfile import key_path
from collabcare.store.vault import VaultCost

DEMO_TODAY = date(2026, 11, 25)
"""The day the demo is looked at: a Wednesday, a working day."""

CHEAP = VaultCost(memory_kib=64, time=1, lanes=1)


SHARED_VARIABLE = "COLLABCARE_TEST_SHARED"
"""Names a folder that is there for as long as one run of everything, whose processes share what is in it."""

SIGN_INS = "sign-ins.json"


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> DemoRecord:
    """The demo caseload itself; only to be read, through a copy when something opens it to write."""
    folder = tmp_path_factory.mktemp("demo")
    place = os.environ.get(SHARED_VARIABLE)
    shared = Path(place, "demo") if place else None
    if shared is not None and shared.exists():
        shutil.copytree(shared, folder, dirs_exist_ok=True)
        words = json.loads((folder / SIGN_INS).read_text(encoding="utf-8"))
        sign_ins = tuple(SignIn(login, password, Role(role)) for login, password, role in words)
        return DemoRecord(path=folder / RECORD_NAME, sign_ins=sign_ins)
    made = build_demo(folder, today=DEMO_TODAY, cost=CHEAP)
    if shared is not None:
        leave(made, shared)
    return made


def leave(made: DemoRecord, shared: Path) -> None:
    """Leave a copy of the demo, whole from the moment it is there; the first one stays."""
    whole = Path(mkdtemp(dir=shared.parent))
    copied(made, whole)
    (whole / SIGN_INS).write_text(json.dumps(made.sign_ins), encoding="utf-8")
    with suppress(OSError):  # somebody else was first: a folder that is not empty is not replaced
        whole.rename(shared)


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
