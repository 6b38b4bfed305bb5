"""The service model the program starts with, and what a file with a slip in it is told."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.pathways import DEFAULT_PATHWAY, load_pathway, load_pathways
from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import resources_dir
from tests.builders import instruments, pathway

if TYPE_CHECKING:
    from pathlib import Path

FILE = resources_dir() / "pathways" / f"{DEFAULT_PATHWAY}.toml"


def test_the_default_follows_the_contact_plan_of_collaborative_care() -> None:
    """Ten contacts over fourteen weeks, inside CADET's six to twelve."""
    found = pathway()
    assert found.contact_weeks == (0, 1, 2, 3, 4, 6, 8, 10, 12, 14)
    assert (found.after_plan_weeks, found.maintenance_months) == (4, (1, 3, 6))
    assert (found.measures, found.measure_interval_days) == (("phq9", "gad7"), 28)
    assert (found.first_contact_days, found.rebook_working_days, found.gp_letter_days) == (14, 5, 7)
    assert [step.number for step in found.steps] == [1, 2, 3, 4, 5]


def test_the_standard_ladder_is_as_agreed() -> None:
    ladder = pathway().ladder
    assert [(rung.number, rung.working_days, rung.days_after_letter) for rung in ladder.rungs] == [
        (1, 0, None),
        (2, 2, None),
        (3, 5, None),
        (4, 10, None),
        (5, 15, None),
        (6, None, 14),
    ]
    assert ladder.same_day_until == time(16, 0)
    assert (ladder.restart_rung, ladder.letter_rung, ladder.second_miss_rung) == (2, 5, 4)


def test_supervision_is_every_four_weeks_and_by_the_published_triggers() -> None:
    policy = pathway().supervision
    assert (policy.interval_days, policy.notice_days, policy.new_case_days) == (28, 7, 14)
    assert (policy.unseen_days, policy.booked_within_days) == (14, 7)
    assert {threshold.instrument: threshold.at_least for threshold in policy.score_thresholds} == {
        "phq9": 15,
        "gad7": 15,
        "core10": 25,
    }


def test_no_rung_ends_care() -> None:
    words = " ".join(rung.what for rung in pathway().ladder.rungs).lower()
    assert "discharge" not in words
    assert "close" not in words


def test_every_pathway_says_that_its_numbers_are_its_own() -> None:
    for file in (resources_dir() / "pathways").glob("*.toml"):
        words = " ".join(file.read_text(encoding="utf-8").replace("#", " ").split())
        assert "never national policy" in words, file.name
    assert pathway().source


FAULTS = {
    "no name": (('name = "PCN mental health practitioner"\n', ""), "name is missing"),
    "a field too many": (
        ("interval_days = 28 ", "interval = 1\ninterval_days = 28 "),
        "measures.interval is not a known",
    ),
    "a field too many in the ladder": (
        ("restart_rung = 2", "restart_rung = 2\nx = 1"),
        "ladder.standard.x is not a known",
    ),
    "another track nobody reads": (
        ("[supervision]", "[ladder.other]\nx = 1\n\n[supervision]"),
        "ladder.other is not a known",
    ),
    "steps out of order": (("number = 2, id", "number = 7, id"), "steps must be numbered 1, 2, 3"),
    "an empty plan": (
        ("[0, 1, 2, 3, 4, 6, 8, 10, 12, 14]", "[]"),
        "contact.plan_weeks must have at least one week",
    ),
    "long steps that fall": (
        ("step_very_long_days = 182", "step_very_long_days = 98"),
        "warning.step_very_long_days must be more than step_long_days",
    ),
    "a plan that falls": (("[0, 1, 2,", "[0, 2, 1,"), "contact.plan_weeks must not be below 0 and must rise"),
    "a plan of texts": (("[0, 1, 2,", '[0, "1", 2,'), "contact.plan_weeks must be a list of whole numbers"),
    "a plan that starts before the start": (
        ("[0, 1, 2,", "[-1, 1, 2,"),
        "contact.plan_weeks must not be below 0",
    ),
    "months that fall": (
        ("[1, 3, 6]", "[3, 1, 6]"),
        "contact.maintenance_months must not be below 0 and must rise",
    ),
    "a questionnaire without a file": (('["phq9", "gad7"]', '["phq9", "gad8"]'), "names a questionnaire"),
    "a threshold of one": (('instrument = "gad7"', 'instrument = "gad8"'), "names a questionnaire"),
    "no questionnaire": (('["phq9", "gad7"]', "[]"), "names a questionnaire"),
    "rungs out of order": (("number = 3, working", "number = 2, working"), "rungs must be numbered upwards"),
    "a rung with two dates": (
        ("working_days = 15", "working_days = 15, days_after_letter = 3"),
        "and not both",
    ),
    "a rung without a date": (("working_days = 15, ", ""), "working_days or days_after_letter must be given"),
    "rungs whose days fall": (("working_days = 15", "working_days = 9"), "rungs must not fall due earlier"),
    "no such letter rung": (("letter_rung = 5", "letter_rung = 9"), "letter_rung is not one of the rungs"),
    "no such restart": (("restart_rung = 2", "restart_rung = 9"), "restart_rung is not one of the rungs"),
    "no such second": (("second_miss_rung = 4", "second_miss_rung = 9"), "second_miss_rung is not one"),
    "a time": (('"16:00"', '"four"'), "same_day_until must be a time such as 16:00"),
    "a time with a zone": (('"16:00"', '"16:00+01:00"'), "same_day_until must be a time such as 16:00"),
    "no interval": (("interval_days = 28 ", "interval_days = 0 "), "at least 1"),
}


@pytest.mark.parametrize(("change", "words"), FAULTS.values(), ids=FAULTS)
def test_a_slip_in_a_file_is_named_with_file_and_field(
    tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert change[0] in text, change
    file = tmp_path / FILE.name
    file.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=words) as refusal:
        load_pathway(file, instruments())
    assert re.match(rf"{re.escape(FILE.name)}, line \d+: ", str(refusal.value))


@pytest.mark.parametrize("field", ["steps", "rungs"])
def test_a_file_without_steps_or_rungs_is_refused(tmp_path: Path, field: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    file = tmp_path / FILE.name
    file.write_text(re.sub(rf"(?ms)^{field} = \[.*?^\]", f"{field} = []", text), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=rf"{field} must be numbered"):
        load_pathway(file, instruments())


def test_two_files_of_one_id_are_refused_by_name(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(
        EnvironmentProblem, match=r"b\.toml, line \d: id 'pcn_practitioner' is taken by a\.toml"
    ):
        load_pathways(tmp_path, instruments())
