"""The files of numbers about waiting, attendance and records: as published, and strict about slips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.attendance import load_attendance
from collabcare.catalogue.retention import load_retention
from collabcare.catalogue.waiting import load_waiting
from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RULES = resources_dir() / "rules"
LOADERS: dict[str, Callable[[Path], object]] = {
    "waiting.toml": load_waiting,
    "attendance.toml": load_attendance,
    "retention.toml": load_retention,
}


def test_the_waits_are_as_published() -> None:
    policy = load_waiting(RULES)
    assert (policy.first_treatment.within_6_weeks, policy.first_treatment.within_18_weeks) == (42, 126)
    assert (policy.second_treatment.over, policy.step_up.over) == ((28, 90), (28, 90))
    assert (policy.no_activity.over, policy.community.within) == ((60, 90, 120), 28)


def test_records_are_kept_as_the_code_of_practice_says() -> None:
    policy = load_retention(RULES)
    assert (policy.years_after_care, policy.years_after_death) == (20, 10)
    assert (policy.subject_access.months, policy.subject_access.more_months_when_complex) == (1, 2)


def test_what_endings_set_in_motion_is_called_our_own() -> None:
    policy = load_attendance(RULES)
    assert (policy.rebook_working_days, policy.cancellations_before_prompt) == (5, 2)
    assert policy.adult_from_age == 18
    assert "project's own default" in policy.source
    assert "never\n# national policy" in (RULES / "attendance.toml").read_text(encoding="utf-8")


FAULTS = [
    ("waiting.toml", "within_6_weeks = 42\n", "", "first_treatment.within_6_weeks is missing"),
    ("waiting.toml", "within_18_weeks = 126", "within_18_weeks = 42", "within_18_weeks must be more days"),
    ("waiting.toml", "within_6_weeks = 42", "within_6_weeks = 42\nx = 1", "first_treatment.x is not a known"),
    ("waiting.toml", "over = [60, 90, 120]", "over = [90, 60]", "no_activity.over must not be below 0"),
    ("waiting.toml", "over = [60, 90, 120]", "over = []", "no_activity.over must name at least one"),
    ("waiting.toml", "over = [60, 90, 120]", "over = [60]\nx = 1", "no_activity.x is not a known"),
    ("waiting.toml", "within = 28", "within = 0", "community.within must be a whole number"),
    ("waiting.toml", "within = 28", "within = 28\nx = 1", "community.x is not a known"),
    ("waiting.toml", "[community]", "[other]\n[community]", "other is not a known"),
    ("attendance.toml", "rebook_working_days = 5", "rebook_working_days = 0", "rebook_working_days must be"),
    ("attendance.toml", "adult_from_age = 18", "adult_from_age = 18\nx = 1", "x is not a known"),
    (
        "attendance.toml",
        "adult_from_age = 18",
        'adult_from_age = "18"',
        "adult_from_age must be a whole number",
    ),
    ("retention.toml", "years_after_care = 20", "years_after_care = true", "years_after_care must be"),
    ("retention.toml", "years_after_death = 10", "", "years_after_death is missing"),
    ("retention.toml", "months = 1\n", "months = 1\nx = 1\n", "subject_access.x is not a known"),
    ("retention.toml", "[subject_access]", "x = 1\n[subject_access]", "x is not a known"),
]


@pytest.mark.parametrize(("name", "right", "wrong", "words"), FAULTS, ids=[each[3] for each in FAULTS])
def test_a_slip_is_told_by_file_and_field(
    tmp_path: Path, name: str, right: str, wrong: str, words: str
) -> None:
    text = (RULES / name).read_text(encoding="utf-8")
    assert text.count(right) == 1
    (tmp_path / name).write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=rf"^{name}, line \d+: .*{words}"):
        LOADERS[name](tmp_path)


@pytest.mark.parametrize("name", LOADERS)
def test_a_file_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(EnvironmentProblem, match=f"{name} cannot be read"):
        LOADERS[name](tmp_path)
