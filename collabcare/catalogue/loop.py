"""The numbers of the measures of reaching people again, from their file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.loop_facts import LoopPolicy

if TYPE_CHECKING:
    from pathlib import Path

FILE = "loop.toml"


def load_loop_policy(rules: Path) -> LoopPolicy:
    """Load them from the folder of rules.

    Raises:
        EnvironmentProblem: Naming the file and the field, when something is amiss.
    """
    table = TomlTable.read(rules / FILE)
    policy = LoopPolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        return_days=table.whole("return_days", least=1),
        numbered=table.whole("numbered", least=1),
        least_shared=table.whole("least_shared", least=1),
    )
    table.done()
    return policy
