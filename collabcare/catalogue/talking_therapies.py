"""What NHS Talking Therapies goes by, from resources/rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.talking_therapies import TalkingTherapiesPolicy

if TYPE_CHECKING:
    from pathlib import Path

FILE = "talking_therapies.toml"


def load_talking_therapies_policy(file: Path) -> TalkingTherapiesPolicy:
    """Read which measures and contacts an outcome is worked out from.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    table = TomlTable.read(file)
    policy = TalkingTherapiesPolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        depression=table.text("depression"),
        anxiety=table.text("anxiety"),
        anxiety_specific=table.texts("anxiety_specific"),
        treatment_contacts=table.whole("treatment_contacts", least=1),
        setting=table.text("setting"),
    )
    table.done()
    return policy
