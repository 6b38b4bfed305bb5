"""The file that says what on Today may wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.postponing import FILE, NEVER, load_postponing
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from pathlib import Path


def test_the_shipped_file_lets_nothing_wait_that_must_not() -> None:
    policy = load_postponing(resources_dir() / "rules")
    assert set(policy.later) == set(DueKind) - NEVER
    assert set(policy.declined) == {DueKind.MEASURE, DueKind.STEP_SUGGESTION, DueKind.GP_LETTER}
    assert policy.times == 2


@pytest.mark.parametrize("kind", sorted(NEVER))
def test_a_site_cannot_let_it_wait_either(tmp_path: Path, kind: DueKind) -> None:
    shipped = (resources_dir() / "rules" / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(f"{shipped}{kind.value} = 3\n", encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match="is nothing that may wait"):
        load_postponing(tmp_path)
