"""What the ending of an appointment sets in motion, from its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.attendance import AttendancePolicy

if TYPE_CHECKING:
    from pathlib import Path

FILE = "attendance.toml"


def load_attendance(folder: Path) -> AttendancePolicy:
    """Load the numbers of attendance from the folder of rules.

    Raises:
        EnvironmentProblem: Naming the file and the field, when something is amiss.
    """
    table = TomlTable.read(folder / FILE)
    policy = AttendancePolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        rebook_working_days=table.whole("rebook_working_days", least=1),
        cancellations_before_prompt=table.whole("cancellations_before_prompt", least=1),
        adult_from_age=table.whole("adult_from_age", least=1),
    )
    table.done()
    return policy
