"""The numbers of outcomes, targets, staying well and episodes, and what a file with a slip in it is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.episode import load_episode_policy
from collabcare.catalogue.relapse_prevention import load_relapse_policy
from collabcare.catalogue.talking_therapies import load_talking_therapies_policy
from collabcare.catalogue.treat_to_target import load_target_policy
from collabcare.domain.errors import EnvironmentProblem
from collabcare.domain.treat_to_target import Flag
from tests.builders import instruments, pathway
from tests.builders_change import (
    episode_policy,
    relapse_policy,
    rule_file,
    talking_therapies,
    target_policy,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOADERS: dict[str, Callable[[Path], object]] = {
    "treat_to_target": load_target_policy,
    "talking_therapies": load_talking_therapies_policy,
    "relapse_prevention": load_relapse_policy,
    "episode": load_episode_policy,
}


def test_treat_to_target_goes_by_the_published_numbers() -> None:
    policy = target_policy()
    assert policy.instruments == ("phq9", "gad7")
    assert (policy.target_baseline, policy.remission_below, policy.response_percent) == (10, 5, 50)
    assert (policy.early_check_days, policy.not_improving_days, policy.consult_days) == (28, 56, 84)
    assert (policy.partial_fall, policy.worsening_rise, policy.measure_days) == (5, 5, 28)
    assert set(policy.texts) == set(Flag)


def test_the_target_and_the_instrument_agree_on_remission_and_response() -> None:
    policy = target_policy()
    for name in policy.instruments:
        instrument = instruments()[name]
        assert instrument.remission_below in {None, policy.remission_below}
        assert instrument.response_percent in {None, policy.response_percent}
        assert instrument.response_from in {None, policy.target_baseline}
        assert instrument.reliable_change is not None


def test_a_measure_is_due_as_often_as_the_default_service_asks_for_it() -> None:
    assert target_policy().measure_days == pathway().measure_interval_days


def test_talking_therapies_names_measures_that_are_there_with_the_numbers_it_needs() -> None:
    policy = talking_therapies()
    for name in (policy.depression, policy.anxiety, *policy.anxiety_specific):
        assert instruments()[name].caseness is not None
        assert instruments()[name].reliable_change is not None
    own = {each.id: each.caseness for each in instruments()["pcl5"].settings}
    assert own[policy.setting] == 32
    assert policy.treatment_contacts == 2


def test_staying_well_and_episodes_go_by_our_own_defaults() -> None:
    assert (relapse_policy().held_days, relapse_policy().way_back_months) == (14, 12)
    assert relapse_policy().maintenance_months == (1, 3, 6)
    assert (episode_policy().pause_review_days, episode_policy().contacts_before_warning) == (28, 12)


@pytest.mark.parametrize("name", LOADERS)
def test_every_file_says_where_its_numbers_are_from(name: str) -> None:
    text = rule_file(name).read_text(encoding="utf-8")
    assert re.search(r'^rule = "\w+"$', text, re.MULTILINE)
    assert re.search(r'^source = ".{20,}"$', text, re.MULTILINE)
    assert "never national policy" in text or "never as official figures" in text


FAULTS = {
    "no rule": ("treat_to_target", 'rule = "treat_to_target"\n', "", "rule is missing"),
    "not a number": (
        "treat_to_target",
        "partial_fall = 5 ",
        'partial_fall = "5" ',
        "partial_fall must be a whole number",
    ),
    "no share": ("treat_to_target", "response_percent = 50 ", "response_percent = 100 ", "must be below 100"),
    "out of order": (
        "treat_to_target",
        "consult_days = 84 ",
        "consult_days = 56 ",
        "early_check_days must come before",
    ),
    "a flag left out": ("treat_to_target", "[flags.PARTIAL]", "[flags.OTHER]", "flags.PARTIAL is missing"),
    "a flag too many": (
        "treat_to_target",
        "[flags.PARTIAL]",
        "[flags.X]\nx = 1\n\n[flags.PARTIAL]",
        "flags.X is not",
    ),
    "a field too many in a flag": (
        "treat_to_target",
        "[flags.PARTIAL]",
        "[flags.PARTIAL]\nx = 1",
        "PARTIAL.x is not",
    ),
    "a field too many": (
        "treat_to_target",
        "measure_days = 28",
        "x = 1\nmeasure_days = 28",
        "x is not a known",
    ),
    "no contacts": ("talking_therapies", "treatment_contacts = 2", "treatment_contacts = 0", "at least 1"),
    "a misspelling": ("talking_therapies", "setting =", "seting =", "setting is missing"),
    "months out of order": ("relapse_prevention", "[1, 3, 6]", "[3, 1, 6]", "must rise"),
    "no way back": ("relapse_prevention", "way_back_months = 12", "way_back_months = 0", "at least 1"),
    "a relapse field too many": (
        "relapse_prevention",
        "held_days = 14",
        "held_days = 14\nx = 1",
        "x is not a known",
    ),
    "a therapy field too many": (
        "talking_therapies",
        'anxiety = "gad7"',
        'anxiety = "gad7"\nx = 1',
        "x is not a known",
    ),
    "a pause of no days": ("episode", "pause_review_days = 28", "pause_review_days = 0", "at least 1"),
    "an episode field too many": (
        "episode",
        "pause_review_days = 28",
        "pause_review_days = 28\nx = 1",
        "x is not a known",
    ),
}


@pytest.mark.parametrize(("name", "old", "new", "says"), FAULTS.values(), ids=FAULTS)
def test_a_slip_is_refused_with_the_file_and_the_field(
    tmp_path: Path, name: str, old: str, new: str, says: str
) -> None:
    text = rule_file(name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = tmp_path / f"{name}.toml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=rf"{name}\.toml.*{says}"):
        LOADERS[name](file)
