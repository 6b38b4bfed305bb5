"""The large practice the benchmarks read, made once for all of them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.clock import SteadyClock
from collabcare.demo.diary import london
from collabcare.paths import resources_dir
from collabcare.services.sign_in import sign_in
from collabcare.store.keyfile import key_path
from collabcare.store.record import open_record
from tests.benchmarks.thousand import ten_thousand
from tests.demo_record import DEMO_TODAY
from tests.record_fixtures import NINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.demo.build import DemoRecord
    from collabcare.services.desk import Desk


@pytest.fixture(scope="session")
def large_practice(built_demo: DemoRecord, tmp_path_factory: pytest.TempPathFactory) -> DemoRecord:
    """Ten thousand patients, a thousand of them open, with two hundred thousand contacts; to be read only."""
    path = tmp_path_factory.mktemp("large") / built_demo.path.name
    shutil.copy2(built_demo.path, path)
    shutil.copy2(key_path(built_demo.path), key_path(path))
    login, password, _role = built_demo.sign_ins[0]
    with open_record(path, login, password) as record:
        ten_thousand(record.sessions, DEMO_TODAY.isoformat())
    return replace(built_demo, path=path)


@pytest.fixture(scope="module")
def desk(large_practice: DemoRecord) -> Iterator[Desk]:
    """A desk over the large practice."""
    login, password, _role = large_practice.sign_ins[0]
    with open_record(large_practice.path, login, password) as record:
        yield sign_in(record, SteadyClock(london(DEMO_TODAY, NINE)), resources_dir())
