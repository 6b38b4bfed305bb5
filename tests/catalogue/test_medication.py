"""When to look again after an antidepressant: the file as it is shipped, and what it may not leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.medication import load_medication_policy
from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from pathlib import Path

RULES = resources_dir() / "rules"


def test_the_days_and_ages_are_those_nice_names() -> None:
    """NICE NG222: usually within 2 weeks, after 1 at 18 to 25 or with a concern about suicide."""
    policy = load_medication_policy(RULES)
    assert (policy.review_days, policy.early_review_days) == (14, 7)
    assert (policy.age_from, policy.age_to) == (18, 25)
    assert "NG222" in policy.source


LINES = ["rule =", "source =", "review_days", "early_review_days", "age_from", "age_to"]


@pytest.mark.parametrize("line", LINES)
def test_a_file_that_lacks_a_line_is_named(line: str, tmp_path: Path) -> None:
    text = (RULES / "medication.toml").read_text("utf-8")
    kept = "\n".join(each for each in text.splitlines() if not each.startswith(line))
    (tmp_path / "medication.toml").write_text(kept, "utf-8")
    with pytest.raises(EnvironmentProblem, match=line.split(maxsplit=1)[0]):
        load_medication_policy(tmp_path)


def test_a_line_nobody_reads_is_refused(tmp_path: Path) -> None:
    text = (RULES / "medication.toml").read_text("utf-8")
    (tmp_path / "medication.toml").write_text(f"{text}\nextra = 1\n", "utf-8")
    with pytest.raises(EnvironmentProblem, match="extra"):
        load_medication_policy(tmp_path)
