"""Which patients a view of the caseload holds: one rule each, so that a count means the same everywhere."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.episode import WAITING

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.caseload import CaseloadRow


class CaseloadFilter(StrEnum):
    """A question asked of the caseload."""

    ALL = "all"
    OVERDUE = "overdue"
    REENGAGING = "re-engaging"
    DUE_SUPERVISION = "due supervision"
    WAITING = "waiting"


FILTER_WORDS = {
    CaseloadFilter.ALL: "All",
    CaseloadFilter.OVERDUE: "Overdue",
    CaseloadFilter.REENGAGING: "Re-engaging",
    CaseloadFilter.DUE_SUPERVISION: "Due supervision",
    CaseloadFilter.WAITING: "Waiting",
}
FILTER_MEANS = {
    CaseloadFilter.ALL: "Every open patient.",
    CaseloadFilter.OVERDUE: "Something for this patient should have been done before today.",
    CaseloadFilter.REENGAGING: "The patient missed an appointment and has not been reached since.",
    CaseloadFilter.DUE_SUPERVISION: "There is a reason to take this case to the next supervision.",
    CaseloadFilter.WAITING: "The patient has been referred and not yet seen.",
}


def is_among(row: CaseloadRow, chosen: CaseloadFilter) -> bool:
    """Return whether a patient belongs to a view of the caseload."""
    return _HOLDS[chosen](row)


_HOLDS: dict[CaseloadFilter, Callable[[CaseloadRow], bool]] = {
    CaseloadFilter.ALL: lambda _row: True,
    CaseloadFilter.OVERDUE: lambda row: bool(row.overdue),
    CaseloadFilter.REENGAGING: lambda row: row.facts.open_ladder is not None,
    CaseloadFilter.DUE_SUPERVISION: lambda row: bool(row.triggers),
    CaseloadFilter.WAITING: lambda row: row.facts.phase in WAITING,
}
