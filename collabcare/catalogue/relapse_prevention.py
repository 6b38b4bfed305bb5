"""The numbers of staying well, from resources/rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.relapse_prevention import RelapsePolicy

if TYPE_CHECKING:
    from pathlib import Path

FILE = "relapse_prevention.toml"


def load_relapse_policy(file: Path) -> RelapsePolicy:
    """Read when a staying-well plan is offered, and how long the way back is open.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    table = TomlTable.read(file)
    policy = RelapsePolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        held_days=table.whole("held_days", least=1),
        maintenance_months=table.rising("maintenance_months"),
        way_back_months=table.whole("way_back_months", least=1),
    )
    table.done()
    return policy
