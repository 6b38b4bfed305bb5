"""The numbers of waiting, from their file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.waiting import CommunityPolicy, FirstTreatmentPolicy, IntervalPolicy, WaitingPolicy

if TYPE_CHECKING:
    from pathlib import Path

FILE = "waiting.toml"


def load_waiting(folder: Path) -> WaitingPolicy:
    """Load the numbers of waiting from the folder of rules.

    Raises:
        EnvironmentProblem: Naming the file and the field, when something is amiss.
    """
    table = TomlTable.read(folder / FILE)
    policy = WaitingPolicy(
        first_treatment=_first_treatment(table.table("first_treatment")),
        second_treatment=_interval(table.table("second_treatment")),
        step_up=_interval(table.table("step_up")),
        no_activity=_interval(table.table("no_activity")),
        community=_community(table.table("community")),
    )
    table.done()
    return policy


def _first_treatment(table: TomlTable) -> FirstTreatmentPolicy:
    policy = FirstTreatmentPolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        within_6_weeks=table.whole("within_6_weeks", least=1),
        within_18_weeks=table.whole("within_18_weeks", least=1),
    )
    table.done()
    if policy.within_18_weeks <= policy.within_6_weeks:
        raise table.fault("within_18_weeks", "must be more days than within_6_weeks")
    return policy


def _interval(table: TomlTable) -> IntervalPolicy:
    policy = IntervalPolicy(rule=table.text("rule"), source=table.text("source"), over=table.rising("over"))
    table.done()
    if not policy.over:
        raise table.fault("over", "must name at least one number of days")
    return policy


def _community(table: TomlTable) -> CommunityPolicy:
    policy = CommunityPolicy(
        rule=table.text("rule"), source=table.text("source"), within=table.whole("within", least=1)
    )
    table.done()
    return policy
