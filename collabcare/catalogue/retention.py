"""How long records are kept and how soon a copy is given, from their file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.retention import ChildPolicy, RetentionPolicy, SubjectAccessPolicy

if TYPE_CHECKING:
    from pathlib import Path

FILE = "retention.toml"


def load_retention(folder: Path) -> RetentionPolicy:
    """Load the numbers of retention and subject access from the folder of rules.

    Raises:
        EnvironmentProblem: Naming the file and the field, when something is amiss.
    """
    table = TomlTable.read(folder / FILE)
    policy = RetentionPolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        years_after_care=table.whole("years_after_care", least=1),
        years_after_death=table.whole("years_after_death", least=1),
        children=_children(table.table("children")),
        subject_access=_subject_access(table.table("subject_access")),
    )
    table.done()
    return policy


def _children(table: TomlTable) -> ChildPolicy:
    policy = ChildPolicy(
        under_age=table.whole("under_age", least=1),
        until_birthday=table.whole("until_birthday", least=1),
        until_in_last_year=table.whole("until_in_last_year", least=1),
    )
    table.done()
    return policy


def _subject_access(table: TomlTable) -> SubjectAccessPolicy:
    policy = SubjectAccessPolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        months=table.whole("months", least=1),
        more_months_when_complex=table.whole("more_months_when_complex"),
    )
    table.done()
    return policy
