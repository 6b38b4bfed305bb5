"""The numbers of the measures of reaching people again: as their source has them, and strict about slips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.loop import FILE, load_loop_policy
from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import resources_dir
from tests.builders import rulebook

if TYPE_CHECKING:
    from pathlib import Path

RULES = resources_dir() / "rules"


def test_the_numbers_are_those_of_their_source_or_called_our_own() -> None:
    policy = load_loop_policy(RULES)
    assert (policy.return_days, policy.numbered, policy.least_shared) == (15, 3, 5)
    assert "15 days" in policy.source
    assert "this project's defaults" in policy.source
    assert "never national policy" in (RULES / FILE).read_text(encoding="utf-8")
    assert rulebook().loop == policy


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("return_days = 15", "return_days = 0", "return_days must be a whole number of at least 1"),
        ("numbered = 3", "numbered = 0", "numbered must be"),
        ("least_shared = 5", "least_shared = 5\nx = 1", "x is not a known field"),
        ("least_shared = 5", "", "least_shared is missing"),
    ],
)
def test_a_slip_is_told_by_file_and_field(tmp_path: Path, right: str, wrong: str, words: str) -> None:
    text = (RULES / FILE).read_text(encoding="utf-8")
    assert text.count(right) == 1
    (tmp_path / FILE).write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=rf"^{FILE}, line \d+: {words}"):
        load_loop_policy(tmp_path)
