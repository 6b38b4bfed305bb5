"""The numbers that outcomes, targets, staying well and episodes go by, as the program ships them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from collabcare.catalogue.episode import load_episode_policy
from collabcare.catalogue.relapse_prevention import load_relapse_policy
from collabcare.catalogue.talking_therapies import load_talking_therapies_policy
from collabcare.catalogue.treat_to_target import load_target_policy
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.domain.episode import EpisodePolicy
    from collabcare.domain.relapse_prevention import RelapsePolicy
    from collabcare.domain.talking_therapies import TalkingTherapiesPolicy
    from collabcare.domain.treat_to_target import TargetPolicy


def rule_file(name: str) -> Path:
    """Return one file of resources/rules."""
    return resources_dir() / "rules" / f"{name}.toml"


@cache
def target_policy() -> TargetPolicy:
    """Return when a course of scores raises a flag."""
    return load_target_policy(rule_file("treat_to_target"))


@cache
def talking_therapies() -> TalkingTherapiesPolicy:
    """Return what NHS Talking Therapies goes by."""
    return load_talking_therapies_policy(rule_file("talking_therapies"))


@cache
def relapse_policy() -> RelapsePolicy:
    """Return the numbers of staying well."""
    return load_relapse_policy(rule_file("relapse_prevention"))


@cache
def episode_policy() -> EpisodePolicy:
    """Return the numbers of an episode."""
    return load_episode_policy(rule_file("episode"))
