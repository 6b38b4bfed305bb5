"""The numbers of the caseload's ready-made views, read from resources/rules/caseload.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.caseload_policy import CaseloadPolicy

if TYPE_CHECKING:
    from pathlib import Path


def load_caseload_policy(file: Path) -> CaseloadPolicy:
    """Read what the ready-made views ask.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    table = TomlTable.read(file)
    policy = CaseloadPolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        no_contact_days=table.whole("no_contact_days", least=1),
        long_treatment_months=table.whole("long_treatment_months", least=1),
    )
    table.done()
    return policy
