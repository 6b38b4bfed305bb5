"""Appointments missed or cancelled in a row: what a search counts from, and when to ask what would help.

Being seen resets both counts; what was cancelled is never a missed appointment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.facts import ContactFact


def consecutive_missed(statuses: Sequence[AttendanceStatus | None]) -> int:
    """Count the DNAs since the patient was last seen, in contacts given oldest first.

    A cancellation, ours or theirs, and a late arrival neither add nor reset.
    """
    missed = 0
    for status in reversed(statuses):
        if status is not None and status.attended:
            break
        missed += status is AttendanceStatus.DID_NOT_ATTEND
    return missed


def consecutive_patient_cancellations(contacts: Sequence[ContactFact]) -> int:
    """Count cancellations by the patient since the last contact that went ahead or was missed."""
    count = 0
    for contact in reversed(contacts):
        if contact.status is None or contact.status is AttendanceStatus.CANCELLED_BY_PROVIDER:
            continue
        if contact.status is not AttendanceStatus.CANCELLED_BY_PATIENT:
            break
        count += 1
    return count


def cancelled_again(contacts: Sequence[ContactFact], at_least: int) -> Suggestion | None:
    """Return the prompt to ask what would help, once the patient has cancelled so often in a row.

    It is no missed appointment and opens no search; being seen resets the count.
    """
    count = consecutive_patient_cancellations(contacts)
    if count < at_least:
        return None
    return Suggestion(
        sentence=f"Cancelled {count} times in a row. Ask what would make it easier, and offer another way.",
        rule="cancelled_again",
        used=(Used("Cancellations by the patient in a row", count),),
        source="This project's default; a cancellation is not a missed appointment (NHS Data Dictionary).",
    )
