"""The numbers of safety and the helplines: read strictly, each refusal naming the file and the field."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.safety import load_helplines, load_safety_policy
from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from pathlib import Path

POLICY = (resources_dir() / "rules" / "safety.toml").read_text(encoding="utf-8")
HELPLINES = (resources_dir() / "safety" / "helplines.toml").read_text(encoding="utf-8")


def test_the_shipped_numbers_are_these() -> None:
    policy = load_safety_policy(resources_dir() / "rules" / "safety.toml")
    assert (policy.covered_within_days, policy.duty_from) == (7, time(17, 0))
    assert policy.asked_within_days == 1
    assert (policy.review_within_days, policy.review_notice_days) == (28, 7)
    assert policy.rule == "safety"
    assert "project's defaults" in policy.source


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('duty_from = "17:00"', 'duty_from = "late"', "conversation.duty_from must be a time such as 17:00"),
        ('duty_from = "17:00"', 'duty_from = "17:00+01:00"', "conversation.duty_from must be a time"),
        ("covered_within_days = 7", "covered_within_days = -1", "covered_within_days must be a whole number"),
        ("covered_within_days", "covered_in_days", "conversation.covered_within_days is missing"),
        ("within_days = 28", "within_days = 0", "review.within_days must be a whole number of at least 1"),
        ("notice_days = 7", "notice_days = 29", "review.notice_days must not be more than within_days"),
        ("[review]", "level = 1\n[review]", "conversation.level is not a known field"),
        ("notice_days = 7", "notice_days = 7\nscore = 1", "review.score is not a known field"),
        ('rule = "safety"', 'rule = "safety"\nlevels = []', "levels is not a known field"),
        ('rule = "safety"', 'rule = " "', "rule is blank"),
    ],
)
def test_numbers_that_cannot_be_are_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    file = tmp_path / "safety.toml"
    assert old in POLICY
    file.write_text(POLICY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EnvironmentProblem) as refused:
        load_safety_policy(file)
    assert "safety.toml" in str(refused.value)
    assert words in str(refused.value)


def test_the_shipped_helplines_are_these() -> None:
    lines = load_helplines(resources_dir() / "safety" / "helplines.toml").lines
    assert {line.id: line.contact for line in lines} == {
        "emergency": "Call 999 or go to A&E",
        "nhs_111": "Call 111 and choose option 2",
        "samaritans": "Call 116 123",
        "shout": "Text SHOUT to 85258",
    }
    assert not any(line.confirmed for line in lines)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "shout"', 'id = "nhs_111"', "helplines have two of one id"),
        ("confirmed = false", 'confirmed = "no"', "helplines[1].confirmed must be"),
        ('contact = "Call 116 123"', 'contact = ""', "helplines[3].contact is blank"),
        ('contact = "Call 116 123"', 'contact = "x"\nrank = 1', "rank is not a known field"),
        ('notice = "', 'motto = "x"\nnotice = "', "motto is not a known field"),
    ],
)
def test_helplines_that_cannot_be_are_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    file = tmp_path / "helplines.toml"
    assert old in HELPLINES
    file.write_text(HELPLINES.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EnvironmentProblem) as refused:
        load_helplines(file)
    assert words in str(refused.value)


def test_a_site_without_helplines_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "helplines.toml"
    file.write_text('notice = "x"\nsource = "x"\nhelplines = []', encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match="helplines must have at least one"):
        load_helplines(file)
