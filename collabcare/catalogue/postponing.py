"""What on Today may wait or be declined, from its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.postponing import PostponingPolicy

if TYPE_CHECKING:
    from pathlib import Path

FILE = "postponing.toml"
NEVER = frozenset(
    {
        DueKind.SAFETY_CONVERSATION,
        DueKind.SAFETY_ASSESSMENT,
        DueKind.SAFETY_REVIEW,
        DueKind.REENGAGE_PROMPT,
        DueKind.REENGAGE,
        DueKind.WORSENING,
        DueKind.OUTCOME,
        DueKind.PAUSE_REVIEW,
        DueKind.CLOSING_SIGNATURE,
    }
)
"""What no file may let wait: it is about safety, or has rules of its own."""


def load_postponing(rules: Path) -> PostponingPolicy:
    """Load it from the folder of rules.

    Raises:
        EnvironmentProblem: Naming the file and the field, when something is amiss.
    """
    table = TomlTable.read(rules / FILE)
    policy = PostponingPolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        times=table.whole("times"),
        later=_days(table.table("later")),
        declined=_days(table.table("declined")),
    )
    table.done()
    return policy


def _days(table: TomlTable) -> dict[DueKind, int]:
    days: dict[DueKind, int] = {}
    for name in table.names():
        if name not in set(DueKind) - NEVER:
            raise table.fault(name, "is nothing that may wait")
        days[DueKind(name)] = table.whole(name, least=1)
    table.done()
    return days
