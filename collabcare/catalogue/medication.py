"""When to look again after an antidepressant was begun or changed, from resources/rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.medication_review import MedicationPolicy

if TYPE_CHECKING:
    from pathlib import Path

FILE = "medication.toml"


def load_medication_policy(rules: Path) -> MedicationPolicy:
    """Read after how many days to look again, and for whom sooner.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    table = TomlTable.read(rules / FILE)
    policy = MedicationPolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        review_days=table.whole("review_days", least=1),
        early_review_days=table.whole("early_review_days", least=1),
        age_from=table.whole("age_from", least=0),
        age_to=table.whole("age_to", least=0),
    )
    table.done()
    return policy
