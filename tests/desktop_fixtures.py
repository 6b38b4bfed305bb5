"""A desktop for tests: a record on the disk, the real ways in, and windows whose work is done in place."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from collabcare import bootstrap
from collabcare.settings import Settings
from collabcare.store.keyfile import key_path
from collabcare.ui.tasks import Tasks
from tests.ui.inline import InlineExecutor
from tests.ui.scripted_prompts import ScriptedPrompts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from collabcare.ui.doors import Doors
    from tests.record_fixtures import Practice


@pytest.fixture
def record(practice_template: Path, tmp_path: Path) -> Path:
    """Return a record nobody has opened; amina can."""
    folder = tmp_path / "kept"
    folder.mkdir()
    for file in (practice_template, key_path(practice_template)):
        shutil.copy(file, folder / file.name)
    return folder / practice_template.name


@pytest.fixture
def doors(practice: Practice) -> Doors:
    """Return the real ways in, on the day of the practice's clock."""
    return bootstrap.desktop_doors(practice.clock)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings of their own, all at their defaults."""
    return Settings(path=tmp_path / "settings.toml", theme="light")


@pytest.fixture
def prompts() -> Iterator[ScriptedPrompts]:
    """Return prompts to script; every answer has to be asked for by the end."""
    scripted = ScriptedPrompts()
    yield scripted
    scripted.assert_finished()


@pytest.fixture
def tasks(prompts: ScriptedPrompts, practice: Practice) -> Tasks:
    """Return the door to the practice's record, with its work done at once."""
    inline = Tasks(prompts, InlineExecutor())
    inline.use(practice.desk().reading)
    return inline
