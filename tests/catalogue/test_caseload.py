"""The figures of the caseload's ready-made views."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.caseload import load_caseload_policy
from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from pathlib import Path

FILE = resources_dir() / "rules" / "caseload.toml"


def test_the_figure_is_a_default_of_this_project_and_says_so() -> None:
    policy = load_caseload_policy(FILE)
    assert policy.no_contact_days == 14
    assert policy.long_treatment_months == 9
    assert policy.rule == "caseload"
    assert "project's defaults" in policy.source
    assert "never\n# national policy" in FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("no_contact_days = 14", "no_contact_days = 0", "no_contact_days must be"),
        ("no_contact_days = 14", "", "no_contact_days is missing"),
        ("no_contact_days = 14", "no_contact_days = 14\nx = 1", "x is not a known"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, before: str, after: str, said: str) -> None:
    file = tmp_path / "caseload.toml"
    file.write_text(FILE.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=said):
        load_caseload_policy(file)
