"""The numbers of supervision and the rulebook that holds every number the rules read."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.rulebook import rulebook_of
from collabcare.catalogue.supervision import load_agenda_policy
from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import resources_dir
from tests.builders import calendar, instruments, pathway, rulebook

if TYPE_CHECKING:
    from pathlib import Path

RULES = resources_dir() / "rules"
FILE = RULES / "supervision.toml"


def test_the_numbers_are_our_own_and_say_so() -> None:
    policy = load_agenda_policy(FILE)
    assert (policy.engagement_rung, policy.missed_in_a_row) == (4, 2)
    assert (policy.unreviewed_pause_days, policy.handover_days) == (30, 14)
    assert "project's default" in policy.source
    assert "never national policy" in FILE.read_text(encoding="utf-8")


def test_the_default_service_has_the_thresholds_of_supervision() -> None:
    policy = pathway().supervision
    assert [(each.instrument, each.at_least) for each in policy.score_thresholds] == [
        ("phq9", 15),
        ("gad7", 15),
        ("core10", 25),
    ]
    assert (policy.interval_days, policy.notice_days, policy.new_case_days) == (28, 7, 14)
    assert (policy.unseen_days, policy.booked_within_days) == (14, 7)
    assert {each.name for each in policy.score_thresholds} <= {each.name for each in instruments().values()}


FAULTS = [
    ("engagement_rung = 4", "engagement_rung = 0", "engagement_rung must be"),
    ("missed_in_a_row = 2", "missed_in_a_row = 0", "missed_in_a_row must be"),
    ("unreviewed_pause_days = 30", "unreviewed_pause_days = 0", "unreviewed_pause_days must be"),
    ("handover_days = 14", "handover_days = 0", "handover_days must be"),
    ("handover_days = 14", "", "handover_days is missing"),
    ('rule = "supervision"', 'rule = ""', "rule"),
    ("handover_days = 14", "handover_days = 14\nx = 1", "x is not a known"),
]


@pytest.mark.parametrize(
    ("was", "now", "complaint"), FAULTS, ids=[fault[1] or "left out" for fault in FAULTS]
)
def test_a_slip_is_named(was: str, now: str, complaint: str, tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert was in text
    wrong = tmp_path / "supervision.toml"
    wrong.write_text(text.replace(was, now, 1), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=complaint):
        load_agenda_policy(wrong)


def test_the_rulebook_is_the_service_model_with_every_number_of_the_rules() -> None:
    book = rulebook_of(pathway(), instruments(), calendar(), RULES)
    assert book == rulebook()
    assert (book.search.ladders.standard, book.search.ladders.prompt) == (
        pathway().ladder,
        pathway().prompt_ladder,
    )
    assert book.search.calendar is book.calendar
    assert all(getattr(book, each.name) is not None for each in fields(book))
